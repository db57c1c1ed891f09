"""What to ask next: questions that the base answers, checked by asking them, near what was said."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables, nfc, plain
from knowledge.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant
    from knowledge.conversation.turn import Turn
    from knowledge.index.citation import Citation

MOST_NEXT = 3
_NEAR = 3.0
"""The least score of a passage of another article for a question near it.

That is a standard deviation above the base's other passages in each of retrieval's three measures.
"""
_HITS = 8  # passages found for a question that tell what it is near to
_KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class CandidateQuestion:
    """A question that may be worth offering; `fits` tells whether an answer is the one due."""

    text: str
    fits: Callable[[Answer], bool]

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that stay with the wording, whatever the version."""
        return self.key_of(self.text)

    @staticmethod
    def key_of(text: str) -> str:
        """Return the key of a question by its wording."""
        return hashlib.sha256(plain(text).encode()).hexdigest()[:_KEY_DIGITS]


@dataclass(frozen=True, slots=True, eq=False)
class CheckedQuestion:
    """A question that the base answers, and with what."""

    key: str
    text: str
    title: str
    """That of the article that answers."""
    near: Mapping[str, float]
    """The passages near it by their ids, each with its score."""
    told: frozenset[str]
    """What tells the answer, `plain`: its bold words; without any, its sentences."""


def as_question(text: str) -> str:
    """Return a question as it is written: with a capital, and a question mark at its end."""
    text = " ".join(nfc(text).split()).rstrip(" ?.:;")
    return f"{text[:1].upper()}{text[1:]}?"


def from_passages(chunk_ids: Iterable[str]) -> Callable[[Answer], bool]:
    """Return what tells whether one of these passages answered."""
    due = frozenset(chunk_ids)
    return lambda answer: any(citation.chunk_id in due for citation in answer.citations)


def checked(assistant: Assistant, candidate: CandidateQuestion) -> CheckedQuestion | None:
    """Ask a candidate and return it, or None where it gets no answer, or not the one due.

    It blocks as an answer does.
    """
    try:
        answer, found = assistant.examine(candidate.text, _HITS)
    except QuestionError:  # a heading of odd signs, say
        return None
    if answer.refused or not answer.sentences or not candidate.fits(answer):
        return None
    bold = [s.text[start:end] for s in answer.sentences for start, end in s.highlights]
    return CheckedQuestion(
        candidate.key,
        candidate.text,
        answer.citations[0].title,
        {hit.chunk.chunk_id: hit.score for hit in found.hits if hit.score > 0},
        frozenset(map(plain, bold or [sentence.text for sentence in answer.sentences])),
    )


class NextQuestions:
    """The checked questions of an index version."""

    def __init__(self, questions: Iterable[CheckedQuestion] = ()) -> None:
        self.by_key = {question.key: question for question in questions}
        shortest: dict[frozenset[str], CheckedQuestion] = {}
        for question in sorted(self.by_key.values(), key=lambda question: len(question.text)):
            shortest.setdefault(question.told, question)  # others ask the same in more words
        self._questions = tuple(shortest.values())

    def after(self, answer: Answer, turns: Sequence[Turn] = ()) -> tuple[CheckedQuestion, ...]:
        """Return up to three questions near an answer, the nearest first; none after a refusal.

        Each asks for what neither the answer, nor the `turns` before it, nor the answer to another
        of the three tells. Instant.
        """
        if answer.refused:
            return ()
        answers = [answer, *(turn.answer for turn in turns)]
        told = "\n".join(plain(each.text) for each in answers)
        asked = [each.restored_question or each.question for each in answers]
        asked += [turn.question for turn in turns]
        chosen: list[CheckedQuestion] = []
        for question in self._near(answer.citations):
            tells = "\n".join(question.told)
            if (
                all(words in told for words in question.told)
                or any(all(words in tells for words in other.told) for other in chosen)
                or any(_same(question.text, other) for other in asked)
            ):
                continue
            chosen.append(question)
            if len(chosen) == MOST_NEXT:
                break
            told = f"{told}\n{tells}"
            asked.append(question.text)
        return tuple(chosen)

    def one_an_article(self) -> Iterator[CheckedQuestion]:
        """Yield the shortest question of each article, to begin with."""
        titles = set()
        for question in self._questions:
            if question.title not in titles:
                titles.add(question.title)
                yield question

    def _near(self, citations: Iterable[Citation]) -> list[CheckedQuestion]:
        """Return the questions near any of the cited passages, the nearest first."""
        scores: dict[CheckedQuestion, float] = {}
        for question in self._questions:
            near = max((question.near.get(one.chunk_id, 0.0) for one in citations), default=0.0)
            if near >= _NEAR or (near and any(one.title == question.title for one in citations)):
                scores[question] = near
        return sorted(scores, key=scores.__getitem__, reverse=True)


def _same(question: str, other: str) -> bool:
    """Tell whether one says the other in more words, but not in more than twice as many."""
    fewer, more = sorted((folded_syllables(question), folded_syllables(other)), key=len)
    return fewer <= more and 2 * len(fewer) >= len(more)
