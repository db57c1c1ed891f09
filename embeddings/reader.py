"""The reader: a question and a passage in, how well they go together and where the answer stands out.

A BERT encoder that sees both at once, made from the packaged model by `python -m training`. Its
graph comes with the package, in 8 bits and with the vocabulary that Vietnamese and English need.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.errors import ModelLoadError
from embeddings.vietnamese import nfc

if TYPE_CHECKING:
    import numpy.typing as npt
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from embeddings.encoder import FloatMatrix

GRAPH_FILE, TOKENIZER_FILE = "reader.onnx", "tokenizer.json"
_LENGTH = 256
"""Tokens of question and passage together; a longer passage is read in overlapping windows."""
_QUESTION = 64  # tokens
_OVERLAP = 48  # tokens
_LONGEST_ANSWER = 40  # tokens
_SPECIALS = 4  # <s> question </s> </s> passage </s>


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one passage, as logits.

    `relevance` orders passages for one question; `answerable` tells whether the passage answers it
    at all. `starts` and `ends` hold, per token of the passage, how well an answer would begin or
    end there, less what speaks for no answer; `offsets` the tokens' character ranges.
    """

    relevance: float
    answerable: float
    starts: npt.NDArray[np.float32]
    ends: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]

    def best_span(self, start: int, end: int) -> tuple[float, tuple[int, int]]:
        """Return the likeliest answer within characters `start`..`end`: its score and range.

        Without a token there the score is -inf and the range empty.
        """
        inside = np.flatnonzero((self.offsets[:, 0] >= start) & (self.offsets[:, 1] <= end))
        if not len(inside):
            return float("-inf"), (start, start)
        first = inside[0]
        starts, ends = self.starts[inside], self.ends[inside]
        sums = starts[:, None] + ends[None, :]
        length = np.subtract.outer(np.arange(len(inside)), np.arange(len(inside))) * -1
        sums[(length < 0) | (length >= _LONGEST_ANSWER)] = -np.inf
        a, b = np.unravel_index(int(sums.argmax()), sums.shape)
        span = int(self.offsets[first + a, 0]), int(self.offsets[first + b, 1])
        return float(sums[a, b]), span


class Reader:
    """Reads passages for a question. Thread-safe: session and tokenizer are only read."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._bos, self._eos = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")

    @classmethod
    def load(cls, directory: Path | None = None, *, threads: int | None = None) -> Reader:
        """Load the reader in `directory` (None: the one that comes with the package).

        Raises ModelLoadError when its files are absent or this machine's libraries refuse them.
        """
        from onnxruntime import InferenceSession  # noqa: PLC0415 -- only who reads needs it
        from tokenizers import Tokenizer  # noqa: PLC0415

        from embeddings.onnx_session import session_options  # noqa: PLC0415

        folder = directory or Path(str(resources.files("embeddings") / "reader_model"))
        try:
            session = InferenceSession(
                str(folder / GRAPH_FILE),
                session_options(threads),
                providers=["CPUExecutionProvider"],
            )
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # neither library has a base class for its errors
            raise ModelLoadError(
                f"Không nạp được mô hình đọc ở {folder}: {error}. Hãy cài lại phần mềm, hoặc đặt "
                "READ_PASSAGES=0 để chạy không có mô hình này."
            ) from error
        return cls(session, tokenizer)

    def read(self, question: str, passage: str) -> Reading:
        """Return the reading of `passage` (NFC) for `question`; takes some 15 ms."""
        asked = self._tokenizer.encode(nfc(question), add_special_tokens=False).ids[:_QUESTION]
        encoded = self._tokenizer.encode(passage, add_special_tokens=False)
        ids, offsets = encoded.ids, encoded.offsets
        room = _LENGTH - len(asked) - _SPECIALS
        relevance, answerable = float("-inf"), float("-inf")
        starts = np.full(len(ids), -np.inf, dtype=np.float32)
        ends = starts.copy()
        for begin in range(0, max(len(ids) - _OVERLAP, 1), room - _OVERLAP):
            part = ids[begin : begin + room]
            judgement, span = self._run(asked, part)
            relevance = max(relevance, float(judgement[0]))
            answerable = max(answerable, float(judgement[1]))
            own = slice(begin, begin + len(part))
            first = len(asked) + 3
            logits = span[first : first + len(part)] - span[0]
            starts[own] = np.maximum(starts[own], logits[:, 0])
            ends[own] = np.maximum(ends[own], logits[:, 1])
            if begin + room >= len(ids):
                break
        return Reading(
            relevance, answerable, starts, ends, np.array(offsets, dtype=np.int64).reshape(-1, 2)
        )

    def _run(self, asked: list[int], part: list[int]) -> tuple[FloatMatrix, FloatMatrix]:
        eos = self._eos
        ids = np.array([self._bos, *asked, eos, eos, *part, eos], dtype=np.int64)
        judgement, span = self._session.run(None, {"token_ids": ids})
        return judgement, span
