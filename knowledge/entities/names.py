"""Names of people, office holders, bodies and provinces in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from embeddings.vietnamese import canonical_syllable

if TYPE_CHECKING:
    from embeddings.sentences import Span

_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and c.isalpha())
_WORD = rf"[{_UPPER}][^\W\d_]+"
_WORDS = rf"{_WORD}(?: {_WORD}){{0,4}}"
_NEXT = rf" (?:A )?{_WORD}"  # "Giàng A Páo"
CAPITALISED = rf"(?<!\w){_WORD}(?:{_NEXT})*"
"""Pattern of a run of capitalised words."""
_PLACE = re.compile(rf"(?<!\w)(?P<unit>[Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện) (?P<name>{_WORDS})")
_PERSON = re.compile(
    rf"(?<!\w)(?:Chủ tịch|Tổng Bí thư|Đại tướng|Thủ tướng|Bộ trưởng|Bác|[Đđ]ồng chí|[Ôô]ng|[Bb]à)"
    rf" (?!Chính|Quốc|Ủy|Uỷ|Hội|Nước|UBND|HĐND|Bộ ){_WORDS}(?!\w)"
)
_HOLDER = re.compile(
    r"(?<!\w)(?:Thủ tướng Chính phủ|Chủ tịch nước|Chủ tịch Quốc hội|Tổng Bí thư(?! [^\Wa-zà-ỹ])"
    r"|Bộ trưởng Bộ (?:Nội vụ|Tài chính|Tư pháp)|Chủ tịch (?:UBND|HĐND) tỉnh|Chánh Văn phòng)"
)
_BODY = re.compile(
    r"(?<!\w)(?:Chính phủ(?! Lâm)|Quốc hội(?! \d)|Bộ (?:Nội vụ|Tài chính|Tư pháp|Chính trị)"
    r"|(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) tỉnh|Tỉnh ủy|Ban Thường vụ Tỉnh ủy)(?!\w)"
)

_OFFICE = (
    r"(?:Phó )?(?:Thủ tướng|Chủ tịch|Bộ trưởng|Tổng Bí thư|Bí thư|Chánh Văn phòng|Giám đốc|Trưởng"
    r" ban|Bác|Ban Thường vụ|Chính phủ|Quốc hội|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|HĐND"
    r"|Hội đồng nhân dân|Tỉnh ủy|Tỉnh uỷ|Đảng bộ|nước)(?: (?:tỉnh|nước|Lâm thời))?"
)
_NAME = re.compile(
    rf"(?<!\w)(?!nước){_OFFICE}(?: {_OFFICE})*(?: {CAPITALISED})?|(?<!\w){_WORD}(?:{_NEXT})+"
)


class NameKind(StrEnum):
    """What a name is the name of; a question about it uses the word for that."""

    PLACE = "place"
    PERSON = "person"
    HOLDER = "holder"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class ProperName:
    """A name: `text` as it stands, `core` without the word for a place's rank."""

    kind: NameKind
    text: str
    core: str
    span: Span
    unit: str = ""

    @property
    def key(self) -> str:
        """A form that all spellings of one name share: "Bác Hồ" is "Chủ tịch Hồ Chí Minh"."""
        words = [canonical_syllable(word) for word in self.core.casefold().split()]
        if self.kind is NameKind.PERSON and "hồ" in words:
            return "hồ chí minh"
        return " ".join(words)


def name_spans(text: str) -> list[Span]:
    """Return the ranges of everything in `text` that may name a person, an office or a place."""
    return [match.span() for match in _NAME.finditer(text)]


def names_in(text: str) -> list[ProperName]:
    """Return the names in `text` whose kind can be told, in order; they don't overlap."""
    found = [
        ProperName(
            NameKind.PLACE, match.group(), match["name"], match.span(), match["unit"].lower()
        )
        for match in _PLACE.finditer(text)
    ]
    for kind, pattern in (
        (NameKind.HOLDER, _HOLDER),
        (NameKind.PERSON, _PERSON),
        (NameKind.BODY, _BODY),
    ):
        for match in pattern.finditer(text):
            if not any(overlap(match.span(), other.span) for other in found):
                found.append(ProperName(kind, match.group(), match.group(), match.span()))
    return sorted(found, key=lambda name: name.span)
