"""Writes a trained reader as the 8-bit graph and trimmed tokenizer that ship with the package."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from embeddings.onnx_graph import build_reader
from embeddings.packaged_tokenizer import build_tokenizer
from embeddings.packaged_weights import Vocabulary
from embeddings.reader import GRAPH_FILE, TOKENIZER_FILE
from embeddings.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt
    import torch

    from embeddings.encoder import FloatMatrix
    from embeddings.packaged_weights import ModelShape, PackagedWeights

# Pieces stand in order of frequency over a hundred languages; rarer ones than this are kept only
# if they are Vietnamese or the texts at hand use them.
_FREQUENT = 70_000
_PLAIN = re.compile(r"[\x20-\x7e▁–—“”‘’…«»°%€₫]+")
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
    "pos": "embeddings.position_embeddings.weight",
    "type": "embeddings.token_type_embeddings.weight",
    "ln": "embeddings.LayerNorm",
}
_PARTS = {"w": "weight", "b": "bias"}


class TrainedWeights:
    """The trained tensors; the word vectors stay the packaged ones, of the kept pieces only."""

    def __init__(
        self, packaged: PackagedWeights, state: dict[str, torch.Tensor], kept: list[int]
    ) -> None:
        self._packaged = packaged
        self._state = state
        self._kept = kept

    @property
    def shape(self) -> ModelShape:
        """The sizes of the encoder, with the trimmed vocabulary."""
        return replace(self._packaged.shape, vocabulary=len(self._kept))

    def tensor(self, name: str, *shape: int) -> FloatMatrix:
        """Return tensor `name` in float32, of shape `shape`."""
        part = _PARTS[name[-1]] if name[-2:] in {".w", ".b"} else ""
        if name.startswith("judgement"):
            heads = (self._array(f"{head}.{part}") for head in ("relevance", "answerable"))
            values = np.concatenate([head.reshape(1, -1) for head in heads])
        elif name.startswith("span"):
            values = self._array(f"span.{part}")
        else:
            place, own = name.split(".")[:2]
            theirs = f"encoder.layer.{place[1:]}." if place != "emb" else ""
            values = self._array(f"encoder.{theirs}{_NAMES[own]}" + (f".{part}" if part else ""))
        return values.reshape(shape)

    def blocks(self, name: str, *_shape: int) -> tuple[npt.NDArray[np.uint8], FloatMatrix]:
        """Return the packaged 4-bit word vectors of the kept pieces."""
        whole = self._packaged.shape
        nibbles, scales = self._packaged.blocks(name, whole.vocabulary, whole.hidden)
        return nibbles[self._kept], scales[self._kept]

    def _array(self, name: str) -> FloatMatrix:
        return self._state[name].float().numpy()


def export_reader(
    packaged: PackagedWeights,
    state: dict[str, torch.Tensor],
    texts: Iterable[str],
    directory: Path,
) -> None:
    """Write the reader of `state` into `directory`; pieces that `texts` use are always kept."""
    kept = kept_pieces(packaged.vocabulary, texts)
    whole = packaged.vocabulary
    place = {piece: position for position, piece in enumerate(kept)}
    vocabulary = Vocabulary(
        pieces=tuple(whole.pieces[n] for n in kept),
        scores=tuple(whole.scores[n] for n in kept),
        bos=place[whole.bos],
        eos=place[whole.eos],
        pad=place[whole.pad],
        unk=place[whole.unk],
    )
    directory.mkdir(parents=True, exist_ok=True)
    graph = build_reader(TrainedWeights(packaged, state, kept))
    (directory / GRAPH_FILE).write_bytes(graph.SerializeToString())
    build_tokenizer(vocabulary).save(str(directory / TOKENIZER_FILE), pretty=False)


def kept_pieces(vocabulary: Vocabulary, texts: Iterable[str]) -> list[int]:
    """Return the ids to keep: the special ones, Vietnamese, frequent ASCII, and those in use."""
    specials = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    used = set(specials)
    tokenizer = build_tokenizer(vocabulary)
    for text in texts:
        used.update(tokenizer.encode(text).ids)
    for number, piece in enumerate(vocabulary.pieces):
        if _PLAIN.fullmatch(piece):
            wanted = number < _FREQUENT or len(piece) == 1
        else:
            wanted = _is_vietnamese(piece)
        if wanted:
            used.add(number)
    return sorted(n for n in used if n < len(vocabulary.pieces))


_VIETNAMESE = frozenset(
    "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
)


def _is_vietnamese(piece: str) -> bool:
    marked = [c for c in piece.lower() if fold(c) != c]
    return bool(marked) and set(marked) <= _VIETNAMESE and bool(_PLAIN.fullmatch(fold(piece)))
