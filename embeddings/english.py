"""English among Vietnamese: whether a text is English, and what its words are in Vietnamese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.common_english import common_english_words
from embeddings.vietnamese import has_diacritics, nfc
from embeddings.vietnamese_spelling import is_folded_vietnamese

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TOKEN = re.compile(rf"{_WORD.pattern}|[\w/-]+|[^\w\s?!.]+")
_LONG = 5  # letters; shorter words that can't be Vietnamese are often abbreviations
_MOST_WORDS = 4  # of a phrase in a glossary
_TO_THE_END = "…"
_ENDINGS = ("'s", "’s", "s", "es", "ed", "ing")


def is_english(text: str) -> bool:
    """Tell whether a text is English, though it may name things in Vietnamese.

    Most of its words can't be Vietnamese ones, by their spelling, and some of these are common in
    English. Names, with capital letters inside a sentence, say nothing.
    """
    common = foreign = vietnamese = 0
    for number, word in enumerate(_WORD.findall(nfc(text))):
        lower = word.lower()
        if has_diacritics(lower):
            vietnamese += number == 0 or lower == word
        elif not is_folded_vietnamese(lower):
            common += lower in common_english_words()
            foreign += lower in common_english_words() or len(lower) >= _LONG
        elif (number == 0 or lower == word) and lower not in common_english_words():
            vietnamese += 1
    return common > 0 and foreign >= 2 and foreign > vietnamese


def in_vietnamese(text: str, words: Mapping[str, str]) -> str:
    """Return an English text word by word in Vietnamese, by the longest phrases of `words`.

    The keys are in lower case; a Vietnamese phrase after "…" goes to the end. What the keys lack
    stays as it is: names and numbers.
    """
    tokens = _TOKEN.findall(nfc(text))
    said: list[str] = []
    place = 0
    while place < len(tokens):
        for length in range(min(_MOST_WORDS, len(tokens) - place), 0, -1):
            known = _known(" ".join(tokens[place : place + length]).lower(), words)
            if known is not None:
                said.append(known)
                place += length
                break
        else:
            said.append(tokens[place])
            place += 1
    at_the_end = [phrase.removeprefix(_TO_THE_END) for phrase in said if _goes_to_the_end(phrase)]
    in_place = [phrase for phrase in said if not _goes_to_the_end(phrase)]
    return " ".join(" ".join([*in_place, *at_the_end]).split())


def _goes_to_the_end(phrase: str) -> bool:
    return phrase.startswith(_TO_THE_END) and phrase != _TO_THE_END


def _known(phrase: str, words: Mapping[str, str]) -> str | None:
    """Return a phrase's Vietnamese, also where its last word has an ending."""
    if phrase in words:
        return words[phrase]
    stems = (phrase.removesuffix(ending) for ending in _ENDINGS if phrase.endswith(ending))
    return next((words[stem] for stem in stems if stem in words), None)
