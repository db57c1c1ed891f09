"""Tells what a message is meant as: small talk, a command in words, a topic, or a question.

Multinomial logistic regression on hashed words and letters, trained by `python -m training intents`
from examples. It takes some 0.3 ms and no model besides.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from knowledge.conversation.intent import Intent
from knowledge.conversation.intent_features import BUCKETS, MOST_CHARACTERS, features

if TYPE_CHECKING:
    import numpy.typing as npt

WEIGHTS_FILE = Path(__file__).with_name("intents.npz")
LEAST_PROBABILITY = 0.5
"""Of anything but a question: a question taken for small talk is the worse mistake."""
_LOOKED_UP = {Intent.QUESTION, Intent.TOPIC}
_LEVELS = 127  # of a weight in 8 bits


class IntentRecogniser:
    """Recognises intents by one weight for each feature's bucket and intent."""

    def __init__(
        self,
        intents: tuple[Intent, ...],
        weights: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> None:
        self._intents = intents
        self._weights = weights
        self._bias = bias

    def recognise(self, text: str) -> Intent:
        """Return what `text` is meant as; when unsure, as a question."""
        if len(text) > MOST_CHARACTERS:
            return Intent.QUESTION
        probabilities = self.probabilities(text)
        best = self._intents[int(probabilities.argmax())]
        kinds = {unicodedata.category(character) for character in "".join(text.split())}
        if kinds <= {"Po"}:  # "?!", which is to be put in words
            return Intent.QUESTION
        if not any(kind[0] in "LN" for kind in kinds) and "So" in kinds:
            return Intent.EMOJI_ONLY if best in _LOOKED_UP else best  # an emoji can't be looked up
        return best if probabilities.max() >= LEAST_PROBABILITY else Intent.QUESTION

    def probabilities(self, text: str) -> npt.NDArray[np.float32]:
        """Return how probable each intent is, in the order of the weights."""
        buckets, values = features(text)
        logits = values @ self._weights[buckets] + self._bias
        odds = np.exp(logits - logits.max())
        return np.asarray(odds / odds.sum(), dtype=np.float32)

    def write(self, file: Path = WEIGHTS_FILE) -> None:
        """Write the weights in 8 bits, with a scale an intent."""
        scale = np.maximum(np.abs(self._weights).max(axis=0), 1e-9) / _LEVELS
        np.savez_compressed(
            file,
            intents=np.array([intent.value for intent in self._intents]),
            weights=np.round(self._weights / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=self._bias.astype(np.float32),
        )


@cache
def intent_recogniser() -> IntentRecogniser:
    """Return the recogniser that ships, read when it is first asked for."""
    with np.load(WEIGHTS_FILE) as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        if weights.shape[0] != BUCKETS:
            raise ValueError(f"intents.npz must have {BUCKETS} buckets, got {weights.shape[0]}")
        return IntentRecogniser(
            tuple(Intent(value) for value in stored["intents"]), weights, stored["bias"]
        )
