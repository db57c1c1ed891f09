"""The recogniser of intents: its examples, typed in many ways, and its fit."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import yaml

from embeddings.vietnamese import fold, has_diacritics, nfc
from knowledge.conversation.intent import Intent
from knowledge.conversation.intent_features import BUCKETS, features
from knowledge.conversation.intent_recogniser import IntentRecogniser, Weights
from knowledge.evaluation.noise import mistyped, partly_folded
from knowledge.reload.golden_questions import read_golden_file
from training.documents import DATA, Split, document_bases, office_bases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    from embeddings.encoder import Encoder

INTENTS_FILE = DATA / "intents.yaml"
_VARIANTS = 3  # of each example, beside it as written and without marks
_QUESTIONS = 20_000  # of the documents
_COMPOSED = 5_000  # of the examples' parts, and as many behind small talk
_BEFORE_QUESTIONS = {Intent.GREETING, Intent.THANKS, Intent.PRAISE, Intent.YES, Intent.NO}
_ASKED_AS_VECTORS = 4_000  # of the questions of documents
_INVERSE_REGULARISATION = 150.0
_INVERSE_REGULARISATION_OF_VECTORS = 0.05  # of vectors of variance 1
_LEAST_LEVEL = 2 / 127  # of an intent's greatest weight: less is nought, for a smaller file


class Labelled(NamedTuple):
    """A message with what is meant."""

    text: str
    intent: Intent


def read_intents(file: Path) -> list[Labelled]:
    """Read a file of messages by intent, or such under `examples`."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    by_intent = content.get("examples", content)
    return [
        Labelled(nfc(text), Intent(name)) for name, texts in by_intent.items() for text in texts
    ]


def asked_of_documents(splits: Iterable[Split]) -> list[str]:
    """Return the questions that the training data's documents were written for."""
    wanted = set(splits)
    bases = [*office_bases(), *document_bases()]
    return [one.text for base in bases if base.split in wanted for one in base.questions]


def fit_intents(
    encoder: Encoder, golden: Iterable[Path], more: Iterable[Path], seed: int = 0
) -> IntentRecogniser:
    """Fit the recogniser on the examples, on `more` files of such and on golden questions."""
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(seed)
    around = Surroundings(**yaml.safe_load(INTENTS_FILE.read_text(encoding="utf-8")))
    written = [one for file in (INTENTS_FILE, *more) for one in read_intents(file)]
    written += [
        Labelled(nfc(question.text), Intent.QUESTION)
        for file in golden
        for question in read_golden_file(file) or ()
    ]
    examples = [
        Labelled(text, intent) for one, intent in written for text in around.typed(one, rng)
    ]
    asked = rng.sample(asked_of_documents((Split.TRAIN, Split.FIT)), _QUESTIONS)
    vectors = [
        *written,
        *(Labelled(nfc(one), Intent.QUESTION) for one in asked[:_ASKED_AS_VECTORS]),
    ]
    asked += [around.question(rng) for _ in range(_COMPOSED)]
    before = [one.text for one in written if one.intent in _BEFORE_QUESTIONS]
    asked += [
        f"{rng.choice(before)}{rng.choice((' ', ', ', ', thế ', '. ', ' cho hỏi '))}"
        f"{rng.choice(asked)}"
        for _ in range(_COMPOSED)
    ]
    asked += [around.in_context(rng.choice(asked), rng) for _ in range(_COMPOSED)]
    examples += [Labelled(_in_a_hurry(text, rng), Intent.QUESTION) for text in asked]
    fitted = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=300, tol=2e-4)
    fitted.fit(_matrix([text for text, _ in examples]), [one.value for _, one in examples])
    weights = fitted.coef_.T.astype(np.float32)
    weights[np.abs(weights) < _LEAST_LEVEL * np.abs(weights).max(axis=0)] = 0
    intents = tuple(Intent(name) for name in fitted.classes_)
    bias = fitted.intercept_.astype(np.float32)
    return IntentRecogniser(Weights(intents, weights, bias, *_fit_vectors(encoder, vectors)))


def _fit_vectors(
    encoder: Encoder, examples: list[Labelled]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return weights and bias by the vectors of the examples with marks, intents by their names.

    Without marks there is no telling them apart: the encoder isn't asked of such messages.
    """
    from sklearn.linear_model import LogisticRegression

    whole = [one for one in examples if has_diacritics(one.text)]
    vectors = encoder.encode_queries([one.text for one in whole])
    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0)
    fitted = LogisticRegression(C=_INVERSE_REGULARISATION_OF_VECTORS, max_iter=100)
    fitted.fit((vectors - mean) / deviation, [one.intent.value for one in whole])
    weights = fitted.coef_.T / deviation[:, None]
    bias = fitted.intercept_ - mean @ weights
    return weights.astype(np.float32), bias.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What people say around what they mean, and the parts of made-up questions."""

    openings: list[str]
    closings: list[str]
    contexts: list[str]
    composed: dict[str, list[str]]
    examples: dict[str, list[str]]

    def typed(self, text: str, rng: random.Random) -> Iterator[str]:
        """Yield a message as written and in a hurry, some with words around it."""
        yield text
        yield fold(text)
        for _ in range(_VARIANTS):
            said = text
            if any(letter.isalpha() for letter in said) and rng.random() < 0.6:
                if rng.random() < 0.3:
                    said = f"{rng.choice(self.openings)}{rng.choice((' ', ', '))}{said}"
                if rng.random() < 0.7:
                    said = f"{said.rstrip('?!.')} {rng.choice(self.closings)}"
                if rng.random() < 0.3:
                    said = self.in_context(said, rng)
            yield _in_a_hurry(said, rng)

    def in_context(self, text: str, rng: random.Random) -> str:
        """Return `text` before or behind something that has no part in what is meant."""
        context = rng.choice(self.contexts)
        return f"{context}, {text}" if rng.random() < 0.7 else f"{text}, {context}"

    def question(self, rng: random.Random) -> str:
        """Return a question made of a subject, what it is of, and what is asked of it."""
        return " ".join(rng.choice(self.composed[name]) for name in ("subjects", "of", "asked"))


def _in_a_hurry(text: str, rng: random.Random) -> str:
    """Return `text` as it is in two of five cases, else with slips or fewer marks."""
    chance = rng.random()
    if chance < 0.25:
        return mistyped(text, rng, share=rng.choice((0.1, 0.3, 1.0)))
    if chance < 0.35:
        return partly_folded(text, rng)
    return fold(text) if chance < 0.6 else nfc(text)


def _matrix(texts: list[str]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    rows = [features(text) for text in texts]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    return csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([buckets for buckets, _ in rows]),
            ends,
        ),
        shape=(len(rows), BUCKETS),
    )
