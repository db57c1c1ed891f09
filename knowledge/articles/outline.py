"""Finds headings and list items by the labels that lines begin with, for every format alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph
from knowledge.entities.labels import Label, leading_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PART_LEVELS = {"phan": 1, "phu luc": 1, "chuong": 2, "muc": 3, "tieu muc": 4, "dieu": 5}
_CAPITALS_LEVEL, _CAPITAL_LEVEL, _ROMAN_LEVEL, _NUMBER_LEVEL = 2, 2, 3, 4
_MAX_HEADING = 150
_MAX_NUMBERED_HEADING = 100
_FEW_WORDS = 8
_SENTENCE_END = (".", ";", ":", ",", "…", "!", "?")
_BULLET = re.compile(r"[-–—+•▪◦*·●■✓➢]\s+(?=\S)")
_OTHER_DOCUMENT = re.compile(
    r"(?:Phần|Chương|Mục|Điều|Khoản|Điểm|Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị (?:định|quyết)|"
    r"Quyết định|Thông tư|Quy (?:chế|định)|Điều lệ)\b"
)
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_SKIPPED = {"0": 2, "a": 3, "A": 3, "I": 2}  # how far the next label may be: parts get repealed
_BULLETS = "-"


def outlined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return `blocks` with the headings and list items that were typed as paragraphs.

    A line in capitals, or one with the label of a large part ("Chương II", "Điều 3"), is a heading;
    where a whole sentence stands behind the label, the label alone is. A number or letter counts as
    a label within its sequence: "1.", "2.", "3." are headings when each is short, ends like no
    sentence and has a text of its own below, else items of a list; a label that goes on with no
    sequence is just how a sentence begins. Headings that a format marks as such get their label.
    """
    return tuple(_Outline(_with_joined_titles(list(blocks))).walk())


def _with_joined_titles(blocks: list[Block]) -> list[Block]:
    """Put the title of a part behind the "CHƯƠNG II" that stands on a line of its own above it."""
    joined: list[Block] = []
    open_part: type[Block] | None = None  # what the part without a title is: a heading or not
    in_capitals = False
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph | Heading):
            open_part = None
            joined.append(block)
            continue
        label, above = leading_label(block.text), joined[-1] if joined else None
        is_title = label is None and (
            block.text.isupper()
            if in_capitals
            else _may_be_title(block.text, has_text_below=number + 1 < len(blocks))
        )
        if (
            open_part is not None
            and isinstance(above, Paragraph | Heading)
            and is_title
            and (type(block) is open_part or block.text.isupper())
            and (not isinstance(block, Heading) or block.level == getattr(above, "level", 0))
        ):
            joined[-1] = replace(above, text=f"{above.text} {block.text}")
            in_capitals = True  # a title may go on, in capitals
            open_part = open_part if block.text.isupper() else None
            continue
        joined.append(block)
        is_bare = (
            label is not None and label.part in _PART_LEVELS and label.span[1] == len(block.text)
        )
        open_part, in_capitals = (type(block) if is_bare else None), False
    return joined


def _ends_sentence(text: str) -> bool:
    return text.rstrip('”"’») ').endswith(_SENTENCE_END)


def _may_be_title(text: str, *, has_text_below: bool) -> bool:
    """Tell whether a line below a bare label may be the part's title: it has a text below."""
    return (
        (text.isupper() or has_text_below)
        and len(text) <= _MAX_HEADING
        and text[0].isupper()
        and not _ends_sentence(text)
    )


@dataclass(slots=True)
class _Sequence:
    """Labels of one form that count on: "1.", "2.", "3."; bullets alike."""

    form: str
    depth: int
    last: tuple[int, ...]
    in_article: bool = False
    counts: bool = True
    """Whether it begins at the beginning: at 1, a, I or 1.1."""
    members: list[int] = field(default_factory=list)


class _Outline:
    """Finds the sequences of labels first; then what each line is, knowing the whole of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._places: dict[int, _Sequence] = {}
        self._heads: dict[int, bool] = {}  # by the number of a sequence's first member
        self._part_levels = dict(_PART_LEVELS)
        self._parts: dict[int, Label] = {}
        self._capitals: set[int] = set()
        self._find_parts()
        self._find_sequences()

    def walk(self) -> Iterator[Block]:
        """Yield the blocks as they are found to be."""
        above: Block | None = None
        for number, block in enumerate(self._blocks):
            for found in self._judged(number, block, above):
                above = found
                yield found

    def _find_parts(self) -> None:
        """Find the lines that begin a part; a level that the format gives to one counts for all."""
        last: dict[str, int] = {}
        for number, block in enumerate(self._blocks):
            if not isinstance(block, Paragraph | Heading):
                continue
            label = leading_label(block.text)
            if label is None or label.part not in _PART_LEVELS:
                continue
            if isinstance(block, Heading):
                if label.part not in last:
                    self._part_levels[label.part] = block.level
            elif _begins_part(block.text, label, last.get(label.part, 0)):
                self._parts[number] = label
            else:
                continue
            last[label.part] = int(re.sub(r"\D", "", label.value) or 0)

    def _find_sequences(self) -> None:
        opened: list[_Sequence] = []
        in_article = False
        for number, block in enumerate(self._blocks):
            if self._is_capitals(number, in_article=in_article):
                self._capitals.add(number)
            if isinstance(block, Heading) or number in self._parts or number in self._capitals:
                opened.clear()
                label = self._parts.get(number) or leading_label(getattr(block, "text", ""))
                in_article = label is not None and label.part == "dieu"
            elif isinstance(block, ListItem) and block.label:
                self._place(number, _forms(block.label), opened, in_article)
            elif isinstance(block, Paragraph):
                label = leading_label(block.text)
                if label is not None and (not label.part or _is_delimited(block.text, label)):
                    self._place(number, _forms(label.text), opened, in_article)
                elif bullet := _BULLET.match(block.text):
                    self._place(number, [(_BULLETS + bullet[0][0], (0,))], opened, in_article)
                else:
                    while opened and opened[-1].form.startswith(_BULLETS):
                        opened.pop()

    def _place(
        self,
        number: int,
        forms: Sequence[tuple[str, tuple[int, ...]]],
        opened: list[_Sequence],
        in_article: bool,  # noqa: FBT001
    ) -> None:
        """Find the sequence that a label goes on with, or begin one."""
        for form, value in forms:
            for sequence in reversed(opened):
                if sequence.form == form and _goes_on(form, sequence.last, value):
                    del opened[sequence.depth + 1 :]
                    sequence.last = value
                    sequence.members.append(number)
                    self._places[number] = sequence
                    return
        form, value = next((f for f in forms if f[1][-1] <= 1), forms[0])
        depth = next((s.depth for s in opened if s.form == form), len(opened))
        del opened[depth:]
        sequence = _Sequence(form, depth, value, in_article, value[-1] <= 1, [number])
        opened.append(sequence)
        self._places[number] = sequence

    def _judged(self, number: int, block: Block, above: Block | None) -> Iterator[Block]:
        match block:
            case Heading(text, level, ""):
                label = leading_label(text)
                yield Heading(text, level, label.text if label else "")
            case Paragraph(text) if label := self._parts.get(number):
                yield from self._part(number, text, label, above)
            case Paragraph(text):
                yield self._line(number, text)
            case _:
                yield block

    def _line(self, number: int, text: str) -> Block:
        label, sequence = leading_label(text), self._places.get(number)
        if number in self._capitals:
            level = _level_of(_forms(label.text)[0][0]) if label else _CAPITALS_LEVEL
            return Heading(text, level, label.text if label else "")
        if sequence is None:
            return Paragraph(text)
        if label is None:
            return ListItem(_BULLET.sub("", text, count=1), "", sequence.depth)
        if self._are_headings(sequence):
            return Heading(text, _level_of(sequence.form), label.text)
        is_lone = not sequence.counts and len(sequence.members) == 1
        if is_lone and (sequence.form[0] in "AI" or "." in label.value):
            return Paragraph(text)  # "C. Mác", "1.5 tỷ đồng"
        return ListItem(text[label.span[1] :], text[: label.span[1]].strip(), sequence.depth)

    def _is_capitals(self, number: int, *, in_article: bool) -> bool:
        """Tell whether a line is a heading by its capitals."""
        block, below = self._blocks[number], self._below(number)
        if not isinstance(block, Paragraph) or not _is_in_capitals(block.text):
            return False
        label = leading_label(block.text)
        if label is None or below is None:
            return below is not None or (label is not None and label.text[0].isupper())
        next_label = leading_label(getattr(self._blocks[below], "text", ""))
        return label.text[0].isupper() or (
            not in_article
            and (next_label is None or _forms(next_label.text)[0][0] != _forms(label.text)[0][0])
        )

    def _are_headings(self, sequence: _Sequence) -> bool:
        first = sequence.members[0]
        if first not in self._heads:
            self._heads[first] = self._judge_headings(sequence)
        return self._heads[first]

    def _judge_headings(self, sequence: _Sequence) -> bool:
        """Tell whether the lines of a sequence are headings: short, each with a text below."""
        blocks = [self._blocks[number] for number in sequence.members]
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        large = sequence.form in ("I.", "A.")
        if (
            sequence.in_article
            or len(texts) < len(blocks)
            or not (large or re.fullmatch(r"0\.|0(\.0)+", sequence.form))
            or (len(texts) < 2 and not (sequence.counts and sequence.form == "I."))
            or any(len(text) > _MAX_NUMBERED_HEADING for text in texts)
        ):
            return False
        own = [self._has_own_text(number, sequence) for number in sequence.members]
        if not any(_ends_sentence(text) for text in texts):
            return any(own) if large else all(own)
        ends_softly = not any(text.endswith((";", ",", "…", "!", "?")) for text in texts)
        return large and ends_softly and all(own) and len(texts) > 1

    def _has_own_text(self, number: int, sequence: _Sequence) -> bool:
        below = self._below(number)
        return below is not None and self._places.get(below) is not sequence

    def _below(self, number: int) -> int | None:
        """Return the number of the next block that is no note."""
        for below in range(number + 1, len(self._blocks)):
            if not isinstance(self._blocks[below], Note):
                return below
        return None

    def _part(self, number: int, text: str, label: Label, above: Block | None) -> Iterator[Block]:
        """Yield the heading of a part; a sentence behind the label is the part's own text."""
        level = self._part_levels[label.part]
        body = text[label.span[1] :]
        if not self._is_sentence(number, body):
            yield Heading(text, level, label.text)
            return
        heading = Heading(label.text, level, label.text)
        if above != heading:  # it was outlined before
            yield heading
        yield Paragraph(text)

    def _is_sentence(self, number: int, body: str) -> bool:
        """Tell whether what stands behind a label is a sentence of its own, not a title."""
        below = self._below(number)
        first = below is not None and below in self._places and self._places[below].counts
        if body.endswith("."):
            return not (first and len(body.split()) <= _FEW_WORDS)
        return _ends_sentence(body) or len(body) > (2 if first else 1) * _MAX_HEADING


def _begins_part(text: str, label: Label, last: int) -> bool:
    """Tell whether a line begins a part, where no mark divides its label from the words."""
    body = text[label.span[1] :]
    if not body or body.isupper() or _is_delimited(text, label):
        return True
    if _OTHER_DOCUMENT.match(body):
        return False
    return re.sub(r"\D", "", label.value) == str(last + 1)


def _is_delimited(text: str, label: Label) -> bool:
    """Tell whether a mark divides a label from its words: "Khoản 2. …"."""
    return bool(text[len(label.text) : label.span[1]].strip())


def _is_in_capitals(text: str) -> bool:
    return (
        len(text) <= _MAX_HEADING
        and text.isupper()
        and sum(word.isalpha() for word in re.split(r"\W+", text)) > 1
        and sum(map(str.isalpha, text)) > sum(map(str.isdigit, text))
        and not text.endswith((".", ";", ",", "…", "!", "?"))
        and not re.search(r":\s*\S", text)
    )


def _level_of(form: str) -> int:
    if form[0] == "I":
        return _ROMAN_LEVEL
    if form[0] == "A":
        return _CAPITAL_LEVEL
    return min(_NUMBER_LEVEL + form.count("0") - 1, 6)


def _forms(label: str) -> list[tuple[str, tuple[int, ...]]]:
    """Return what a label may count and where it stands there: "V." → I. (5) or A. (22)."""
    read = leading_label(f"{label} x")
    if read is None:
        return [(re.sub(r"\w+", "?", label), (0,))]
    figures = tuple(int(part) for part in re.findall(r"\d+", read.value))
    bare = label.strip("().")
    if read.part:
        return [(read.part, figures or (0,))]
    if label.strip("().")[0].isdigit():
        return [(re.sub(r"\d+", "0", label).rstrip("." if "." in bare else ""), figures)]
    letter = (_LETTERS.index(bare.lower()) + 1,) if len(bare) == 1 else (0,)
    if bare.islower():
        return [(label.replace(bare, "a"), letter)]
    capital, roman = (label.replace(bare, "A"), letter), (label.replace(bare, "I"), figures)
    if not figures:
        return [capital]
    return [roman, capital] if len(bare) == 1 else [roman]


def _goes_on(form: str, last: tuple[int, ...], value: tuple[int, ...]) -> bool:
    """Tell whether `value` follows `last`; bullets always do."""
    if form.startswith(_BULLETS):
        return True
    step = value[-1] - last[-1]
    return value[:-1] == last[:-1] and 0 < step <= _SKIPPED.get(form[0], 2)
