"""The tokenizer of multilingual-e5-small: XLM-RoBERTa's unigram vocabulary and normalisation.

Conneau et al. 2020 (https://arxiv.org/abs/1911.02116); the pipeline is the one that the
`transformers` library converts that SentencePiece model into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
)

if TYPE_CHECKING:
    from embeddings.packaged_weights import Vocabulary

BOS, PAD, EOS, UNK, MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """Return the tokenizer of `vocabulary`; it surrounds a text with <s> and </s>."""
    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BOS} $A {EOS}",
        pair=f"{BOS} $A {EOS} {EOS} $B {EOS}",
        special_tokens=[(BOS, vocabulary.bos), (EOS, vocabulary.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in (BOS, PAD, EOS, UNK)]
        # the mask takes the space before it, as in masked-language training
        + [AddedToken(MASK, special=True, lstrip=True, normalized=False)]
    )
    return tokenizer
