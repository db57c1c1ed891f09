"""`vanphong cohort` and `vanphong items`."""

import datetime as dt
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from bot.cli.main import run
from bot.database import Database
from bot.database.url import parse_url
from bot.features.quizzes.question_store import QuestionStore
from knowledge.quiz.bank.reading import read_bank
from tests.bot.conftest import SHIPPED_QUIZZES, Vanphong
from tests.bot.features.quizzes.learners import DAY, Learning
from tests.postgresql_server import in_thread

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")

BANK = read_bank(SHIPPED_QUIZZES).bank
FIRST = BANK.topics[0]


async def fill(url: str) -> None:
    database = Database(parse_url(url))
    await database.connect()
    now = dt.datetime.now(dt.UTC)
    learning = Learning(BANK)
    learning.learner(1, "[bold]Lan[/bold]", enrolled_at=now - 9 * DAY, deadline=now - DAY)
    learning.learner(2, "=Minh", enrolled_at=now, deadline=now + DAY)
    learning.quiz(2, FIRST.topic_id, [True] * 5, now)
    await learning.store(database)
    retired = FIRST.questions[1].question_id
    await QuestionStore(database).retire(retired, "thử", now, 1)
    await database.close()


@pytest.fixture
def vanphong(tmp_path: Path, sqlite_url: str) -> Vanphong:
    """The command line on a database with two learners."""
    in_thread(fill(sqlite_url))
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    shutil.copyfile(tmp_path / "vanphong.db", data_dir / "vanphong.db")
    return lambda *arguments: run(["--data-dir", str(data_dir), *arguments])


def test_the_cohort_on_the_terminal_as_json_and_as_a_sheet(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert vanphong("cohort") == 0
    shown = capsys.readouterr().out
    assert "2 người" in shown
    assert "[bold]Lan" in shown
    assert "quá hạn" in shown
    assert vanphong("cohort", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [learner["state"] for learner in found["learners"]] == ["overdue", "on_way"]
    assert (found["overdue"], found["at_risk"]) == (1, 0)
    assert found["learners"][1]["steps"][0] == {
        "topic": FIRST.topic_id, "state": "passed", "best": 1.0, "failures": 0, "memory": None,
    }  # fmt: skip
    sheet = tmp_path / "a.xlsx"
    assert vanphong("cohort", "--xlsx", str(sheet)) == 0
    captured = capsys.readouterr()
    assert "Đã ghi 2 người" in captured.err
    assert captured.out == ""
    book = openpyxl.load_workbook(sheet).active
    assert (book["A3"].value, book["A3"].data_type) == ("=Minh", "s")
    assert vanphong("audit", "--json") == 0
    assert "learning.export" in capsys.readouterr().out


def test_items_on_the_terminal_and_as_json(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("items") == 0
    assert FIRST.questions[0].question_id in capsys.readouterr().out
    assert vanphong("items", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == len(BANK.questions)
    assert [item["question_id"] for item in found if item["retired"]] == [
        FIRST.questions[1].question_id
    ]
    (first,) = [i for i in found if i["question_id"] == FIRST.questions[0].question_id]
    assert (first["attempts"], first["enough_for_facility"]) == (1, False)
    assert sum(option["chosen"] for option in first["options"]) == 1


def test_a_sheet_that_cannot_be_written(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("cohort", "--xlsx", "/không/có/a.xlsx") == 1
    assert "Không ghi được tệp" in capsys.readouterr().err
