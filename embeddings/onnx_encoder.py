"""The fast encoder: the prepared model in onnxruntime, without torch or transformers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
from onnxruntime import ExecutionMode, InferenceSession, SessionOptions
from tokenizers import Tokenizer

from embeddings.encoder import TextByTextEncoder
from embeddings.errors import ModelLoadError

if TYPE_CHECKING:
    import numpy.typing as npt

    from embeddings.preparation import PreparedModel

_MAX_TOKENS = 512  # the model's positions
# A text is one small run: more threads than this spend their time meeting each other.
_MAX_THREADS = 8


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
        self._prepared = prepared
        self.dimension: int = session.get_outputs()[0].shape[0]
        self._session = session
        self._input: str = session.get_inputs()[0].name
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, prepared: PreparedModel, *, threads: int | None = None) -> OnnxEncoder:
        """Load graph and tokenizer from disk; `threads` work on a text (None: as many as help).

        Raises ModelLoadError when this machine's libraries refuse them.
        """
        try:
            session = InferenceSession(
                str(prepared.graph), _session_options(threads), providers=["CPUExecutionProvider"]
            )
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
        return self.load(self._prepared, threads=1)

    def _vector(self, prompt: str, text: str) -> npt.NDArray[np.float32]:
        ids = np.array(self._tokenizer.encode(prompt + text).ids, dtype=np.int64)
        vector: npt.NDArray[np.float32] = self._session.run(None, {self._input: ids})[0]
        return vector


def _session_options(threads: int | None) -> SessionOptions:
    options = SessionOptions()
    options.intra_op_num_threads = threads or min(_processors(), _MAX_THREADS)
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False  # patterns are kept per length, and every text has its own
    options.log_severity_level = 3  # errors only
    # Waiting threads sleep: a bot is idle most of the day.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Processors without VNNI would overflow in 8-bit sums; this takes their exact, slower way.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return options


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
