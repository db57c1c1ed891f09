"""Writes topics into the bank's files, so that the reader reads them back the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import yaml

from embeddings.errors import system_reason
from knowledge.documents.durable_file import write_durably
from knowledge.errors import QuizFileError
from knowledge.quiz.bank.model import topic_fields
from knowledge.quiz.bank.reading import SUFFIX, read_bank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knowledge.quiz.bank.reading import BankReading
    from knowledge.quiz.topic import QuizTopic

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
    contents = {}
    for topic in topics:
        path = _path_of(directory, reading, topic)
        old = _bytes_of(path)
        new = f"{_head(old)}{bank_text(topic)}".encode()
        if new != old:
            contents[path] = new
    _require_read_back(topics, reading, read_bank(directory, contents))
    for path, data in contents.items():
        try:
            mode = path.stat().st_mode & 0o777 if path.exists() else _MODE
            write_durably(path, data)
            path.chmod(mode)
        except OSError as error:
            raise _unwritable(path, error) from error
    return tuple(contents)


def bank_text(topic: QuizTopic) -> str:
    """Return the file of `topic`, in the format that `reading` tells."""
    return yaml.dump(
        _said(topic_fields(topic)),
        Dumper=_QuotingDumper,
        allow_unicode=True,
        sort_keys=False,
        width=math.inf,
    )


class _QuotingDumper(yaml.SafeDumper):
    """Puts texts into quotation marks: who edits them by hand may then write ? : , and #."""

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Return the node of a text; names and ids stay bare."""
        style = None if data.isidentifier() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)


_QuotingDumper.add_representer(str, _QuotingDumper.represent_str)


def _said(value: Any) -> Any:  # noqa: ANN401 -- whatever YAML holds
    """Return `value` without the fields that hold nothing, in all its depths."""
    if isinstance(value, dict):
        return {name: _said(held) for name, held in value.items() if held not in ("", None, [])}
    return list(map(_said, value)) if isinstance(value, list) else value


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


def _require_read_back(
    topics: Sequence[QuizTopic], before: BankReading, after: BankReading
) -> None:
    """Raise QuizFileError where something would be left out, or be read as something else."""
    known = set(before.errors)
    for problem in after.errors:
        if problem not in known:
            raise QuizFileError(f"Không ghi vào tệp được: {problem}.")
    for topic in topics:
        if after.bank.topic_of.get(topic.topic_id) != topic:
            raise QuizFileError(
                f"Chủ đề “{topic.topic_id}” không ghi vào tệp được: chữ chưa được chuẩn hóa (NFC, "
                "một dấu cách)."
            )


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
