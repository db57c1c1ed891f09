"""What a generated answer says that its passages don't, told in another way than the product does.

Figures and capitalised words are looked up in the cited passage; nothing else counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import canonical_syllable, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge import Answer, Passage

_WORD = re.compile(r"\d+|[^\W\d_]+")


def invented(answer: Answer, passages: Sequence[Passage]) -> list[str]:
    """Return the figures and names of a generated answer that its cited passages lack."""
    if not answer.generated:
        return []
    found = []
    for sentence in answer.sentences:
        texts = [
            f"{passage.context} {passage.citation.quote}"
            for passage in passages
            if passage.citation == sentence.citation
        ]
        known = {word for text in texts for word in _words(text)}
        first, *others = _WORD.findall(nfc(sentence.text))
        telling = [word for word in others if word[0].isupper() or word[0].isdigit()]
        telling += [first] if first[0].isdigit() else []
        found += [word for word in telling if not set(_words(word)) <= known]
    return found


def _words(text: str) -> Iterator[str]:
    return (canonical_syllable(word.lower()) for word in _WORD.findall(nfc(text)))
