"""What a reader takes from a document, and how that is kept as JSON."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from embeddings.errors import system_reason
from knowledge.articles.article import Block, BlockKind
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from pathlib import Path

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
"""Bytes of a document: what the Bot API lets a bot download (getFile)."""

MAX_CHARACTERS = 15_000_000
"""Characters of text in one document, about 5,000 printed pages."""


class DocumentFormat(StrEnum):
    """What a document really is, whatever its name says; the value is its suffix."""

    WORD = ".docx"
    PDF = ".pdf"
    EXCEL = ".xlsx"
    MARKDOWN = ".md"
    TEXT = ".txt"
    WEB_PAGE = ".html"


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one document.

    A field that the document does not state is None or empty. `notes` say in Vietnamese what was
    left out or looked odd. `scanned_pages` are the numbers (from 1) of pages that are pictures and
    were not read.
    """

    format: DocumentFormat
    blocks: tuple[Block, ...]
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    scanned_pages: tuple[int, ...] = ()

    @property
    def characters(self) -> int:
        """The length of all blocks together."""
        return sum(len(block.text) for block in self.blocks)

    def require_content(self) -> None:
        """Raise ArticleError when there is nothing but headings, or far too much."""
        if not any(block.kind is not BlockKind.HEADING for block in self.blocks):
            raise ArticleError("bài không có nội dung nào ngoài tiêu đề; hãy bổ sung hoặc xóa tệp")
        if self.characters > MAX_CHARACTERS:
            raise ArticleError(
                f"tài liệu dài {self.characters} ký tự, tối đa {MAX_CHARACTERS}; "
                "hãy chia thành nhiều tệp"
            )


_READING = TypeAdapter(Reading)


def reading_to_json(reading: Reading) -> str:
    """Return `reading` as JSON, each block a list of kind, level and text."""
    fields = dataclasses.asdict(dataclasses.replace(reading, blocks=()))
    fields["blocks"] = [[block.kind, block.level, block.text] for block in reading.blocks]
    return json.dumps(fields)


def reading_from_fields(fields: dict[str, Any]) -> Reading:
    """Return the reading that was written as `fields`; raises ValueError, KeyError, TypeError."""
    blocks = [
        {"kind": kind, "level": level, "text": text} for kind, level, text in fields["blocks"]
    ]
    return _READING.validate_python({**fields, "blocks": blocks})


def kept_reading(path: Path) -> Reading:
    """Return the reading kept at `path`; raises ArticleError when it is gone or broken."""
    try:
        return reading_from_fields(json.loads(path.read_bytes()))
    except OSError as error:
        raise ArticleError(f"không đọc được bản chữ đã lưu: {system_reason(error)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArticleError(
            "bản chữ đã lưu của tài liệu bị hỏng; hãy tải bản gốc về rồi gửi lại để thay"
        ) from error
