"""Any sentence-transformers model on this machine, run by that library."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from embeddings.encoder import TextByTextEncoder
from embeddings.errors import ModelLoadError
from embeddings.local_models import find_model_directory, model_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    from sentence_transformers import SentenceTransformer

_QUERY_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("passage", "document")


class SentenceTransformerEncoder(TextByTextEncoder):
    """Encodes with the prompts that the model's own configuration names, one text a run.

    Thread-safe: runs take turns, since the library's tokenizers can't be used by two at once.
    """

    def __init__(self, model_id: str, model: SentenceTransformer) -> None:
        self.model_id = model_id
        self.dimension = model.get_embedding_dimension() or 0
        self.query_prompt = _prompt(model, _QUERY_PROMPTS)
        self.passage_prompt = _prompt(model, _PASSAGE_PROMPTS)
        self._model = model
        self._turn = threading.Lock()

    @classmethod
    def load(cls, model: str) -> SentenceTransformerEncoder:
        """Load a local directory, or a hub model that has been downloaded before.

        Never goes to the network and runs no code from the model. Raises ModelNotFoundError when
        it isn't on this machine, ModelLoadError when its files can't be loaded.
        """
        directory = find_model_directory(model)
        # late: importing it takes seconds, and a wrong name should be told at once
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        try:
            loaded = SentenceTransformer(str(directory), local_files_only=True, device="cpu")
        except Exception as error:  # damaged files surface as errors of half a dozen libraries
            raise ModelLoadError(
                f"Không nạp được mô hình ở {directory}: {error}. Hãy tải và chép lại thư mục đó, "
                "hoặc bỏ EMBEDDING_MODEL để dùng mô hình đi kèm."
            ) from error
        name = model.rstrip("/\\").replace("\\", "/").rpartition("/")[2]
        return cls(f"{name}@{model_digest(directory)}", loaded)

    def _vector(self, prompt: str, text: str) -> npt.NDArray[np.float32]:
        with self._turn:
            vector: npt.NDArray[np.float32] = self._model.encode(
                [text], prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )[0]
        return vector


def _prompt(model: SentenceTransformer, names: Sequence[str]) -> str:
    return next((prompt for name in names if (prompt := model.prompts.get(name))), "")
