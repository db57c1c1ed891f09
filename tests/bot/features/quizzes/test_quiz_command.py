import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.access.audit import AuditLog
from bot.cli.main import run
from bot.database import Database
from bot.settings import Settings
from embeddings import Encoder
from knowledge import KnowledgeBase
from knowledge.quiz.bank.reading import read_bank
from tests.knowledge.quiz.banks import HEAD, question, write_bank
from tests.knowledge.small_articles import write, write_small_articles

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")

Quiz = Callable[..., int]
Output = pytest.CaptureFixture[str]


@pytest.fixture
def quizzes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZZES_DIR", str(tmp_path / "quizzes"))
    return write_bank(tmp_path / "quizzes", ngay=HEAD + question(1) + question(2))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_small_articles(tmp_path / "articles")


@pytest.fixture
def quiz(data: Path, articles: Path, quizzes: Path) -> Quiz:
    """`vanphong quiz …` over two small articles and a topic of two questions."""
    place = ["--data-dir", str(data), "--articles", str(articles)]
    return lambda *arguments: run([*place, "quiz", *map(str, arguments)])


def printed(capsys: Output) -> Any:
    return json.loads(capsys.readouterr().out)


def noted(data: Path) -> list[tuple[str, dict[str, Any]]]:
    async def read() -> list[tuple[str, dict[str, Any]]]:
        database = Database.of(Settings(data_dir=data, _env_file=None))
        await database.connect()
        try:
            entries = [entry async for entry in AuditLog(database).all()]
        finally:
            await database.close()
        return [(entry.action, dict(entry.details)) for entry in entries]

    return asyncio.run(read())


def test_a_sound_bank_passes(quiz: Quiz, capsys: Output) -> None:
    assert quiz("check") == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert "2 câu hỏi của 1 chủ đề, đối chiếu với các bài trong thư mục: 0 lỗi" in output.err
    assert quiz("check", "--json") == 0
    assert printed(capsys) == {
        "topics": 1,
        "questions": 2,
        "version": None,
        "unreadable_articles": [],
        "problems": [],
    }


def test_every_problem_is_named_with_file_and_line(
    quiz: Quiz, quizzes: Path, articles: Path, capsys: Output
) -> None:
    write_bank(
        quizzes,
        ngay=HEAD.replace("article: day.md", "article: day.md\n    heading: Ngày 29/8")
        + question(1, quote="ngày 29/8 hằng năm")
        + question(2, article="cũ.md")
        + question(3, correct="9")
        + question(4, options="[Ngày 28 tháng 8 dương lịch hằng năm, 2/9]"),
    )
    articles.joinpath("bad.md").write_bytes(b"\x00\x01")
    assert quiz("check") == 1
    output = capsys.readouterr()
    give_away = (
        "phương án đúng 1 dài 35 ký tự, phương án sai dài nhất 3: dễ đoán nhờ độ dài; hãy viết các "
        "phương án dài gần bằng nhau"
    )
    near = (
        "câu gần giống nhất: “Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày "
        "28/8 hằng năm.”"
    )
    assert output.out.splitlines() == [
        "Lỗi: ngay.yaml, dòng 22: câu a_03: phương án đúng phải là số từ 1 đến 3, đang có 9",
        f"Lưu ý: ngay.yaml, dòng 31: câu a_04: {give_away}",
        f"Lỗi: ngay.yaml, dòng 8: câu a_01: câu trích không còn trong bài; {near}",
        "Lỗi: ngay.yaml, dòng 15: câu a_02: không còn bài này; câu trích nay ở bài day.md",
        "Lỗi: ngay.yaml, dòng 1: bài học: bài day.md không có đề mục “Ngày 29/8”",
    ]
    assert "Không đọc được bài bad.md: tệp nhị phân" in output.err
    assert "4 lỗi, 1 lưu ý" in output.err
    assert quiz("check", "--json") == 1
    problems = printed(capsys)["problems"]
    assert [(p["file"], p["line"], p["kind"]) for p in problems[:2]] == [
        ("ngay.yaml", 22, "error"),
        ("ngay.yaml", 31, "warning"),
    ]


def test_a_warning_alone_is_no_failure(quiz: Quiz, quizzes: Path, capsys: Output) -> None:
    write_bank(quizzes, ngay=HEAD + question(1, options="[Ngày 28 tháng 8 hằng năm, 2/9]"))
    assert quiz("check") == 0
    assert "0 lỗi, 1 lưu ý" in capsys.readouterr().err


def test_quotes_are_compared_with_the_live_version(
    quiz: Quiz, data: Path, articles: Path, encoder: Encoder, capsys: Output
) -> None:
    with KnowledgeBase(data, encoder) as base:
        base.reload(articles)
        write(articles, "day.md", "Không còn gì.")
        # The one who holds the index may be at work on it: the files are compared then.
        assert quiz("check", "--json") == 1
        held = printed(capsys)
        assert (held["version"], len(held["problems"])) == (None, 2)
    assert quiz("check", "--json") == 0
    assert printed(capsys)["version"] == "v0001"
    assert quiz("check") == 0
    assert "đối chiếu với bản v0001" in capsys.readouterr().err


def test_topics_and_questions_are_listed(quiz: Quiz, quizzes: Path, capsys: Output) -> None:
    assert quiz("list") == 0
    table = capsys.readouterr().out
    assert "Ngày truyền thống" in table
    assert "Nhiều đáp án" in table
    assert quiz("list", "a") == 0
    table = capsys.readouterr().out
    assert "a_02" in table
    assert "28/8" in table
    assert quiz("list", "--json") == 0
    (topic,) = printed(capsys)
    assert (topic["topic"], topic["lesson"]) == ("a", [{"article": "day.md", "heading": None}])
    assert topic["questions"][0]["correct"] == [1]
    assert quiz("list", "b") == 2
    assert "không có chủ đề 'b', chỉ có: a" in capsys.readouterr().err
    write_bank(quizzes, xấu="[")
    assert quiz("list") == 0
    assert "1 chỗ sai" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["bộ câu hỏi.csv", "bộ câu hỏi.xlsx"])
def test_out_edited_and_in_again(
    quiz: Quiz, quizzes: Path, data: Path, tmp_path: Path, *, capsys: Output, name: str
) -> None:
    file = tmp_path / name
    before = read_bank(quizzes).bank
    assert quiz("export", file) == 0
    assert "Đã ghi 2 câu hỏi của 1 chủ đề" in capsys.readouterr().err
    assert quiz("import", file) == 0
    assert "Đã thêm 0 câu, thay 0 câu, giữ nguyên 2 câu" in capsys.readouterr().err
    edit(file, "828/QĐ-TTg", "829/QĐ-TTg")
    assert quiz("import", file) == 1
    output = capsys.readouterr()
    where = f"Lỗi: {name}, dòng 2: câu a_01 đã có với giải thích khác; muốn thay câu cũ: --replace"
    assert output.out.splitlines()[0] == where
    assert "Có 2 lỗi nên chưa nhập câu nào" in output.err
    assert read_bank(quizzes).bank == before
    assert quiz("import", file, "--replace") == 0
    assert "thay 2 câu" in capsys.readouterr().err
    explanations = {q.explanation for q in read_bank(quizzes).bank.questions.values()}
    assert explanations == {"Quyết định số 829/QĐ-TTg."}
    edit(file, "a_0", "b_0")
    assert quiz("import", file) == 0
    assert list(read_bank(quizzes).bank.questions) == ["a_01", "a_02", "b_01", "b_02"]
    assert noted(data) == [
        ("quiz.export", {"questions": 2}),
        ("quiz.import", {"added": 0, "replaced": 2}),
        ("quiz.import", {"added": 2, "replaced": 0}),
    ]


def edit(file: Path, old: str, new: str) -> None:
    """Change the cells of a spreadsheet, as somebody does in Excel."""
    if file.suffix == ".csv":
        text = file.read_text(encoding="utf-8-sig").replace(old, new)
        file.write_text(text, encoding="utf-8-sig")
        return
    book = load_workbook(file)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace(old, new)
    book.save(file)


def test_a_bank_is_made_where_there_is_none(
    quiz: Quiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    file = tmp_path / "a.xlsx"
    assert quiz("export", file) == 0
    monkeypatch.setenv("QUIZZES_DIR", str(tmp_path / "mới" / "quizzes"))
    assert quiz("check") == 1
    assert "Không thấy thư mục câu hỏi" in capsys.readouterr().err
    assert quiz("import", file) == 0
    assert list(read_bank(tmp_path / "mới" / "quizzes").bank.questions) == ["a_01", "a_02"]


def test_a_broken_bank_is_not_written_over(
    quiz: Quiz, quizzes: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "a.csv"
    assert quiz("export", file) == 0
    write_bank(quizzes, hỏng="topic: [")
    before = {path.name: path.read_bytes() for path in quizzes.iterdir()}
    assert quiz("import", file, "--replace") == 1
    output = capsys.readouterr()
    assert "Lỗi: hỏng.yaml, dòng 1: không phải YAML hợp lệ" in output.out
    assert "chưa nhập câu nào" in output.err
    assert {path.name: path.read_bytes() for path in quizzes.iterdir()} == before


def test_a_folder_that_cannot_be_written(
    quiz: Quiz, quizzes: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "a.csv"
    assert quiz("export", file) == 0
    edit(file, "a_0", "b_0")
    quizzes.joinpath("ngay.yaml").rename(tmp_path / "ngay.yaml")
    target = tmp_path / "gone"
    quizzes.rmdir()
    quizzes.symlink_to(target)  # which leads nowhere
    assert quiz("import", file) == 1
    error = capsys.readouterr().err
    assert "Không ghi được vào" in error
    assert "QUIZZES_DIR" in error


def test_the_folder_that_comes_with_the_program_is_named(
    quiz: Quiz, quizzes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    monkeypatch.setattr(Settings.model_fields["quizzes_dir"], "default", quizzes)
    file = tmp_path / "a.csv"
    assert quiz("export", file) == 0
    edit(file, "a_0", "b_0")
    assert quiz("import", file) == 0
    assert "thư mục đi kèm chương trình" in capsys.readouterr().err
