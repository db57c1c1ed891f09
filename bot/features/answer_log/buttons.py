"""The record's buttons: votes under answers, gaps, periods of statistics and exports.

`v:<answer id>:u` and `:d` vote, `v:<answer id>:<letter>` says why. `gp:<days>:<page>` shows gaps,
`:h:<answer id>` after it marks the gap of that answer as handled, `:r:<moment>` takes that back.
`st:<days>` shows statistics, `ex:<days>` exports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.answer_log import texts
from bot.features.answer_log.answer_id import parse_answer_id
from bot.features.answer_log.logged_answer import Feedback, Reason, Vote
from bot.features.asking.texts import SOURCE_BUTTON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.features.answer_log.gaps import Gap

VOTE_PREFIX = "v:"
GAPS_PREFIX = "gp:"
STATISTICS_PREFIX = "st:"
EXPORT_PREFIX = "ex:"
GAPS_A_PAGE = 5

_VOTES = {"u": Vote.UP, "d": Vote.DOWN}
_REASONS = {
    "w": Reason.WRONG,
    "i": Reason.INCOMPLETE,
    "o": Reason.OFF_TOPIC,
    "c": Reason.UNCLEAR,
}
_SKIP = "x"
_VOTE_DATA = re.compile(rf"{VOTE_PREFIX}([0-9A-Z]{{7}}):([udwiocx])")
_GAPS_DATA = re.compile(
    rf"{GAPS_PREFIX}(\d{{1,3}}):(\d{{1,6}})(?::(?:h:([0-9A-Z]{{7}})|r:(\d{{1,17}})))?"
)
_NO_VOTES = Feedback(None, None, 0, 0)


class VotePress(NamedTuple):
    """A pressed button under an answer: a vote, a reason, or neither: the reason is skipped."""

    answer_id: str
    vote: Vote | None
    reason: Reason | None


class GapsPress(NamedTuple):
    """A pressed button under the gaps; `handled` is an answer's id, `reopened` microseconds."""

    days: int
    page: int
    handled: str | None = None
    reopened: int | None = None


def with_votes(keyboard: InlineKeyboardMarkup | None, answer_id: str) -> InlineKeyboardMarkup:
    """Return a keyboard with 👍 and 👎: beside the source's button, else in a row below."""
    rows = [list(row) for row in keyboard.inline_keyboard] if keyboard is not None else []
    votes = _vote_buttons(answer_id, _NO_VOTES, in_group=False)
    if [button.text for row in rows for button in row] == [SOURCE_BUTTON]:
        rows[0] += votes
    else:
        rows.append(votes)
    return InlineKeyboardMarkup(rows)


def after_vote(
    keyboard: InlineKeyboardMarkup,
    answer_id: str,
    feedback: Feedback,
    *,
    in_group: bool,
    ask_why: bool,
) -> InlineKeyboardMarkup:
    """Return the keyboard of an answer as it looks after a press; other buttons stay.

    In private the own vote carries a ✓; in a group, where all see one keyboard, votes are counted.
    """
    votes = dict(zip("ud", _vote_buttons(answer_id, feedback, in_group=in_group), strict=True))
    rows: list[list[InlineKeyboardButton]] = []
    for row in keyboard.inline_keyboard:
        kept: list[InlineKeyboardButton] = []
        for button in row:
            pressed = parse_vote(button.callback_data)
            if pressed is None:
                kept.append(button)
            elif pressed.vote is not None:
                kept.append(votes["u" if pressed.vote is Vote.UP else "d"])
        if kept:
            rows.append(kept)
    if ask_why:
        reasons = [
            InlineKeyboardButton(texts.REASONS[reason], callback_data=_vote(answer_id, letter))
            for letter, reason in _REASONS.items()
        ]
        skip = InlineKeyboardButton(texts.SKIP_BUTTON, callback_data=_vote(answer_id, _SKIP))
        rows += [reasons[:2], reasons[2:], [skip]]
    return InlineKeyboardMarkup(rows)


def parse_vote(data: object) -> VotePress | None:
    """Return what a button under an answer means, or None when it is another one."""
    found = _VOTE_DATA.fullmatch(data) if isinstance(data, str) else None
    if found is None or parse_answer_id(found[1]) != found[1]:
        return None
    return VotePress(found[1], _VOTES.get(found[2]), _REASONS.get(found[2]))


def gaps_keyboard(
    gaps: Sequence[Gap], pressed: GapsPress, pages: int, *, undo: int | None = None
) -> InlineKeyboardMarkup:
    """Return the buttons under a page of gaps; `undo` is what was marked last, in microseconds."""
    days, page = pressed.days, pressed.page
    first = page * GAPS_A_PAGE
    rows = [
        [
            InlineKeyboardButton(
                texts.HANDLED_BUTTON.format(number=number),
                callback_data=f"{GAPS_PREFIX}{days}:{page}:h:{gap.answer_ids[-1]}",
            )
            for number, gap in enumerate(gaps[first : first + GAPS_A_PAGE], first + 1)
        ]
    ]
    if undo is not None:
        data = f"{GAPS_PREFIX}{days}:{page}:r:{undo}"
        rows.append([InlineKeyboardButton(texts.UNDO_BUTTON, callback_data=data)])
    if pages > 1:
        rows.append(
            [
                InlineKeyboardButton(label, callback_data=f"{GAPS_PREFIX}{days}:{target}")
                for label, target in (
                    ("◀", (page - 1) % pages),
                    (f"{page + 1}/{pages}", page),
                    ("▶", (page + 1) % pages),
                )
            ]
        )
    rows.append(_periods(texts.GAP_DAYS, days, GAPS_PREFIX, ":0"))
    export = InlineKeyboardButton(texts.EXPORT_BUTTON, callback_data=f"{EXPORT_PREFIX}{days}")
    rows.append([export])
    return InlineKeyboardMarkup([row for row in rows if row])


def parse_gaps(data: object) -> GapsPress | None:
    """Return what a button under the gaps means, or None when it means nothing."""
    found = _GAPS_DATA.fullmatch(data) if isinstance(data, str) else None
    if found is None or int(found[1]) < 1:
        return None
    reopened = int(found[4]) if found[4] else None
    return GapsPress(int(found[1]), int(found[2]), found[3], reopened)


def statistics_keyboard(days: int) -> InlineKeyboardMarkup:
    """Return the periods, the one that is shown with a dot, and the export."""
    export = InlineKeyboardButton(texts.EXPORT_BUTTON, callback_data=f"{EXPORT_PREFIX}{days}")
    return InlineKeyboardMarkup(
        [_periods(texts.STATISTICS_DAYS, days, STATISTICS_PREFIX), [export]]
    )


def export_keyboard() -> InlineKeyboardMarkup:
    """Return a button a period."""
    return InlineKeyboardMarkup([_periods(texts.STATISTICS_DAYS, None, EXPORT_PREFIX)])


def parse_days(data: object, prefix: str) -> int | None:
    """Return the days of a period's button, or None when it means nothing."""
    found = re.fullmatch(rf"{prefix}(\d{{1,4}})", data) if isinstance(data, str) else None
    return int(found[1]) if found is not None and 1 <= int(found[1]) <= texts.MOST_DAYS else None


def _periods(
    choices: Sequence[int], shown: int | None, prefix: str, ending: str = ""
) -> list[InlineKeyboardButton]:
    return [
        InlineKeyboardButton(
            f"• {texts.PERIODS[days]}" if days == shown else texts.PERIODS[days],
            callback_data=f"{prefix}{days}{ending}",
        )
        for days in choices
    ]


def _vote_buttons(
    answer_id: str, feedback: Feedback, *, in_group: bool
) -> list[InlineKeyboardButton]:
    buttons: list[InlineKeyboardButton] = []
    for letter, vote, label, count in (
        ("u", Vote.UP, texts.UP_BUTTON, feedback.up),
        ("d", Vote.DOWN, texts.DOWN_BUTTON, feedback.down),
    ):
        mark = (str(count) if count else "") if in_group else texts.CHOSEN * (feedback.own is vote)
        text = f"{label} {mark}".strip()
        buttons.append(InlineKeyboardButton(text, callback_data=_vote(answer_id, letter)))
    return buttons


def _vote(answer_id: str, letter: str) -> str:
    return f"{VOTE_PREFIX}{answer_id}:{letter}"
