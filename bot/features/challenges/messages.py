"""The messages of a challenge, in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.challenges import texts
from bot.features.challenges.challenge import ChallengeState
from bot.features.challenges.leaderboard import Standing, standings
from bot.telegram.formatting import escape, escape_line
from bot.vietnamese_numbers import decimal

if TYPE_CHECKING:
    from bot.features.challenges.challenge import Outcome

SHOWN_PLACES = 10
_NAME_UNITS = 40


def beginning_text(title: str, questions: int, seconds: int) -> str:
    """Return what is said before the first question."""
    return texts.BEGINS.format(title=escape(title), questions=questions, seconds=seconds)


def leaderboard_text(outcome: Outcome, title: str) -> str:
    """Return the outcome: how it ended, and the ten best with medals."""
    head = {
        ChallengeState.STOPPED: texts.RESULT_STOPPED,
        ChallengeState.FAILED: texts.RESULT_FAILED,
    }.get(outcome.challenge.state, texts.RESULT)
    lines = [
        head.format(title=escape(title), asked=outcome.asked, planned=outcome.planned),
    ]
    people = standings(outcome.answers)
    lines += [_line(standing, outcome.asked) for standing in people[:SHOWN_PLACES]]
    if not people:
        lines.append(texts.NOBODY)
    if len(people) > SHOWN_PLACES:
        lines.append(texts.MORE.format(count=len(people) - SHOWN_PLACES))
    return "\n".join(lines)


def _line(standing: Standing, asked: int) -> str:
    mark = texts.PLACE.format(place=standing.place)
    if standing.right:  # a medal is for something known
        mark = texts.MEDALS.get(standing.place, mark)
    text = texts.STANDING if standing.right else texts.STANDING_NONE
    return text.format(
        mark=mark,
        name=escape_line(standing.name, _NAME_UNITS),
        right=standing.right,
        asked=asked,
        seconds=decimal(standing.seconds),
    )
