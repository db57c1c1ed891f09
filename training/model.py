"""The reader as it is trained: in torch, on top of the packaged model's lower layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from embeddings.onnx_graph import LOWER_LAYERS
from embeddings.packaged_weights import (
    LINEAR_PARTS,
    NORM_PARTS,
    PackagedWeights,
    packaged_weights_file,
)
from embeddings.vietnamese import encodable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.onnx_encoder import OnnxEncoder

QUESTION_TOKENS = 48
TEXT_TOKENS = 288
_NEVER = -1e4


class LowerLayers:
    """The packaged model's lower layers as the product runs them; their states are remembered."""

    def __init__(self, encoder: OnnxEncoder, device: str = "cpu") -> None:
        self.device = device
        self._encoder = encoder
        self._known: dict[str, tuple[torch.Tensor, list[tuple[int, int]]]] = {}

    def of_question(self, question: str) -> torch.Tensor:
        """Return the states of a question, (tokens, hidden)."""
        return self._states(self._encoder.query_prompt, question, QUESTION_TOKENS)[0]

    def of_text(self, text: str) -> tuple[torch.Tensor, list[tuple[int, int]]]:
        """Return the states of a text, and each token's characters in it."""
        return self._states(self._encoder.passage_prompt, text, TEXT_TOKENS)

    def _states(
        self, prompt: str, text: str, longest: int
    ) -> tuple[torch.Tensor, list[tuple[int, int]]]:
        known = self._known.get(prompt + text)
        if known is None:
            found = self._encoder.token_states(prompt, encodable(text), max_tokens=longest)
            known = torch.from_numpy(found.states).to(self.device), found.spans
            self._known[prompt + text] = known
        return known


class TorchReader(nn.Module):
    """The upper layers over [question; text], and the heads.

    The head `ans` tells from the first state and the mean whether the text answers, `span` where
    its answer begins and ends.
    """

    def __init__(self, layers: nn.ModuleList, hidden: int) -> None:
        super().__init__()
        self.layers = layers
        self.kind = nn.Parameter(torch.zeros(2, hidden))
        self.span = nn.Linear(hidden, 2)
        self.ans = nn.Sequential(
            nn.Linear(2 * hidden, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, 1)
        )

    @classmethod
    def packaged(cls) -> TorchReader:
        """Begin with the packaged model's own upper layers."""
        bert = packaged_bert(PackagedWeights.read(packaged_weights_file()))
        return cls(bert.encoder.layer[LOWER_LAYERS:], bert.config.hidden_size)

    def forward(
        self, questions: Sequence[torch.Tensor], texts: Sequence[torch.Tensor]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits of answering, (pairs,), and of start and end, (pairs, 2, tokens of text).

        A text's tokens come first in the last axis; behind them stands a logit that never wins.
        """
        pairs = list(zip(questions, texts, strict=True))
        rows = [torch.cat([q + self.kind[0], t + self.kind[1]]) for q, t in pairs]
        hidden = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        sizes = torch.tensor([len(row) for row in rows], device=hidden.device)
        mask = torch.arange(hidden.shape[1], device=hidden.device)[None] < sizes[:, None]
        attention = torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e9)[
            :, None, None, :
        ]
        for layer in self.layers:
            hidden = _first(layer(hidden, attention.to(hidden.dtype)))
        mean = (hidden * mask[..., None]).sum(1) / sizes[:, None]
        logits = self.ans(torch.cat([hidden[:, 0], mean.to(hidden.dtype)], -1)).squeeze(-1)
        places = self.span(hidden)
        longest = max(len(t) for _, t in pairs)
        spans = torch.stack(
            [
                functional.pad(
                    places[row, len(q) : len(q) + len(t)], (0, 0, 0, longest - len(t)), value=_NEVER
                )
                for row, (q, t) in enumerate(pairs)
            ]
        )
        return logits.float(), spans.float().transpose(1, 2)


def packaged_bert(weights: PackagedWeights) -> BertModel:
    """Return the packaged model in torch, in evaluation mode."""
    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.layer_norm_epsilon,
        hidden_dropout_prob=0.0,  # one pass over the data leaves nothing to overfit
        attention_probs_dropout_prob=0.0,
    )
    bert = BertModel(config, add_pooling_layer=False)
    names = {
        "embeddings.word_embeddings": "emb.word",
        "embeddings.position_embeddings": "emb.pos",
        "embeddings.token_type_embeddings": "emb.type",
        "embeddings.LayerNorm": "emb.ln",
    }
    for layer in range(shape.layers):
        for part, name in (*LINEAR_PARTS, *NORM_PARTS):
            names[f"encoder.layer.{layer}.{name}"] = f"l{layer}.{part}"
    state = bert.state_dict()
    for key, value in state.items():
        module, _, kind = key.rpartition(".")
        if module in names:
            embedding = module.endswith("_embeddings")
            name = names[module] if embedding else f"{names[module]}.{kind[0]}"
            state[key] = torch.from_numpy(np.array(weights.tensor(name, *value.shape)))
    bert.load_state_dict(state)
    return bert.eval()


def _first(output: torch.Tensor | tuple[torch.Tensor, ...]) -> torch.Tensor:
    return output[0] if isinstance(output, tuple) else output
