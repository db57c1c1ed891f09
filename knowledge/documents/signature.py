"""Finds who signed an official document: the signer's title in capitals, below it the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.articles.article import Heading, ListItem, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.articles.article import Block

_MAX_POSITION = 80
_MAX_NAME = 60
_LINES_BETWEEN = 3  # beside those of the list of recipients
_PLACES_BETWEEN = 15  # of several signers of one document
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper())
_FOR_ANOTHER = re.compile(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?\.?\s+(?=\w)|(?:TM|KT|TL|TUQ|Q)\.")
_POSITION = re.compile(
    r"(?<!\w)(?:chủ tịch|chánh|giám đốc|trưởng|bí thư|thủ tướng|thống đốc|chủ (?:tọa|toạ|trì|nhiệm)"
    r"|thư ký|ủy viên|uỷ viên|tư lệnh)(?!\w)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[(\[]?(?:đã |chữ )?ký\b[^)\]]{0,40}[)\]]?", re.IGNORECASE)
_SIGNED_INSIDE = re.compile(r"\s*[(\[](?:(?:đã|chữ) )?ký\b[^)\]]{0,40}[)\]]\s*", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận|[-–+•]|lưu\s*:|như (?:trên|điều)", re.IGNORECASE)
_DEGREE = r"(?:(?:GS|PGS|TS|ThS|BS|KS|CN|LS|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy))\.?\s*)*"
_SYLLABLE = rf"[{_UPPER}][^\W\d_]*(?:['’][^\W\d_]+)*"
_NAME = re.compile(rf"{_DEGREE}(?P<name>{_SYLLABLE}(?:\s{_SYLLABLE}){{1,5}})")
_NAME_BEHIND = re.compile(
    rf"(?P<position>[{_UPPER}./]{{2,}}(?:\s[{_UPPER}./]+)+)\s"
    rf"(?P<name>{_DEGREE}[{_UPPER}][^\W\d_{_UPPER}]+(?:\s{_SYLLABLE}){{1,5}})"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signer's name, and the title in capitals as it stands ("PHÓ CHÁNH VĂN PHÒNG")."""

    name: str
    position: str


def signature_of(blocks: Iterable[Block], last_line: str | None = None) -> Signature | None:
    """Return the signature of the first document among `blocks`, or None.

    Of several side by side it is the one furthest right. `last_line` is a line that stood below the
    blocks.
    """
    position, between, found, found_at = "", 0, None, 0
    for number, line in enumerate(_lines(blocks, last_line)):
        if found is not None and number - found_at > _PLACES_BETWEEN:
            break
        name = _NAME.fullmatch(line) if len(line) <= _MAX_NAME else None
        if _is_position(line):
            position, between = line, 0
        elif position and name:
            found, found_at = Signature(name["name"], _own_position(position)), number
            position = ""
        elif not (_SIGNED.fullmatch(line) or _RECIPIENTS.match(line)):
            between += 1
            if between > _LINES_BETWEEN:
                position = ""
    return found


def _lines(blocks: Iterable[Block], last_line: str | None) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ListItem):
            yield f"- {block.text}"
        elif isinstance(block, Paragraph | Heading):
            for line in block.text.split("\n"):
                yield from _cut(line.strip())
    if last_line:
        yield last_line


def _cut(line: str) -> Iterator[str]:
    """Yield the parts of a line in which a signature's own lines were put together."""
    for part in _SIGNED_INSIDE.split(line):
        both = _NAME_BEHIND.fullmatch(part)
        if both and _is_position(both["position"]):
            yield both["position"]
            yield both["name"]
        elif any(map(str.isalnum, part)):
            yield part


def _is_position(line: str) -> bool:
    if not line.isupper() or len(line) > _MAX_POSITION or line.endswith(":"):
        return False
    return _FOR_ANOTHER.match(line) is not None or _POSITION.search(line) is not None


def _own_position(line: str) -> str:
    """Return the signer's own title of "KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG"."""
    own = re.search(r"(?<=\w )PHÓ\s.*", line) if _FOR_ANOTHER.match(line) else None
    return own.group() if own else _FOR_ANOTHER.sub("", line)
