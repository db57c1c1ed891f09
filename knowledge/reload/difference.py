"""What the live version has otherwise than the folder of articles and the store of documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.documents.loader import content_hash
from knowledge.errors import ArticleError
from knowledge.index.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.documents.loader import ArticleFile
    from knowledge.index.standing import VersionContents


@dataclass(frozen=True, slots=True)
class Difference:
    """The ids of articles that a reload would change.

    Those that wait for a decision, or are set aside, are left out.
    """

    documents: tuple[str, ...]
    """Of the store."""
    articles: tuple[str, ...]
    """Of the folder."""


def difference(files: Sequence[ArticleFile], versions: VersionContents) -> Difference:
    """Compare the articles there are with the live version; only the folder's files are read."""
    other = [file for file in files if _differs(file, versions)]
    present = {file.article_id for file in files}
    gone = [
        entry.article_id
        for entry in versions.live.values()
        if entry.article_id not in present
        and (not versions.waiting or entry.article_id in versions.waiting)
        and not _gone_is_set_aside(entry.article_id, versions)
    ]
    stored = {file.article_id for file in files if file.stated is not None}
    stored |= {name for name in gone if versions.live[name].is_stored}
    names = [file.article_id for file in other] + gone
    return Difference(
        tuple(name for name in names if name in stored),
        tuple(name for name in names if name not in stored),
    )


def _differs(file: ArticleFile, versions: VersionContents) -> bool:
    if file.stated is not None:
        return (
            versions.standing(file) is Standing.NOT_YET and file.article_id not in versions.failed
        )
    name = file.article_id
    known = [
        entry.content_hash
        for entry in (versions.live.get(name), versions.waiting.get(name))
        if entry is not None
    ]
    if (aside := versions.set_aside.get(name)) is not None and aside.content_hash is not None:
        known.append(aside.content_hash)
    try:
        return content_hash(file) not in known
    except ArticleError:
        return name in versions.live and name not in versions.failed


def _gone_is_set_aside(name: str, versions: VersionContents) -> bool:
    aside = versions.set_aside.get(name)
    return aside is not None and aside.content_hash is None
