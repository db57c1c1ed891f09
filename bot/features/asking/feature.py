"""Questions and answers as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.feature import Feature
from bot.features.asking import texts
from bot.features.asking.conversation_memory import ConversationMemory
from bot.features.asking.document_list import DocumentList
from bot.features.asking.explanation_handlers import ExplanationHandlers
from bot.features.asking.group_handlers import GroupHandlers
from bot.features.asking.inline_handlers import InlineHandlers
from bot.features.asking.intent_replies import IntentReplies
from bot.features.asking.introduction_handlers import IntroductionHandlers
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.asking.question_handlers import QuestionHandlers
from bot.features.asking.replier import Replier
from bot.features.asking.shown_answers import ShownAnswers
from bot.features.asking.start_handlers import StartHandlers
from bot.features.asking.suggestions import Suggestions
from bot.features.asking.transcription import TranscriptionThread, load_transcriber
from bot.features.asking.voice_handlers import VoiceHandlers
from knowledge.conversation.intent_recogniser import intent_recogniser

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.feature import Core
    from bot.features.answer_log import Recorder, ShownKeyboards
    from bot.features.quizzes import QuestionPool
    from bot.features.written_answers import WrittenAnswers


class AskingFeature(Feature):
    """/start, /help, questions and why they got their answers, and what no other feature takes."""

    commands = texts.COMMANDS

    def __init__(
        self,
        core: Core,
        recorder: Recorder,
        keyboards: ShownKeyboards,
        pool: QuestionPool,
        written: WrittenAnswers,
    ) -> None:
        self._memory = memory = ConversationMemory(core.now)
        self._introduction = IntroductionHandlers(core.gate, core.menus, core.now)
        self.suggestions = Suggestions(core, pool)
        documents = DocumentList(core.worker)
        shown = ShownAnswers(keyboards, core.now)
        replier = Replier(core, recorder, memory, self.suggestions, shown, written)
        recogniser = intent_recogniser().with_encoder(core.base.encoder)
        questions = QuestionHandlers(
            replier,
            memory,
            IntentReplies(recogniser, core.worker, memory, documents),
            self.suggestions,
            shown,
        )
        transcriber = load_transcriber(core.settings.voice_model)
        self._voice = None if transcriber is None else TranscriptionThread(transcriber)
        self.personal_data = (memory,)
        self.handler_groups = (
            StartHandlers(
                core.gate,
                core.menus,
                self.suggestions.keyboard,
                with_model=core.settings.llm_model is not None,
            ),
            self._introduction,
            questions,
            GroupHandlers(questions, core.menus),
            documents,
            ExplanationHandlers(core.worker, recorder),
            InlineHandlers(core.worker),
            *(() if self._voice is None else (VoiceHandlers(replier, self._voice),)),
            OtherMessageHandlers(core.gate),
        )

    async def chat_moved(self, old: int, new: int) -> None:
        """Go on with the conversations of the group; it knows the bot."""
        self._memory.move(old, new)
        self._introduction.upgraded(new)

    async def start(self, bot: ExtBot[Any]) -> None:
        """Begin to look after the questions that are suggested."""
        del bot
        self.suggestions.start()

    async def close(self) -> None:
        """Stop looking after them, and end the thread that hears voice messages."""
        await self.suggestions.close()
        if self._voice is not None:
            self._voice.close()
