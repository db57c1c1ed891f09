"""Chunks and the evidence units in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from embeddings.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from embeddings.sentences import Span


class UnitKind(StrEnum):
    """What an evidence unit is."""

    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Sentence:
    """An evidence unit of a chunk: its exact words and their character range in the chunk's text.

    It is a sentence of a paragraph, of a list item or of a note, or a whole row of a table. `block`
    counts the blocks of the chunk from 0: units of one item, or rows of one table, share it.
    `cells` are the ranges of a row's cells in `text`, each behind its column's name.
    """

    text: str
    start: int
    end: int
    kind: UnitKind = UnitKind.SENTENCE
    block: int = 0
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of an article, small enough to embed and to show in one Telegram message.

    `chunk_id` is 16 hexadecimal digits derived from the article's id and the embedded text, so the
    same passage gets the same id on every reload. `text` is copied from the article; `heading` is
    the path of headings above it, joined by " › " (empty where there is none). A chunk that
    `continues` begins with a part of the table, or long block, that ends the chunk before it.
    """

    chunk_id: str
    article_id: str
    title: str
    heading: str
    ordinal: int
    text: str
    sentences: tuple[Sentence, ...]
    continues: bool = False

    @property
    def embedded_text(self) -> str:
        """What is embedded for the passage: title and heading as context, then the text."""
        return embedded_text(self.title, self.heading, self.text)


@runtime_checkable
class ChunksByArticle(Protocol):
    """Chunks of which those of one article can be had without looking at the others."""

    def of_article(self, article_id: str) -> Sequence[Chunk]:
        """Return the chunks of an article, by the NFC of its id, in reading order."""
        ...


def chunks_of_article(chunks: Iterable[Chunk], article_id: str) -> Sequence[Chunk]:
    """Return those of `chunks` that are of an article, in reading order.

    Ids are compared in NFC: some file systems decompose names.
    """
    article_id = nfc(article_id)
    if isinstance(chunks, ChunksByArticle):
        return chunks.of_article(article_id)
    there = [chunk for chunk in chunks if nfc(chunk.article_id) == article_id]
    return sorted(there, key=lambda chunk: chunk.ordinal)


def embedded_text(title: str, heading: str, text: str) -> str:
    """Return the text that stands for a passage in the embedding space."""
    context = ". ".join(part for part in (title, heading) if part)
    return f"{context}\n{text}" if context else text
