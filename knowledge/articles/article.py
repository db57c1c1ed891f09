"""An article and the blocks that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item; `level` is 1–6 for headings, 0 otherwise."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """One document of the knowledge base.

    `article_id` is the file's path relative to the articles' folder, with forward slashes;
    `content_hash` the SHA-256 of the file's bytes; `published` a date as the article states it
    (ISO 8601 where it could be read).
    """

    article_id: str
    title: str
    source: str
    author: str | None
    published: str | None
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    content_hash: str
