"""What the comparison asks of a system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.comparison.documents import Document


class System(Protocol):
    """Builds its index in one process, and opens and asks it in another."""

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Index `documents` under `folder`."""
        ...

    def open(self, folder: Path) -> None:
        """Get ready to answer from what `build` left under `folder`."""
        ...

    def answer(self, question: str) -> object:
        """Answer as a user would be answered."""
        ...

    def ranking(self, question: str) -> list[str]:
        """Return the names of the documents found, best first; they may repeat."""
        ...

    def embed(self, question: str) -> object:
        """Only embed the question; the question itself where there is no model."""
        ...

    def close(self) -> None:
        """Let go of the index."""
        ...
