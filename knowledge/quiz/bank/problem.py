"""What is wrong in the bank's files, said so that an editor finds the place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Whether something was left out for it."""

    ERROR = "error"
    """The question, lesson part, topic or file is left out."""
    WARNING = "warning"
    """All is kept; an editor should look at it."""


@dataclass(frozen=True, slots=True)
class BankPlace:
    """A place in a file: its name and the line (of a spreadsheet: the row), from 1, if known."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """Return the place in words."""
        return self.file if self.line is None else f"{self.file}, dòng {self.line}"


@dataclass(frozen=True, slots=True)
class BankProblem:
    """A problem of a file; `line` counts from 1 and is None when it is the file as a whole."""

    file: str
    line: int | None
    message: str
    kind: ProblemKind = ProblemKind.ERROR

    @property
    def is_error(self) -> bool:
        """Whether something was left out for it."""
        return self.kind is ProblemKind.ERROR

    def __str__(self) -> str:
        """Return the problem on one line: "ngay.yaml, dòng 12: câu a_01: …"."""
        return f"{BankPlace(self.file, self.line)}: {self.message}"
