"""What a reload is told, tells on its way and reports in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from knowledge.reload.exam import ExamReport


@dataclass(frozen=True, slots=True)
class ReloadRequest:
    """What to reload and how.

    `full` embeds everything again. Without `exam` a version goes live unexamined, with `force`
    although something got worse. `background` leaves the processors to answers given meanwhile.
    `started_by` is told to whoever wants to reload at the same time.
    """

    articles_dir: Path
    full: bool = False
    exam: bool = True
    force: bool = False
    background: bool = False
    started_by: str = "một người khác"


@dataclass(frozen=True, slots=True)
class FailedArticle:
    """An article that could not be read, and why; its earlier chunks, if any, stay in use."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReloadProgress:
    """How far a reload has come: `done` of `total` texts of the named stage."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did; the tuples hold article ids.

    `version` is the one that was built, or the live one when nothing had to be built. `titles` are
    those of the articles added, changed, removed or failed, by id, where they are known.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[FailedArticle, ...]
    version: str | None
    seconds: float
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version that was built beside the live one, `base` (None: there was none)."""

    version: str
    base: str | None
    report: ReloadReport


@dataclass(frozen=True, slots=True)
class ReloadOutcome:
    """How a reload with an exam ended.

    `exam` is None when nothing was built or no exam was wanted. Without `promoted`, a built version
    waits as a candidate, `waiting`, to be promoted or discarded.
    """

    report: ReloadReport
    exam: ExamReport | None
    promoted: bool
    waiting: str | None


@dataclass(frozen=True, slots=True)
class ReloadStatus:
    """The reload under way: who started it, when (UTC) and how far it is."""

    started_by: str
    started: dt.datetime
    progress: ReloadProgress | None


Progress = Callable[[ReloadProgress], None]
