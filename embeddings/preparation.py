"""Preparing the packaged model: once, on first use, into a directory that is complete or absent.

The directory is built next to its final place under a temporary name, gets a manifest with the size
and the hash of every file, is flushed to disk and then renamed. Whatever an interruption leaves
behind is swept away by the next preparation, and a directory that doesn't match its manifest is
made again. Processes take turns through a lock file; one that finds the work done uses it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from embeddings.errors import ModelPreparationError, system_reason
from embeddings.packaged_tokenizer import build_tokenizer
from embeddings.packaged_weights import (
    PACKAGE,
    PackagedWeights,
    file_hash,
    packaged_weights_file,
    packaged_weights_hash,
    packaged_weights_version,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRAPH_FILE = "encoder.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "manifest.json"

# Raise it when the files change in content or layout; prepared directories are then made again.
_FORMAT = 2
_PRECISION = "int8.v1"  # changes with the vectors: indexes are then built again
_NEEDED_MB = 100
_LOCK_SECONDS = 300  # preparing takes seconds; who waits this long waits for a stuck process


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """Where the prepared files are, and the identity of weights and precision."""

    directory: Path
    model_id: str
    weights_hash: str
    """SHA-256 of the packaged file that it was made of, in hexadecimal digits."""

    @property
    def graph(self) -> Path:
        """The ONNX graph: token ids in, unit vector out."""
        return self.directory / GRAPH_FILE

    @property
    def tokenizer(self) -> Path:
        """The tokenizer in the format of the `tokenizers` library."""
        return self.directory / TOKENIZER_FILE


def find_prepared(directory: Path, *, check_contents: bool) -> PreparedModel | None:
    """Return the prepared model in `directory`, or None when it's absent, old or damaged.

    Sizes are always compared; hashes (0.1 s) only with `check_contents`.
    """
    try:
        manifest = json.loads((directory / MANIFEST_FILE).read_bytes())
        if manifest["format"] != _FORMAT or manifest["source"] != _source():
            return None
        weights_hash = str(manifest["weights"])
        for name in (GRAPH_FILE, TOKENIZER_FILE):
            expected, path = manifest["files"][name], directory / name
            if path.stat().st_size != expected["size"]:
                return None
            if check_contents and file_hash(path) != expected["sha256"]:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # absent, unreadable or not a manifest of ours: made again
    model_id = f"{directory.name}@{_source()}+{_PRECISION}"
    return PreparedModel(directory, model_id, weights_hash)


def prepare(directory: Path, *, progress: Callable[[str], None] | None = None) -> PreparedModel:
    """Return the prepared model in `directory`, making it first unless it's there and intact.

    `progress` gets a short Vietnamese line at each stage. Raises ModelPreparationError when the
    packaged weights can't be read or the directory can't be written.
    """
    prepared = find_prepared(directory, check_contents=True)
    if prepared is not None:
        return prepared
    report = progress or (lambda _: None)
    lock_file = directory.with_name(f".{directory.name}.lock")
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock_file, timeout=_LOCK_SECONDS):
            prepared = find_prepared(directory, check_contents=True)
            if prepared is None:
                _make(directory, report)
                prepared = find_prepared(directory, check_contents=True)
    except Timeout as error:
        raise ModelPreparationError(
            f"Một tiến trình khác đang chuẩn bị mô hình quá {_LOCK_SECONDS} giây "
            f"(khóa {lock_file}). Hãy dừng tiến trình đó rồi chạy lại."
        ) from error
    except OSError as error:
        raise ModelPreparationError(
            f"Không ghi được mô hình vào {directory.parent}: {system_reason(error)}. Hãy kiểm tra "
            f"quyền ghi và dung lượng trống (cần khoảng {_NEEDED_MB} MB), hoặc chọn thư mục khác, "
            "rồi chạy lại."
        ) from error
    if prepared is None:
        raise ModelPreparationError(
            f"Tệp vừa ghi vào {directory} đọc lại không khớp. Ổ đĩa có thể đã hỏng: hãy chọn "
            "thư mục khác rồi chạy lại."
        )
    return prepared


def _make(directory: Path, report: Callable[[str], None]) -> None:
    leftovers = f".{directory.name}.tmp-"
    for path in directory.parent.glob(f"{leftovers}*"):
        shutil.rmtree(path)
    building = Path(tempfile.mkdtemp(prefix=leftovers, dir=directory.parent))
    try:
        building.chmod(0o755)  # mkdtemp makes it private; other accounts may read a model
        files = {}
        for name, contents in _contents(report):
            _write(building / name, contents)
            files[name] = {"size": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
        manifest = {
            "format": _FORMAT,
            "source": _source(),
            "weights": packaged_weights_hash(),
            "files": files,
        }
        _write(building / MANIFEST_FILE, json.dumps(manifest, indent=2).encode())
        _flush_directory(building)
        if directory.exists():
            # os.replace wants an empty target; the damaged one leaves under a leftover's name.
            directory.rename(building.with_name(f"{building.name}-old"))
        building.replace(directory)
        _flush_directory(directory.parent)
    finally:
        for path in directory.parent.glob(f"{leftovers}*"):
            shutil.rmtree(path, ignore_errors=True)
    report("Mô hình ngôn ngữ đã sẵn sàng.")


def _contents(report: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    report("Chuẩn bị mô hình ngôn ngữ (chỉ lần đầu): đọc trọng số…")
    weights = PackagedWeights.read(packaged_weights_file())
    report("Chuẩn bị mô hình ngôn ngữ: dựng bộ tách từ…")
    yield TOKENIZER_FILE, build_tokenizer(weights.vocabulary).to_str().encode()
    report("Chuẩn bị mô hình ngôn ngữ: dựng mạng 8 bit…")
    # late: the `onnx` package is only needed here
    from embeddings.onnx_graph import build_sentence_encoder  # noqa: PLC0415

    yield GRAPH_FILE, build_sentence_encoder(weights).SerializeToString()


def _source() -> str:
    return f"{PACKAGE}-{packaged_weights_version()}"


def _write(path: Path, contents: bytes) -> None:
    with path.open("wb") as file:
        file.write(contents)
        file.flush()
        os.fsync(file.fileno())


def _flush_directory(path: Path) -> None:
    if os.name == "nt":  # Windows has no handle to flush a directory by
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
