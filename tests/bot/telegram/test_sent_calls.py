"""What was sent for updates that are not done, over kills and a disk that fails."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.telegram import sent_calls as module
from bot.telegram.sent_calls import SentCalls

CHAT = {"id": 1001, "type": "private", "first_name": "Lan"}
MESSAGE = {"message_id": 5, "date": 1, "chat": CHAT, "text": "2 thạo là gì"}
SHOWN: dict[str, Any] = {"message_id": 5, "date": 1, "chat": {"id": 1001, "type": "private"}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sent.jsonl"


def opened(file: Path, *waiting: int, bot_id: int = 1) -> tuple[SentCalls, dict[int, Any]]:
    sent = SentCalls(file, bot_id)
    return sent, sent.load(waiting)


def test_what_was_sent_is_known_after_a_kill_without_what_it_says(file: Path) -> None:
    sent, made = opened(file)
    assert made == {}
    sent.note(7, "sendMessage 1001 1", MESSAGE)
    sent.note(8, "sendMediaGroup 1001 1", [MESSAGE, MESSAGE])
    sent.note(9, "sendMessage 1001 1", MESSAGE)
    with file.open("ab") as half:
        half.write(b'[1, 7, "sendMessage 1001 2", {"mess')
    _, made = opened(file, 7, 8)
    assert made == {
        7: {"sendMessage 1001 1": SHOWN},
        8: {"sendMediaGroup 1001 1": [SHOWN, SHOWN]},
    }
    assert "thạo" not in file.read_text("utf-8")
    assert "Lan" not in file.read_text("utf-8")
    assert opened(file, 7, bot_id=2)[1] == {}
    if os.name == "posix":
        assert not stat.S_IMODE(file.stat().st_mode) & 0o077


def test_the_file_is_empty_once_nothing_is_under_way(file: Path) -> None:
    sent, _ = opened(file)
    sent.note(7, "a", MESSAGE)
    sent.note(8, "a", MESSAGE)
    sent.done(7)
    assert file.stat().st_size
    sent.done(8)
    assert file.stat().st_size == 0
    sent.note(9, "a", MESSAGE)
    assert opened(file, 9)[1] == {9: {"a": SHOWN}}


def test_the_file_does_not_grow_while_one_update_is_never_done(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGE", 1000)
    sent, _ = opened(file)
    sent.note(1, "a", MESSAGE)
    for number in range(2, 100):
        sent.note(number, "a", MESSAGE)
        sent.done(number)
    assert file.stat().st_size < 1200
    assert opened(file, 1)[1] == {1: {"a": SHOWN}}


def test_a_disk_that_fails_is_logged_once_and_stops_nobody(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent, _ = opened(file)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        for number in range(3):
            sent.note(7, f"a {number}", MESSAGE)
    sent.note(7, "b", MESSAGE)
    logged = capsys.readouterr()
    assert (logged.out + logged.err).count("sent_calls_not_noted") == 1
    assert opened(file, 7)[1] == {7: {"b": SHOWN}}
