import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from knowledge.errors import QuizFileError
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.merge import merge_import
from knowledge.quiz.bank.reading import MAX_BANK_QUESTIONS
from knowledge.quiz.exchange.exchange import MAX_IMPORT_BYTES, export_bank, read_import
from knowledge.quiz.exchange.table import COLUMNS, ImportReading
from knowledge.quiz.exchange.xlsx import MAX_ROWS_WALKED, MAX_UNPACKED_BYTES
from tests.knowledge.quiz.banks import banks
from tests.office_files import saved, workbook

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROW = {
    "Mã chủ đề": "a",
    "Chủ đề": "Ngày truyền thống",
    "Thứ tự": "1",
    "Bài học": "day.md | Ngày 28/8\nvalues.md",
    "Mã câu hỏi": "a_01",
    "Câu hỏi": "Ngày truyền thống là ngày nào?",
    "Phương án 1": "28/8",
    "Phương án 2": "2/9",
    "Phương án 3": "19/8",
    "Đúng": "1",
    "Giải thích": "Quyết định số 828/QĐ-TTg.",
    "Bài": "day.md",
    "Trích dẫn": "ngày 28/8 hằng năm",
    "Độ khó": "dễ",
    "Thẻ": "ngày; 28/8",
}


def table(*rows: dict[str, str]) -> list[list[str]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def as_csv(rows: Sequence[Sequence[object]], separator: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode()


def problems(reading: ImportReading) -> list[str]:
    return [str(problem) for problem in reading.problems]


slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(bank=banks())
@pytest.mark.parametrize("name", ["a.csv", "A.XLSX"])
def test_any_bank_comes_back_as_it_went(bank: QuestionBank, name: str) -> None:
    reading = read_import(export_bank(bank, name), name)
    merge = merge_import(QuestionBank(), reading, replace=False)
    assert merge.problems == ()
    assert merge.topics == bank.topics
    assert list(merge.added) == list(bank.questions)
    again = merge_import(bank, reading, replace=False)
    assert (again.topics, again.added, again.problems) == ((), (), ())
    assert set(again.unchanged) == set(bank.questions)


@slow
@given(bank=banks())
def test_no_cell_is_taken_for_a_formula(bank: QuestionBank) -> None:
    text = export_bank(bank, "a.csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(FORMULA) for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(export_bank(bank, "a.xlsx"))).worksheets[0]
    for cells in sheet.iter_rows():
        for cell in cells:
            assert cell.value is None or cell.data_type == "s"
            assert cell.number_format == "@"
            assert cell.quotePrefix is str(cell.value).startswith(FORMULA)


def test_the_headings_are_vietnamese_and_csv_has_its_mark() -> None:
    data = export_bank(QuestionBank(), "a.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").strip() == ",".join(COLUMNS)
    assert COLUMNS[5:9] == ("Mã câu hỏi", "Câu hỏi", "Phương án 1", "Phương án 2")


@pytest.mark.parametrize(
    "data",
    [
        as_csv(table(ROW)),
        as_csv(table(ROW), ";"),
        as_csv(table(ROW), "\t").decode().encode("utf-16"),
        b"\xef\xbb\xbf\r\n" + as_csv([row[::-1] for row in table(ROW)]),
        as_csv([[name.upper() for name in table(ROW)[0]], table(ROW)[1]]),
    ],
    ids=["comma", "semicolon", "Excel's Unicode text", "other order", "capitals"],
)
def test_csv_as_spreadsheets_write_it(data: bytes) -> None:
    reading = read_import(data, "a.csv")
    assert reading.problems == ()
    (topic,) = reading.topics
    assert topic.said == {"title", "order", "lesson"}
    assert (topic.topic.topic_id, topic.topic.title, topic.topic.order) == (
        "a",
        "Ngày truyền thống",
        1,
    )
    assert [(p.article, p.heading) for p in topic.topic.lesson] == [
        ("day.md", "Ngày 28/8"),
        ("values.md", None),
    ]
    (question,) = reading.questions
    assert question.tags == ("ngày", "28/8")
    assert question.options == ("28/8", "2/9", "19/8")


def test_numbers_that_a_spreadsheet_made_of_text_are_read() -> None:
    row: dict[str, object] = {**ROW, "Thứ tự": 1, "Đúng": 2.0, "Phương án 1": 1945}
    reading = read_import(workbook({"Câu hỏi": [list(row), list(row.values())]}), "a.xlsx")
    assert reading.problems == ()
    (question,) = reading.questions
    assert (question.options[0], question.correct) == ("1945", (1,))


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (dt.datetime.fromisoformat("2026-08-28"), "ngày giờ của bảng tính"),
        (dt.time(7, 30), "ngày giờ của bảng tính"),
        (True, "có ô là True"),
        (1.5, "có ô là 1.5"),
    ],
)
def test_cells_that_a_spreadsheet_has_changed(value: object, problem: str) -> None:
    rows = [list(ROW), list(ROW.values()), list({**ROW, "Phương án 1": value}.values())]
    (found,) = problems(read_import(workbook({"Câu hỏi": rows}), "a.xlsx"))
    assert found.startswith("a.xlsx, dòng 3: ")
    assert problem in found
    assert "định dạng ô là Văn bản" in found


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"Mã câu hỏi": ""}, "câu (chưa có mã): cột “Mã câu hỏi”: để trống"),
        ({"Mã câu hỏi": "Câu 2"}, "cột “Mã câu hỏi”: chỉ gồm a–z"),
        ({"Mã câu hỏi": "a_01"}, "mã câu hỏi “a_01” đã có ở dòng 2"),
        ({"Mã chủ đề": "Ngày"}, "cột “Mã chủ đề”: chỉ gồm a–z"),
        ({"Mã chủ đề": ""}, "cột “Mã chủ đề”: để trống"),
        ({"Phương án 2": ""}, "câu a_02: cột “Phương án 2”: phải là một dòng chữ"),
        ({"Phương án 3": "28/8"}, "phương án 3 trùng phương án 1"),
        ({"Phương án 3": "Cả hai phương án trên"}, "nói về các phương án khác"),
        ({"Phương án 1": "x" * 101}, "phương án 1 dài 101 ký tự"),
        ({"Đúng": ""}, "cột “Đúng”: để trống"),
        ({"Đúng": "A"}, "câu a_02: cột “Đúng”: phải là số nguyên, đang là “A”"),
        ({"Đúng": "1; 9"}, "số từ 1 đến 3, đang có 9"),
        ({"Câu hỏi": ""}, "cột “Câu hỏi”: để trống"),
        ({"Giải thích": "x" * 201}, "lời giải thích dài 201 ký tự"),
        ({"Trích dẫn": ""}, "cột “Trích dẫn”: để trống"),
        ({"Độ khó": "hơi khó"}, "cột “Độ khó”: phải là một trong dễ, vừa, khó"),
        ({"Thứ tự": "đầu"}, "cột “Thứ tự”: phải là số nguyên, đang là “đầu”"),
        ({"Thứ tự": "2"}, "cột “Thứ tự” khác với dòng 2 của cùng chủ đề “a”"),
        ({"Chủ đề": "Tên khác"}, "cột “Chủ đề” khác với dòng 2"),
        ({"Chủ đề": "x" * 101}, "cột “Chủ đề”: dài 101 ký tự, tối đa 100"),
        ({"Bài học": "day.md | " + "x" * 301}, "cột “Bài học”: dài 301 ký tự, tối đa 300"),
        ({"": "lạc"}, "có chữ nhưng cột không có tên"),
    ],
)
def test_wrong_rows_are_named_and_the_others_read(changes: dict[str, str], problem: str) -> None:
    rows = table(ROW, {**ROW, "Mã câu hỏi": "a_02", **changes}, {**ROW, "Mã câu hỏi": "a_03"})
    for name, data in (("a.csv", as_csv(rows)), ("a.xlsx", workbook({"x": rows}))):
        reading = read_import(data, name)
        assert {"a_01", "a_03"} <= {question.question_id for question in reading.questions}
        found = problems(reading)
        assert all(line.startswith(f"{name}, dòng 3: ") for line in found)
        assert problem in found[0]


def test_rows_after_blank_ones_keep_their_numbers() -> None:
    rows = [*table(ROW), [], [], *table({**ROW, "Mã câu hỏi": "a_02", "Đúng": ""})[1:]]
    for name, data in (("a.csv", as_csv(rows)), ("a.xlsx", workbook({"x": rows}))):
        assert [problem.line for problem in read_import(data, name).problems] == [5]


def without(*names: str) -> list[list[str]]:
    return table({name: text for name, text in ROW.items() if name not in names})


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "a.csv", "không có dòng nào"),
        (as_csv(table(ROW)[:1]), "a.csv", "chỉ có dòng tên cột"),
        (as_csv(without("Đúng", "Bài")), "a.csv", "dòng 1: thiếu cột Đúng, Bài"),
        (as_csv([["Điểm", *COLUMNS]]), "a.csv", "dòng 1: không có cột “Điểm”, chỉ có Mã chủ đề"),
        (as_csv([[*COLUMNS, "Bài"]]), "a.csv", "dòng 1: cột “Bài” lặp lại"),
        (as_csv(table(ROW)) + b'"a,b\n', "a.csv", "dòng 3: không phải CSV hợp lệ"),
        ("Mã câu hỏi".encode("cp1258", "replace") + b"\xff", "a.csv", "không phải UTF-8"),
        (b" " * (MAX_IMPORT_BYTES + 1), "a.csv", "quá lớn, tối đa 5 MB"),
        (b"x", "a.ods", "phải kết thúc bằng .csv hoặc .xlsx, đang là 'a.ods'"),
        (b"x", "a", "phải kết thúc bằng .csv hoặc .xlsx"),
        (b"x", "a.xlsx", "không phải bảng tính .xlsx"),
        (b"PK\x03\x04", "a.xlsx", "Không mở được 'a.xlsx'"),
        (workbook({"x": []}), "a.xlsx", "không có dòng nào"),
        (workbook({"x": table(ROW), "y": [["thêm"]]}), "a.xlsx", "còn dữ liệu ở trang “y”"),
        (workbook({"y": [["a"]], "x": table(ROW)}), "a.xlsx", "ngoài trang “x” còn dữ liệu"),
    ],
)
def test_files_that_cannot_be_used(data: bytes, name: str, problem: str) -> None:
    with pytest.raises(QuizFileError) as caught:
        read_import(data, name)
    assert problem in str(caught.value)


def test_too_many_rows() -> None:
    rows = [{**ROW, "Mã câu hỏi": f"a_{n}"} for n in range(MAX_BANK_QUESTIONS + 1)]
    assert read_import(as_csv(table(*rows[:-1])), "a.csv").problems == ()
    for data, name in (
        (as_csv(table(*rows)), "a.csv"),
        (as_csv(table(ROW)) + b"\n" * MAX_ROWS_WALKED, "a.csv"),
        (workbook({"x": table(*rows)}), "a.xlsx"),
    ):
        with pytest.raises(QuizFileError, match="quá nhiều dòng, tối đa 2000 câu hỏi"):
            read_import(data, name)
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(ROW))
    book.worksheets[0]["A1048576"] = "cuối"
    with pytest.raises(QuizFileError, match="dài quá 20000 dòng"):
        read_import(saved(book), "a.xlsx")


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with a part added or replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("xl/media/bomb.bin", b"\0" * 60_000_000, "bom nén"),
        ("xl/worksheets/sheet1.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "thực thể XML"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>", "bị hỏng"),
        ("xl/workbook.xml", b"<a", "bị hỏng"),
    ],
)
def test_hostile_and_damaged_workbooks(name: str, content: bytes, problem: str) -> None:
    data = repacked(workbook({"x": table(ROW)}), name, content)
    with pytest.raises(QuizFileError, match=problem):
        read_import(data, "a.xlsx")


def test_a_workbook_that_unpacks_to_too_much() -> None:
    data = workbook({"x": table(ROW)})
    for number in range(11):  # each below the size from which a dense part is a bomb
        data = repacked(data, f"xl/media/{number}.bin", b"\0" * (MAX_UNPACKED_BYTES // 10))
    with pytest.raises(QuizFileError, match=r"khi giải nén lớn 4\d MB, tối đa 40 MB"):
        read_import(data, "a.xlsx")
