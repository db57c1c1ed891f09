"""Changes that somebody decided against: kept out of later versions until they are wanted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from knowledge.index.manifest import IndexVersion


@dataclass(frozen=True, slots=True)
class SetAside:
    """How an article was in the version that was discarded or left: not at all, without a hash.

    `edition` is that of a stored document.
    """

    content_hash: str | None
    edition: str | None = None


SET_ASIDE = TypeAdapter(dict[str, SetAside])


def changes(left: IndexVersion, kept: IndexVersion) -> dict[str, SetAside]:
    """Return, by article, what is otherwise in the version `left` than in the one that is kept."""
    there = {entry.article_id: entry.content_hash for entry in kept.articles}
    changed = {
        entry.article_id: SetAside(entry.content_hash, entry.edition)
        for entry in left.articles
        if there.get(entry.article_id) != entry.content_hash
    }
    gone = there.keys() - {entry.article_id for entry in left.articles}
    return changed | dict.fromkeys(gone, SetAside(None))


def without_those_in(set_aside: dict[str, SetAside], live: IndexVersion) -> dict[str, SetAside]:
    """Return what is set aside apart from what the live version has by now."""
    there = {entry.article_id: entry.content_hash for entry in live.articles}
    return {
        article_id: change
        for article_id, change in set_aside.items()
        if there.get(article_id) != change.content_hash
    }
