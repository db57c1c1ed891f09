"""Labels of a document's parts: "Chương II", "Điều 3", "Khoản 2", "1.2", "a)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold

if TYPE_CHECKING:
    from embeddings.sentences import Span

PARTS = ("phần", "chương", "mục", "tiểu mục", "điều", "khoản", "điểm", "phụ lục")
"""The parts of a Vietnamese legal document, from large to small (Decree 30/2020/NĐ-CP)."""

_VALUE = r"(?:[IVXLC]+|\d+(?:\.\d+)*[a-zđ]?|[A-ZĐ]|(?:thứ|THỨ) \w+)(?!\w)"
_NAMED = re.compile(
    rf"(?P<part>{'|'.join(f'{part.capitalize()}|{part.upper()}' for part in PARTS)})"
    rf"(?: số| SỐ)?\s+(?P<value>{_VALUE})\s*(?:[.:)–-]|(?=\s|$))\s*"
)
_OUTLINE = re.compile(
    r"(?P<label>(?P<roman>[IVXLC]{1,6})[.)]|(?P<number>\d{1,3})[.)]|\((?P<round>\d{1,2}|[a-zđ])\)|"
    r"(?P<outline>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?|(?P<letter>[a-zđ])\)|(?P<capital>[A-ZĐ])[.)])\s+"
    r"(?=\S)"
)
_ASKED = re.compile(
    r"(?<!\w)(phan|chuong|tieu muc|muc|dieu|khoan|diem|phu luc)(?: so| thu)? "
    r"([ivxlc]+|\d+(?:\.\d+)*[a-z]?|[a-z])(?!\w)"
)
_ORDINALS = dict(zip("nhất hai ba tư năm sáu bảy tám chín mười".split(), range(1, 11), strict=True))
_CALLED_FREELY = frozenset({"phan", "muc", "tieu muc", "khoan", "diem"})
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line, or one that a question names.

    `part` is the folded name of the part ("dieu"), empty for a bare number or letter; `value` is
    its number in Arabic figures, or its letter ("a"). `text` is the label as displayed.
    """

    part: str
    value: str
    text: str
    span: Span

    def meets(self, asked: Label) -> bool:
        """Tell whether a line with this label is what a question calls `asked`.

        A bare number or letter may be called a part, a section, a clause or a point.
        """
        bare = not self.part and asked.part in _CALLED_FREELY
        return self.value == asked.value and (bare or self.part == asked.part)


def leading_label(text: str) -> Label | None:
    """Return the label that a line begins with: "Điều 3. Chế độ họp", "II. …", "1.2. …", "a) …".

    The span reaches to the line's own words. A number of things ("15 ngày") is no label.
    """
    if match := _NAMED.match(text):
        shown = text[: match.end("value")]
        return Label(fold(match["part"].lower()), _value(match["value"]), shown, match.span())
    if match := _OUTLINE.match(text):
        value = next(v for k, v in match.groupdict().items() if v and k != "label")
        return Label("", _value(value), match["label"], match.span())
    return None


def labels_asked(question: str) -> list[Label]:
    """Return the parts that a question names: "khoản 2 Điều 3", "dieu 3", "điểm b khoản 1"."""
    folded = fold(question.lower())
    return [
        Label(
            match[1],
            _value(question[slice(*match.span(2))]),
            question[slice(*match.span())],
            match.span(),
        )
        for match in _ASKED.finditer(folded)
    ]


def _value(written: str) -> str:
    """Return a roman or written number in figures, anything else in small letters, folded.

    A single letter may be a roman figure too; "c" and "d" are letters, "i", "v" and "x" figures.
    """
    small = fold(written.lower()).removeprefix("thu ")
    for word, number in _ORDINALS.items():
        if small == fold(word):
            return str(number)
    if small in {"c", "l"} or not set(small) <= set(_ROMAN):
        return "đ" if written.lower() == "đ" else small
    figures = [_ROMAN[letter] for letter in small]
    signs = [-1 if n < after else 1 for n, after in zip(figures, [*figures[1:], 0], strict=True)]
    return str(sum(sign * n for sign, n in zip(signs, figures, strict=True)))
