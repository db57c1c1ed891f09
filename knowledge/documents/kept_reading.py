"""A reading as JSON: how it leaves the fenced process, and how it is kept beside a document."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from embeddings.system_errors import system_reason
from knowledge.articles.article import Block, BlockKind
from knowledge.documents.reading import DocumentFormat, Reading
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from pathlib import Path


def reading_to_json(reading: Reading) -> str:
    """Return `reading` as JSON, each block a list of kind, level and text."""
    fields = {
        field.name: getattr(reading, field.name)
        for field in dataclasses.fields(reading)
        if field.name != "blocks"
    }
    blocks = [[block.kind, block.level, block.text] for block in reading.blocks]
    return json.dumps({**fields, "blocks": blocks})


def reading_from_fields(fields: dict[str, Any]) -> Reading:
    """Return the reading that was written as `fields`; raises ValueError, KeyError, TypeError."""
    return Reading(
        format=DocumentFormat(fields["format"]),
        blocks=tuple(
            Block(BlockKind(kind), str(text), int(level)) for kind, level, text in fields["blocks"]
        ),
        title=_text(fields["title"]),
        source=_text(fields["source"]),
        author=_text(fields["author"]),
        published=_text(fields["published"]),
        tags=tuple(str(tag) for tag in fields["tags"]),
        notes=tuple(str(note) for note in fields["notes"]),
        scanned_pages=tuple(int(page) for page in fields["scanned_pages"]),
    )


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


def _text(value: object) -> str | None:
    return None if value is None else str(value)
