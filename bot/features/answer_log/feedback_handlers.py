"""👍 and 👎 under answers, and why an answer was marked down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.access.authorisation import Capability
from bot.database.errors import DatabaseError
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import VotePress, after_vote
from bot.features.answer_log.logged_answer import Feedback, Vote
from bot.telegram.gate import Guarded, Tap, Where, on_press
from bot.telegram.sending import acknowledge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from telegram import CallbackQuery

    from bot.features.answer_log.logged_answer import Reason
    from bot.features.answer_log.recorder import Recorder
    from bot.features.answer_log.store import AnswerLog

    FeedbackTaker = Callable[[str, int, Reason | None, dt.datetime], Awaitable[None]]
    """Takes an answer's id, a person and why they marked it down: None takes it back."""

_log = structlog.get_logger(__name__)


class FeedbackHandlers:
    """Counts what people think of answers, once a person; reasons are passed on to be read."""

    def __init__(
        self,
        answer_log: AnswerLog,
        recorder: Recorder,
        take_feedback: FeedbackTaker,
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._answer_log = answer_log
        self._recorder = recorder
        self._take_feedback = take_feedback
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handler of the buttons; whoever may ask may press them."""
        where = Where.ANYWHERE
        return [on_press(Capability.ASK, VotePress, self.pressed, texts.ANSWER_GONE, where=where)]

    async def pressed(self, tap: Tap, press: VotePress) -> None:
        """Count a press, say so, and show it on the button."""
        try:
            feedback = await self._count(press, tap.query.from_user.id)
        except DatabaseError as error:
            _log.error("vote_not_counted", answer_id=press.answer_id, reason=str(error))
            await acknowledge(tap.query, texts.NOT_COUNTED, alert=True)
            return
        if feedback is None:
            await acknowledge(tap.query, texts.ANSWER_GONE, alert=True)
            return
        if press.vote is None and feedback.own is not Vote.DOWN:
            await acknowledge(tap.query, texts.NOT_YOUR_VOTE, alert=True)
            return
        await acknowledge(tap.query, _toast(press, feedback).format(answer_id=press.answer_id))
        await _show(tap.query, press, feedback)

    async def _count(self, press: VotePress, person_id: int) -> Feedback | None:
        await self._recorder.settled(press.answer_id)
        now = self._now()
        if press.vote is not None:
            feedback = await self._answer_log.vote(press.answer_id, person_id, press.vote, now)
        elif press.reason is not None:
            feedback = await self._answer_log.give_reason(
                press.answer_id, person_id, press.reason, now
            )
        else:
            return await self._answer_log.feedback(press.answer_id, person_id)
        if feedback is not None:
            await self._take_feedback(press.answer_id, person_id, feedback.reason, now)
        return feedback


def _toast(press: VotePress, feedback: Feedback) -> str:
    if press.vote is None:
        return texts.SKIPPED if press.reason is None else texts.THANKS_REASON
    if feedback.repeated:
        return texts.ALREADY_COUNTED
    if feedback.own is None:
        return texts.TAKEN_BACK
    return texts.THANKS_UP if feedback.own is Vote.UP else texts.ASK_WHY


async def _show(query: CallbackQuery, press: VotePress, feedback: Feedback) -> None:
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return  # Telegram doesn't show old messages to bots any more; the vote is counted
    keyboard: InlineKeyboardMarkup = after_vote(
        message.reply_markup,
        press.answer_id,
        feedback,
        in_group=message.chat.type != ChatType.PRIVATE,
        ask_why=press.vote is Vote.DOWN and feedback.own is Vote.DOWN and feedback.reason is None,
    )
    try:
        await query.edit_message_reply_markup(keyboard)
    except BadRequest as error:
        # Presses that overtake each other end at the same keyboard; a deleted message has none.
        _log.info("vote_not_shown", answer_id=press.answer_id, reason=str(error))
