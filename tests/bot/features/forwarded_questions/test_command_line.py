import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from bot.access.marks import Marks
from bot.access.person import Identity
from bot.cli.main import run
from bot.database import Database
from bot.database.url import parse_url
from bot.features.forwarded_questions.inbox import Inbox
from tests.postgresql_server import in_thread

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")
SENT = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


async def fill(url: str, folder: Path) -> None:
    database = Database(parse_url(url))
    await database.connect()
    await Inbox(database, Marks.beside(folder)).send(
        Identity(1, "Lan"), "[bold]Ai ký?[/bold]", SENT
    )
    await database.close()


def test_what_waits_is_listed(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_thread(fill(sqlite_url, tmp_path))
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(tmp_path / "vanphong.db", folder / "vanphong.db")
    assert run(["--data-dir", str(folder), "inbox", "list"]) == 0
    shown = capsys.readouterr().out
    assert "[bold]Ai ký?" in " ".join(shown.split())
    assert "23/11/2026 09:00" in shown
    assert run(["--data-dir", str(folder), "inbox", "list", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["kind"], entry["name"], entry["reason"]) == ("question", "Lan", None)
