"""What a reader takes from a document, and how that is kept as JSON."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Discriminator, TypeAdapter

from embeddings.errors import system_reason
from knowledge.articles.article import Block, Heading, text_lines
from knowledge.entities.amendments import Amendment  # noqa: TC001 -- pydantic reads it
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
class LeftOut:
    """What stands in the file and was not read since it is not published, or no text of its own.

    `what` is a Vietnamese noun phrase ("bình luận", "chữ ẩn"), `samples` the beginnings of some.
    """

    what: str
    count: int
    samples: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it in Vietnamese: "3 bình luận (“xem lại”, …)"."""
        shown = ", ".join(f"“{sample}”" for sample in self.samples)
        more = ", …" if shown and self.count > len(self.samples) else ""
        return f"{self.count} {self.what}" + (f" ({shown}{more})" if shown else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one document.

    A field that the document does not state is None or empty. `number`, `issuer` (the office),
    `signer` with `signer_title`, `summary` (trích yếu) and what it `amends` are an official
    document's; `file_title` is the title among the file's properties, which counts where the text
    states none. `notes` say in Vietnamese what looked
    odd or could not be read, `left_out` what was not meant to be. `scanned_pages` are the numbers
    (from 1) of pages that are pictures and were not read.
    """

    format: DocumentFormat
    blocks: tuple[Annotated[Block, Discriminator("kind")], ...]
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    summary: str | None = None
    amends: tuple[Amendment, ...] = ()
    file_title: str | None = None
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    scanned_pages: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What all blocks read, each paragraph, item and row of a table on a line."""
        return "\n".join(text_lines(self.blocks))

    @property
    def characters(self) -> int:
        """The length of all blocks together."""
        return sum(map(len, text_lines(self.blocks)))

    def require_content(self) -> None:
        """Raise ArticleError when there is nothing but headings, or far too much."""
        if all(isinstance(block, Heading) for block in self.blocks):
            raise ArticleError("bài không có nội dung nào ngoài tiêu đề; hãy bổ sung hoặc xóa tệp")
        if self.characters > MAX_CHARACTERS:
            raise ArticleError(
                f"tài liệu dài {self.characters} ký tự, tối đa {MAX_CHARACTERS}; "
                "hãy chia thành nhiều tệp"
            )


_READING = TypeAdapter(Reading)
_BLOCK: TypeAdapter[Block] = TypeAdapter(Annotated[Block, Discriminator("kind")])


def reading_to_json(reading: Reading) -> str:
    """Return `reading` as JSON."""
    return json.dumps(dataclasses.asdict(reading))


def reading_from_fields(fields: dict[str, Any]) -> Reading:
    """Return the reading that was written as `fields`; raises ValueError, KeyError, TypeError."""
    # block by block: validating a long text at one go would stop all other threads for seconds
    blocks = tuple(
        _BLOCK.validate_python(block if isinstance(block, dict) else _early(*block))
        for block in fields["blocks"]
    )
    return dataclasses.replace(_READING.validate_python({**fields, "blocks": ()}), blocks=blocks)


def _early(kind: str, level: int, text: str) -> dict[str, Any]:
    """Return a block as it was kept before blocks had labels and tables: a list of three."""
    return {"kind": kind, "text": text} | ({"level": level} if kind == "heading" else {})


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
