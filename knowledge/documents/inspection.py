"""What an editor should know about a document before it is put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from knowledge.articles.article import Article, Heading, text_lines
from knowledge.articles.chunker import chunk_article
from knowledge.documents.details import MAX_LINE, DetailField, DocumentDetails, display_name
from knowledge.documents.loader import article_files
from knowledge.documents.near_duplicates import (
    Fingerprint,
    KeptFingerprints,
    NearDuplicate,
    near_duplicates,
)
from knowledge.documents.personal_data import PersonalData, find_personal_data
from knowledge.documents.text_comparison import TextComparison, compare_texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from knowledge.articles.reading import LeftOut, Reading
    from knowledge.documents.store import DocumentStore

_PREVIEW = 1_500
_HEADINGS = 30


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found; `headings` are at most the first 30 of `heading_count`.

    `comparison` is with the text of the document that it is to replace.
    """

    guess: DocumentDetails
    headings: tuple[str, ...]
    heading_count: int
    chunks: int
    characters: int
    preview: str
    duplicates: tuple[NearDuplicate, ...]
    personal_data: tuple[PersonalData, ...]
    notes: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    comparison: TextComparison | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that another is to replace; `reading` is None when it is damaged."""

    article_id: str
    title: str
    reading: Reading | None


def existing_fingerprints(store: DocumentStore, articles_dir: Path) -> list[Fingerprint]:
    """Return what a new document is compared with: the folder's articles, the documents in use.

    Raises ArticlesFolderError, StorageError.
    """
    files = [*article_files(articles_dir), *store.article_files()]
    return KeptFingerprints(store.fingerprints).of(files)


def inspect_document(
    reading: Reading,
    name: str,
    existing: Iterable[Fingerprint],
    replaced: Replaced | None = None,
) -> Inspection:
    """Look at what was read of the document called `name`.

    It is compared with the `existing` articles (`existing_fingerprints`), except the one that it is
    to replace, whose title stays where it states none itself; the guessed title falls back on
    the name.
    """
    guess = guessed_details(reading, name)
    if reading.title is None and replaced is not None:
        guess = replace(guess, title=replaced.title)
    article = Article(
        article_id=replaced.article_id if replaced else "",
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
    old = replaced.reading if replaced else None
    return Inspection(
        guess=guess,
        headings=tuple(headings[:_HEADINGS]),
        heading_count=len(headings),
        chunks=len(chunk_article(article)),
        characters=reading.characters,
        preview=reading_excerpt(reading),
        duplicates=near_duplicates(Fingerprint.of(article), existing),
        personal_data=find_personal_data(text),
        notes=reading.notes,
        left_out=reading.left_out,
        comparison=compare_texts(old.text, text) if old else None,
    )


def reading_excerpt(reading: Reading) -> str:
    """Return the beginning of the text in at most 1,500 characters, one block on each line."""
    text = ""
    for line in text_lines(reading.blocks):
        text = f"{text}\n{line}" if text else line
        if len(text) > _PREVIEW:
            return text[: _PREVIEW - 1].rstrip() + "…"
    return text


def guessed_details(reading: Reading, name: str) -> DocumentDetails:
    """Return what a document called `name` states about itself; the name may be its title."""
    stem = PurePosixPath(display_name(name)).stem.replace("_", " ").replace("-", " ")
    title = " ".join((reading.title or stem).split())[:MAX_LINE]
    source = _line(reading.source)
    signer = ", ".join(filter(None, (reading.signer, reading.signer_title)))
    return DocumentDetails(
        title,
        source,
        reading.published,
        number=reading.number,
        issuer=_line(reading.issuer),
        signer=_line(signer),
        summary=_line(reading.summary),
        amends=reading.amends,
    )


def typed_details(
    old: DocumentDetails, old_guess: DocumentDetails, new: DocumentDetails
) -> dict[DetailField, str]:
    """Return the details of a replaced document that people had typed and the new one lacks."""
    return {
        field: value
        for field in DetailField
        if (value := getattr(old, field)) is not None
        and value not in {getattr(old_guess, field), getattr(new, field)}
    }


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split())[:MAX_LINE] or None
