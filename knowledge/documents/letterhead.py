"""Guesses title, number and date from the head of a Vietnamese office document.

The order of the parts is the one that Decree 30/2020/NĐ-CP prescribes: the office and the national
motto, number, place and date, then the kind of document and what it is about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.articles.article import Heading, Paragraph
from knowledge.entities.dates import dates_in
from knowledge.entities.document_numbers import DOCUMENT_KINDS, labelled_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.articles.reading import Reading

_HEAD_BLOCKS = 25
_MAX_TITLE = 250
_MAX_FRAME = 45
_MAX_DATE_LINE = 120
_PLACE_AND_DATE = re.compile(r"[^,.;]{2,40},?\s*ngày\s.{1,40}", re.IGNORECASE)
_KIND = re.compile("|".join(DOCUMENT_KINDS), re.IGNORECASE)
_FRAME = re.compile(
    r"cộng hòa xã hội|độc lập\s*[-–]\s*tự do|(?:ủy|uỷ) ban nhân dân|\bubnd\b|hội đồng nhân dân|"
    r"^văn phòng(?: ubnd.*)?$|^sở |^đảng |^tỉnh (?:ủy|uỷ)|^số\s*:|^\W*$",
    re.IGNORECASE,
)


def with_letterhead(reading: Reading, other_title: str | None) -> Reading:
    """Return `reading` with the title, number (as source) and date that its beginning states.

    A title that it has stays, and `other_title` is for a document whose beginning states none. A
    first paragraph that only says the title found is left out.
    """
    blocks = reading.blocks
    head = [b for b in blocks[:_HEAD_BLOCKS] if isinstance(b, Paragraph | Heading)]
    number = next((found for block in head if (found := labelled_number(block.text))), None)
    title, kind = _title(head)
    if reading.title is None and blocks[1:] and blocks[0] == Paragraph(title or ""):
        blocks = blocks[1:]
    return replace(
        reading,
        blocks=blocks,
        title=reading.title or title or other_title,
        source=f"{kind.capitalize() if kind else 'Văn bản'} số {number}" if number else None,
        published=_date(head),
    )


def _title(head: Sequence[Paragraph | Heading]) -> tuple[str | None, str | None]:
    """Return the title and the kind of document ("QUYẾT ĐỊNH"), each None if there is none."""
    for number, block in enumerate(head):
        text = block.text.strip()
        if _KIND.fullmatch(text):
            about = head[number + 1].text.strip() if number + 1 < len(head) else ""
            if about and len(about) <= _MAX_TITLE:
                return f"{text.capitalize()} {about[0].lower()}{about[1:]}", text
            return text.capitalize(), text
    for block in head:
        text = block.text.strip()
        in_frame = _FRAME.search(text) and (text.isupper() or len(text) <= _MAX_FRAME)
        if in_frame or _PLACE_AND_DATE.fullmatch(text):
            continue
        is_short = len(text) <= _MAX_TITLE and text[-1:] not in {".", ";", ":", ","}
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and is_short):
            return text[:_MAX_TITLE], None
        return None, None
    return None, None


def _date(head: Sequence[Paragraph | Heading]) -> str | None:
    for block in head:
        if len(block.text) > _MAX_DATE_LINE:
            continue
        for (start, _), date in dates_in(block.text):
            if block.text[:start].lower().endswith("ngày ") and date.in_words and date.iso():
                return date.iso()
    return None
