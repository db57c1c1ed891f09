"""One wording for a question however it was typed, and the words that carry its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables
from knowledge.question import analyse, without_politeness

if TYPE_CHECKING:
    from knowledge.glossary import Glossary

_LONGEST_PHRASE = 8  # syllables of a glossary phrase


class QuestionWording:
    """Writes questions out with the office's abbreviations and names for one thing."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._first_names = {
            tuple(fold(syllable) for syllable in phrase): tuple(fold(s) for s in group[0])
            for group in glossary.synonyms
            for phrase in group[1:]
        }

    def normalised(self, question: str, restored: str | None = None) -> str:
        """Return the question in lower case, written out, without politeness and punctuation.

        `restored` is the assistant's reading of it with diacritics, where they were missing.
        """
        written_out = restored or self._glossary.expand(without_politeness(question))
        return " ".join(syllables(written_out))

    def key(self, normalised: str) -> str:
        """Return what is equal for one wording with and without diacritics."""
        return fold(normalised)

    def content(self, normalised: str) -> frozenset[str]:
        """Return the folded syllables that carry the meaning, synonyms by their first name.

        All syllables when none of them carries any.
        """
        tokens = [fold(word) for _, word in analyse(normalised).content]
        if not tokens:
            tokens = fold(normalised).split()
        named: list[str] = []
        place = 0
        while place < len(tokens):
            for length in range(_LONGEST_PHRASE, 0, -1):
                phrase = tuple(tokens[place : place + length])
                if len(phrase) == length and phrase in self._first_names:
                    named += self._first_names[phrase]
                    place += length
                    break
            else:
                named.append(tokens[place])
                place += 1
        return frozenset(named)
