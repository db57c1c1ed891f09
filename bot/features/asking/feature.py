"""Questions and answers as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.asking import texts
from bot.features.asking.conversation_memory import ConversationMemory
from bot.features.asking.document_list import DocumentList
from bot.features.asking.explanation_handlers import ExplanationHandlers
from bot.features.asking.group_handlers import GroupHandlers
from bot.features.asking.introduction_handlers import IntroductionHandlers
from bot.features.asking.intent_replies import IntentReplies
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.asking.question_handlers import QuestionHandlers
from bot.features.asking.replier import Replier
from bot.features.asking.start_handlers import StartHandlers

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.answer_log import Recorder


class AskingFeature(Feature):
    """/start, /help, questions and why they got their answers, and what no other feature takes."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, recorder: Recorder) -> None:
        self._memory = memory = ConversationMemory(core.now)
        self._introduction = IntroductionHandlers(core.gate, core.menus, core.now)
        documents = DocumentList(core.worker)
        intents = IntentReplies(core.worker, memory, documents)
        questions = QuestionHandlers(Replier(core, recorder, memory), memory, intents)
        self.personal_data = (memory,)
        self.handler_groups = (
            StartHandlers(core.gate, core.menus),
            self._introduction,
            questions,
            GroupHandlers(questions, core.menus),
            documents,
            ExplanationHandlers(core.worker, recorder),
            OtherMessageHandlers(),
        )

    async def chat_moved(self, old: int, new: int) -> None:
        """Go on with the conversations of the group; it knows the bot."""
        self._memory.move(old, new)
        self._introduction.known(new)
