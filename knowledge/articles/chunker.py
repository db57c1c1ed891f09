"""Cuts articles into chunks along their own structure."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from embeddings.sentences import sentence_spans
from knowledge.articles.article import Article, Block, BlockKind
from knowledge.articles.chunk import Chunk, Sentence, embedded_text

HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class ChunkingSettings:
    """Sizes in characters: paragraphs are gathered up to `target`, cut when longer than `limit`.

    The limit keeps a chunk within the 512 tokens of the usual embedding models (Vietnamese takes
    about 3.5 characters a token) and within a Telegram message.
    """

    target: int = 700
    limit: int = 1600

    def __post_init__(self) -> None:
        """Check the rule between the two sizes."""
        if not 0 < self.target <= self.limit:
            raise ValueError(f"0 < target <= limit is the rule, got {self.target}, {self.limit}")


def chunk_article(article: Article, settings: ChunkingSettings | None = None) -> tuple[Chunk, ...]:
    """Return the chunks of `article` in reading order.

    Headings begin a new chunk and become its context. A list stays with the paragraph that
    introduces it where the limit allows.
    """
    settings = settings or ChunkingSettings()
    chunks: list[Chunk] = []
    seen: Counter[tuple[str, str]] = Counter()
    for heading, blocks in _sections(article.blocks):
        for text in _texts(blocks, settings):
            chunks.append(_chunk(article, heading, text, len(chunks), seen[heading, text]))
            seen[heading, text] += 1
    return tuple(chunks)


def _sections(blocks: tuple[Block, ...]) -> list[tuple[str, list[Block]]]:
    """Group the blocks under their path of headings."""
    path: list[Block] = []
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            path = [above for above in path if above.level < block.level] + [block]
            sections.append((HEADING_SEPARATOR.join(part.text for part in path), []))
        else:
            sections[-1][1].append(block)
    return [(heading, content) for heading, content in sections if content]


def _texts(blocks: list[Block], settings: ChunkingSettings) -> list[str]:
    """Gather blocks into texts of at most the limit; a list follows the line above it."""
    texts: list[str] = []
    current = ""
    for block in blocks:
        is_item = block.kind is BlockKind.LIST_ITEM
        for piece in _pieces(f"- {block.text}" if is_item else block.text, settings.limit):
            room = settings.limit if is_item else settings.target
            if current and len(current) + 1 + len(piece) <= room:
                current = f"{current}\n{piece}"
            else:
                if current:
                    texts.append(current)
                current = piece
    return [*texts, current] if current else texts


def _pieces(text: str, limit: int) -> list[str]:
    if len(text) <= limit:
        return [text]
    from langchain_text_splitters import (  # noqa: PLC0415 -- slow to import, seldom needed
        RecursiveCharacterTextSplitter,
    )

    splitter = RecursiveCharacterTextSplitter(
        separators=[
            "\n",
            r"(?<=[.!?…])\s+(?=[^\Wa-zà-ỹ])",
            r"(?<=[;:])\s+",
            r"(?<=,)\s+",
            r"\s+",
            "",
        ],
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=limit,
        chunk_overlap=0,
    )
    return [piece for piece in splitter.split_text(text) if piece.strip()]


def _chunk(article: Article, heading: str, text: str, ordinal: int, repeat: int) -> Chunk:
    embedded = embedded_text(article.title, heading, text)
    identity = "\x00".join((article.article_id, embedded, str(repeat)))
    return Chunk(
        chunk_id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        article_id=article.article_id,
        title=article.title,
        heading=heading,
        ordinal=ordinal,
        text=text,
        sentences=tuple(
            Sentence(text[start:end], start, end) for start, end in _evidence_spans(text)
        ),
    )


def _evidence_spans(text: str) -> list[tuple[int, int]]:
    """Return the sentence ranges, without the dash that marks a list item."""
    return [
        (start + 2 if text.startswith("- ", start) else start, end)
        for start, end in sentence_spans(text)
    ]
