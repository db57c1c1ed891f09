"""The ONNX graph of the reader: the states of a question and of a passage in, what they say out.

    question (question tokens, hidden) f16, passage (passage tokens, hidden) f16
      → either with the vector of its kind added, one behind the other
      → the upper layers
      → span (2, passage tokens) f32: the logits of each token as start and as end
      → answer (1) f32: the logit that the passage answers

The layers are those of `onnx_graph`, in 8 bits; the heads are small and stay in floats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import ModelProto, TensorProto

from embeddings.onnx_graph import LOWER_LAYERS, GraphBuilder, encoder_layers

if TYPE_CHECKING:
    from embeddings.reader_weights import ReaderWeights

QUESTION, PASSAGE = "question", "passage"
SPAN, ANSWER = "span", "answer"


def build_reader(weights: ReaderWeights) -> ModelProto:
    """Return the graph of `weights`, about 11 MB."""
    graph, shape = GraphBuilder(weights), weights.shape
    kinds = weights.tensor("kind", 2, shape.hidden)
    sides = [
        graph.add(
            "Add",
            f"{side}.kind",
            graph.add("Cast", f"{side}.f32", side, to=TensorProto.FLOAT),
            graph.constant(f"{side}.kind.w", kind),
        )
        for side, kind in zip((QUESTION, PASSAGE), kinds, strict=True)
    ]
    joined = graph.add("Concat", "joined", *sides, axis=0)
    hidden = encoder_layers(graph, joined, range(LOWER_LAYERS, shape.layers))
    _span_head(graph, hidden)
    _answer_head(graph, hidden)
    return graph.model(
        {
            QUESTION: (TensorProto.FLOAT16, ["question_tokens", shape.hidden]),
            PASSAGE: (TensorProto.FLOAT16, ["passage_tokens", shape.hidden]),
        },
        {
            SPAN: (TensorProto.FLOAT, [2, "passage_tokens"]),
            ANSWER: (TensorProto.FLOAT, [1]),
        },
    )


def _span_head(graph: GraphBuilder, hidden: str) -> None:
    passage = graph.add(
        "Slice",
        "passage.hidden",
        hidden,
        graph.add("Shape", "question.tokens", QUESTION, start=0, end=1),
        graph.integers("passage.end", np.iinfo(np.int64).max),
        graph.integers("passage.axis", 0),
    )
    weight = graph.constant("span.w", graph.weights.tensor("span.w", 2, graph.shape.hidden))
    bias = graph.constant("span.b", graph.weights.tensor("span.b", 2, 1))
    graph.add("Gemm", SPAN, weight, passage, bias, transB=1)


def _answer_head(graph: GraphBuilder, hidden: str) -> None:
    size = graph.shape.hidden
    first = graph.add("Gather", "first", hidden, graph.integers("first.place", 0))
    axis = graph.integers("token_axis", 0)
    mean = graph.add("ReduceMean", "mean", hidden, axis, keepdims=1)
    seen = graph.add("Concat", "seen", first, mean, axis=1)
    inner = graph.add("Gelu", "ans.gelu", _float_linear(graph, "ans.0", seen, size, 2 * size))
    logit = _float_linear(graph, "ans.3", inner, 1, size)
    graph.add("Reshape", ANSWER, logit, graph.integers("answer.shape", 1))


def _float_linear(graph: GraphBuilder, name: str, values: str, outputs: int, inputs: int) -> str:
    weight = graph.constant(f"{name}.w", graph.weights.tensor(f"{name}.w", outputs, inputs))
    bias = graph.constant(f"{name}.b", graph.weights.tensor(f"{name}.b", outputs))
    return graph.add("Gemm", name, values, weight, bias, transB=1)
