"""Reads what an official document states about itself: number, date, office, title, signer.

Where the parts stand is what Decree 30/2020/NĐ-CP prescribes: the office and the national motto,
number, place and date, then the kind of document and what it is about; the signer at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from knowledge.articles.article import Heading, ListItem, Paragraph, text_lines
from knowledge.articles.reading import DocumentFormat
from knowledge.documents.letter_case import SentenceCase
from knowledge.documents.signature import signature_of
from knowledge.entities.amendments import amendments
from knowledge.entities.dates import dates_in
from knowledge.entities.document_numbers import (
    DOCUMENT_KINDS,
    LABELLED_NUMBER,
    document_numbers,
    kind_of_number,
    labelled_number,
    number_key,
)
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.articles.article import Block
    from knowledge.articles.reading import Reading
    from knowledge.entities.amendments import Amendment

_HEAD_BLOCKS = 25
_CASE_LINES = 2_000
_MAX_TITLE = 250
_MAX_TITLE_LINES = 4
_MAX_OFFICE = 100
_MAX_SHORT_LINE = 120
_MAX_HEAD_BLOCK = 400
_MAX_AMENDED = 100
_LETTER = "Công văn"
_NO_NUMBER = "Văn bản chưa ghi số (chỗ “Số: …{symbol}” còn trống)."
_NORMATIVE = frozenset(
    "Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Quy chế|Quy định|Nội quy".split("|")
)
_KIND = re.compile(rf"({'|'.join(DOCUMENT_KINDS)})(?!\w)", re.IGNORECASE)
_MOTTO = (
    r"(?i:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam|"
    r"độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc)"
)
_PLACE_AND_DATE = (
    r"(?<!\w)(?:[A-ZĐ]\w*\.?\s){0,4}[A-ZĐ]\w*\s?,\s*ngày(?:\s[\d.…_/]+)?"
    r"(?:\stháng(?:\s[\d.…_]+)?(?:\snăm(?:\s[\d.…_]+)?)?)?(?=$|\s[A-ZĐ])"
)
_NUMBER = re.sub(r"P<\w+>", ":", LABELLED_NUMBER.pattern)
_FRAME = re.compile(rf"(?P<motto>{_MOTTO})|(?P<number>{_NUMBER})|(?P<date>{_PLACE_AND_DATE})")
_OFFICE = re.compile(
    r"(?:ủy|uỷ) ban nhân dân|\bubnd\b|hội đồng nhân dân|^văn phòng(?: ubnd.*)?$|^sở |^đảng |"
    r"^tỉnh (?:ủy|uỷ)|^số\s*:|^\W*$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn)\s", re.IGNORECASE)
_ABOUT = re.compile(r"(?:V/v|Về việc)\s*:?\s", re.IGNORECASE)
_OPENING = re.compile(r"căn cứ|theo đề nghị|xét |kính gửi|\(", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:và|của|về|các|cho|trong|tại|với|theo|đối với|trên|thuộc|từ|đến|ban hành|giai đoạn|"
    r"v/v|về việc|kèm theo)",
    re.IGNORECASE,
)
_ISSUED_WITH = re.compile(
    r"\(\s*(?:được )?(?:ban hành )?kèm theo\s|(?-i:Ban hành k|K)èm theo\s", re.IGNORECASE
)
_BELOW_ANOTHER = re.compile(r"(?<=\w) (?=(?:VĂN PHÒNG|SỞ)(?:\s|$))")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the head; `mark` tells a part of its frame ("motto", "number" or "date")."""

    text: str
    mark: str = ""
    heads: bool = False


@dataclass(frozen=True, slots=True)
class _Title:
    """A title; `kind` and `summary` (trích yếu) only of an official document."""

    text: str | None = None
    kind: str | None = None
    summary: str | None = None


def with_letterhead(reading: Reading) -> Reading:
    """Return `reading` with what its letterhead, its signature and its clauses state.

    A title that the reader found stays, unless it is a line of the letterhead.
    """
    blocks, title = reading.blocks, reading.title
    lines = _head_lines(blocks)
    by_place = reading.format is DocumentFormat.TEXT  # whose reader takes the first line
    if title is not None and (_is_of_letterhead(title, lines) or (by_place and title.isupper())):
        blocks, title = (Paragraph(title), *blocks), None
        lines = _head_lines(blocks)
    case = SentenceCase(islice(text_lines(blocks), _CASE_LINES))
    in_sheets = reading.format is DocumentFormat.EXCEL  # whose first line is the name of a sheet
    found = _title(lines, case, any_line=not in_sheets)
    if by_place and title is None and blocks[1:] and _is_title_alone(blocks[0], found.text or ""):
        blocks = blocks[1:]
    number, published = _number(lines), _date(lines)
    if not any(line.mark == "number" for line in lines):
        issued_number, issued_date = _issued_with(lines)
        number, published = number or issued_number, published or issued_date
    is_official = found.kind is not None or number is not None or any(line.mark for line in lines)
    stated = replace(
        reading,
        blocks=blocks,
        title=case.of(title) if title else found.text or reading.file_title,
        file_title=None,
        source=reading.source or _source(number, found.kind),
        published=reading.published or published,
    )
    if not is_official:
        return stated
    signature = signature_of(blocks, reading.author)
    if signature is not None and signature.name == reading.author:
        stated = replace(stated, author=None, blocks=(*blocks, Paragraph(signature.name)))
    return replace(
        stated,
        number=reading.number or number,
        issuer=reading.issuer or _issuer(lines, case),
        signer=signature.name if signature else None,
        signer_title=case.of(signature.position) if signature else None,
        summary=found.summary,
        amends=tuple(islice(_amends(blocks, number, found), _MAX_AMENDED)),
        notes=(*reading.notes, *_notes(lines, number)),
    )


def _is_title_alone(block: Block, title: str) -> bool:
    """Tell whether a block is the title of the whole, not that of its first part as well."""
    same = isinstance(block, Paragraph) and block.text.casefold() == title.casefold()
    return same and leading_label(title) is None


def _head_lines(blocks: Sequence[Block]) -> list[_Line]:
    """Return the lines of the head, cut where cells of the letterhead were put together."""
    lines: list[_Line] = []
    for block in blocks[:_HEAD_BLOCKS]:
        if isinstance(block, Paragraph | Heading):
            heads = isinstance(block, Heading)
            for text in block.text.split("\n"):
                lines += _cut(text.strip(), heads=heads)
    return [line for line in lines if line.text.strip(" -–—_*.")]


def _cut(text: str, *, heads: bool) -> Iterator[_Line]:
    end = 0
    for match in _FRAME.finditer(text) if len(text) <= _MAX_HEAD_BLOCK else ():
        yield _Line(text[end : match.start()].strip(), heads=heads)
        yield _Line(match.group(), match.lastgroup or "")
        end = match.end()
    yield _Line(text[end:].strip(), heads=heads)


def _is_of_letterhead(title: str, lines: Sequence[_Line]) -> bool:
    framed = any(line.mark for line in lines[:8])
    if any(line.mark for line in _cut(title, heads=False)):
        return True
    if _KIND.fullmatch(title):
        return framed or title.isupper()
    return framed and title.isupper() and not _KIND.match(title)


def _number(lines: Sequence[_Line]) -> str | None:
    return next((labelled_number(line.text) for line in lines if line.mark == "number"), None)


def _notes(lines: Sequence[_Line], number: str | None) -> Iterator[str]:
    line = next((line for line in lines if line.mark == "number"), None)
    match = LABELLED_NUMBER.match(line.text) if line else None
    if number is None and match:
        yield _NO_NUMBER.format(symbol=match["symbol"])


def _date(lines: Sequence[_Line]) -> str | None:
    marks = {line.mark for line in lines}
    only = "date" if "date" in marks else ""  # a place for the date may be empty still
    for line in lines if marks != {""} else ():
        if _OPENING.match(line.text):
            break
        if line.mark != only or len(line.text) > _MAX_SHORT_LINE:
            continue
        for (start, _), date in dates_in(line.text):
            after_day = line.text[:start].lower().endswith("ngày ")
            if after_day and (date.in_words or line.mark) and date.iso():
                return date.iso()
    return None


def _issued_with(lines: Sequence[_Line]) -> tuple[str | None, str | None]:
    """Return the number and the date of the decision that a regulation was issued with."""
    for line in lines:
        match = _ISSUED_WITH.match(line.text)
        numbers = document_numbers(line.text) if match else []
        if numbers:
            first = numbers[0]
            days = [date.iso() for span, date in dates_in(line.text) if span[0] >= first.span[1]]
            return first.number + first.symbol, next((day for day in days if day), None)
    return None, None


def _issuer(lines: Sequence[_Line], case: SentenceCase) -> str | None:
    """Return the office at the head: the lower of two, or its own name with that of the upper."""
    marks = [line.mark for line in lines]
    if "number" in marks:
        lines = lines[: marks.index("number")]
    elif any(marks):
        lines = lines[: next(n for n, mark in enumerate(marks) if mark)]
    names: list[str] = []
    for line in lines:
        if line.mark:
            continue
        if _KIND.match(line.text) or _ABOUT.match(line.text) or len(line.text) > _MAX_OFFICE:
            break
        if names and _UNIT.match(line.text) and not _UNIT.search(names[-1] + " "):
            names[-1] += f" {line.text}"  # ỦY BAN NHÂN DÂN / TỈNH LÀO CAI
        else:
            names += _BELOW_ANOTHER.split(line.text)
    if not names:
        return None
    of_another = len(names) > 1 and names[-1].casefold() == "văn phòng"
    return case.of(f"{names[-1]} {names[-2]}" if of_another else names[-1])


def _source(number: str | None, kind: str | None) -> str | None:
    return f"{kind_of_number(number) or kind or 'Văn bản'} số {number}" if number else None


def _title(lines: Sequence[_Line], case: SentenceCase, *, any_line: bool) -> _Title:
    """Return the title of an official document, else with `any_line` the first that may be one."""
    for number, line in enumerate(lines):
        kind = None if line.mark else _KIND.match(line.text)
        if kind is None:
            if _OPENING.match(line.text) or leading_label(line.text):
                break
            continue
        if kind.end() == len(line.text):
            return _titled(kind[1].capitalize(), _title_lines(lines, number, about=True), case)
        if not kind[1].isupper():
            continue
        rest = line.text[kind.end() :].strip()
        goes_on = _title_lines(lines, number, about=False)
        if rest[0].isupper() and not rest.split()[0].isupper():
            return _titled(kind[1].capitalize(), [rest, *goes_on], case)
        words = line.text.split()
        shouted = list(takewhile(lambda word: word.upper() == word, words))
        said = " ".join(words[len(shouted) :])
        parts = [" ".join(shouted), *([said] if said else []), *goes_on]
        return _Title(_joined(parts, case), kind[1].capitalize())
    if any(line.mark == "number" for line in lines):
        for number, line in enumerate(lines):
            if _ABOUT.match(line.text) and len(line.text) <= _MAX_TITLE:
                parts = [line.text, *_title_lines(lines, number, about=False)]
                return _titled(_LETTER, parts, case)
    return _Title(_first_line(lines, case) if any_line else None)


def _titled(kind: str, about: list[str], case: SentenceCase) -> _Title:
    if not about:
        return _Title(kind, kind)
    summary = _joined(about, case).rstrip(".")
    spoken = re.sub(r"^V/v\s*:?\s*", "về việc ", summary, flags=re.IGNORECASE)
    is_abbreviation = spoken[1:2].isupper()
    first = spoken[0] if is_abbreviation else spoken[0].lower()
    return _Title(f"{kind} {first}{spoken[1:]}", kind, summary)


def _title_lines(lines: Sequence[_Line], number: int, *, about: bool) -> list[str]:
    """Return the lines below line `number` that go on with the title.

    With `about` the first one does in any case; others do where one line leads to the next.
    """
    found: list[str] = []
    above = lines[number]
    for line, following in zip(
        lines[number + 1 :], [*lines[number + 2 :], _Line("")], strict=False
    ):
        text = line.text
        names_authority = text.isupper() and _OPENING.match(following.text)
        ends = (
            line.mark
            or len(text) + sum(map(len, found)) > _MAX_TITLE
            or _OPENING.match(text)
            or leading_label(text)
            or names_authority
            or text.endswith((":", ";"))
            or (text.endswith(".") and len(text) > _MAX_SHORT_LINE)
            or len(found) == _MAX_TITLE_LINES
        )
        if ends or not ((about and not found) or _leads(above, line)):
            break
        found.append(text)
        above = line
    return found


def _leads(above: _Line, below: _Line) -> bool:
    """Tell whether a title goes on in the line below."""
    if below.text[0].islower() or above.text.endswith((",", "-", "–")):
        return True
    last = re.search(rf"(?<!\w){_GOES_ON.pattern}$", above.text, re.IGNORECASE)
    if last or re.match(rf"{_GOES_ON.pattern}(?!\w)", below.text, re.IGNORECASE):
        return True
    both_shout = above.text.isupper() and below.text.isupper()
    return both_shout and _KIND.match(above.text) is not None and not _KIND.match(below.text)


def _joined(parts: Sequence[str], case: SentenceCase) -> str:
    text = " ".join(parts)
    return case.of(text) if text.isupper() else " ".join(map(case.of, parts))


def _first_line(lines: Sequence[_Line], case: SentenceCase) -> str | None:
    """Return the first line that may be the title of any document."""
    for number, line in enumerate(lines):
        text = line.text
        if line.mark or (_OFFICE.search(text) and (text.isupper() or len(text) <= 45)):
            continue
        if line.heads or (len(text) <= _MAX_TITLE and text[-1] not in ".;:,"):
            parts = [text, *_title_lines(lines, number, about=False)] if text.isupper() else [text]
            below = lines[number + len(parts) :][:1]
            if text.isupper() and below and below[0].text.isupper() and not below[0].mark:
                office = _OFFICE.search(below[0].text)
                parts += [below[0].text] if office else []  # LỊCH SỬ PHÁT TRIỂN / VĂN PHÒNG UBND
            return _joined(parts, case)[:_MAX_TITLE]
        return None
    return None


def _amends(blocks: Sequence[Block], number: str | None, title: _Title) -> Iterator[Amendment]:
    kinds = {title.kind, kind_of_number(number) if number else None}
    texts = (b.text for b in blocks if isinstance(b, Paragraph | Heading | ListItem))
    said = {number_key(number)} if number else set()
    about = title.summary or title.text or ""
    for text in (_ABOUT.sub("", about), *texts):
        for one in amendments(text, by_itself=text in about or bool(kinds & _NORMATIVE)):
            if (key := number_key(one.number)) not in said:
                said.add(key)
                yield one
