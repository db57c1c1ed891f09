"""The office's abbreviations and its several names for one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import Self

import yaml

from embeddings.vietnamese import fold, syllables

Phrase = tuple[str, ...]

_GLUED = re.compile(r"\b([^\W\d_]+)(\d+)\b")
# not inside a document's number: "828/QĐ-TTg"
_WORD = re.compile(r"(?<![\w/-])\w+(?!-?\w)")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Abbreviations (lower case → full form), groups of phrases that mean the same, common words.

    The common words are what people ask about and articles may not hold: they keep a question
    without diacritics from being read as something else.
    """

    abbreviations: dict[str, str]
    synonyms: tuple[tuple[Phrase, ...], ...]
    common: tuple[str, ...] = ()

    @classmethod
    def load(cls) -> Self:
        """Read the glossary that comes with the package."""
        text = (
            resources.files("knowledge.articles")
            .joinpath("office", "glossary.yaml")
            .read_text(encoding="utf-8")
        )
        content = yaml.safe_load(text)
        return cls(
            {str(short): str(full) for short, full in content["abbreviations"].items()},
            tuple(
                tuple(tuple(syllables(phrase)) for phrase in group) for group in content["synonyms"]
            ),
            tuple(str(phrase) for line in content["common"] for phrase in line.split(", ")),
        )

    def phrases(self) -> list[str]:
        """Return all fully spelled phrases, to restore diacritics from."""
        synonyms = [" ".join(phrase) for group in self.synonyms for phrase in group]
        return [*synonyms, *self.abbreviations.values(), *self.common]

    def expand(self, question: str) -> str:
        """Return `question` with its abbreviations written out, "qđ828" as "quyết định 828"."""
        question = _GLUED.sub(
            lambda m: f"{m[1]} {m[2]}" if m[1].lower() in self.abbreviations else m[0], question
        )
        bare = question.isascii()  # then the whole question gets its diacritics together

        def full(match: re.Match[str]) -> str:
            text = self.abbreviations.get(match.group().lower())
            if text is None:
                return match.group()
            return fold(text) if bare else text

        return _WORD.sub(full, question)

    def alternatives(self, tokens: list[str]) -> dict[int, tuple[Phrase, ...]]:
        """Return, by position in `tokens`, the phrases that say the same as the phrase there."""
        found: dict[int, tuple[Phrase, ...]] = {}
        for group in self.synonyms:
            for phrase in group:
                others = tuple(other for other in group if other != phrase)
                for start in range(len(tokens) - len(phrase) + 1):
                    if tuple(tokens[start : start + len(phrase)]) == phrase:
                        for position in range(start, start + len(phrase)):
                            found[position] = found.get(position, ()) + others
        return found
