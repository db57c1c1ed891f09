"""Tells what a message is meant as: small talk, a command in words, a topic, or a question.

Multinomial logistic regression on hashed words and letters, trained by `python -m training intents`
from examples. It takes some 0.3 ms and no model besides. Where that leaves doubt and there is the
packaged encoder, the message's vector has a say too: it knows words that no example has.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from embeddings.models import PACKAGED_MODEL
from embeddings.vietnamese import has_diacritics, nfc
from knowledge.conversation.intent import Intent
from knowledge.conversation.intent_features import BUCKETS, MOST_CHARACTERS, features

if TYPE_CHECKING:
    import numpy.typing as npt

    from embeddings.encoder import Encoder

WEIGHTS_FILE = Path(__file__).with_name("intents.npz")
LEAST_PROBABILITY = 0.5
"""Of anything but a question: a question taken for small talk is the worse mistake."""
SURE = 0.95
"""From this probability on, words and letters decide alone."""
_VECTOR = 0.5
"""What the vector's log-probabilities count for beside those of words and letters."""
_LOOKED_UP = {Intent.QUESTION, Intent.TOPIC}
_LEVELS = 127  # of a weight in 8 bits


class Weights(NamedTuple):
    """Of the two models, by intent."""

    intents: tuple[Intent, ...]
    words: npt.NDArray[np.float32]
    """(BUCKETS, intents)"""
    words_bias: npt.NDArray[np.float32]
    vector: npt.NDArray[np.float32]
    """(dimension of the packaged encoder, intents)"""
    vector_bias: npt.NDArray[np.float32]


class IntentRecogniser:
    """Recognises intents by words and letters, and with an encoder by vectors too. Thread-safe."""

    def __init__(self, weights: Weights, encoder: Encoder | None = None) -> None:
        self._weights = weights
        self._intents = weights.intents
        self._encoder = encoder

    def with_encoder(self, encoder: Encoder) -> IntentRecogniser:
        """Return a recogniser that asks `encoder` in doubt (3 ms), if its vectors are known."""
        known = encoder.model_id.startswith(f"{PACKAGED_MODEL}@")
        return IntentRecogniser(self._weights, encoder) if known else self

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
        logits = _normalised(values @ self._weights.words[buckets] + self._weights.words_bias)
        # Without marks, the encoder takes Vietnamese for something else.
        if self._encoder and logits.max() < np.log(SURE) and has_diacritics(text):
            vector = self._encoder.encode_queries([nfc(text)])[0]
            other = _normalised(vector @ self._weights.vector + self._weights.vector_bias)
            logits = _normalised(logits + _VECTOR * other)
        return np.exp(logits)

    def write(self, file: Path = WEIGHTS_FILE) -> None:
        """Write the weights of words in 8 bits, with a scale an intent; the others in 16."""
        words = self._weights.words
        scale = np.maximum(np.abs(words).max(axis=0), 1e-9) / _LEVELS
        np.savez_compressed(
            file,
            intents=np.array([intent.value for intent in self._intents]),
            words=np.round(words / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            words_bias=self._weights.words_bias.astype(np.float32),
            vector=self._weights.vector.astype(np.float16),
            vector_bias=self._weights.vector_bias.astype(np.float32),
        )


def _normalised(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the logarithms of the probabilities."""
    shifted = logits - logits.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


@cache
def intent_recogniser() -> IntentRecogniser:
    """Return the recogniser that ships, without an encoder, read when it is first asked for."""
    with np.load(WEIGHTS_FILE) as stored:
        words = stored["words"].astype(np.float32) * stored["scale"]
        if words.shape[0] != BUCKETS:
            raise ValueError(f"intents.npz must have {BUCKETS} buckets, got {words.shape[0]}")
        return IntentRecogniser(
            Weights(
                tuple(Intent(value) for value in stored["intents"]),
                words,
                stored["words_bias"],
                stored["vector"].astype(np.float32),
                stored["vector_bias"],
            )
        )
