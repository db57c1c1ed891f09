"""From what somebody asked to the reply: answered, shown with its buttons, remembered, recorded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from telegram.constants import ChatType

from bot.access.authorisation import Capability
from bot.features.answer_log import ChatKind
from bot.features.asking.answer_keyboard import answer_keyboard
from bot.features.asking.conversation_memory import Place
from bot.features.asking.several_answers import (
    AnsweredPart,
    several_keyboard,
    several_messages,
)
from bot.features.sources import answer_messages
from bot.telegram.formatting import escape
from bot.telegram.gate import ANONYMOUS_ADMIN
from bot.telegram.sending import reply, show_typing
from knowledge import QuestionError
from knowledge.conversation.splitting import split
from knowledge.conversation.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from telegram import Update

    from bot.feature import Core
    from bot.features.answer_log import AnswerPlace, Recorder
    from bot.features.asking.conversation_memory import ConversationMemory
    from bot.features.asking.shown_answers import ShownAnswers
    from bot.features.asking.suggestions import Suggestions
    from bot.features.written_answers import WrittenAnswers
    from bot.telegram.sending import Context
    from knowledge import Answer, Ending

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class Replier:
    """Answers questions, or says that the documents do not; the recorder keeps what was shown."""

    def __init__(  # noqa: PLR0913, PLR0917 -- what each of its steps needs
        self,
        core: Core,
        recorder: Recorder,
        memory: ConversationMemory,
        suggestions: Suggestions,
        shown: ShownAnswers,
        written: WrittenAnswers,
    ) -> None:
        self._worker = core.worker
        self._gate = core.gate
        self._recorder = recorder
        self._memory = memory
        self._suggestions = suggestions
        self._shown = shown
        self._written = written

    async def answer(
        self,
        update: Update,
        context: Context,
        question: str,
        *,
        shown: bool = False,
        instead: Callable[[Sequence[Answer]], Awaitable[bool]] | None = None,
    ) -> None:
        """Reply to `question`; `shown`: with the question above, where nobody wrote it there.

        Several questions in it are answered one by one, in one message. `instead` may do something
        else than show the answers, and tells whether it did.
        """
        turns = () if shown else self._memory.turns(Place.of(update))
        parts = await asyncio.to_thread(split, question)  # 50 ms for the longest that may be typed
        answered = await self._typing(update, context, self._answers(parts, turns)) or []
        if answered and instead and await instead([answer for _, answer in answered]):
            return
        if len(answered) > 1:
            await self._show_several(update, context, answered)
        elif answered:
            asked = question if shown else None
            await self._show_one(update, context, question, answered[0][1], asked=asked)

    async def answer_about(
        self, update: Update, context: Context, question: str, chunk_id: str
    ) -> None:
        """Reply to `question` as asked of the heading of a passage, where that is still there."""
        answer = await self._typing(update, context, self._worker.answer_about(question, chunk_id))
        if answer is None:
            await self.answer(update, context, question)
        else:
            await self._show_one(update, context, question, answer)

    async def _typing(
        self, update: Update, context: Context, answering: Coroutine[Any, Any, T]
    ) -> T | None:
        """Show that an answer is coming; None where what was asked is told to be no question."""
        typing = asyncio.ensure_future(show_typing(update, context))
        try:
            return await answering
        except QuestionError as error:
            await reply(update, context, [escape(error)])
            return None
        finally:
            await typing

    async def _answers(
        self, parts: Sequence[str], turns: Sequence[Turn]
    ) -> list[tuple[str, Answer]]:
        """Answer the parts of a message, each after those before it."""
        answered: list[tuple[str, Answer]] = []
        for part in parts:
            answer = await self._worker.answer(part, turns)
            answered.append((part, answer))
            turns = (*turns, Turn.of(part, answer))
        return answered

    async def _show_one(
        self,
        update: Update,
        context: Context,
        question: str,
        answer: Answer,
        *,
        asked: str | None = None,
    ) -> None:
        """Show an answer, in the model's words where these stand, below what was `asked`."""
        turns = self._memory.turns(Place.of(update))
        written = await self._written.write(update, context, answer, turns, asked=asked)
        answer = written.answer
        _note(answer, written.ending)
        owner = _owner(update)
        answer_id = self._recorder.new_answer_id()
        keyboard = answer_keyboard(
            answer,
            answer_id,
            owner=owner,
            sees_reasons=owner is not None and await self._may_see_reasons(owner),
            further=self._suggestions.after(answer, turns) if owner is not None else (),
        )
        place = await self._shown.show(
            update, context, answer_messages(answer, asked=asked), keyboard, begun=written.begun
        )
        self._record(update, answer, answer_id, place)
        self._memory.add(Place.of(update), Turn.of(question, answer), answer_id)

    async def _show_several(
        self, update: Update, context: Context, answered: list[tuple[str, Answer]]
    ) -> None:
        """Show answers in one message; each is recorded and remembered by itself."""
        parts = [AnsweredPart(*each, self._recorder.new_answer_id()) for each in answered]
        keyboard = several_keyboard(parts, owner=_owner(update))
        await self._shown.show(update, context, several_messages(parts), keyboard)
        for part in parts:
            _note(part.answer)
            self._record(update, part.answer, part.answer_id)
            turn = Turn.of(part.question, part.answer)
            self._memory.add(Place.of(update), turn, part.answer_id)

    def _record(
        self, update: Update, answer: Answer, answer_id: str, place: AnswerPlace | None = None
    ) -> None:
        user, chat = update.effective_user, update.effective_chat
        private = chat is not None and chat.type == ChatType.PRIVATE
        self._recorder.remember(
            answer,
            answer_id=answer_id,
            person_id=None if user is None or user.id == ANONYMOUS_ADMIN else user.id,
            chat_kind=ChatKind.PRIVATE if private else ChatKind.GROUP,
            place=place,
        )

    async def _may_see_reasons(self, user_id: int) -> bool:
        return self._gate.lets(await self._gate.role_of(user_id), Capability.SEE_REASONS)


def _owner(update: Update) -> int | None:
    """Return whose the buttons are; None in a group, where all see them."""
    user, chat = update.effective_user, update.effective_chat
    private = chat is not None and chat.type == ChatType.PRIVATE
    return user.id if user is not None and private else None


def _note(answer: Answer, ending: Ending | None = None) -> None:
    """Log that a question was answered, and how a model's writing ended; no text.

    What was asked stays out of the log: questions are people's own business.
    """
    _log.info(
        "question_answered",
        refused=answer.refused,
        confidence=answer.confidence,
        latency_ms=answer.latency_ms,
        kb_version=answer.kb_version,
        generated=answer.generated,
        ending=ending,
    )
