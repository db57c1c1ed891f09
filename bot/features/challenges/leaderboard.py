"""The leaderboard of a challenge: right answers first, then speed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.features.challenges.challenge import Answered


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands; `seconds` are those of the right answers together, to a tenth."""

    place: int
    person_id: int
    name: str
    right: int
    seconds: float


def standings(answers: Iterable[Answered]) -> list[Standing]:
    """Return everybody who answered, best first: more right answers, then fewer seconds for them.

    Who has as many of both shares a place, and the places after it are skipped (1, 2, 2, 4). What
    a wrong answer took does not count. The name is the last that somebody answered under. Within a
    place the order is by name, then id.
    """
    by_person: defaultdict[int, list[Answered]] = defaultdict(list)
    for answer in answers:
        by_person[answer.person_id].append(answer)
    scores = []
    for person_id, given in by_person.items():
        right = [answer.seconds for answer in given if answer.correct]
        name = max(given, key=lambda answer: answer.position).name
        scores.append((-len(right), round(fsum(right), 1), name, person_id))
    scores.sort()
    shown: list[Standing] = []
    for number, (wrong_way, seconds, name, person_id) in enumerate(scores, 1):
        before = shown[-1] if shown else None
        shares = before is not None and (before.right, before.seconds) == (-wrong_way, seconds)
        place = before.place if shares and before is not None else number
        shown.append(Standing(place, person_id, name, -wrong_way, seconds))
    return shown
