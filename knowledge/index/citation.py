"""Where a sentence of an answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from knowledge.articles.chunk import Chunk
    from knowledge.entities.amendments import Amendment
    from knowledge.index.manifest import ArticleEntry


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its article and passage.

    `quote` is the exact text used, `passage` the whole passage around it; both are copied from the
    article unchanged. `number` is that of an official document, which `amends` others.
    """

    title: str
    source: str
    heading: str
    quote: str
    passage: str
    chunk_id: str
    author: str | None = None
    published: str | None = None
    number: str | None = None
    amends: tuple[Amendment, ...] = ()

    @classmethod
    def of(cls, chunk: Chunk, article: ArticleEntry, quote: str | None = None) -> Self:
        """Return the citation of `quote` (the whole passage when None) in a chunk of `article`."""
        return cls(
            title=article.title,
            source=article.source,
            heading=chunk.heading,
            quote=chunk.text if quote is None else quote,
            passage=chunk.text,
            chunk_id=chunk.chunk_id,
            author=article.author,
            published=article.published,
            number=article.number,
            amends=article.amends,
        )
