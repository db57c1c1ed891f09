import json
from pathlib import Path

import pytest

from bot.cli.main import run
from tests.bot.conftest import Vanphong
from tests.knowledge.quiz.banks import HEAD, question, write_bank

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


@pytest.fixture
def draft(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vanphong:
    """`vanphong quiz draft …` over one article, which a topic teaches."""
    head = HEAD.replace("topic: a", "topic: kho").replace("day.md", "a.md")
    quizzes = write_bank(tmp_path / "quizzes", kho=head + question(1))
    monkeypatch.setenv("QUIZZES_DIR", str(quizzes))
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "# Bài a\n\nKho lưu trữ mở cửa ngày 12/7/1987. Thư viện giữ 12.500 cuốn [sách].\n"
    articles.joinpath("a.md").write_text(text, encoding="utf-8")
    places = ["--data-dir", str(data_dir), "--articles", str(articles)]
    return lambda *arguments: run([*places, "quiz", "draft", *arguments])


def test_questions_are_drafted_printed_and_stored_once(
    draft: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert draft("--json", "--limit", "1") == 0
    printed = capsys.readouterr()
    (drafted,) = json.loads(printed.out.splitlines()[-1])
    assert drafted["question"] == "Kho lưu trữ mở cửa ngày nào?"
    assert drafted["topic"] == "kho"
    assert drafted["options"][drafted["correct"][0] - 1] == "12/7/1987"
    assert "Đã soạn thêm 1 câu; 1 câu chờ duyệt" in printed.err
    assert draft() == 0
    printed = capsys.readouterr()
    assert "Thư viện giữ bao nhiêu cuốn [sách]?" in " ".join(printed.out.split())
    assert "2 câu chờ duyệt" in printed.err
    assert draft("--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == []
