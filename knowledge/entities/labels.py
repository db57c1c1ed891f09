"""Labels of a document's parts: "Chương II", "Điều 3", "Khoản 2", "1.2", "a)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from embeddings.vietnamese_spelling import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.sentences import Span

PARTS = ("phần", "chương", "mục", "tiểu mục", "điều", "khoản", "điểm", "phụ lục")
"""The parts of a Vietnamese legal document, from large to small (Decree 30/2020/NĐ-CP)."""

_ORDINALS = {
    word: number
    for number, words in enumerate("một/nhất hai ba bốn/tư năm sáu bảy tám chín mười".split(), 1)
    for word in words.split("/")
}
_WORDS = "|".join(_ORDINALS)
_VALUE = rf"(?:[IVXLC]+|\d+(?:\.\d+)*[a-zđ]?|[A-ZĐ]|(?i:thứ (?:{_WORDS})|{_WORDS}))(?!\w)"
_NAMED = re.compile(
    rf"(?P<part>{'|'.join(f'{part.capitalize()}|{part.upper()}' for part in PARTS)})"
    rf"(?: số| SỐ)?\s+(?P<value>{_VALUE})\s*(?P<end>[.:)–-]|(?=\s|$))\s*"
)
_OPENING_QUOTES = ("“", '"', "«")  # of a part that an amendment words anew
_ANNEX = re.compile(r"(?P<part>PHỤ LỤC|Phụ lục)\s*(?:[.:]\s*|$)")
_OUTLINE = re.compile(
    r"(?P<label>(?P<roman>[IVXLC]{1,6})[.)]|(?P<number>\d{1,3})[.)]|\((?P<round>\d{1,2}|[a-zđ])\)|"
    r"(?P<outline>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?|(?P<letter>[a-zđ])\)|(?P<capital>[A-ZĐ])[.)])\s+"
    r"(?=\S)"
)

# Words for a part in a question, folded: what may stand behind each, and the words that before it
# make another word of it ("địa điểm 2", "tài khoản 5", "một phần 3", "bộ phận 1").
_ARTICLE = r"\d{1,3}[a-zđ]?"
_POINT = r"\d{1,3}(?:\.\d{1,2})*|[a-zđ]"
_SECTION = rf"\d{{1,3}}(?:\.\d{{1,2}})*|[ivxlc]+|[a-zđ]|{fold(_WORDS)}"
_ASKED_PARTS = {
    "phan": (_SECTION, "co bo thanh mot hai ba bon nam sau bay tam chin muoi"),
    "chuong": (_SECTION, ""),
    "muc": (_SECTION, "hang chuyen dinh"),
    "tieu muc": (_SECTION, ""),
    "dieu": (_ARTICLE, ""),
    "khoan": (_ARTICLE, "tai"),
    "diem": (_POINT, "dia thoi quan cao uu nhuoc khuyet trong luan"),
    "phu luc": (_SECTION, ""),
}
_ASKED = re.compile(
    "|".join(
        rf"(?<!\w){''.join(f'(?<!{word} )' for word in others.split())}"
        rf"(?P<p{n}>{part})(?: so)?(?: thu)?(?: |(?=\d))(?P<v{n}>{values})(?!\w|[./-]\d)"
        for n, (part, (values, others)) in enumerate(_ASKED_PARTS.items())
    )
)
_CALLED_FREELY = frozenset({"phan", "muc", "tieu muc", "khoan", "diem"})
_SHORT = re.compile(r"(?<!\w)k\.?(\d{1,2})[\s,]+d\.?(\d{1,3})(?!\w)")  # "k2 đ3"
_MONEY = re.compile(r"\s?(?:trieu|ty|nghin|ngan|dong|%)")
_DOUBTFUL_ROMAN = frozenset({"vi", "xi", "li", "ci", "i", "v", "x", "l", "c"})  # "vì", "xì", "y"
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

    @property
    def called(self) -> tuple[str, ...]:
        """What the part that a question names may be called at a line's beginning.

        A bare number or letter may be called a part, a section, a clause or a point.
        """
        return (self.part, "") if self.part in _CALLED_FREELY else (self.part,)

    def meets(self, asked: Label) -> bool:
        """Tell whether a line with this label is what a question calls `asked`."""
        return self.value == asked.value and self.part in asked.called


def leading_label(text: str) -> Label | None:
    """Return the label that a line begins with: "Điều 3. Chế độ họp", "II. …", "1.2. …", "a) …".

    The span reaches to the line's own words. A number of things ("15 ngày") is no label, nor is
    what only begins a sentence ("Điều 5 của Luật này", "Phần hai bên góp").
    """
    if match := _NAMED.match(text, 1 if text.startswith(_OPENING_QUOTES) else 0):
        if not match["end"] and text[match.end() :][:1].islower():
            return None
        shown = text[match.start("part") : match.end("value")]
        return Label(fold(match["part"].lower()), _value(match["value"]), shown, match.span())
    if match := _ANNEX.match(text):
        return Label("phu luc", "", match["part"], match.span())
    if match := _OUTLINE.match(text):
        value = next(v for k, v in match.groupdict().items() if v and k != "label")
        value = value if value.islower() else _value(value)  # "i)" is a letter, "I." a figure
        return Label("", value, match["label"], match.span())
    return None


def labels_asked(question: str) -> list[Label]:
    """Return the parts that a question names: "khoản 2 Điều 3", "dieu 3", "điểm b", "k2 đ3".

    Other words that look like one do not count: "điều kiện", "mục vì", "tài khoản 3".
    """
    return sorted(_labels_asked(question), key=lambda label: label.span)


def _labels_asked(question: str) -> Iterator[Label]:
    folded = fold(question.lower())
    if len(folded) != len(question):
        folded = question.lower()  # an odd character has no folded form of one letter
    for match in _ASKED.finditer(folded):
        part, value = (name for name, text in match.groupdict().items() if text)
        written = question[slice(*match.span(part))].lower()
        if _MONEY.match(folded, match.end()) or not _may_mean(written, match[part]):
            continue
        shown = question[slice(*match.span(value))]
        if _is_value(shown, match[part], folded[match.end() :]):
            whole = question[slice(*match.span())]
            figure = shown.lower() if match[part] == "diem" else _value(shown)
            yield Label(match[part], figure, whole, match.span())
    for match in _SHORT.finditer(folded):
        for number, part in enumerate(("khoan", "dieu"), 1):
            span = (match.start(number) - 1, match.end(number))
            yield Label(part, match[number], question[slice(*span)], span)


def _may_mean(written: str, part: str) -> bool:
    """Tell whether a word is the part's name, with all, some or none of its marks."""
    name = next(name for name in PARTS if fold(name) == part)
    return all(
        marks(syllable).within(marks(right))
        for syllable, right in zip(written.split(), name.split(), strict=True)
    )


def _is_value(shown: str, part: str, following: str) -> bool:
    """Tell a value from a word: "mục ở đâu", "điểm o", "phần vi phạm" name none."""
    small = shown.lower()
    if small[0].isdecimal():
        return True
    if small in _ORDINALS or fold(small) in map(fold, _ORDINALS):
        return part in {"chuong", "phan"} and (small in _ORDINALS or small.isascii())
    if not (small.isascii() or small == "đ"):
        return False
    if len(small) == 1 and part == "diem":
        return small not in "ouy"
    if small in _DOUBTFUL_ROMAN or len(small) == 1:
        return shown.isupper() or not following.strip()[:1].isalpha() or part == "chuong"
    return True


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
