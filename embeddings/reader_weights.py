"""The file with the reader's weights: its layers in 8 bits, as safetensors.

The layers have the names that `PackagedWeights` would have for them (l6.q.w …); their matrices are
int8, with the scale of each output beside them (l6.q.w.scale, f32). All the rest is f16:

==============  ====================  ========================================================
kind            (2, hidden)           added to the states of the question, of the passage
span.w, .b      (2, hidden), (2)      from a token's state to its logits as start and as end
ans.0.w, .b     (hidden, 2 · hidden)  from the first token's state and all states' mean, then GELU
ans.3.w, .b     (1, hidden)           from there to the logit that the passage answers
==============  ====================  ========================================================

The metadata say which format this is, the shape of the model, and the SHA-256 of the packaged file
whose lower layers the weights were trained on (`base`) and of the tensors' bytes by their names.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from embeddings.eight_bits import restore, round_to_int8
from embeddings.errors import ReaderLoadError, system_reason
from embeddings.onnx_graph import LOWER_LAYERS
from embeddings.packaged_weights import (
    LINEAR_PARTS,
    NORM_PARTS,
    ModelShape,
    PackagedWeights,
    packaged_weights_file,
    packaged_weights_hash,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from embeddings.encoder import FloatMatrix

_FORMAT = "1"
_SCALE = ".scale"
_WAY_BACK = (
    "Hãy cài lại vanphong-bot (hoặc lấy lại tệp này từ bản phát hành); bot vẫn chạy khi thiếu nó, "
    "nhưng đọc kém hơn."
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Tensor:
    name: str
    trained_name: str
    """Its name in the state dict of the training program."""
    shape: tuple[int, ...]
    in_eight_bits: bool = False


class ReaderWeights:
    """Shape and tensors of a weights file, by the names that a graph asks for."""

    def __init__(self, shape: ModelShape, tensors: Mapping[str, npt.NDArray[Any]]) -> None:
        self.shape = shape
        self._tensors = tensors

    @classmethod
    def read(cls, path: Path, *, base: str) -> ReaderWeights:
        """Read all of `path`, made for the model whose packaged file has the hash `base`.

        Raises ReaderLoadError when there's no such file, or it's damaged or made for something
        else.
        """
        try:
            path.open("rb").close()  # safetensors' own OSError doesn't say which error it is
            with safe_open(path, framework="numpy") as file:
                metadata = file.metadata() or {}
                _check(path, "định dạng", metadata.get("format"), _FORMAT)
                _check(path, "mô hình nền", metadata.get("base"), base)
                shape = ModelShape(**json.loads(metadata["shape"]))
                tensors = dict(_stored(file, shape))
                _check(path, "mã kiểm nội dung", metadata.get("sha256"), _digest(tensors))
        except OSError as error:
            reason = f"không mở được: {system_reason(error)}"
            raise ReaderLoadError(_complaint(path, reason)) from error
        except (SafetensorError, KeyError, TypeError, ValueError) as error:
            raise ReaderLoadError(_complaint(path, f"tệp hỏng: {error}")) from error
        return cls(shape, tensors)

    def tensor(self, name: str, *shape: int) -> FloatMatrix:
        """Return tensor `name` in float32, reshaped to `shape`."""
        values, scales = self._tensors[name], self._tensors.get(name + _SCALE)
        floats = values.astype(np.float32) if scales is None else restore(values, scales)
        return floats.reshape(shape)


def write_reader_weights(path: Path, trained: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write what was trained on the packaged model's lower layers into `path` (11 MB).

    `trained` has the names of a state dict: layers.0.attention.self.query.weight and so on for
    BERT's upper layers, counted from 0; kind, span.weight, span.bias, ans.0.… and ans.3.…. Raises
    KeyError when one is missing, ValueError when one is of another size or not finite, and
    ModelPreparationError when there's no packaged model.
    """
    shape = PackagedWeights.read(packaged_weights_file()).shape
    tensors: dict[str, npt.NDArray[Any]] = {}
    for tensor in _layout(shape):
        values = np.asarray(trained[tensor.trained_name], dtype=np.float32)
        if values.shape != tensor.shape or not np.isfinite(values).all():
            raise ValueError(f"{tensor.trained_name} has to be finite and {tensor.shape}")
        if tensor.in_eight_bits:
            tensors[tensor.name], tensors[tensor.name + _SCALE] = round_to_int8(values)
        else:
            tensors[tensor.name] = values.astype(np.float16)
    metadata = {
        "format": _FORMAT,
        "base": packaged_weights_hash(),
        "shape": json.dumps(dataclasses.asdict(shape)),
        "sha256": _digest(tensors),
    }
    path.write_bytes(save(tensors, metadata))


def read_trained(path: Path) -> dict[str, FloatMatrix]:
    """Return what `write_reader_weights` wrote, by its names: to train on from there.

    The matrices are what is left of them in 8 bits. Raises as `ReaderWeights.read`.
    """
    weights = ReaderWeights.read(path, base=packaged_weights_hash())
    return {t.trained_name: weights.tensor(t.name, *t.shape) for t in _layout(weights.shape)}


def _layout(shape: ModelShape) -> Iterator[_Tensor]:
    for layer in range(LOWER_LAYERS, shape.layers):
        ours, trained = f"l{layer}", f"layers.{layer - LOWER_LAYERS}"
        for part, name in LINEAR_PARTS:
            outputs, inputs = shape.linear_sizes(part)
            yield _Tensor(
                f"{ours}.{part}.w",
                f"{trained}.{name}.weight",
                (outputs, inputs),
                in_eight_bits=True,
            )
            yield _Tensor(f"{ours}.{part}.b", f"{trained}.{name}.bias", (outputs,))
        for part, name in NORM_PARTS:
            yield _Tensor(f"{ours}.{part}.w", f"{trained}.{name}.weight", (shape.hidden,))
            yield _Tensor(f"{ours}.{part}.b", f"{trained}.{name}.bias", (shape.hidden,))
    size = shape.hidden
    yield _Tensor("kind", "kind", (2, size))
    for head, outputs, inputs in (("span", 2, size), ("ans.0", size, 2 * size), ("ans.3", 1, size)):
        yield _Tensor(f"{head}.w", f"{head}.weight", (outputs, inputs))
        yield _Tensor(f"{head}.b", f"{head}.bias", (outputs,))


def _stored(file: Any, shape: ModelShape) -> Iterator[tuple[str, npt.NDArray[Any]]]:  # noqa: ANN401 (safetensors has no types)
    for tensor in _layout(shape):
        sizes = {tensor.name: tensor.shape}
        if tensor.in_eight_bits:
            sizes[tensor.name + _SCALE] = tensor.shape[:1]
        for name, size in sizes.items():
            values: npt.NDArray[Any] = file.get_tensor(name)
            if values.shape != size:
                raise ValueError(f"{name} {values.shape} ≠ {size}")
            yield name, values


def _digest(tensors: Mapping[str, npt.NDArray[Any]]) -> str:
    contents = hashlib.sha256()
    for _, values in sorted(tensors.items()):
        contents.update(values.tobytes())
    return contents.hexdigest()


def _check(path: Path, subject: str, found: str | None, expected: str) -> None:
    if found != expected:
        reason = f"{subject} của tệp là {found}, chương trình cần {expected}"
        raise ReaderLoadError(_complaint(path, reason))


def _complaint(path: Path, reason: str) -> str:
    return f"Không nạp được mô hình đọc {path}: {reason}. {_WAY_BACK}"
