"""Chunks and the sentences in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a chunk: its exact words and their character range in the chunk's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of an article, small enough to embed and to show in one Telegram message.

    `chunk_id` is 16 hexadecimal digits derived from the article's id and the embedded text, so the
    same passage gets the same id on every reload. `text` is copied from the article; `heading` is
    the path of headings above it, joined by " › " (empty where there is none).
    """

    chunk_id: str
    article_id: str
    title: str
    heading: str
    ordinal: int
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def embedded_text(self) -> str:
        """What is embedded for the passage: title and heading as context, then the text."""
        return embedded_text(self.title, self.heading, self.text)


def embedded_text(title: str, heading: str, text: str) -> str:
    """Return the text that stands for a passage in the embedding space."""
    context = ". ".join(part for part in (title, heading) if part)
    return f"{context}\n{text}" if context else text
