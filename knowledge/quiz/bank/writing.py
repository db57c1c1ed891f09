"""Writes topics into the bank's files, so that the reader reads them back the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from embeddings.system_errors import system_reason
from knowledge.errors import QuizFileError
from knowledge.index.durable_file import write_durably
from knowledge.quiz.bank.file import parse_bank_file
from knowledge.quiz.bank.reading import MAX_BANK_QUESTIONS, SUFFIX, read_bank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from knowledge.quiz.bank.reading import BankReading
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

_PLAIN = re.compile(r"[a-z0-9_]+")
_NULL = "null"
_MODE = 0o644  # another user's bot reads them, too


def write_bank_files(directory: Path, topics: Sequence[QuizTopic]) -> tuple[Path, ...]:
    """Write each topic into its file, whole, and return the files that changed; blocks.

    A topic that the bank has stays in the file where it is, a new one gets `<topic_id>.yaml`. The
    comment at the head of a file is kept, other comments are not. Each file is replaced in one
    step. Raises QuizFileError, before anything is written, where a file holds something that could
    not be read (it would be lost), where an id would stand twice or a topic would not read back as
    it is; and when the directory can't be written.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(directory, error) from error
    reading = read_bank(directory)
    _require_unique(reading, topics)
    contents = {}
    for topic in topics:
        path = _path_of(directory, reading, topic)
        old = _bytes_of(path)
        new = f"{_head(old)}{bank_text(topic)}".encode()
        _require_same(topic, new, path)
        if new != old:
            contents[path] = new
    for path, data in contents.items():
        try:
            mode = path.stat().st_mode & 0o777 if path.exists() else _MODE
            write_durably(path, data)
            path.chmod(mode)
        except OSError as error:
            raise _unwritable(path, error) from error
    return tuple(contents)


def bank_text(topic: QuizTopic) -> str:
    """Return the file of `topic`, in the format of `bank_file`."""
    return "\n".join(_lines(topic)) + "\n"


def _lines(topic: QuizTopic) -> Iterator[str]:
    yield f"topic: {_scalar(topic.topic_id)}"
    yield f"title: {_quoted(topic.title)}"
    yield f"order: {topic.order}"
    if topic.summary:
        yield f"summary: {_quoted(topic.summary)}"
    if topic.lesson:
        yield "lesson:"
    for part in topic.lesson:
        yield f"  - article: {_quoted(part.article)}"
        if part.heading is not None:
            yield f"    heading: {_quoted(part.heading)}"
    yield "questions:"
    for question in topic.questions:
        yield from _question_lines(question)


def _question_lines(question: QuizQuestion) -> Iterator[str]:
    yield f"  - id: {_scalar(question.question_id)}"
    yield f"    question: {_quoted(question.text)}"
    yield "    options:"
    for option in question.options:
        yield f"      - {_quoted(option)}"
    numbers = [index + 1 for index in question.correct]
    yield f"    correct: {numbers[0] if len(numbers) == 1 else numbers}"
    yield f"    explanation: {_quoted(question.explanation)}"
    yield f"    article: {_quoted(question.article)}"
    yield f"    quote: {_quoted(question.quote)}"
    yield f"    difficulty: {question.difficulty.value}"
    if question.tags:
        yield f"    tags: [{', '.join(map(_quoted, question.tags))}]"


def _scalar(identifier: str) -> str:
    plain = _PLAIN.fullmatch(identifier) and identifier != _NULL
    return identifier if plain else _quoted(identifier)


def _quoted(text: str) -> str:
    """Return a double-quoted scalar: JSON's strings are YAML's, too."""
    return json.dumps(text, ensure_ascii=False)


def _path_of(directory: Path, reading: BankReading, topic: QuizTopic) -> Path:
    place = reading.topic_places.get(topic.topic_id)
    path = directory / (place.file if place is not None else f"{topic.topic_id}{SUFFIX}")
    broken = [problem for problem in reading.errors if problem.file == path.name]
    if broken:
        raise QuizFileError(
            f"Tệp '{path}' có phần không đọc được nên không ghi đè: {broken[0]}. "
            "Hãy sửa tệp trước; xem: vanphong quiz check."
        )
    if place is None and path.exists():
        raise QuizFileError(
            f"Tệp '{path}' đã có nhưng là của chủ đề khác; hãy đổi tên tệp rồi làm lại."
        )
    return path


def _require_unique(reading: BankReading, topics: Sequence[QuizTopic]) -> None:
    """Raise QuizFileError where an id would stand twice, or the bank would grow too large."""
    written = {topic.topic_id for topic in topics}
    if len(written) != len(topics):
        raise QuizFileError("Có chủ đề được ghi hai lần; mỗi chủ đề chỉ một tệp.")
    files = {place.file for i, place in reading.topic_places.items() if i in written}
    taken = {i: place for i, place in reading.question_places.items() if place.file not in files}
    for topic in topics:
        for question in topic.questions:
            if (place := taken.get(question.question_id)) is not None:
                raise QuizFileError(
                    f"Mã câu hỏi “{question.question_id}” đã có ở {place}; hãy đặt mã khác."
                )
    ids = [question.question_id for topic in topics for question in topic.questions]
    if (twice := next((i for i in ids if ids.count(i) > 1), None)) is not None:
        raise QuizFileError(f"Mã câu hỏi “{twice}” được ghi hai lần; hãy đặt mã khác.")
    kept = sum(len(t.questions) for t in reading.bank.topics if t.topic_id not in written)
    if kept + len(ids) > MAX_BANK_QUESTIONS:
        raise QuizFileError(
            f"Bộ câu hỏi sẽ có {kept + len(ids)} câu, tối đa {MAX_BANK_QUESTIONS}; hãy bỏ bớt."
        )


def _require_same(topic: QuizTopic, data: bytes, path: Path) -> None:
    read = parse_bank_file(data, path.name)
    errors = [problem for problem in read.problems if problem.is_error]
    # A topic without a lesson is read back, too; that it has none is told by the check.
    if read.topic != topic:
        why = str(errors[0]) if errors else "chữ chưa được chuẩn hóa (NFC, một dấu cách)"
        raise QuizFileError(f"Chủ đề “{topic.topic_id}” không ghi vào tệp được: {why}.")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise QuizFileError(f"Không đọc được '{path}': {system_reason(error)}.") from error


def _head(data: bytes) -> str:
    """Return the comment at the head of a file."""
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end])


def _unwritable(path: Path, error: OSError) -> QuizFileError:
    return QuizFileError(
        f"Không ghi được vào '{path}' ({system_reason(error)}). Hãy kiểm tra quyền ghi, hoặc chép "
        "thư mục câu hỏi sang nơi ghi được rồi đặt QUIZZES_DIR."
    )
