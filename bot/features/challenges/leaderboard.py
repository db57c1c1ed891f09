"""The leaderboard of a challenge: right answers first, then speed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from bot.features.challenges import texts
from bot.features.challenges.challenge import ChallengeState
from bot.telegram.formatting import escape, escape_line
from bot.vietnamese_numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.features.challenges.challenge import Answered, Outcome

SHOWN_PLACES = 10
_NAME_UNITS = 40


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody's place; `seconds` are those of the right answers together, to a tenth."""

    place: int
    person_id: int
    name: str
    right: int
    seconds: float


def ranking(answers: Iterable[Answered]) -> list[Ranked]:
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
    results = [score[:2] for score in scores]
    return [
        Ranked(results.index((wrong_way, seconds)) + 1, person_id, name, -wrong_way, seconds)
        for wrong_way, seconds, name, person_id in scores
    ]


def leaderboard_text(outcome: Outcome, title: str) -> str:
    """Return the outcome in HTML: how it ended, and the ten best with medals."""
    head = {
        ChallengeState.STOPPED: texts.RESULT_STOPPED,
        ChallengeState.FAILED: texts.RESULT_FAILED,
    }.get(outcome.challenge.state, texts.RESULT)
    lines = [head.format(title=escape(title), asked=outcome.asked, planned=outcome.planned)]
    people = ranking(outcome.answers)
    lines += [_line(person, outcome.asked) for person in people[:SHOWN_PLACES]]
    if not people:
        lines.append(texts.NOBODY)
    if len(people) > SHOWN_PLACES:
        lines.append(texts.MORE.format(count=len(people) - SHOWN_PLACES))
    return "\n".join(lines)


def _line(person: Ranked, asked: int) -> str:
    mark = texts.PLACE.format(place=person.place)
    if person.right:  # a medal is for something known
        mark = texts.MEDALS.get(person.place, mark)
    text = texts.RANKED if person.right else texts.RANKED_NONE
    return text.format(
        mark=mark,
        name=escape_line(person.name, _NAME_UNITS),
        right=person.right,
        asked=asked,
        seconds=decimal(person.seconds),
    )
