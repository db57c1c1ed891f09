"""Lists in passages: bullets under a line, members after "gồm", and mottos in quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.articles.chunk import Chunk

LEAST_MEMBERS = 2
MOST_MEMBERS = 20
MOST_MEMBER_CHARACTERS = 80

_BULLETS = re.compile(r"(?P<intro>[^\n]{5,300}):\n(?P<items>(?:- [^\n]+(?:\n|$)){2,})")
_INLINE = re.compile(
    r"(?P<subject>[^.;:!?\n]{3,150}?),?\s(?P<verb>gồm có|bao gồm|gồm|là|đó là|với phương châm"
    r"|phương châm)\s?:\s(?P<quote>[“\"]?)(?P<members>[^.:“”\"\n]+)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\w“\"])(?P<subject>\d{1,2} (?P<word>[^\W\d]+))(?P<verb> là:? | gồm:? |: )"
    r"(?P<members>[^.;:“”\"\n]+)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*[;,]\s*(?:và\s+)?|\s+và\s+(?=[^,;]+$)")


@dataclass(frozen=True, slots=True)
class PassageList:
    """A list with what it is a list of.

    `quote` stands in the chunk's text word for word, `written` is its part with the members.
    `counted` is the word of a numbered motto ("đúng" of "3 đúng"), else empty.
    """

    chunk: Chunk
    quote: str
    subject: str
    members: tuple[str, ...]
    written: str
    bullets: bool = False
    quoted: bool = False
    counted: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Its members for comparing."""
        return frozenset(map(plain, self.members))

    def is_version_of(self, other: PassageList) -> bool:
        """Tell whether both share so many members that they are one list in two wordings."""
        shared = len(self.keys & other.keys)
        return shared >= 0.5 * min(len(self.keys), len(other.keys))


def lists_in(chunk: Chunk) -> Iterator[PassageList]:
    """Yield the lists of a passage; of two ways to read the same words the first."""
    text = chunk.text
    for match in _BULLETS.finditer(text):
        items = tuple(line[2:].rstrip(" .;,") for line in match["items"].splitlines())
        found = PassageList(
            chunk, match.group().rstrip(), match["intro"], items, match["items"], bullets=True
        )
        if _sound(found):
            yield found
    taken: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(text):
        count, word = match["subject"].split(" ", 1)
        members = _members(match["members"])
        begins = f"{plain(word)} "
        fitting = [plain(member).startswith(begins) for member in members]
        if fitting != [place < int(count) for place in range(len(members))]:
            continue  # "3 không là: không a, không b, không c, góp phần …" goes on after its third
        members = members[: int(count)]
        quote = _sentence(chunk, match.start())
        end = text.index(members[-1], match.start("members")) + len(members[-1])
        written = text[match.start("members") : end]
        found = PassageList(chunk, quote, match["subject"], members, written, counted=word)
        if _sound(found):
            taken.append(match.span())
            yield found
    for match in _INLINE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if match["quote"] and text[match.end() : match.end() + 1] not in {"”", '"'}:
            continue
        found = PassageList(
            chunk,
            _sentence(chunk, match.start("members")),
            match["subject"].strip(),
            _members(match["members"]),
            match["members"],
            quoted=bool(match["quote"]),
        )
        if _sound(found):
            yield found


def _members(text: str) -> tuple[str, ...]:
    return tuple(part for part in (m.strip(' .“”"') for m in _JOINT.split(text)) if part)


def _sentence(chunk: Chunk, place: int) -> str:
    """Return the sentence around a place of the chunk's text."""
    for sentence in chunk.sentences:
        if sentence.start <= place < sentence.end:
            return sentence.text.strip()
    return chunk.text


def _sound(found: PassageList) -> bool:
    return (
        LEAST_MEMBERS <= len(found.members) <= MOST_MEMBERS
        and len(found.keys) == len(found.members)
        and max(map(len, found.members)) <= MOST_MEMBER_CHARACTERS
        and not any(re.match(r"\d+ \w+ (?:là|gồm)\b", member) for member in found.members)
    )
