"""👍 and 👎 under answers, and why an answer was marked down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import MessageReactionHandler

from bot.access.authorisation import Capability
from bot.database.errors import DatabaseError
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import VotePress, after_vote
from bot.features.answer_log.logged_answer import Feedback, Vote
from bot.features.answer_log.reactions import vote_of
from bot.features.answer_log.shown_keyboards import AnswerPlace
from bot.telegram.gate import Guarded, Tap, Where, on_press
from bot.telegram.sending import acknowledge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from telegram import CallbackQuery, Update

    from bot.features.answer_log.logged_answer import Reason
    from bot.features.answer_log.recorder import Recorder
    from bot.features.answer_log.shown_keyboards import ShownKeyboards
    from bot.features.answer_log.store import AnswerLog
    from bot.telegram.sending import Context

    FeedbackTaker = Callable[[str, int, Reason | None, dt.datetime], Awaitable[None]]
    """Takes an answer's id, a person and why they marked it down: None takes it back."""

_log = structlog.get_logger(__name__)


class FeedbackHandlers:
    """Counts what people think of answers, once a person; reasons are passed on to be read."""

    def __init__(
        self,
        answer_log: AnswerLog,
        recorder: Recorder,
        keyboards: ShownKeyboards,
        take_feedback: FeedbackTaker,
        *,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._answer_log = answer_log
        self._recorder = recorder
        self._keyboards = keyboards
        self._take_feedback = take_feedback
        self._now = now

    def handlers(self) -> list[Guarded]:
        """Return the handlers of buttons and reactions; whoever may ask may use them."""
        where = Where.ANYWHERE
        reacted = MessageReactionHandler(
            self.reacted, message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_UPDATED
        )
        return [
            on_press(Capability.ASK, VotePress, self.pressed, texts.ANSWER_GONE, where=where),
            Guarded(Capability.ASK, reacted),
        ]

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
        await self._show(tap.query, press, feedback)

    async def reacted(self, update: Update, context: Context) -> None:
        """Count a reaction to an answer, and show it on the buttons; nobody waits for a word."""
        reaction = update.message_reaction
        if reaction is None or reaction.user is None:
            return
        old, new = vote_of(reaction.old_reaction), vote_of(reaction.new_reaction)
        if old is new:
            return
        place = AnswerPlace(reaction.chat.id, reaction.message_id)
        answer_id = await self._recorder.answer_at(place)
        if answer_id is None:
            return
        person, now = reaction.user.id, self._now()
        feedback = await self._answer_log.react(answer_id, person, old, new, now)
        if feedback is None:
            return
        await self._take_feedback(answer_id, person, feedback.reason, now)
        if (keyboard := self._keyboards.at(place)) is None:
            return
        in_group = reaction.chat.type != ChatType.PRIVATE
        keyboard = after_vote(keyboard, answer_id, feedback, in_group=in_group, ask_why=False)
        self._keyboards.keep(place, keyboard)
        try:
            await context.bot.edit_message_reply_markup(*place, reply_markup=keyboard)
        except BadRequest as error:
            _log.info("vote_not_shown", answer_id=answer_id, reason=str(error))

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

    async def _show(self, query: CallbackQuery, press: VotePress, feedback: Feedback) -> None:
        message = query.message
        if not isinstance(message, Message) or message.reply_markup is None:
            return  # Telegram doesn't show old messages to bots any more; the vote is counted
        keyboard: InlineKeyboardMarkup = after_vote(
            message.reply_markup,
            press.answer_id,
            feedback,
            in_group=message.chat.type != ChatType.PRIVATE,
            ask_why=press.vote is Vote.DOWN
            and feedback.own is Vote.DOWN
            and feedback.reason is None,
        )
        self._keyboards.keep(AnswerPlace(message.chat.id, message.message_id), keyboard)
        try:
            await query.edit_message_reply_markup(keyboard)
        except BadRequest as error:
            # Presses that overtake each other end at the same keyboard; a deleted message has none.
            _log.info("vote_not_shown", answer_id=press.answer_id, reason=str(error))


def _toast(press: VotePress, feedback: Feedback) -> str:
    if press.vote is None:
        return texts.SKIPPED if press.reason is None else texts.THANKS_REASON
    if feedback.repeated:
        return texts.ALREADY_COUNTED
    if feedback.own is None:
        return texts.TAKEN_BACK
    return texts.THANKS_UP if feedback.own is Vote.UP else texts.ASK_WHY
