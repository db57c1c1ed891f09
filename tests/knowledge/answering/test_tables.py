"""Questions about tables: rows, cells, columns, whole tables; driven through `Assistant.answer`."""

import shutil
from collections.abc import Iterator

import pytest

from embeddings import Encoder, Reader
from knowledge import Answer, Assistant, KnowledgeBase

LEADERS = """# Lãnh đạo cơ quan

## Lãnh đạo qua các thời kỳ

| Họ và tên | Chức vụ | Từ năm | Đến năm | Ghi chú |
|---|---|---|---|---|
| Đinh Quốc Bảo | Giám đốc | 1994 | 2003 | |
| Nông Thị Thúy | Giám đốc | 2004 | 2016 | Nữ Giám đốc đầu tiên |
| Vàng A Sính | Giám đốc | 2017 | nay | |
| Lương Văn Khải | Phó Giám đốc | 2019 | nay | Phụ trách kế hoạch |
"""
SHIFTS = """# Lịch trực

## Danh sách đội trực

| STT | Đội | Đội trưởng | Số máy | Giờ trực |
|---|---|---|---|---|
| 1 | Đội Một | Phan Hữu Lộc | 231 | 6 giờ đến 14 giờ |
| 2 | Đội Hai | Cao Thị Nhung | 232 | 14 giờ đến 22 giờ |
| 3 | Đội Ba | Tống Văn Quý | 233 | 22 giờ đến 6 giờ |

Người trực ghi sổ bàn giao trước khi về.
"""
LONG = (
    "# Kho vật tư\n\n## Bảng vật tư\n\n| Mã hàng | Tên hàng | Tồn kho |\n|---|---|---|\n"
    + "".join(f"| VT{n:04} | Vật tư loại {n} | {n * 3} |\n" for n in range(1, 121))
)


@pytest.fixture(scope="module")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("tables")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in (("a.md", LEADERS), ("b.md", SHIFTS), ("c.md", LONG)):
        articles.joinpath(name).write_text(text, encoding="utf-8")
    with KnowledgeBase(folder / "data", encoder, reader=reader) as base:
        base.reload(articles)
        yield base.assistant()
    shutil.rmtree(folder)


def bold(answer: Answer) -> set[str]:
    return {s.text[start:end] for s in answer.sentences for start, end in s.highlights}


@pytest.mark.parametrize(
    ("question", "row", "asked"),
    [
        ("Đội trưởng đội Hai là ai?", "Đội Hai", "Cao Thị Nhung"),
        ("doi truong doi hai la ai", "Đội Hai", "Cao Thị Nhung"),
        ("Số máy của đội Ba là bao nhiêu?", "Đội Ba", "233"),
        ("Giám đốc hiện nay là ai?", "Vàng A Sính", "Vàng A Sính"),
        ("Tồn kho VT0077", "Vật tư loại 77", "231"),
    ],
)
def test_a_row_answers_with_the_cell_asked_for_in_bold(
    assistant: Assistant, question: str, row: str, asked: str
) -> None:
    answer = assistant.answer(question)
    (sentence,) = answer.sentences
    assert row in sentence.text
    assert bold(answer) == {asked}
    assert sentence.text in sentence.citation.passage
    assert answer.table is None


@pytest.mark.parametrize(
    ("question", "rows", "total"),
    [
        ("Danh sách đội trực", 3, 3),
        ("danh sach doi truc", 3, 3),
        ("Bảng vật tư", 15, 120),
    ],
)
def test_a_list_that_is_asked_for_is_shown_as_a_table(
    assistant: Assistant, question: str, rows: int, total: int
) -> None:
    answer = assistant.answer(question)
    assert answer.table is not None
    assert (len(answer.sentences), len(answer.table.rows), answer.table.total) == (
        rows,
        rows,
        total,
    )
    assert all(len(row) == len(answer.table.columns) for row in answer.table.rows)
    assert "|" not in answer.text
    assert all(s.text in s.citation.passage for s in answer.sentences)


def test_a_long_table_can_be_read_to_its_end(assistant: Assistant) -> None:
    begun = assistant.answer("Bảng vật tư").table
    assert begun is not None
    read = []
    for offset in range(0, begun.total, 50):
        page = assistant.table(begun.chunk_id, offset, 50)
        assert page is not None
        read += page.rows
    assert [row[0] for row in read] == [f"VT{n:04}" for n in range(1, 121)]
    assert assistant.table("0" * 16, 0, 50) is None


@pytest.mark.parametrize(
    "question",
    ["Đội trưởng đội Bốn là ai?", "Giám đốc năm 1985 là ai?", "Email của đội Hai là gì?"],
)
def test_what_no_row_holds_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).refused
