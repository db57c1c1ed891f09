"""Questions for the members of a list, several right; and mottos with a member left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain
from knowledge.quiz.drafting import familiar
from knowledge.quiz.drafting.draft import DraftKind, Proposal
from knowledge.quiz.drafting.statement import BLANK, content, question_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.quiz.drafting.lists import PassageList
    from knowledge.quiz.drafting.material import Material

CHOOSE_SEVERAL = " (chọn nhiều phương án)"
_FOLLOWING = re.compile(
    r"(?P<before>.*?)(?<!\w)các (?P<what>[^,.;:]+?) (?:sau đây|sau|dưới đây)$", re.IGNORECASE
)
_THE = re.compile(r"(?:các|những) ", re.IGNORECASE)
_VERB_END = re.compile(r",? (?:gồm có|bao gồm|gồm|là|như)$")
_DAY = re.compile(r"ngày .* \d{1,2}/\d{1,2}$|ngày [^\d]+$", re.IGNORECASE)
_BODY = re.compile(r"(?:hội|đoàn|công đoàn|chi hội|liên đoàn)(?!\w)", re.IGNORECASE)
_MOST_BLANK_CHARACTERS = 200
_WORDS_OF_A_VALUE = 2.5
_QUALIFIED = re.compile(r"(?<=\w) (?:trong|của|thuộc|ở|tại|trên|cho|về) ")


def list_questions(found: PassageList, material: Material) -> Iterator[Proposal]:
    """Yield the question for the members of a list, with members of other lists beside them."""
    question = _question(found)
    if question is None:
        return
    yield Proposal(
        DraftKind.LIST,
        found,
        question + CHOOSE_SEVERAL,
        found.members,
        _others(found, material),
    )


def cloze_questions(found: PassageList, material: Material) -> Iterator[Proposal]:
    """Yield a numbered or quoted motto with one member left out, now and again another."""
    if not (found.counted or found.quoted):
        return
    if question_of(f"{found.subject} là gì") is None and not found.counted:
        return
    written = " ".join(found.written.split()).strip(" .")
    for member in _left_out(found):
        place = re.search(rf"(?<!\w){re.escape(member)}(?!\w)", written)
        if place is None:
            continue
        motto = f"{written[: place.start()]}{BLANK}{written[place.end() :]}"
        said = (
            f"“{found.subject} là: {motto}”" if found.counted else f"{found.subject} là: “{motto}”"
        )
        text = f"Điền vào chỗ trống: {said}"
        if len(text) <= _MOST_BLANK_CHARACTERS:
            yield Proposal(
                DraftKind.CLOZE,
                found,
                text,
                (member,),
                _others(found, material),
            )


def _left_out(found: PassageList) -> tuple[str, ...]:
    """Return the members to leave out: one who knows those knows the motto."""
    if found.counted:
        return found.members[-1:]
    third = len(found.members) // 3
    return tuple(dict.fromkeys((found.members[third], found.members[2 * third])))


def _question(found: PassageList) -> str | None:
    """Return the question of which members belong to the list."""
    subject = _VERB_END.sub("", found.subject.strip())
    if found.counted:
        return f"“{subject}” gồm những nội dung nào?"
    if match := _FOLLOWING.fullmatch(subject):
        head = _QUALIFIED.split(match["what"])[0]
        return question_of(f"{match['before']}những {head} nào{match['what'][len(head) :]}")
    if found.bullets:
        return None
    if _THE.match(subject):
        return question_of(f"Đâu là {subject[0].lower()}{subject[1:]}")
    if found.quoted or len(found.members) > 2:
        return question_of(f"{subject} gồm những nội dung nào")
    return None


def _others(found: PassageList, material: Material) -> tuple[tuple[str, ...], ...]:
    """Return what is no member: members of other lists of the same kind, then familiar ones.

    Another wording of the same list gives none, as its members would be right by that wording.
    Neither do words that the passage itself names.
    """
    versions = [other for other in material.lists if other.is_version_of(found)]
    right = {key for version in versions for key in version.keys} | found.keys
    here = plain(found.chunk.text)
    kind = _kind(found.members)
    told: dict[str, str] = {}
    if not kind.startswith("begins:"):
        for other in material.lists:
            if _kind(other.members) != kind:
                continue
            for member in other.members:
                if plain(member) not in right and plain(member) not in here:
                    told.setdefault(plain(member), member)
    others = [
        option
        for option in _familiar(kind)
        if plain(option) not in right and plain(option) not in here
    ]
    words = [content(member) for member in found.members]
    subject = content(found.subject)
    near = tuple(
        option
        for option in told.values()
        if not any(content(option) <= word or word <= content(option) for word in words)
        and 2 * len(content(option) & subject) < len(content(option))
    )
    return near, tuple(others)


def _kind(members: tuple[str, ...]) -> str:
    """Return what the members are: days, bodies, values, phrases that begin alike, or phrases."""
    first = {plain(member).split()[0] for member in members}
    if all(_DAY.match(member) for member in members):
        return "day"
    if len(first) == 1:
        return f"begins:{first.pop()}"
    if all(_BODY.match(member) for member in members):
        return "body"
    words = sum(len(member.split()) for member in members)
    if words <= _WORDS_OF_A_VALUE * len(members):
        return "value"
    return "phrase"


def _familiar(kind: str) -> tuple[str, ...]:
    if kind.startswith("begins:"):
        return familiar.BEGINNING_WITH.get(kind.removeprefix("begins:"), ())
    return {"day": familiar.DAYS, "body": familiar.UNIONS, "value": familiar.VALUES}.get(kind, ())
