"""What the finders hand on: a question, its answer, and what could stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.drafting.draft import DraftKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question before its options are chosen.

    `correct` are the right options, `wrong` the candidates for the others in groups, the best
    group first. `quote` stands in the chunk's text word for word. `order` is the key to sort the
    options by where they are values such as dates; without it chance orders them.
    """

    kind: DraftKind
    chunk: Chunk
    quote: str
    text: str
    correct: tuple[str, ...]
    wrong: tuple[tuple[str, ...], ...]
    order: Callable[[str], tuple[int, ...]] | None = None
