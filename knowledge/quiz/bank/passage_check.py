"""Checks the bank against the articles: whether quotes and the parts of lessons still stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from embeddings.vietnamese import nfc
from knowledge.articles.chunk import chunks_of_article
from knowledge.quiz.wording import stands_in, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import LessonPart, QuizTopic

NEAR_SCORE = 70.0
"""From which likeness (0–100, rapidfuzz) a sentence is shown as what the quote may have become."""
_WHOLE_FROM = 0.5  # of the quote's length: shorter sentences are compared as a whole


@dataclass(frozen=True, slots=True)
class PassageFinding:
    """Where a question's quote stands: the chunk with its article's title and its heading path.

    Where it stands nowhere, `reason` says to an editor what became of the passage.
    """

    chunk_id: str | None = None
    title: str = ""
    heading: str = ""
    reason: str = ""

    @property
    def found(self) -> bool:
        """Whether the question may be asked."""
        return self.chunk_id is not None


@dataclass(frozen=True, slots=True)
class LessonFinding:
    """A part of a topic's lesson that no passage belongs to any more, and why, for an editor."""

    topic_id: str
    reason: str


def check_passages(
    questions: Iterable[QuizQuestion], chunks: Collection[Chunk]
) -> Mapping[str, PassageFinding]:
    """Return, by question id, whether the quote stands in one chunk of the question's article.

    `chunks` are all of a version. How the quote is typed doesn't count: see `wording`.
    """
    passages = _Passages(chunks)
    return {question.question_id: passages.find(question) for question in questions}


def check_lessons(
    topics: Iterable[QuizTopic], chunks: Collection[Chunk]
) -> tuple[LessonFinding, ...]:
    """Return the parts of lessons whose article or heading is gone; `chunks` as above."""
    found = []
    for topic in topics:
        for part in topic.lesson:
            there = chunks_of_article(chunks, part.article)
            if not there:
                reason = f"bài học: không còn bài {part.article}"
            elif not lesson_chunks(part, there):
                reason = f"bài học: bài {part.article} không có đề mục “{part.heading}”"
            else:
                continue
            found.append(LessonFinding(topic.topic_id, reason))
    return tuple(found)


def lesson_chunks(part: LessonPart, chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Return the chunks to read for `part`, in reading order.

    They are those of its article whose path of headings contains its heading.
    """
    there = chunks_of_article(chunks, part.article)
    if part.heading is not None:
        heading = wording(part.heading)
        there = [chunk for chunk in there if stands_in(heading, wording(chunk.heading))]
    return tuple(there)


class _Passages:
    """The chunks of a version; the wordings of those that were looked at are remembered."""

    def __init__(self, chunks: Collection[Chunk]) -> None:
        self._chunks = chunks
        self._known: dict[str, list[tuple[Chunk, str]]] = {}

    def find(self, question: QuizQuestion) -> PassageFinding:
        article, quote = nfc(question.article), wording(question.quote)
        there = self._worded(article)
        holder = next((chunk for chunk, text in there if stands_in(quote, text)), None)
        if holder is not None:
            return PassageFinding(holder.chunk_id, holder.title, holder.heading)
        reason = "câu trích không còn trong bài" if there else "không còn bài này"
        holding = (c.article_id for c in self._chunks if stands_in(quote, wording(c.text)))
        if moved_to := min(holding, default=None):
            reason += f"; câu trích nay ở bài {nfc(moved_to)}"
        if near := _closest(quote, [chunk for chunk, _ in there]):
            reason += f"; câu gần giống nhất: “{near}”"
        return PassageFinding(reason=reason)

    def _worded(self, article: str) -> list[tuple[Chunk, str]]:
        if article not in self._known:
            there = chunks_of_article(self._chunks, article)
            self._known[article] = [(chunk, wording(chunk.text)) for chunk in there]
        return self._known[article]


def _closest(quote: str, chunks: Sequence[Chunk]) -> str | None:
    """Return the sentence most like `quote` (a wording), if any is near."""
    best, hint = NEAR_SCORE, None
    for sentence in (sentence.text for chunk in chunks for sentence in chunk.sentences):
        words = wording(sentence)
        # A part of a long sentence may be what was quoted, but "là" is part of every quote.
        alike = fuzz.partial_ratio if len(words) >= _WHOLE_FROM * len(quote) else fuzz.ratio
        score = alike(quote, words, score_cutoff=best)
        if score > best or (hint is None and score >= best):
            best, hint = score, sentence
    return hint
