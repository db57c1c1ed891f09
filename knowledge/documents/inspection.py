"""What an editor should know about a document before it is put in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from knowledge.articles.article import Article, Heading, text_lines
from knowledge.articles.chunker import chunk_article
from knowledge.documents.details import MAX_LINE, DocumentDetails, display_name
from knowledge.documents.near_duplicates import (
    Fingerprint,
    NearDuplicate,
    fingerprint_of,
    near_duplicates,
)
from knowledge.documents.personal_data import PersonalData, find_personal_data
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knowledge.articles.reading import Reading
    from knowledge.documents.loader import ArticleFile

_PREVIEW = 1_500
_HEADINGS = 30


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found; `headings` are at most the first 30 of `heading_count`."""

    guess: DocumentDetails
    headings: tuple[str, ...]
    heading_count: int
    chunks: int
    characters: int
    preview: str
    duplicates: tuple[NearDuplicate, ...]
    personal_data: tuple[PersonalData, ...]
    notes: tuple[str, ...]


def inspect_document(
    reading: Reading,
    name: str,
    existing: Iterable[ArticleFile],
    *,
    article_id: str = "",
) -> Inspection:
    """Look at what was read of the document called `name`.

    It is compared with the `existing` articles except the one called `article_id`, which it is to
    replace. The guessed title falls back on the name.
    """
    guess = _guess(reading, name)
    article = Article(
        article_id=article_id,
        title=guess.title,
        source=guess.source or "",
        author=reading.author,
        published=guess.published,
        tags=reading.tags,
        blocks=reading.blocks,
        content_hash="",
    )
    headings = [block.text for block in reading.blocks if isinstance(block, Heading)]
    text = reading.text
    return Inspection(
        guess=guess,
        headings=tuple(headings[:_HEADINGS]),
        heading_count=len(headings),
        chunks=len(chunk_article(article)),
        characters=reading.characters,
        preview=reading_excerpt(reading),
        duplicates=near_duplicates(Fingerprint.of(article), _readable(existing)),
        personal_data=find_personal_data(text),
        notes=reading.notes,
    )


def reading_excerpt(reading: Reading) -> str:
    """Return the beginning of the text in at most 1,500 characters, one block on each line."""
    text = ""
    for line in text_lines(reading.blocks):
        text = f"{text}\n{line}" if text else line
        if len(text) > _PREVIEW:
            return text[: _PREVIEW - 1].rstrip() + "…"
    return text


def _guess(reading: Reading, name: str) -> DocumentDetails:
    stem = PurePosixPath(display_name(name)).stem.replace("_", " ").replace("-", " ")
    title = " ".join((reading.title or stem).split())[:MAX_LINE]
    source = " ".join((reading.source or "").split())[:MAX_LINE] or None
    return DocumentDetails(title, source, reading.published)


def _readable(files: Iterable[ArticleFile]) -> Iterator[Fingerprint]:
    for file in files:
        try:
            yield fingerprint_of(file)
        except ArticleError:
            continue  # a reload reports it; it can't be compared with
