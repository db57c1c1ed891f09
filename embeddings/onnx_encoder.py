"""The fast encoder: the prepared model in onnxruntime, without torch or transformers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from tokenizers import Tokenizer

from embeddings.encoder import TextByTextEncoder
from embeddings.errors import ModelLoadError
from embeddings.onnx_session import open_session
from embeddings.recently_used import RecentlyUsed

if TYPE_CHECKING:
    import numpy.typing as npt
    from onnxruntime import InferenceSession

    from embeddings.preparation import PreparedModel

_MAX_TOKENS = 512  # the model's positions
_STATES_BYTES = 60 * 2**20  # some 700 passages of 110 tokens
_QUERIES = 2_000  # 3 MB: those of an exam, which every version is asked
_ASKED = 256  # 4 MB: a query is read right after it is encoded, and is not to push out passages

States: TypeAlias = "npt.NDArray[np.float16]"
"""(tokens, hidden) float16: what stands for each token after the lower layers."""


@dataclass(frozen=True, slots=True)
class TokenStates:
    """A text half read: its tokens after the model's lower layers."""

    states: States
    """(tokens, hidden) float16, the first and the last for <s> and </s>."""
    spans: list[tuple[int, int]]
    """The characters of the text that each token stands for; (0, 0) for tokens of the prompt."""


class OnnxEncoder(TextByTextEncoder):
    """Encodes one text a run, so a vector depends on nothing but its text.

    Thread-safe: session and tokenizer are only read.
    """

    query_prompt = "query: "
    passage_prompt = "passage: "

    def __init__(
        self, prepared: PreparedModel, session: InferenceSession, tokenizer: Tokenizer
    ) -> None:
        self.model_id = prepared.model_id
        self.prepared = prepared
        self.dimension: int = session.get_outputs()[0].shape[0]
        self._session = session
        self._inputs = [value.name for value in session.get_inputs()]
        self._tokenizer = tokenizer
        self._states: RecentlyUsed[States] = RecentlyUsed(
            _STATES_BYTES, lambda states: states.nbytes
        )
        self._asked: RecentlyUsed[States] = RecentlyUsed(_ASKED)
        self._queries: RecentlyUsed[npt.NDArray[np.float32]] = RecentlyUsed(_QUERIES)

    @classmethod
    def load(
        cls,
        prepared: PreparedModel,
        *,
        threads: int | None = None,
        tokenizer: Tokenizer | None = None,
    ) -> OnnxEncoder:
        """Load graph and tokenizer from disk; `threads` work on a text (None: as many as help).

        A `tokenizer` that is loaded already is shared: it takes three times the memory of the
        graph. Raises ModelLoadError when this machine's libraries refuse them.
        """
        try:
            session = open_session(str(prepared.graph), threads)
            if tokenizer is None:
                tokenizer = Tokenizer.from_file(str(prepared.tokenizer))
                tokenizer.enable_truncation(_MAX_TOKENS)
        except Exception as error:  # neither library has a base class for its errors
            raise ModelLoadError(
                f"Không nạp được mô hình ở {prepared.directory}: {error}. Hãy xóa thư mục đó rồi "
                "chạy lại để chuẩn bị mô hình lần nữa."
            ) from error
        return cls(prepared, session, tokenizer)

    def in_background(self) -> OnnxEncoder:
        """Return a second encoder whose work stays in the calling thread, with its priority."""
        return self.load(self.prepared, threads=1, tokenizer=self._tokenizer)

    def token_states(self, prompt: str, text: str, *, max_tokens: int) -> TokenStates:
        """Return the states of the first `max_tokens` tokens of `text` after `prompt`.

        `text` must be `encodable`. States are remembered: those of lately read texts and of lately
        encoded queries cost nothing.
        """
        encoding = self._tokenizer.encode(prompt + text)
        ids, spans = encoding.ids, encoding.offsets
        if len(ids) > max_tokens:  # the last stays: it is </s>
            ids[max_tokens - 1 : -1] = []
            spans[max_tokens - 1 : -1] = []
        tokens = np.array(ids, dtype=np.int64)
        remembered = self._asked if prompt == self.query_prompt else self._states
        states = remembered.get(tokens.tobytes(), lambda: self._run(tokens, to_the_top=False)[1])
        start = len(prompt)
        return TokenStates(states, [(max(0, a - start), max(0, b - start)) for a, b in spans])

    def _vector(self, prompt: str, text: str) -> npt.NDArray[np.float32]:
        ids = np.array(self._tokenizer.encode(prompt + text).ids, dtype=np.int64)
        if prompt != self.query_prompt:
            return self._run(ids, to_the_top=True)[0]

        def run() -> npt.NDArray[np.float32]:
            vector, states = self._run(ids, to_the_top=True)
            self._asked.put(ids.tobytes(), states)
            return vector

        return self._queries.get(ids.tobytes(), run)

    def _run(
        self, ids: npt.NDArray[np.int64], *, to_the_top: bool
    ) -> tuple[npt.NDArray[np.float32], States]:
        inputs = dict(zip(self._inputs, (ids, np.array(to_the_top)), strict=True))
        vector, states = self._session.run(None, inputs)
        return vector, states.astype(np.float16)
