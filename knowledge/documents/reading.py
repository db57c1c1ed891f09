"""What a reader takes from a document, and the limits it reads within."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.articles.article import Block, BlockKind
from knowledge.errors import ArticleError

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
