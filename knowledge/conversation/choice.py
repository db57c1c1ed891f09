"""Which reading of a message is right: a softmax over what speaks for each, and the refusal.

`python -m training follow-ups` fits the weights in `choice.json` to open dialogues.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables
from knowledge.conversation.readings import Sort
from knowledge.conversation.wording import Words
from knowledge.retrieval.shortlist import QuestionWords

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.answering.answer import Answer
    from knowledge.conversation.message import Message
    from knowledge.conversation.readings import Reading
    from knowledge.conversation.turn import Turn
    from knowledge.index.corpus import Corpus

WEIGHTS_FILE = Path(__file__).with_name("choice.json")
_INTERCEPT = "intercept"
_TELLS = 1.0  # of weight: as much as one syllable that tells something
_SUREST = 0.95  # parts found by their label are certain; a reading of them isn't


@dataclass(frozen=True, slots=True)
class Tried:
    """A reading with the answer that it got, and what speaks for it; none for a refusal."""

    reading: Reading
    answer: Answer
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        """Its logit beside that of refusing, which is 0; −∞ for an answer that is a refusal."""
        if self.answer.refused:
            return -math.inf
        weights = choice_weights()
        found = sum(weights[name] * value for name, value in self.features.items())
        return found + weights[_INTERCEPT]

    @property
    def same_article(self) -> bool:
        """Whether the answer stands in an article that the last one cites."""
        return self.features["same_article"] > 0


def features(
    reading: Reading,
    answer: Answer,
    message: Message,
    turn: Turn,
    corpus: Corpus,
) -> dict[str, float]:
    """Return what speaks for `reading` of `message` after `turn`, by the answer that it got.

    - `sure`: the logit of the answer's probability;
    - `asked`, `named`: the share of the message's own words, by weight, in the answer's sentences
      and headings, of one that asks for something and one that only names it;
    - `missing`: the weight of what is named and not there; `missing_of_whole`: of the words of a
      message that could stand alone, read as if it couldn't;
    - `empty`: a message that says nothing itself, read alone and answered with something that is
      not spoken of;
    - `repeated`: the last answer again, as far as it doesn't hold what the message says;
    - `same_article`: the answer stands in an article that the last one cites;
    - `again`: the last answer again to what only names something else;
    - `met`: all of what words point back to stands in the answer;
    - `opened`: read alone, though it begins or ends as a continuation does;
    - `alike`: what is named shares its words with what it would be asked of.
    """
    asks = bool(message.asks) and reading.sort is not Sort.SLOT
    said = message.content if asks else reading.said
    shown = set(folded_syllables(" ".join(sentence.text for sentence in answer.sentences)))
    titled = set(shown)
    for citation in answer.citations:
        shown |= folded_syllables(citation.heading)
        titled |= folded_syllables(f"{citation.title} {citation.heading}")
    words = QuestionWords(said, corpus)
    held = _held(words, shown) if said or not asks else 1.0
    missing = sum(weight for word, weight in words.weights.items() if word not in titled)
    same = bool(articles(answer, corpus) & articles(turn.answer, corpus))
    unspoken = 1 - QuestionWords(reading.spoken_of, corpus).coverage(titled)
    alone = reading.sort is Sort.ALONE
    return {
        "sure": _logit(_probability(answer)),
        "asked": held * asks,
        "named": held * (not asks),
        "missing": missing * (not asks),
        "missing_of_whole": missing * (asks and not alone and not message.leans),
        "empty": unspoken * (alone and not message.content),
        "repeated": (1 - held) * (answer.sentences == turn.answer.sentences),
        "same_article": float(same),
        "again": float(answer.sentences == turn.answer.sentences) * (not asks),
        "met": float(reading.sort is Sort.POINTED and unspoken == 0),
        "opened": float(alone and message.opened),
        "alike": _alike(reading) * (reading.sort is Sort.SUBJECT and not message.asks),
    }


def _held(words: QuestionWords, shown: set[str]) -> float:
    """Return the share of words in `shown`, 0..1; words that tell little lower it little."""
    total = sum(words.weights.values())
    missing = sum(weight for word, weight in words.weights.items() if word not in shown)
    return 1 - missing / (total + _TELLS)


def articles(answer: Answer, corpus: Corpus) -> set[str]:
    """Return the articles that an answer cites, by their ids."""
    rows = (corpus.row_of.get(citation.chunk_id) for citation in answer.citations)
    return {corpus.chunks[row].article_id for row in rows if row is not None}


@cache
def choice_weights() -> Mapping[str, float]:
    """Return the fitted weights."""
    weights: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return weights


def _alike(reading: Reading) -> float:
    """Return the share of the message's words that the thing spoken of has too, 0..1."""
    said = set(Words.of(reading.said).folded)
    return len(said & set(Words.of(reading.spoken_of).folded)) / max(len(said), 1)


def _probability(answer: Answer) -> float:
    """Return how probable an answer is; one that nothing had to be decided for is as sure."""
    decided = answer.reasons is not None and answer.confidence < 1
    return answer.reasons.probability if answer.reasons and decided else answer.confidence


def _logit(probability: float) -> float:
    bounded = min(max(probability, 1 - _SUREST), _SUREST)
    return math.log(bounded / (1 - bounded))
