"""Questions and answers as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.asking import texts
from bot.features.asking.conversation_memory import ConversationMemory
from bot.features.asking.document_list import DocumentList
from bot.features.asking.explanation_handlers import ExplanationHandlers
from bot.features.asking.group_handlers import GroupHandlers
from bot.features.asking.intent_replies import IntentReplies
from bot.features.asking.introduction_handlers import IntroductionHandlers
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.asking.question_handlers import QuestionHandlers
from bot.features.asking.replier import Replier
from bot.features.asking.start_handlers import StartHandlers
from bot.features.asking.suggestions import Suggestions

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.answer_log import Recorder
    from bot.features.quizzes import QuestionPool
    from bot.features.written_answers import WrittenAnswers


class AskingFeature(Feature):
    """/start, /help, questions and why they got their answers, and what no other feature takes."""

    commands = texts.COMMANDS

    def __init__(
        self, core: Core, recorder: Recorder, pool: QuestionPool, written: WrittenAnswers
    ) -> None:
        self._memory = memory = ConversationMemory(core.now)
        self._introduction = IntroductionHandlers(core.gate, core.menus, core.now)
        self.suggestions = Suggestions(core, pool)
        documents = DocumentList(core.worker)
        questions = QuestionHandlers(
            Replier(core, recorder, memory, self.suggestions, written),
            memory,
            IntentReplies(core.worker, memory, documents),
            self.suggestions,
        )
        self.personal_data = (memory,)
        self.handler_groups = (
            StartHandlers(core.gate, core.menus, self.suggestions.keyboard),
            self._introduction,
            questions,
            GroupHandlers(questions, core.menus),
            documents,
            ExplanationHandlers(core.worker, recorder),
            OtherMessageHandlers(core.gate),
        )

    async def chat_moved(self, old: int, new: int) -> None:
        """Go on with the conversations of the group; it knows the bot."""
        self._memory.move(old, new)
        self._introduction.known(new)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Begin to look after the questions that are suggested."""
        del bot
        self.suggestions.start()

    async def close(self) -> None:
        """Stop looking after them."""
        await self.suggestions.close()
