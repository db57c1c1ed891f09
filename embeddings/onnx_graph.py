"""BERT as ONNX graphs in 8 bits: the sentence encoder, and the layers that other graphs share.

    token_ids (tokens) i64 → word + position vectors → LayerNorm
      → layers × [attention → add & LayerNorm → feed-forward → add & LayerNorm]
      → mean over the tokens → L2 normalisation → embedding (hidden) f32

What stands after the first `LOWER_LAYERS` layers is a second output, states (tokens, hidden) f32. A
run whose input to_the_top, bool, is false ends there; its embedding is 0. (onnxruntime's
`only_execute_path_to_fetches` runs everything nonetheless in the builds for inference.)

There's no batch axis and no attention mask: the encoder runs one text at a time, so nothing is ever
padded. The three projections of a layer's attention are one matrix, as is usual.
Architecture: Devlin et al. 2019 (https://arxiv.org/abs/1810.04805), erf form of GELU; pooling and
normalisation as in the e5 model card (https://huggingface.co/intfloat/multilingual-e5-small).

Precision: the word vectors keep the 4 bits that the packaged file has, exactly (rounding them once
more, to 8 bits for the whole table, is what costs retrieval quality). Matrices are multiplied in
8 bits: weights rounded symmetrically, one scale per output; activations quantised as they come.
https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html describes both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from embeddings.eight_bits import round_to_int8
from embeddings.packaged_weights import BLOCK_SIZE, NIBBLE_ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from embeddings.encoder import FloatMatrix
    from embeddings.packaged_weights import ModelShape, PackagedWeights

TOKEN_IDS = "token_ids"  # noqa: S105 (no password)
TO_THE_TOP = "to_the_top"
EMBEDDING = "embedding"
STATES = "states"
LOWER_LAYERS = 6
"""How many layers a text goes through to its states."""

_OPSET = 21  # the first with 4-bit constants
_CONTRIB_DOMAIN = "com.microsoft"  # onnxruntime's own operators, for the 4-bit look-up
_IR_VERSION = 10


_Ends: TypeAlias = Mapping[str, tuple[int, Sequence[str | int]]]
"""The inputs or outputs of a graph: by name the type, one of TensorProto's, and the shape."""


class Weights(Protocol):
    """Tensors by the names that `PackagedWeights` has for them."""

    shape: ModelShape

    def tensor(self, name: str, *shape: int) -> FloatMatrix:
        """Return tensor `name` in float32, reshaped to `shape`."""
        ...


class GraphBuilder:
    """Collects nodes and constants; what adds a value returns its name."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.shape = weights.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        """Add a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def integers(self, name: str, *values: int) -> str:
        """Add a constant of one axis, as operators want their sizes and axes."""
        return self.constant(name, np.array(values, dtype=np.int64))

    def nibbles(self, name: str, values: npt.NDArray[np.uint8]) -> str:
        """Add a constant of 4-bit numbers, given one a byte; even ones go to the low halves."""
        flat = values.reshape(-1)
        packed = flat[0::2] | (flat[1::2] << 4)
        tensor = helper.make_tensor(
            name, TensorProto.UINT4, values.shape, packed.tobytes(), raw=True
        )
        self.constants.append(tensor)
        return name

    def add(self, operator: str, name: str, *inputs: str, **attributes: Any) -> str:  # noqa: ANN401
        """Add the result of an operator."""
        self.nodes.append(helper.make_node(operator, list(inputs), [name], name, **attributes))
        return name

    def linear(self, name: str, values: str, weight: FloatMatrix, bias: FloatMatrix) -> str:
        """Add values · weightᵀ + bias in 8 bits; `weight` is (out, in), as model files have it."""
        rounded, scales = round_to_int8(weight)
        quantised = [f"{name}.{part}" for part in ("u8", "u8_scale", "u8_zero")]
        self.nodes.append(
            helper.make_node("DynamicQuantizeLinear", [values], quantised, quantised[0])
        )
        matrix = self.constant(f"{name}.w", rounded.T)
        product = self.add("MatMulInteger", f"{name}.s32", quantised[0], matrix, quantised[2])
        product = self.add("Cast", f"{name}.f32", product, to=TensorProto.FLOAT)
        scale = self.add("Mul", f"{name}.scale", quantised[1], self.constant(f"{name}.ws", scales))
        product = self.add("Mul", f"{name}.product", product, scale)
        return self.add("Add", name, product, self.constant(f"{name}.b", bias))

    def layer_norm(self, name: str, values: str, tensors: str) -> str:
        """Add the normalisation of `values` by the scale and the bias called `tensors`."""
        scale, bias = (
            self.constant(
                f"{name}.{part}", self.weights.tensor(f"{tensors}.{part}", self.shape.hidden)
            )
            for part in "wb"
        )
        epsilon = self.shape.layer_norm_epsilon
        return self.add("LayerNormalization", name, values, scale, bias, axis=-1, epsilon=epsilon)

    def graph(self, inputs: _Ends, outputs: _Ends) -> onnx.GraphProto:
        """Return the graph of all that was added."""
        ends = (
            [helper.make_tensor_value_info(name, *type_) for name, type_ in side.items()]
            for side in (inputs, outputs)
        )
        return helper.make_graph(self.nodes, "bert", *ends, self.constants)

    def model(self, inputs: _Ends, outputs: _Ends) -> onnx.ModelProto:
        """Return the model of all that was added."""
        return helper.make_model(
            self.graph(inputs, outputs),
            opset_imports=[
                helper.make_opsetid("", _OPSET),
                helper.make_opsetid(_CONTRIB_DOMAIN, 1),
            ],
            ir_version=_IR_VERSION,
        )


def build_sentence_encoder(weights: PackagedWeights) -> onnx.ModelProto:
    """Return the graph of `weights`, about 85 MB."""
    shape = weights.shape
    embedding: _Ends = {EMBEDDING: (TensorProto.FLOAT, [shape.hidden])}

    lower = GraphBuilder(weights)
    hidden = encoder_layers(lower, _embedding_layer(lower, weights), range(LOWER_LAYERS))
    states = lower.add("Identity", STATES, hidden)

    upper = GraphBuilder(weights)
    hidden = encoder_layers(upper, states, range(LOWER_LAYERS, shape.layers))
    mean = upper.add("ReduceMean", "mean", hidden, upper.integers("token_axis", 0), keepdims=0)
    upper.add("LpNormalization", EMBEDDING, mean, axis=-1, p=2)

    without = GraphBuilder(weights)
    without.constant(EMBEDDING, np.zeros(shape.hidden, np.float32))

    branches = {
        "then_branch": upper.graph({}, embedding),
        "else_branch": without.graph({}, embedding),
    }
    lower.add("If", EMBEDDING, TO_THE_TOP, **branches)
    return lower.model(
        {TOKEN_IDS: (TensorProto.INT64, ["tokens"]), TO_THE_TOP: (TensorProto.BOOL, [])},
        {**embedding, STATES: (TensorProto.FLOAT, ["tokens", shape.hidden])},
    )


def encoder_layers(graph: GraphBuilder, hidden: str, layers: Iterable[int]) -> str:
    """Add the layers called l0, l1 … that `layers` counts; (tokens, hidden) f32 in and out."""
    shape = graph.shape
    graph.integers("split_heads", 0, shape.heads, shape.hidden // shape.heads)
    graph.integers("merge_heads", 0, shape.hidden)
    graph.constant("temperature", np.array(math.sqrt(shape.hidden / shape.heads), np.float32))
    for layer in layers:
        hidden = _encoder_layer(graph, f"l{layer}", hidden)
    return hidden


def _embedding_layer(graph: GraphBuilder, weights: PackagedWeights) -> str:
    shape = weights.shape
    table, scales = weights.blocks("emb.word", shape.vocabulary, shape.hidden)
    words = graph.add(
        "GatherBlockQuantized",
        "words",
        graph.nibbles("words.w", table),
        TOKEN_IDS,
        graph.constant("words.scales", scales),
        graph.nibbles("words.zeros", np.full(scales.shape, NIBBLE_ZERO, np.uint8)),
        domain=_CONTRIB_DOMAIN,
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK_SIZE,
    )
    # Every token is of type 0, so that type's vector goes into the positions once and for all.
    positions = weights.tensor("emb.pos", shape.positions, shape.hidden)
    positions += weights.tensor("emb.type", shape.token_types, shape.hidden)[0]
    places = graph.add(
        "Slice",
        "positions",
        graph.constant("positions.w", positions),
        graph.integers("positions.start", 0),
        graph.add("Shape", "tokens", TOKEN_IDS),
    )
    summed = graph.add("Add", "embeddings.sum", words, places)
    return graph.layer_norm("embeddings", summed, "emb.ln")


def _encoder_layer(graph: GraphBuilder, prefix: str, hidden: str) -> str:
    weights = graph.weights

    def linear(part: str, values: str) -> str:
        name = f"{prefix}.{part}"
        outputs, inputs = graph.shape.linear_sizes(part)
        weight, bias = (
            weights.tensor(f"{name}.w", outputs, inputs),
            weights.tensor(f"{name}.b", outputs),
        )
        return graph.linear(name, values, weight, bias)

    def add_and_norm(part: str, values: str, residual: str) -> str:
        name = f"{prefix}.{part}"
        return graph.layer_norm(name, graph.add("Add", f"{name}.sum", values, residual), name)

    attended = linear("ao", _attention(graph, prefix, hidden))
    hidden = add_and_norm("aln", attended, hidden)
    inner = graph.add("Gelu", f"{prefix}.gelu", linear("fi", hidden))
    return add_and_norm("oln", linear("fo", inner), hidden)


def _attention(graph: GraphBuilder, prefix: str, hidden: str) -> str:
    """Return softmax(Q·Kᵀ / √head size)·V, the heads side by side: (tokens, hidden)."""
    weights, size = graph.weights, graph.shape.hidden
    matrices = [weights.tensor(f"{prefix}.{part}.w", size, size) for part in "qkv"]
    biases = [weights.tensor(f"{prefix}.{part}.b", size) for part in "qkv"]
    joined = graph.linear(f"{prefix}.qkv", hidden, np.concatenate(matrices), np.concatenate(biases))
    parts = [f"{prefix}.{part}" for part in "qkv"]
    graph.nodes.append(
        helper.make_node("Split", [joined], parts, f"{prefix}.split", axis=-1, num_outputs=3)
    )
    query, key, value = (
        graph.add("Reshape", f"{part}.heads", part, "split_heads") for part in parts
    )
    query = graph.add("Transpose", f"{prefix}.query", query, perm=[1, 0, 2])
    key = graph.add("Transpose", f"{prefix}.key", key, perm=[1, 2, 0])
    value = graph.add("Transpose", f"{prefix}.value", value, perm=[1, 0, 2])
    scores = graph.add("MatMul", f"{prefix}.scores", query, key)
    scores = graph.add("Div", f"{prefix}.scaled", scores, "temperature")
    shares = graph.add("Softmax", f"{prefix}.shares", scores, axis=-1)
    heads = graph.add("MatMul", f"{prefix}.heads", shares, value)
    merged = graph.add("Transpose", f"{prefix}.merged", heads, perm=[1, 0, 2])
    return graph.add("Reshape", f"{prefix}.context", merged, "merge_heads")
