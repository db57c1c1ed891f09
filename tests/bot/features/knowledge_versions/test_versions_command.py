import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run
from tests.bot.conftest import Vanphong
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    write,
    write_small_articles,
)

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = write_small_articles(tmp_path / "articles")
    write(folder, "golden.yaml", f"answered:\n  - ask: {DATE_QUESTION}\n    contains: 28/8\n")
    return folder


@pytest.fixture
def vanphong(data_dir: Path, articles: Path) -> Vanphong:
    """Runs the command line on a directory whose model is prepared already."""
    return lambda *arguments: run(
        ["--data-dir", str(data_dir), "--articles", str(articles), *arguments]
    )


def json_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def lose_the_day(articles: Path) -> None:
    text = articles.joinpath("day.md").read_text(encoding="utf-8")
    write(articles, "day.md", text.replace("28/8", "ấy"))


def test_reload_json_keeps_its_fields_and_adds_the_exam(
    vanphong: Vanphong, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("reload", "--json") == 0
    (first,) = json_lines(capsys)
    assert list(first) == [
        "added",
        "changed",
        "removed",
        "unchanged",
        "failed",
        "version",
        "seconds",
        "titles",
        "exam",
        "promoted",
        "waiting",
    ]
    assert (first["promoted"], first["exam"]["questions"], first["exam"]["wrong"]) == (True, 1, [])
    lose_the_day(articles)
    assert vanphong("reload", "--json") == 1
    (held,) = json_lines(capsys)
    assert (held["promoted"], held["waiting"], held["exam"]["passed"]) == (False, "v0002", False)
    (lost,) = held["exam"]["lost"]
    assert lost["question"] == DATE_QUESTION
    assert "28/8" in lost["before"]
    assert vanphong("reload", "--json", "--no-exam") == 0
    (unexamined,) = json_lines(capsys)
    assert (unexamined["exam"], unexamined["promoted"]) == (None, True)


def test_held_back_reload_says_why_and_what_to_do(
    vanphong: Vanphong, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vanphong("reload")
    lose_the_day(articles)
    capsys.readouterr()
    assert vanphong("reload") == 1
    shown = capsys.readouterr().err
    for part in (
        "sửa 1",
        "Mất câu trả lời đúng",
        "Trước: ",
        "Chưa chuyển sang v0002",
        "--promote v0002",
    ):
        assert part in shown
    assert vanphong("ask", DATE_QUESTION) == 0
    assert "28/8" in capsys.readouterr().out
    assert vanphong("reload", "--force") == 0


def test_broken_golden_file_is_a_failure(
    vanphong: Vanphong, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(articles, "golden.yaml", "answered:\n  - what: 1\n")
    assert vanphong("reload") == 1
    assert "golden.yaml', dòng 2" in capsys.readouterr().err


def test_versions_and_rollback(
    vanphong: Vanphong, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("versions") == 0
    assert "Chưa có bản nào" in capsys.readouterr().out
    vanphong("reload")
    write(articles, "parking.md", PARKING)
    vanphong("reload")
    capsys.readouterr()
    assert vanphong("versions", "--json") == 0
    newest, oldest = json_lines(capsys)
    assert list(newest) == [
        "name",
        "built_at",
        "articles",
        "chunks",
        "active",
        "previous",
        "waiting",
        "promoted_at",
    ]
    assert (newest["name"], newest["active"], newest["articles"]) == ("v0002", True, 3)
    assert (oldest["name"], oldest["previous"], oldest["articles"]) == ("v0001", True, 2)
    assert vanphong("rollback", "--json") == 0
    assert json_lines(capsys) == [{"version": "v0001"}]
    assert vanphong("versions") == 0
    assert "đang dùng" in capsys.readouterr().out
    assert vanphong("rollback", "v0001") == 1
    assert "đang được dùng rồi" in capsys.readouterr().err
    assert vanphong("rollback", "v0002") == 0
    assert "Đã quay lại bản v0002" in capsys.readouterr().out


def test_kept_versions_are_a_setting(
    vanphong: Vanphong,
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KEEP_VERSIONS", "2")
    for number in range(3):
        write(articles, "parking.md", f"{PARKING}\nLần {number}.\n")
        assert vanphong("reload") == 0
    capsys.readouterr()
    vanphong("versions", "--json")
    assert [info["name"] for info in json_lines(capsys)] == ["v0003", "v0002"]
    monkeypatch.setenv("KEEP_VERSIONS", "1")
    assert vanphong("versions") == 1
    assert "KEEP_VERSIONS: phải từ 2 trở lên" in capsys.readouterr().err


def test_watching_a_folder_that_is_missing(
    vanphong: Vanphong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("--articles", str(tmp_path / "none"), "watch") == 1
    assert "Không thấy thư mục bài viết" in capsys.readouterr().err
