"""Questions and answers as the bot runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.feature import Feature
from bot.features.asking import texts
from bot.features.asking.conversation_memory import ConversationMemory
from bot.features.asking.explanation_handlers import ExplanationHandlers
from bot.features.asking.inline_handlers import InlineHandlers
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.asking.question_handlers import QuestionHandlers
from bot.features.asking.replier import Replier
from bot.features.asking.shown_answers import ShownAnswers
from bot.features.asking.start_handlers import StartHandlers
from bot.features.asking.transcription import TranscriptionThread, load_transcriber
from bot.features.asking.voice_handlers import VoiceHandlers

if TYPE_CHECKING:
    from bot.feature import Core
    from bot.features.answer_log import Recorder, ShownKeyboards


class AskingFeature(Feature):
    """/start, /help, questions and why they got their answers, and what no other feature takes."""

    commands = texts.COMMANDS

    def __init__(self, core: Core, recorder: Recorder, keyboards: ShownKeyboards) -> None:
        memory = ConversationMemory(core.now)
        shown = ShownAnswers(core.now)
        replier = Replier(core, recorder, memory, shown, keyboards)
        transcriber = load_transcriber(core.settings.voice_model)
        self._voice = None if transcriber is None else TranscriptionThread(transcriber)
        self.personal_data = (memory,)
        self.handler_groups = (
            StartHandlers(core.gate, core.menus),
            QuestionHandlers(replier, memory, shown),
            ExplanationHandlers(core.worker, recorder),
            InlineHandlers(core.worker),
            *(() if self._voice is None else (VoiceHandlers(replier, self._voice),)),
            OtherMessageHandlers(core.gate),
        )

    async def close(self) -> None:
        """End the thread that hears voice messages."""
        if self._voice is not None:
            self._voice.close()
