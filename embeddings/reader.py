"""The reader: whether a text answers a question, and which stretch of it does.

Question and text go through the encoder's lower layers apart (a text's states are remembered), then
together through upper layers that were trained to read. It knows no office.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import ReaderLoadError
from embeddings.recently_used import RecentlyUsed
from embeddings.vietnamese import encodable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onnxruntime import InferenceSession

    from embeddings.encoder import FloatMatrix
    from embeddings.onnx_encoder import OnnxEncoder

READER_FILE = Path(__file__).with_name("reader.safetensors")
UNREADABLE_LOGIT = -20.0
"""The logit of a text of which no word was read."""

# as in training
_QUESTION_TOKENS = 48
_PASSAGE_TOKENS = 288
_SPAN_TOKENS = 60

_READINGS = 20_000  # 6 MB: an exam asks every version the same, of nearly the same texts


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a text."""

    logit: float
    """Of the probability that the text answers the question."""
    span: tuple[int, int]
    """The characters of the text that would answer: whole words, no white space around them."""
    span_probability: float
    """How sure it is of the span, should the text answer: between 0 and 1."""


class Reader:
    """Reads one text a run, so a reading depends on nothing but question and text.

    Thread-safe: the sessions are only read.
    """

    def __init__(self, encoder: OnnxEncoder, session: InferenceSession) -> None:
        self._encoder = encoder
        self._session = session
        self._readings: RecentlyUsed[Reading] = RecentlyUsed(_READINGS)

    @classmethod
    def load(cls, encoder: OnnxEncoder, weights: Path) -> Reader:
        """Build the upper layers from `weights`; the lower ones are those of `encoder`.

        Raises ReaderLoadError when there's no such file, when it's damaged or of another model than
        the encoder, or when this machine's libraries refuse it.
        """
        # late: `onnx` and `onnxruntime` are only needed by who reads
        from embeddings.onnx_session import open_session  # noqa: PLC0415
        from embeddings.reader_graph import build_reader  # noqa: PLC0415
        from embeddings.reader_weights import ReaderWeights  # noqa: PLC0415

        read = ReaderWeights.read(weights, base=encoder.prepared.weights_hash)
        try:
            session = open_session(build_reader(read).SerializeToString())
        except Exception as error:  # onnxruntime has no base class for its errors
            raise ReaderLoadError(
                f"Không nạp được mô hình đọc {weights}: {error}. Hãy cài lại onnxruntime theo "
                "constraints.txt."
            ) from error
        return cls(encoder, session)

    def read(self, question: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
        """Return what answers `question` in each text, given as its context and the text itself.

        The context (headings, for instance) is read before the text on a line of its own, and the
        span is never in it. Spans count the characters of `encodable(text)`: of the text, if that's
        in NFC. Only the first 48 tokens of a question and 288 of context and text are read; a text
        of which that leaves no word gets `UNREADABLE_LOGIT` and the empty span (0, 0).
        """
        asked = encodable(question)
        return [
            self._reading(asked, encodable(context), encodable(text)) for context, text in texts
        ]

    def _reading(self, question: str, context: str, text: str) -> Reading:
        read = f"{len(question)} {len(context)} {question}{context}{text}"
        key = hashlib.blake2b(read.encode(), digest_size=16)
        return self._readings.get(key.digest(), lambda: self._read(question, context, text))

    def _read(self, question: str, context: str, text: str) -> Reading:
        encoder = self._encoder
        asked = encoder.token_states(
            encoder.query_prompt, question, max_tokens=_QUESTION_TOKENS
        ).states
        before = f"{context}\n" if context else ""
        passage = encoder.token_states(
            encoder.passage_prompt, before + text, max_tokens=_PASSAGE_TOKENS
        )
        spans = [(max(0, a - len(before)), b - len(before)) for a, b in passage.spans]
        words = [i for i, (start, end) in enumerate(spans) if text[start : max(0, end)].strip()]
        if not words:
            return Reading(UNREADABLE_LOGIT, (0, 0), 0.0)
        logits, answer = self._session.run(None, {"question": asked, "passage": passage.states})
        first, last, probability = _likeliest(logits[:, words])
        span = _whole_words(text, spans[words[first]][0], spans[words[last]][1])
        return Reading(float(answer[0]), span, probability)


def _likeliest(logits: FloatMatrix) -> tuple[int, int, float]:
    """Return the likeliest first and last token by their `logits`, (2, tokens), and how likely."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    starts, ends = powers / powers.sum(axis=1, keepdims=True)
    pairs = np.triu(np.outer(starts, ends))
    pairs -= np.triu(pairs, _SPAN_TOKENS)
    first, last = divmod(int(pairs.argmax()), len(starts))
    return first, last, float(pairs[first, last])


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space around it, widened to the ends of its words."""
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
