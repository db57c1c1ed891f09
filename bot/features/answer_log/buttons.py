"""The answer log's buttons: votes under answers, gaps, periods of statistics and exports."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.features.answer_log import texts
from bot.features.answer_log.logged_answer import Feedback, Reason, Vote, parse_answer_id
from bot.telegram.callbacks import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from telegram import InlineKeyboardButton

    from bot.features.answer_log.gaps import Gap

GAPS_A_PAGE = 5
_NO_VOTES = Feedback(None, None, 0, 0)


class Verdict(StrEnum):
    """What a button under an answer says: a vote, a reason for 👎, or that no reason is given."""

    UP = "u"
    DOWN = "d"
    WRONG = "w"
    INCOMPLETE = "i"
    OFF_TOPIC = "o"
    UNCLEAR = "c"
    SKIP = "x"


class VotePress(Press, kind="v"):
    """A button under an answer."""

    answer_id: str
    verdict: Verdict
    number: int = 0
    """Of the answer, where a message holds several; 0 for the only one."""

    def __post_init__(self) -> None:
        """Raise ValueError for an id that no answer can have."""
        if parse_answer_id(self.answer_id) != self.answer_id:
            raise ValueError(f"a vote must be about an answer, got {self.answer_id!r}")

    @property
    def vote(self) -> Vote | None:
        """The vote, None where the button says something else."""
        return Vote.__members__.get(self.verdict.name)

    @property
    def reason(self) -> Reason | None:
        """The reason, None where the button says something else."""
        return Reason.__members__.get(self.verdict.name)


class PeriodPress(Press):
    """A button about the last days."""

    days: int

    def __post_init__(self) -> None:
        """Raise ValueError for more days than may be asked for, or none."""
        if not 1 <= self.days <= texts.MOST_DAYS:
            raise ValueError(f"days must be from 1 to {texts.MOST_DAYS}, got {self.days}")


class StatisticsPress(PeriodPress, kind="stats"):
    """Shows the statistics."""


class ExportPress(PeriodPress, kind="export"):
    """Sends the answer log."""


class GapsPress(PeriodPress, kind="gaps"):
    """Shows a page of gaps.

    Before that, the gap of the answer `handled` is marked, or what was marked at the moment
    `reopened`, in microseconds, is taken back.
    """

    page: int = 0
    handled: str | None = None
    reopened: int | None = None


def with_votes(
    keyboard: InlineKeyboardMarkup | None, answer_id: str, *, beside: bool, number: int = 0
) -> InlineKeyboardMarkup:
    """Return a keyboard with 👍 and 👎: beside its first row, else in a row below.

    `number` is that of the answer, where there are several; 0 for the only one.
    """
    rows = [list(row) for row in keyboard.inline_keyboard] if keyboard is not None else []
    votes = _vote_buttons(answer_id, _NO_VOTES, number, in_group=False)
    if beside and rows:
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
    rows: list[list[InlineKeyboardButton]] = []
    for row in keyboard.inline_keyboard:
        kept: list[InlineKeyboardButton] = []
        for button in row:
            pressed = VotePress.read(button.callback_data)
            if pressed is None or pressed.answer_id != answer_id:
                kept.append(button)
            elif pressed.vote is not None:
                votes = _vote_buttons(answer_id, feedback, pressed.number, in_group=in_group)
                kept.append(votes[pressed.vote is Vote.DOWN])
        if kept:
            rows.append(kept)
    if ask_why:
        reasons = [
            VotePress(answer_id, Verdict[reason.name]).button(texts.REASONS[reason])
            for reason in Reason
        ]
        skip = VotePress(answer_id, Verdict.SKIP).button(texts.SKIP_BUTTON)
        rows += [reasons[:2], reasons[2:], [skip]]
    return InlineKeyboardMarkup(rows)


def gaps_keyboard(
    gaps: Sequence[Gap], pressed: GapsPress, pages: int, *, undo: int | None = None
) -> InlineKeyboardMarkup:
    """Return the buttons under a page of gaps; `undo` is what was marked last, in microseconds."""
    days, page = pressed.days, pressed.page
    first = page * GAPS_A_PAGE
    rows = [
        [
            GapsPress(days, page, handled=gap.answer_ids[-1]).button(
                texts.HANDLED_BUTTON.format(number=number)
            )
            for number, gap in enumerate(gaps[first : first + GAPS_A_PAGE], first + 1)
        ]
    ]
    if undo is not None:
        rows.append([GapsPress(days, page, reopened=undo).button(texts.UNDO_BUTTON)])
    if pages > 1:
        rows.append(
            [
                GapsPress(days, target).button(label)
                for label, target in (
                    ("◀", (page - 1) % pages),
                    (f"{page + 1}/{pages}", page),
                    ("▶", (page + 1) % pages),
                )
            ]
        )
    rows.append(_periods(texts.GAP_DAYS, days, GapsPress))
    rows.append([ExportPress(days).button(texts.EXPORT_BUTTON)])
    return InlineKeyboardMarkup([row for row in rows if row])


def statistics_keyboard(days: int) -> InlineKeyboardMarkup:
    """Return the periods, the one that is shown with a dot, and the export."""
    export = ExportPress(days).button(texts.EXPORT_BUTTON)
    return InlineKeyboardMarkup([_periods(texts.STATISTICS_DAYS, days, StatisticsPress), [export]])


def export_keyboard() -> InlineKeyboardMarkup:
    """Return a button a period."""
    return InlineKeyboardMarkup([_periods(texts.STATISTICS_DAYS, None, ExportPress)])


def parse_days(typed: str, most: int = texts.MOST_DAYS) -> int | None:
    """Return the days that somebody typed, or None when they are not from 1 to `most`."""
    days = int(typed) if re.fullmatch(r"\d{1,4}", typed) else 0
    return days if 1 <= days <= most else None


def _periods(
    choices: Sequence[int], shown: int | None, kind: Callable[[int], PeriodPress]
) -> list[InlineKeyboardButton]:
    return [
        kind(days).button(f"• {texts.PERIODS[days]}" if days == shown else texts.PERIODS[days])
        for days in choices
    ]


def _vote_buttons(
    answer_id: str, feedback: Feedback, number: int, *, in_group: bool
) -> list[InlineKeyboardButton]:
    """Return 👍 and 👎, with the answer's number if it has one."""
    buttons: list[InlineKeyboardButton] = []
    for vote, label, count in (
        (Vote.UP, texts.UP_BUTTON, feedback.up),
        (Vote.DOWN, texts.DOWN_BUTTON, feedback.down),
    ):
        mark = (str(count) if count else "") if in_group else texts.CHOSEN * (feedback.own is vote)
        named = f"{number}. {label}" if number else label
        text = f"{named} {mark}".strip()
        buttons.append(VotePress(answer_id, Verdict[vote.name], number).button(text))
    return buttons
