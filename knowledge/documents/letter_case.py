"""Writes what stands in capitals as it is written in the middle of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese_spelling import is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAX_TEXT = 200_000
_UNITS = (["tỉnh"], ["huyện"], ["xã"], ["phường"], ["trấn"])
_OFFICES = """Ủy ban nhân dân; Hội đồng nhân dân; Văn phòng; Phó Chánh Văn phòng; Chánh Văn phòng;
Phó Chủ tịch; Phó Giám đốc; Phó Trưởng phòng; Tỉnh ủy; Sở Nội vụ; Sở Tài chính; thành phố; thị xã"""


class SentenceCase:
    """Knows the case of words from a document's own text, and of offices from everywhere.

    A name that the text has nowhere in small letters can't be told from other words, but for
    those of provinces and communes ("TỈNH LÀO CAI").
    """

    def __init__(self, lines: Iterable[str]) -> None:
        spoken = "\n".join(line for line in lines if not line.isupper())[:_MAX_TEXT]
        self._text = f"{spoken}\n{_OFFICES}"
        self._lower = self._text.lower()

    def of(self, line: str) -> str:
        """Return `line`, beginning with a capital, if all of it stands in capitals."""
        if not line.isupper():
            return line
        words = line.split()
        written: list[str] = []
        names_place = False
        while words:
            size = next((n for n in range(len(words), 1, -1) if self._found(words[:n])), 1)
            names_place = size == 1 and (names_place or written[-1:] in _UNITS)
            written += (self._found(words[:size]) or _alone(words[0], names_place)).split()
            del words[:size]
        text = " ".join(written)
        return text[:1].upper() + text[1:]

    def _found(self, words: list[str]) -> str | None:
        """Return how the text writes some words, in the middle of a sentence if it does so."""
        if len(words) < 2 or len(self._lower) != len(self._text):
            return None
        wanted = " ".join(words).lower()
        at_start = None
        place = self._lower.find(wanted)
        while place >= 0:
            end = place + len(wanted)
            written = self._text[place:end]
            around = self._text[place - 1 : place] + self._text[end : end + 1]
            whole = not any(map(str.isalnum, around))
            if whole and not written.isupper():
                if place > 1 and self._text[place - 1] == " " and self._text[place - 2].islower():
                    return written
                at_start = at_start or written
            place = self._lower.find(wanted, end)
        return at_start


def _alone(word: str, names_place: bool) -> str:  # noqa: FBT001 -- what the word is
    if names_place:
        return word.capitalize()
    lower = word.lower()
    return lower if is_vietnamese("".join(filter(str.isalpha, lower))) else word
