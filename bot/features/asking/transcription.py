"""Speech into text, by a model on this machine: what is said goes nowhere else."""

from __future__ import annotations

import asyncio
import importlib.util
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from bot.errors import BotError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from faster_whisper import WhisperModel

MODEL_FILE = "model.bin"
"""What a folder of a Whisper model in CTranslate2's form holds (`ct2-transformers-converter`)."""
_PACKAGE = "faster_whisper"
_NO_PACKAGE = (
    "VOICE_MODEL cần gói faster-whisper. Hãy chạy: pip install 'vanphong-bot[voice]', hoặc bỏ "
    "VOICE_MODEL."
)
_NO_MODEL = (
    "VOICE_MODEL: thư mục '{folder}' không có tệp {file}. Hãy chỉ tới một mô hình Whisper dạng "
    "CTranslate2 (cho faster-whisper), hoặc bỏ VOICE_MODEL."
)


class TranscriptionError(BotError):
    """A recording that the model can't make words of; the message is for the log."""


class Transcriber(Protocol):
    """What makes text of speech; a call blocks for seconds."""

    def transcribe(self, recording: bytes) -> str:
        """Return what is said in a recording of any usual format; empty where nothing is.

        Raises TranscriptionError.
        """
        ...


class WhisperTranscriber:
    """Vietnamese speech by faster-whisper; the model is loaded with the first recording."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: WhisperModel | None = None

    def transcribe(self, recording: bytes) -> str:
        """Return what is said; silence is left out, as the model would invent words for it."""
        from av.error import FFmpegError  # noqa: PLC0415 -- of the extra, and slow to import

        try:
            segments, _ = self._loaded().transcribe(
                io.BytesIO(recording), language="vi", vad_filter=True
            )
            return " ".join(segment.text.strip() for segment in segments).strip()
        except (FFmpegError, OSError, RuntimeError, ValueError, IndexError) as error:
            raise TranscriptionError(f"recording not understood: {error}") from error

    def _loaded(self) -> WhisperModel:
        if self._model is None:
            from faster_whisper import WhisperModel  # noqa: PLC0415 -- as above

            self._model = WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", local_files_only=True
            )
        return self._model


def load_transcriber(folder: Path | None) -> Transcriber | None:
    """Return what hears voice messages, None where no model is set.

    Raises SettingsError where the package or the model is missing.
    """
    if folder is None:
        return None
    if importlib.util.find_spec(_PACKAGE) is None:
        raise SettingsError(_NO_PACKAGE)
    if not folder.joinpath(MODEL_FILE).is_file():
        raise SettingsError(_NO_MODEL.format(folder=folder, file=MODEL_FILE))
    return WhisperTranscriber(folder)


class TranscriptionThread:
    """Hears one recording after the other, off the event loop: each takes all processors."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="voice")

    async def transcribe(self, recording: bytes) -> str:
        """Return what is said; raises TranscriptionError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transcriber.transcribe, recording)

    def close(self) -> None:
        """Wait for the recording under way and end the thread."""
        self._thread.shutdown(wait=True, cancel_futures=True)
