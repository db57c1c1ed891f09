import stat
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.errors import KeyFileError
from bot.key_file import KeyFile


def test_a_key_is_made_once_and_read_back(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "data" / "certificate.key", "khóa thử")
    assert file.read() is None
    key = file.create()
    assert len(key.secret) == 32
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.read() == key
    assert file.create() == key
    assert KeyFile(tmp_path / "other.key", "khóa thử").create() != key


def damaged(text: str) -> dict[str, str]:
    flipped = text[:20] + ("0" if text[20] != "0" else "1") + text[21:]
    return {
        "empty": "",
        "cut": text[:40],
        "short key": "vanphong-key-1 00ff 12345678\n",
        "flipped": flipped,
        "other form": text.replace("key-1", "key-2"),
        "more": text + "x",
        "binary": "\x00\udcff" * 50,
    }


@pytest.mark.parametrize("how", damaged("x" * 60))
def test_a_damaged_key_is_refused_and_left_alone(tmp_path: Path, how: str) -> None:
    file = KeyFile(tmp_path / "certificate.key", "khóa thử")
    file.create()
    text = damaged(file.path.read_text("ascii"))[how]
    file.path.write_text(text, "utf-8", "surrogateescape")
    for attempt in (file.read, file.create):
        with pytest.raises(KeyFileError, match=r"bị hỏng.*bản sao lưu"):
            attempt()
    assert file.path.read_text("utf-8", "surrogateescape") == text


def test_a_key_that_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "certificate.key").mkdir()
    with pytest.raises(KeyFileError, match="Không đọc được"):
        KeyFile(tmp_path / "certificate.key", "khóa thử").read()
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyFileError, match="Không"):
        KeyFile(tmp_path / "file" / "certificate.key", "khóa thử").create()


def test_a_key_that_others_may_read_is_warned_of(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "certificate.key", "khóa thử")
    file.create()
    file.path.chmod(0o644)
    with capture_logs() as logs:
        assert file.read() is not None
    assert [entry["event"] for entry in logs] == ["key_open_to_others"]
