"""The question bank out of and into spreadsheets: CSV and XLSX."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from knowledge.errors import QuizFileError
from knowledge.quiz.bank.reading import MAX_BANK_QUESTIONS
from knowledge.quiz.exchange.csv import csv_bytes, csv_rows
from knowledge.quiz.exchange.table import ImportReading, read_table, table_of
from knowledge.quiz.exchange.xlsx import MAX_ROWS_WALKED, xlsx_bytes, xlsx_rows

if TYPE_CHECKING:
    from knowledge.quiz.bank.bank import QuestionBank

MAX_IMPORT_BYTES = 5 * 1024 * 1024
_WRITERS = {".csv": csv_bytes, ".xlsx": xlsx_bytes}
_READERS = {".csv": csv_rows, ".xlsx": xlsx_rows}


def export_bank(bank: QuestionBank, name: str) -> bytes:
    """Return the bank as a file in the format that `name` ends in; raises QuizFileError. Blocks."""
    return _WRITERS[_format(name)](table_of(bank))


def read_import(data: bytes, name: str) -> ImportReading:
    """Read a file of questions in the format that `name` ends in. Blocks.

    Raises QuizFileError for a file that can't be used at all; wrong rows are among the problems.
    """
    reader = _READERS[_format(name)]
    if len(data) > MAX_IMPORT_BYTES:
        raise QuizFileError(f"Tệp '{name}' quá lớn, tối đa {MAX_IMPORT_BYTES // 1024**2} MB.")
    rows = list(islice(reader(data, name), MAX_ROWS_WALKED + 1))
    filled = sum(any(cell.strip() for cell in row.cells) for row in rows)
    if filled > MAX_BANK_QUESTIONS + 1 or len(rows) > MAX_ROWS_WALKED:
        raise QuizFileError(
            f"Tệp '{name}' có quá nhiều dòng, tối đa {MAX_BANK_QUESTIONS} câu hỏi một tệp."
        )
    return read_table(rows, name)


def _format(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _WRITERS:
        raise QuizFileError(f"Tên tệp phải kết thúc bằng .csv hoặc .xlsx, đang là '{name}'.")
    return suffix
