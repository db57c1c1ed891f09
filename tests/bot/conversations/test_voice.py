"""Spoken questions, heard by a fake: what a model makes of speech is for its own makers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.errors import SettingsError
from bot.features.asking import feature, texts, transcription
from bot.features.asking.transcription import MODEL_FILE, TranscriptionError, load_transcriber
from bot.features.asking.voice_handlers import MOST_SECONDS
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from bot.settings import Settings
from tests.bot.conversations.conftest import Serve


class FakeTranscriber:
    """Hears what is written in the recording."""

    def transcribe(self, recording: bytes) -> str:
        if recording == b"broken":
            raise TranscriptionError("recording not understood")
        return recording.decode()


@pytest.fixture
async def hearing(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    monkeypatch.setattr(feature, "load_transcriber", lambda _folder: FakeTranscriber())
    async with serve(settings) as application:
        yield application


@pytest.fixture
def speaker(sandbox: Sandbox, hearing: App) -> Persona:
    return sandbox.persona("staff")


async def says(person: Persona, words: bytes) -> str:
    await person.sends_files(("a.ogg", words), kind="voice")
    return (await person.receives()).text


async def test_a_spoken_question_is_answered_below_what_was_heard(speaker: Persona) -> None:
    said = await says(speaker, "hai thạo là gì <b>".encode())
    assert said.startswith("❓ hai thạo là gì <b>")
    assert "thạo nghề" in said


async def test_what_is_not_understood_is_said(speaker: Persona) -> None:
    assert await says(speaker, b"broken") == texts.VOICE_NOT_HEARD


async def test_a_long_recording_is_not_heard(speaker: Persona, sandbox: Sandbox) -> None:
    sandbox.world.settings.voice_seconds = MOST_SECONDS + 1
    assert await says(speaker, b"2 th") == texts.VOICE_TOO_LONG.format(most=MOST_SECONDS // 60)


def test_without_a_model_nothing_is_heard() -> None:
    assert load_transcriber(None) is None


def test_a_missing_package_names_its_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "_PACKAGE", "no_such_package")
    with pytest.raises(SettingsError, match=r"pip install 'vanphong-bot\[voice\]'"):
        load_transcriber(tmp_path)


def test_a_missing_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcription, "_PACKAGE", "json")
    with pytest.raises(SettingsError, match=MODEL_FILE):
        load_transcriber(tmp_path)
    tmp_path.joinpath(MODEL_FILE).write_bytes(b"")
    assert load_transcriber(tmp_path) is not None
