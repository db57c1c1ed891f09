import json
from pathlib import Path

import pytest
import typer

from bot.features.drafts.draft_command import draft_command
from bot.settings import Settings
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.topic import LessonPart, QuizTopic

BANK = QuestionBank((QuizTopic("kho", "Kho", 1, (LessonPart("a.md"),), ()),))


@pytest.fixture
def settings(tmp_path: Path, models_dir: Path) -> Settings:
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "# Bài a\n\nKho lưu trữ mở cửa ngày 12/7/1987. Thư viện giữ 12.500 cuốn [sách].\n"
    articles.joinpath("a.md").write_text(text, encoding="utf-8")
    return Settings(
        data_dir=tmp_path / "data", articles_dir=articles, models_dir=models_dir, _env_file=None
    )


def run_draft(settings: Settings, *arguments: str) -> None:
    app = typer.Typer()
    app.command()(draft_command(lambda _folder: BANK))
    app(args=list(arguments), standalone_mode=False, obj=settings)


def test_questions_are_drafted_printed_and_stored_once(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run_draft(settings, "--json", "--limit", "1")
    printed = capsys.readouterr()
    (question,) = json.loads(printed.out.splitlines()[-1])
    assert question["question"] == "Kho lưu trữ mở cửa ngày nào?"
    assert question["topic"] == "kho"
    assert question["options"][question["correct"][0] - 1] == "12/7/1987"
    assert "Đã soạn thêm 1 câu; 1 câu chờ duyệt" in printed.err
    run_draft(settings)
    printed = capsys.readouterr()
    assert "Thư viện giữ bao nhiêu cuốn [sách]?" in " ".join(printed.out.split())
    assert "2 câu chờ duyệt" in printed.err
    run_draft(settings, "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == []
