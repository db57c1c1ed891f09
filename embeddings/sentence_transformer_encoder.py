"""Any sentence-transformers model on this machine: found, told from others and run by that library.

The libraries are imported late: a wrong name should be told at once.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.encoder import TextByTextEncoder
from embeddings.errors import ModelLoadError, ModelNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    from sentence_transformers import SentenceTransformer

_QUERY_PROMPTS = ("query",)
_PASSAGE_PROMPTS = ("passage", "document")
_DEFAULT_ORGANISATION = "sentence-transformers"  # of hub names without one
_CONFIGURATION = frozenset({".json", ".txt", ".model"})
_WEIGHTS = frozenset({".safetensors", ".bin"})
_OTHER_BACKENDS = frozenset({"onnx", "openvino"})  # copies of the weights that aren't loaded
_END_BYTES = 1 << 20


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


def find_model_directory(model: str) -> Path:
    """Return the directory of `model`: a path, or a hub name that has been downloaded before.

    Never goes to the network. Raises ModelNotFoundError.
    """
    directory = Path(model).expanduser()
    if directory.is_dir():
        if not any((directory / name).is_file() for name in ("modules.json", "config.json")):
            raise ModelNotFoundError(
                f"Thư mục {directory} không phải mô hình sentence-transformers: không có "
                "modules.json hay config.json. Hãy đặt EMBEDDING_MODEL thành thư mục chứa các "
                "tệp đó."
            )
        return directory
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import (  # noqa: PLC0415
        HFValidationError,
        LocalEntryNotFoundError,
    )

    name = model if "/" in model else f"{_DEFAULT_ORGANISATION}/{model}"
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError, OSError) as error:
        folder = name.rpartition("/")[2] or "mo-hinh"
        raise ModelNotFoundError(
            f"Không có mô hình “{model}” trên máy này, và bot không tự tải gì từ mạng. "
            f"Trên một máy có mạng hãy chạy: hf download {name} --local-dir {folder} ; "
            f"chép thư mục {folder} sang máy này, rồi đặt EMBEDDING_MODEL thành đường dẫn của "
            "thư mục đó. Hoặc bỏ EMBEDDING_MODEL để dùng mô hình đi kèm."
        ) from error


def model_digest(directory: Path) -> str:
    """Return 12 hexadecimal digits that change with the model's configuration or weights.

    Configuration files are read whole. Of a weights file its size, first and last MB are taken:
    training changes all tensors, and reading gigabytes at every start would take seconds.
    """
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        place = path.relative_to(directory)
        hidden = any(part.startswith(".") or part in _OTHER_BACKENDS for part in place.parts)
        if hidden or path.suffix not in _CONFIGURATION | _WEIGHTS or not path.is_file():
            continue
        size = path.stat().st_size
        digest.update(f"{place.as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            if path.suffix in _CONFIGURATION:
                digest.update(file.read())
            else:
                digest.update(file.read(_END_BYTES))
                file.seek(max(0, size - _END_BYTES))
                digest.update(file.read())
    return digest.hexdigest()[:12]
