"""Finds who signed an official document: the signer's title in capitals, below it the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
_SECRETARY = re.compile(r"thư ký", re.IGNORECASE)
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

    Of several side by side it is the one furthest right, but not a secretary's. `last_line` is a
    line that stood below the blocks.
    """
    lines = list(_lines(blocks, last_line))
    found: list[Signature] = []
    found_at = 0
    group = _Group()
    for number, (line, below) in enumerate(zip(lines, [*lines[1:], ""], strict=False)):
        if found and number - found_at > _PLACES_BETWEEN:
            break
        name = _NAME.fullmatch(line) if len(line) <= _MAX_NAME else None
        if _is_position(line, below):
            found += group.signatures()
            group = _Group([*([] if group.names else group.positions), line])
        elif group.positions and name:
            group.names.append(name["name"])
            found_at = number
        elif not (_SIGNED.fullmatch(line) or _RECIPIENTS.match(line)):
            group.between += 1
            if group.between > _LINES_BETWEEN:
                found += group.signatures()
                group = _Group()
    found += group.signatures()
    first = [one for one in found if not _SECRETARY.search(one.position)] or found
    return first[-1] if first else None


@dataclass(slots=True)
class _Group:
    """Titles that stand together and the names below them."""

    positions: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    between: int = 0

    def signatures(self) -> list[Signature]:
        """Return who signed: each title with its name if they stand in a row, else the last."""
        if not self.names:
            return []
        in_a_row = len(self.names) == len(self.positions) > 1
        if in_a_row and not any(map(_FOR_ANOTHER.match, self.positions)):
            pairs = zip(self.names, self.positions, strict=True)
            return [Signature(name, _own_position(position)) for name, position in pairs]
        return [Signature(self.names[0], _own_position(self.positions[-1]))]


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
    if _SIGNED.fullmatch(line):
        yield line
        return
    for part in _SIGNED_INSIDE.split(line):
        both = _NAME_BEHIND.fullmatch(part)
        if both and _is_position(both["position"], ""):
            yield both["position"]
            yield both["name"]
        elif any(map(str.isalnum, part)):
            yield part


def _is_position(line: str, below: str) -> bool:
    """Tell whether a line is a signer's title: in capitals, or right above "(Đã ký)"."""
    if len(line) > _MAX_POSITION or line.endswith((":", ".", ";", ",")):
        return False
    signed_below = _SIGNED.fullmatch(below) is not None
    if not line.isupper() and not (signed_below and line[0].isupper()):
        return False
    return _FOR_ANOTHER.match(line) is not None or _POSITION.search(line) is not None


def _own_position(line: str) -> str:
    """Return the signer's own title of "KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG"."""
    own = re.search(r"(?<=\w )PHÓ\s.*", line) if _FOR_ANOTHER.match(line) else None
    return own.group() if own else _FOR_ANOTHER.sub("", line)
