"""Writing the packaged model as a standard sentence-transformers directory, in float32.

It's for whoever wants to compare with the model or to fine-tune it:
`SentenceTransformer(str(directory))` loads it as it is. Layout:
https://sbert.net/docs/package_reference/sentence_transformer/models.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from safetensors.numpy import save_file

from embeddings import packaged_tokenizer as special
from embeddings.packaged_weights import LINEAR_PARTS, NORM_PARTS

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings.encoder import FloatMatrix
    from embeddings.packaged_weights import PackagedWeights

QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "

_MODULES = (
    ("", "sentence_transformers.models.Transformer"),
    ("1_Pooling", "sentence_transformers.models.Pooling"),
    ("2_Normalize", "sentence_transformers.models.Normalize"),
)


def write_sentence_transformers_directory(weights: PackagedWeights, directory: Path) -> None:
    """Write weights, tokenizer and configuration into `directory` (490 MB); it may exist."""
    directory.mkdir(parents=True, exist_ok=True)
    for folder, _ in _MODULES:
        (directory / folder).mkdir(exist_ok=True)
    save_file(_state_dict(weights), directory / "model.safetensors", metadata={"format": "pt"})
    special.build_tokenizer(weights.vocabulary).save(str(directory / "tokenizer.json"))
    for name, content in _configuration(weights).items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (directory / name).write_text(text + "\n", encoding="utf-8")


def _state_dict(weights: PackagedWeights) -> dict[str, FloatMatrix]:
    shape = weights.shape
    size = shape.hidden
    state = {
        "embeddings.word_embeddings.weight": weights.tensor("emb.word", shape.vocabulary, size),
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", shape.positions, size),
        "embeddings.token_type_embeddings.weight": weights.tensor(
            "emb.type", shape.token_types, size
        ),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w", size),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b", size),
    }
    for layer in range(shape.layers):
        ours, theirs = f"l{layer}", f"encoder.layer.{layer}"
        for part, name in LINEAR_PARTS:
            outputs, inputs = shape.linear_sizes(part)
            weight = weights.tensor(f"{ours}.{part}.w", outputs, inputs)
            state[f"{theirs}.{name}.weight"] = weight
            state[f"{theirs}.{name}.bias"] = weights.tensor(f"{ours}.{part}.b", outputs)
        for part, name in NORM_PARTS:
            state[f"{theirs}.{name}.weight"] = weights.tensor(f"{ours}.{part}.w", size)
            state[f"{theirs}.{name}.bias"] = weights.tensor(f"{ours}.{part}.b", size)
    return state


def _configuration(weights: PackagedWeights) -> dict[str, Any]:
    shape = weights.shape
    tokens = {
        "bos_token": special.BOS,
        "cls_token": special.BOS,
        "eos_token": special.EOS,
        "sep_token": special.EOS,
        "pad_token": special.PAD,
        "unk_token": special.UNK,
        "mask_token": special.MASK,
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": shape.layer_norm_epsilon,
            "max_position_embeddings": shape.positions,
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": weights.vocabulary.pieces.index(special.PAD),
            "type_vocab_size": shape.token_types,
            "vocab_size": shape.vocabulary,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
            **tokens,
        },
        "special_tokens_map.json": tokens,
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": kind}
            for index, (path, kind) in enumerate(_MODULES)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {
                "query": QUERY_PROMPT,
                "passage": PASSAGE_PROMPT,
                "document": PASSAGE_PROMPT,
            },
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
