"""Questions and answers as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.asking import texts
from bot.features.asking.conversation_memory import ConversationMemory
from bot.features.asking.explanation_handlers import ExplanationHandlers
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


class AskingFeature(Feature):
    """/start, /help, questions and why they got their answers, and what no other feature takes."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, recorder: Recorder, pool: QuestionPool) -> None:
        memory = ConversationMemory(core.now)
        self.suggestions = Suggestions(core, pool)
        replier = Replier(core, recorder, memory, self.suggestions)
        self.personal_data = (memory,)
        self.handler_groups = (
            StartHandlers(core.gate, core.menus, self.suggestions.keyboard),
            QuestionHandlers(replier, memory, self.suggestions),
            ExplanationHandlers(core.worker, recorder),
            OtherMessageHandlers(),
        )

    async def start(self, bot: ExtBot[Any]) -> None:
        """Begin to look after the questions that are suggested."""
        del bot
        self.suggestions.start()

    async def close(self) -> None:
        """Stop looking after them."""
        await self.suggestions.close()
