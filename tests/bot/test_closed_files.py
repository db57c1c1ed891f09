import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.cli.self_check import Outcome, self_check
from bot.closed_files import close_to_others, is_open
from bot.database import Database
from bot.sandbox import Sandbox
from bot.settings import Settings
from tests.bot.conftest import TOKEN
from tests.bot.conversations.test_process import running_bot

pytestmark = pytest.mark.skipif(os.name != "posix", reason="accounts and modes are POSIX's")
ROOT = Path(__file__).parents[2]


def modes(folder: Path) -> dict[str, str]:
    """The mode of everything below `folder` that is not the prepared model."""
    found = (path for path in (folder, *folder.rglob("*")) if not path.is_symlink())
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in found
        if path.relative_to(folder).parts[:1] != ("models",)
    }


def open_ones(folder: Path) -> list[str]:
    return [name for name, mode in modes(folder).items() if not mode.endswith("00")]


@pytest.fixture
def opened(data_dir: Path) -> Path:
    """A data directory as an earlier release made it."""
    data_dir.chmod(0o755)
    return data_dir


async def test_a_bot_at_work_leaves_nothing_for_other_accounts(opened: Path) -> None:
    async with Sandbox(token=TOKEN) as sandbox, running_bot(opened, sandbox.api_url):
        staff = sandbox.persona("staff")
        await staff.starts()
        await staff.receives()
        await staff.sends("2 thạo là gì")
        await staff.receives()
        made = modes(opened)
        assert open_ones(opened) == []
    assert made["."] == "0o700"
    for name in ("vanphong.db", "vanphong.db-wal", "vanphong.db-shm", "index/owner.sock"):
        assert made[name] == "0o600"


def test_a_command_closes_what_an_earlier_release_left_open(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    data_dir.chmod(0o755)
    database = data_dir / "vanphong.db"
    database.touch()
    database.chmod(0o644)
    code = "from bot.cli import main; main(['people', 'list'])"
    environment = {**os.environ, "DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert open_ones(data_dir) == []
    assert done.stderr.count("closed_to_other_accounts") == 2


async def test_a_new_database_is_closed_whatever_the_umask(tmp_path: Path) -> None:
    with capture_logs() as logs:
        await Database.of(Settings(data_dir=tmp_path, _env_file=None)).migrate()
    assert modes(tmp_path)["vanphong.db"] == "0o600"
    assert logs == []


async def test_closing_is_told_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    file = tmp_path / "vanphong.db"
    file.touch()
    file.chmod(0o666)
    with capture_logs() as logs:
        for _ in range(2):
            await Database.of(settings).migrate()
    assert [(line["event"], line["path"]) for line in logs] == [
        ("closed_to_other_accounts", str(file))
    ]


def test_folders_that_others_need_stay_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sticky, above = tmp_path / "sticky", tmp_path / "above"
    sticky.mkdir()
    sticky.chmod(0o1777)
    above.joinpath("work").mkdir(parents=True)
    above.chmod(0o755)
    monkeypatch.chdir(above / "work")
    close_to_others(sticky, above, tmp_path / "none")
    assert is_open(sticky)
    assert is_open(above)


def test_doctor_tells_what_others_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    secrets, data_dir = tmp_path / ".env", tmp_path / "data"
    secrets.write_text("TELEGRAM_BOT_TOKEN=\n")
    data_dir.mkdir()

    def told() -> list[tuple[Outcome, str]]:
        findings = self_check(Settings(data_dir=data_dir, _env_file=None))
        return [(one.outcome, one.text) for one in findings if one.subject == "Quyền đọc"]

    secrets.chmod(0o644)
    data_dir.chmod(0o755)
    (bad, text), (note, hint) = told()
    assert (bad, note) == (Outcome.BAD, Outcome.NOTE)
    assert "chmod 600 .env" in text
    assert f"chmod 700 {data_dir}" in hint
    secrets.chmod(0o640)  # a service's group may
    data_dir.chmod(0o700)
    assert told() == []
