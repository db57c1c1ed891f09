"""What a question gets back: sentences with citations, or a refusal with the nearest topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.explanation import Explanation
    from knowledge.index.citation import Citation


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence; `highlights` are character ranges of `text` to set in bold.

    `note` is a remark of ours to be shown behind it: of when a statement is that is tied to a time.
    """

    text: str
    highlights: tuple[tuple[int, int], ...]
    citation: Citation
    note: str | None = None

    @property
    def shown_note(self) -> str:
        """The note as it is shown behind the text; empty without one."""
        return f" ({self.note})" if self.note else ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the knowledge base, offered when a question cannot be answered.

    `title` is a heading, or the beginning of a passage without one; `article` the title of the
    article that it is of, empty where `title` names it.
    """

    title: str
    chunk_id: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows of a table that answer together, cell by cell, to be shown as a table.

    `total` is how many rows the whole table has, `chunk_id` the passage that it begins in.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    chunk_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `notice` is a line of ours, shown before the sentences: that no source states a fact, that
    sources differ, or the refusal. `confidence` lies in 0..1; `latency_ms` is in milliseconds.
    With a `table`, the sentences are its rows. `topics` are offered after the refusal of a question
    that is near to what the documents say, and where several documents have the part that was asked
    for. `reasons` tell what was decided by what; a topic that was opened has none. `understood` is
    the question that was answered, where it is another than the one asked: what was meant after
    the turns before. `alternatives` are what else a short question may be about. An `english`
    question has its notice in English. The sentences are word for word those of the articles unless
    the answer is `generated`: then a language model wrote them, and each was checked.
    """

    question: str
    sentences: tuple[AnswerSentence, ...]
    notice: str | None
    refused: bool
    confidence: float
    restored_question: str | None
    kb_version: str
    latency_ms: float
    topics: tuple[Topic, ...] = ()
    table: AnswerTable | None = None
    reasons: Explanation | None = None
    english: bool = False
    understood: str | None = None
    alternatives: tuple[Topic, ...] = ()
    generated: bool = False

    @property
    def text(self) -> str:
        """The answer as plain text: the notice, then the sentences with notes, a line each."""
        lines = [self.notice] if self.notice else []
        return "\n".join([*lines, *(s.text + s.shown_note for s in self.sentences)])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations in the order of the sentences, each once."""
        return tuple(dict.fromkeys(sentence.citation for sentence in self.sentences))
