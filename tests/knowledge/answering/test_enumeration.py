"""Which members of a list or table a question means."""

import pytest

from knowledge.answering.answer import AnswerTable
from knowledge.answering.enumeration import Enumeration, enumeration_at
from knowledge.articles.chunker import ChunkingSettings
from knowledge.retrieval.shortlist import QuestionWords
from tests.knowledge.small_corpus import chunks_of, corpus_of

LEADERS = """## Lãnh đạo qua các thời kỳ

| Họ và tên | Chức vụ | Từ năm | Ghi chú |
|---|---|---|---|
| Đinh Bảo | Giám đốc | 1994 | |
| Nông Thúy | Giám đốc | 2004 | Nữ Giám đốc đầu tiên |
| Lương Khải | Phó Giám đốc | 2019 | |
| Tẩn Mẩy | Phó Giám đốc | 2021 | |
"""
PAPERS = """## Hồ sơ đăng ký

Hồ sơ đăng ký gồm:

1. Giấy khai sinh
2. Sổ hộ khẩu. Bản sao có chứng thực.
3. Giấy khác:

a) Ảnh thẻ

b) Đơn

4. Tờ khai

Nộp ở tầng một.

- Có chỗ để xe
"""
NUMBERS = """Bảng 1. Máy lẻ

| Phòng | Số máy |
|---|---|
| Khối một | Khối một |
| Hành chính | 231 |
| Tiếp dân | 232 |
| Khối hai | Khối hai |
| Lưu trữ | 233 |

Cuối ngày khóa cửa.

| Phòng | Số máy |
|---|---|
| Bãi xe | 234 |
"""
SMALL = ChunkingSettings(60, 80)
CORPUS = corpus_of(
    *chunks_of(LEADERS, name="a.md"),
    *chunks_of(PAPERS, name="b.md"),
    *chunks_of(NUMBERS, SMALL, name="c.md"),
    *(chunks_of(f"Những ai là khách thì gọi số {n}.", name=f"{n}.md")[0] for n in range(20)),
)
DIRECTORS, DEPUTIES = ["Đinh Bảo", "Nông Thúy"], ["Lương Khải", "Tẩn Mẩy"]
ROOMS = ["Khối một", "Hành chính", "Tiếp dân", "Khối hai", "Lưu trữ"]
GIVEN = ["1. Giấy khai sinh", "2. Sổ hộ khẩu. Bản sao có chứng thực.", "3. Giấy khác:",
         "4. Tờ khai"]  # fmt: skip


def with_words(words: str) -> Enumeration | None:
    """The list or table of the first unit with those words."""
    return next(
        enumeration_at(CORPUS, chunk, position)
        for chunk in CORPUS.chunks
        for position, unit in enumerate(chunk.sentences)
        if words in unit.text
    )


@pytest.mark.parametrize(
    ("words", "lead", "members"),
    [
        ("2021", "", DIRECTORS + DEPUTIES),
        ("khai sinh", "Hồ sơ đăng ký gồm:", GIVEN),
        ("Bản sao", "Hồ sơ đăng ký gồm:", GIVEN),
        ("Ảnh", "3. Giấy khác:", ["a) Ảnh thẻ", "b) Đơn"]),
        ("chỗ để xe", "", ["- Có chỗ để xe"]),
        ("231", "Bảng 1. Máy lẻ", ROOMS),
        ("233", "Bảng 1. Máy lẻ", ROOMS),
        ("Bãi xe", "Cuối ngày khóa cửa.", ["Bãi xe"]),
    ],
)
def test_a_list_is_taken_whole_and_a_table_over_all_its_passages(
    words: str, lead: str, members: list[str]
) -> None:
    found = with_words(words)
    assert found is not None
    assert found.lead == lead
    assert [m.text if m.is_item else next(iter(m.cells.values())) for m in found.members] == members
    assert all(m.text == m.chunk.text[m.start : m.units[-1].end] for m in found.members)


@pytest.mark.parametrize("words", ["Nộp ở tầng một", "Cuối ngày", "Hồ sơ đăng ký gồm"])
def test_a_sentence_is_of_no_list(words: str) -> None:
    assert with_words(words) is None


@pytest.mark.parametrize(
    ("question", "chosen", "sure", "meant"),
    [
        # the words tell one
        ("Giám đốc năm 2004 là ai?", "Nông Thúy", False, ["Nông Thúy"]),
        ("nu giam doc dau tien la ai", "Nông Thúy", True, ["Nông Thúy"]),
        ("Hồ sơ đăng ký có cần tờ khai không?", "4. Tờ khai", False, ["4. Tờ khai"]),
        ("Số máy phòng Lưu trữ?", "Lưu trữ", False, ["Lưu trữ"]),
        # they tell some; how sure the reader is of one of them is no matter
        ("Những ai là Phó Giám đốc?", "Tẩn Mẩy", False, DEPUTIES),
        ("Những ai là Phó Giám đốc?", "Lương Khải", True, DEPUTIES),
        # the reader chose one that they do not tell
        ("Những ai là Phó Giám đốc?", "Đinh Bảo", False, ["Đinh Bảo"]),
        # they tell none, but name the list
        ("Danh sách lãnh đạo qua các thời kỳ", "Đinh Bảo", False, DIRECTORS + DEPUTIES),
        ("Danh sách lãnh đạo qua các thời kỳ", "Đinh Bảo", True, ["Đinh Bảo"]),
        ("ho so dang ky gom nhung gi", "4. Tờ khai", False, GIVEN),
        ("Số máy lẻ các phòng", "Hành chính", False, ROOMS),
        ("Số máy lẻ các phòng", "Hành chính", True, ["Hành chính"]),
        # they have nothing to do with it
        ("Bãi đỗ mở mấy giờ?", "Đinh Bảo", False, ["Đinh Bảo"]),
        # a row that names a group is never one of several
        ("Khối một", "Khối một", False, ["Khối một"]),
        # the list has but one
        ("Có chỗ để xe không?", "- Có chỗ để xe", False, ["- Có chỗ để xe"]),
    ],
)
def test_a_question_means_one_some_or_all(
    question: str,
    chosen: str,
    sure: bool,  # noqa: FBT001
    meant: list[str],
) -> None:
    table = with_words(chosen.partition(" ")[2] if chosen[0] in "-1234" else chosen)
    assert table is not None
    member = next(m for m in table.members if chosen in m.text)
    found = table.meant(QuestionWords(question, CORPUS), member, sure=sure)
    assert [m.text if m.is_item else next(iter(m.cells.values())) for m in found] == meant


def test_rows_are_shown_cell_by_cell() -> None:
    leaders, rooms = with_words("2021"), with_words("232")
    assert leaders is not None
    assert rooms is not None
    assert leaders.shown(leaders.members[1:3]) == AnswerTable(
        "Lãnh đạo qua các thời kỳ",
        ("Họ và tên", "Chức vụ", "Từ năm", "Ghi chú"),
        (("Nông Thúy", "Giám đốc", "2004", "Nữ Giám đốc đầu tiên"),
         ("Lương Khải", "Phó Giám đốc", "2019", "")),
        4,
        leaders.members[0].chunk.chunk_id,
    )  # fmt: skip
    shown = rooms.shown(rooms.members[:2])
    assert (shown.caption, shown.columns) == ("Bảng 1. Máy lẻ", ("Phòng", "Số máy"))
    assert (shown.rows, shown.total) == ((("Khối một",), ("Hành chính", "231")), 5)


@pytest.mark.parametrize(
    ("markdown", "columns", "rows"),
    [
        ("<table><tr><td>An<td>1<tr><td>Bình<td>2</table>", (), (("An", "1"), ("Bình", "2"))),
        ("| | Sáng | Chiều |\n|---|---|---|\n| Thứ Hai | An | |\n| Thứ Ba | | Bình |",
         ("", "Sáng", "Chiều"), (("Thứ Hai", "An", ""), ("Thứ Ba", "", "Bình"))),
        ("| Phòng | Tầng | Số |\n|---|---|---|\n| Kho | 1 | 5 |\n| Tổng cộng | Tổng cộng | 5 |",
         ("Phòng", "Tầng", "Số"), (("Kho", "1", "5"), ("Tổng cộng", "", "5"))),
    ],
    ids=["no header", "rows with names", "merged cells"],
)  # fmt: skip
def test_cells_without_a_column_name_are_shown(
    markdown: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    corpus = corpus_of(*chunks_of(markdown))
    table = enumeration_at(corpus, corpus.chunks[0], 0)
    assert table is not None
    assert (table.columns, table.shown(table.members).rows) == (columns, rows)
