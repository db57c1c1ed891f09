"""Finding a sentence-transformers model on this machine, and telling models apart."""

from __future__ import annotations

import hashlib
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

from embeddings.errors import ModelNotFoundError

_DEFAULT_ORGANISATION = "sentence-transformers"  # of hub names without one
_CONFIGURATION = frozenset({".json", ".txt", ".model"})
_WEIGHTS = frozenset({".safetensors", ".bin"})
_OTHER_BACKENDS = frozenset({"onnx", "openvino"})  # copies of the weights that aren't loaded
_END_BYTES = 1 << 20


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
