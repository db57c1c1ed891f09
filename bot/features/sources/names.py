"""What sources and topics are called in a line or on a button: article › heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.sources import texts
from bot.limits import BUTTON_UNITS
from bot.telegram.formatting import clip, utf16_units
from knowledge.articles.chunker import HEADING_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge import Citation, Topic

_MOST_SOURCES = 3
_ARTICLE_UNITS = 90
_HEADING_UNITS = 90
_BUTTON_ARTICLE_UNITS = 24


def source_names(citations: Sequence[Citation]) -> list[str]:
    """Return "Nguồn: Nội quy › Điều 3", a line a source, of at most three in their order."""
    names = (_name(one.title, one.heading) for one in citations)
    return [f"{texts.SOURCE}: {name}" for name in list(dict.fromkeys(names))[:_MOST_SOURCES]]


def topic_label(topic: Topic) -> str:
    """Return "Nội quy › Điều 3" so that a button shows it."""
    if not topic.article:
        return clip(topic.title, BUTTON_UNITS)
    article = f"{clip(topic.article, _BUTTON_ARTICLE_UNITS)}{HEADING_SEPARATOR}"
    return article + clip(topic.title, BUTTON_UNITS - utf16_units(article))


def _name(title: str, heading: str) -> str:
    """Return an article and the path of headings in it; of a long path the last heading."""
    if utf16_units(heading) > _HEADING_UNITS:
        heading = heading.rsplit(HEADING_SEPARATOR, 1)[-1]
    parts = [clip(title, _ARTICLE_UNITS), clip(heading, _HEADING_UNITS)]
    return HEADING_SEPARATOR.join(" ".join(part.split()) for part in parts if part)
