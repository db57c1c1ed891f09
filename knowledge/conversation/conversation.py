"""Answers a message within a conversation: as a whole question, or as what it means there."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, folded_syllables, has_diacritics
from knowledge.answering.context import Context
from knowledge.conversation.message import Message
from knowledge.conversation.readings import Reading, Sort, readings
from knowledge.conversation.subject import subject
from knowledge.retrieval.politeness import without_politeness
from knowledge.retrieval.shortlist import QuestionWords
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant
    from knowledge.conversation.turn import Turn
    from knowledge.index.corpus import Corpus

_READINGS = 3
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Tried:
    """A reading with its answer, and what speaks for it."""

    reading: Reading
    answer: Answer
    features: Mapping[str, float]
    score: float


class Conversation:
    """Answers messages with an assistant and the turns before."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def answer(self, question: str, turns: Sequence[Turn]) -> Answer:
        """Return the answer to `question` after `turns`, oldest first; raises as the assistant."""
        if not turns:
            return self._assistant.answer(question)
        asked = without_politeness(tidy_question(question))
        message = Message.of(asked, self._spelled(asked, turns[-1]))
        if message.stands_alone:
            return self._assistant.answer(question)
        best = max(self.tried(question, message, turns), key=lambda one: one.score)
        understood = None if best.reading.sort is Sort.ALONE else best.reading.text
        if best.score < 0 and not best.answer.refused:
            refused = self._assistant.refusal(best.answer)
            return replace(refused, question=question, understood=understood)
        return replace(best.answer, question=question, understood=understood)

    def _spelled(self, asked: str, turn: Turn) -> str:
        """Return a message spelled in full, with the words of the last question before it."""
        before = turn.question if has_diacritics(asked) else fold(turn.question)
        return self._assistant.spelled(f"{before}\n{asked}").rpartition("\n")[2]

    def tried(self, question: str, message: Message, turns: Sequence[Turn]) -> list[Tried]:
        """Return the readings of a message, each with its answer."""
        turn = turns[-1]
        passages = frozenset(citation.chunk_id for citation in turn.answer.citations)
        corpus = self._assistant.corpus
        made = readings(message, turn, corpus)[:_READINGS]
        alone = Reading(question, Sort.ALONE, "", message.core.text)
        about = Context(passages, subject(turn.question, corpus))
        by_itself = self._assistant.answer(question, about if message.leans else None)
        tried = [Tried(alone, by_itself, {}, 0)]
        for reading in made:
            context = Context(passages, reading.spoken_of)
            tried.append(Tried(reading, self._assistant.answer(reading.text, context), {}, 0))
        found = []
        for one in tried:
            features = self._features(one, message, turn, by_itself)
            found.append(replace(one, features=features, score=score(features)))
        return found

    def _features(
        self, one: Tried, message: Message, turn: Turn, by_itself: Answer
    ) -> Mapping[str, float]:
        answer, reading, corpus = one.answer, one.reading, self._assistant.corpus
        text = set(folded_syllables(" ".join(s.text for s in answer.sentences)))
        held = set(text)
        for citation in answer.citations:
            held |= folded_syllables(f"{citation.title} {citation.heading}")
        same = answer.sentences == turn.answer.sentences
        near = {c.chunk_id for c in turn.answer.citations} & {c.chunk_id for c in answer.citations}
        return {
            "sure": _logit(one.answer.reasons.probability if answer.reasons and answer.confidence < 1 else answer.confidence),
            "alone": _logit(by_itself.reasons.probability) if by_itself.reasons else 0.0,
            "spoken_of": _coverage(reading.spoken_of, held, corpus),
            "said": _coverage(reading.said, held, corpus),
            "told": _coverage(reading.said, text, corpus),
            "same": float(same),
            "near": float(bool(near)),
            "leans": float(message.leans),
            "opened": float(message.opened),
            "asks": float(bool(message.asks)),
            "refused": float(answer.refused),
            reading.sort: 1.0,
        }


def score(features: Mapping[str, float]) -> float:
    if features["refused"]:
        return -10 + features["sure"]
    return features["sure"]


def _coverage(words: str, held: Collection[str], corpus: Corpus) -> float:
    return QuestionWords(words, corpus).coverage(held) if words else 0.0


def _logit(p: float) -> float:
    p = min(max(p, 1 - _SURE), _SURE)
    return math.log(p / (1 - p))
