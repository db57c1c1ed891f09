"""How often a word of a question stands where its answer stands: interrogatives hardly ever do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from embeddings.vietnamese import folded_syllables
from knowledge.retrieval.shortlist import WORDS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.examples import Example

_LEAST = 25  # questions that a word must stand in, to be told of itself
OTHERS = "*"
"""What the share of all rarer words is written under."""


def write_word_shares(examples: Iterable[Example]) -> int:
    """Write the shares of the words of answered questions; return of how many words."""
    asked: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for example in examples:
        window = next((w for w in example.windows if w.span is not None), None)
        if window is None:
            continue
        words = folded_syllables(example.question)
        held = folded_syllables(f"{window.context} {window.text}")
        asked.update(words)
        met.update(words & held)
    told = [word for word, count in asked.most_common() if count >= _LEAST]
    rare = sum(asked.values()) - sum(asked[word] for word in told)
    rare_met = sum(met.values()) - sum(met[word] for word in told)
    shares = {OTHERS: round(rare_met / rare, 2)} | {
        word: round(met[word] / asked[word], 2) for word in sorted(told)
    }
    lines = ",\n".join(f'"{word}": {share}' for word, share in shares.items())
    WORDS_FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return len(told)
