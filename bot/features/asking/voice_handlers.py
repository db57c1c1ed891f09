"""Spoken questions: a voice message, a recording or a video note is heard and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.asking.transcription import TranscriptionError
from bot.limits import DOWNLOAD_BYTES
from bot.telegram.gate import Guarded
from bot.telegram.sending import reply, show_typing

if TYPE_CHECKING:
    from telegram import Audio, Message, Update, VideoNote, Voice

    from bot.features.asking.replier import Replier
    from bot.features.asking.transcription import TranscriptionThread
    from bot.telegram.sending import Context

MOST_SECONDS = 120
"""Of a recording: a question is short, and hearing takes about a third of its time."""

_log = structlog.get_logger(__name__)


class VoiceHandlers:
    """Answers what is said in a private chat, showing what was heard."""

    def __init__(self, replier: Replier, thread: TranscriptionThread) -> None:
        self._replier = replier
        self._thread = thread

    def handlers(self) -> list[Guarded]:
        """Return the handler of recordings."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        spoken = filters.VOICE | filters.AUDIO | filters.VIDEO_NOTE
        return [Guarded(Capability.ASK, MessageHandler(private & spoken, self.spoken))]

    async def spoken(self, update: Update, context: Context) -> None:
        """Hear a recording and answer it, or say why not."""
        message = update.message
        recording = None if message is None else _recording(message)
        if recording is None:
            return
        seconds = _seconds(recording)
        if seconds > MOST_SECONDS or (recording.file_size or 0) > DOWNLOAD_BYTES:
            await reply(update, context, [texts.VOICE_TOO_LONG.format(most=MOST_SECONDS // 60)])
            return
        await show_typing(update, context)
        try:
            file = await recording.get_file()
            heard = await self._thread.transcribe(bytes(await file.download_as_bytearray()))
        except (TelegramError, TranscriptionError) as error:
            _log.warning("voice_not_heard", reason=str(error))
            heard = ""
        if heard:
            await self._replier.answer(update, context, heard, shown=True)
        else:
            await reply(update, context, [texts.VOICE_NOT_HEARD])


def _recording(message: Message) -> Voice | Audio | VideoNote | None:
    return message.voice or message.audio or message.video_note


def _seconds(recording: Voice | Audio | VideoNote) -> float:
    duration = recording.duration
    return duration if isinstance(duration, int) else duration.total_seconds()
