"""`vanphong gaps`, `stats` and `export`, while another process owns the knowledge base."""

import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from bot.cli.main import run
from bot.database import Database
from bot.database.url import parse_url
from bot.features.answer_log.logged_answer import Vote
from bot.features.answer_log.store import Record
from embeddings import Encoder
from knowledge import KnowledgeBase
from tests.bot.conftest import Vanphong
from tests.bot.features.answer_log.recorded import a_refusal, an_answer
from tests.postgresql_server import in_thread

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


async def fill(url: str) -> None:
    database = Database(parse_url(url))
    await database.connect()
    record = Record(database)
    now = dt.datetime.now(dt.UTC)
    good = an_answer("=2 thạo là gì", shown_at=now)
    await record.add(good)
    await record.vote(good.answer_id, 1, Vote.UP, now)
    for question in ("giá vàng", "gia vang", "[bold]thời tiết[/bold] hôm nay"):
        await record.add(a_refusal(question, shown_at=now))
    await record.add(a_refusal("câu cũ", shown_at=now - dt.timedelta(days=40)))
    await database.close()


@pytest.fixture
def vanphong(
    tmp_path: Path, sqlite_url: str, data_dir: Path, encoder: Encoder
) -> Iterator[Vanphong]:
    """Runs the command line beside an open knowledge base, on a record with five answers."""
    in_thread(fill(sqlite_url))
    shutil.copyfile(tmp_path / "vanphong.db", data_dir / "vanphong.db")
    with KnowledgeBase(data_dir, encoder):
        yield lambda *arguments: run(["--data-dir", str(data_dir), *arguments])


def test_gaps_on_the_terminal_and_as_json(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("gaps") == 0
    shown = capsys.readouterr().out
    assert "giá vàng" in shown
    assert "[bold]thời" in shown  # as typed, wrapped in its cell
    assert vanphong("gaps", "--days", "90", "--json") == 0
    gold, *others = json.loads(capsys.readouterr().out)
    assert (gold["example"], gold["asked"], gold["refused"]) == ("giá vàng", 2, 2)
    assert {gap["example"] for gap in others} == {"[bold]thời tiết[/bold] hôm nay", "câu cũ"}


def test_statistics_on_the_terminal_as_json_and_as_a_picture(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert vanphong("stats") == 0
    assert "4 câu hỏi, trả lời được 25%, từ chối 3, 👍 1" in capsys.readouterr().out
    assert vanphong("stats", "--days", "90", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["questions"], found["up"], len(found["days"])) == (5, 1, 90)
    assert found["articles"] == [{"title": "Ngày truyền thống", "answers": 1}]
    picture = tmp_path / "hinh.png"
    assert vanphong("stats", "--plot", str(picture)) == 0
    with Image.open(picture) as drawn:
        assert drawn.size == (1080, 1440)
    assert f"Đã ghi {picture}" in capsys.readouterr().err


def test_the_record_is_exported(vanphong: Vanphong, tmp_path: Path) -> None:
    assert vanphong("export", str(tmp_path / "a.xlsx")) == 0
    assert vanphong("export", str(tmp_path / "a.CSV"), "--days", "90") == 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet.max_row == 5
    assert sheet["E2"].value == "=2 thạo là gì"
    assert sheet["E2"].data_type == "s"
    text = (tmp_path / "a.CSV").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 5
