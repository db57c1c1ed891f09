"""What an article is called for people: its title, its source, the file that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.office_time import shown_date
from bot.telegram.formatting import clip
from knowledge.documents.stored_document import ARTICLE_PREFIX

if TYPE_CHECKING:
    from knowledge import Citation, ReloadReport

_TITLE_UNITS = 90
_PLACE_UNITS = 60


def article_name(report: ReloadReport, article_id: str) -> str:
    """Return "Quy chế làm việc (D1)", or only the place where the report knows no title."""
    place = clip(place_of(article_id), _PLACE_UNITS)
    title = report.titles.get(article_id)
    return place if title is None else f"{clip(title, _TITLE_UNITS)} ({place})"


def source_line(citation: Citation) -> str:
    """Return an article's source, an official document's with its number and date."""
    if citation.number is None:
        return citation.source
    number = "" if citation.number in citation.source else f", số {citation.number}"
    day = f" ngày {shown_date(citation.published)}" if citation.published else ""
    return f"{citation.source}{number}{day}"


def place_of(article_id: str) -> str:
    """Return the number of a stored document, or the file's path in the folder."""
    return article_id.removeprefix(ARTICLE_PREFIX)
