"""Drafts and documents as Telegram messages in HTML, each within Telegram's length."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article_name import place_of
from bot.features.documents import texts
from bot.features.documents.reading_view import preview
from bot.limits import MESSAGE_UNITS
from bot.office_time import shown, shown_date
from bot.telegram.formatting import HtmlBlock, clip, escape
from bot.telegram.tables import joined
from bot.vietnamese_numbers import number
from knowledge.documents.details import DetailField
from knowledge.entities.document_numbers import same_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from bot.features.documents.pending_uploads import Draft
    from knowledge import Standing
    from knowledge.articles.article import Block
    from knowledge.articles.reading import LeftOut
    from knowledge.documents.details import DocumentDetails
    from knowledge.documents.inspection import Inspection
    from knowledge.documents.personal_data import PersonalData
    from knowledge.documents.stored_document import StoredDocument
    from knowledge.documents.text_comparison import TextComparison
    from knowledge.entities.amendments import Amendment

_LINE = 160
_NOTE = 260
_WHO = 60
_HEADINGS = 8
_NOTES = 5
_CHANGES = 6
_OFFERED = 40
_CHANGE_START = 30
_HEAD_UNITS = 2_100  # for the name and the details, which change while the draft waits
_CARD_UNITS = MESSAGE_UNITS - _HEAD_UNITS
_LEAST_PREVIEW = 80
_WHO_UNITS = 400
_WHOLE_NOTE = 1_400

DETAIL_NAMES = {
    DetailField.TITLE: texts.TITLE,
    DetailField.SOURCE: texts.SOURCE,
    DetailField.PUBLISHED: texts.PUBLISHED,
    DetailField.NUMBER: texts.NUMBER,
    DetailField.ISSUER: texts.ISSUER,
    DetailField.SIGNER: texts.SIGNER,
    DetailField.SUMMARY: texts.SUMMARY,
}
"""What people call the details."""


def draft_card(draft: Draft) -> str:
    """Return the message that shows a draft."""
    lines = [f"<b>{texts.CARD_HEAD}</b>", f"{texts.FILE}: {escape(draft.name, 110)}"]
    if draft.replaces:
        lines.append(texts.REPLACES.format(document=draft.replaces))
    lines += _detail_lines(draft.details)
    if draft.offered:
        lines.append(f"<i>{texts.OFFERED.format(document=draft.replaces)}</i>")
        lines += [
            f"• {DETAIL_NAMES[name]}: {escape(value, _OFFERED)}"
            for name, value in draft.offered.items()
        ]
    return "\n".join([*lines, "", draft.report])


@dataclass(frozen=True, slots=True)
class StoreFindings:
    """What the store has to do with a document that was sent.

    `same_file` has the same bytes, `replaced` is to be replaced, those of `ended` have no force any
    more as the document says.
    """

    same_file: StoredDocument | None = None
    replaced: StoredDocument | None = None
    ended: Sequence[StoredDocument] = ()


def inspection_report(
    inspection: Inspection, blocks: Sequence[Block], store: StoreFindings
) -> HtmlBlock:
    """Return what was found in a document: the part of its card that doesn't change."""
    parts = [
        HtmlBlock.plain(
            texts.CONTENT.format(
                chunks=inspection.chunks,
                characters=number(inspection.characters),
                headings=inspection.heading_count,
            )
        )
    ]
    if (same := store.same_file) is not None:
        retired = "" if same.is_active else texts.SAME_FILE_RETIRED
        title = clip(same.details.title, _LINE)
        parts.append(
            HtmlBlock.plain(
                texts.SAME_FILE.format(document=same.document_id, title=title, retired=retired)
            )
        )
    for ended in store.ended:
        verb = _verb(inspection.guess.amends, ended)
        title = clip(ended.details.title, 90)
        parts.append(
            HtmlBlock.plain(texts.ENDS.format(verb=verb, document=ended.document_id, title=title))
        )
    parts += _section(
        texts.DUPLICATES,
        (
            texts.DUPLICATE.format(
                share=found.share,
                title=clip(found.title, 90),
                article=clip(place_of(found.article_id), 60),
            )
            for found in inspection.duplicates
        ),
    )
    parts += _section(texts.PERSONAL_DATA, map(_personal, inspection.personal_data))
    parts += _section(texts.NOTES, inspection.notes[:_NOTES], _NOTE)
    if (more := len(inspection.notes) - _NOTES) > 0:
        parts.append(HtmlBlock.plain(texts.MORE_NOTES.format(count=more)))
    parts += _section(texts.LEFT_OUT, map(str, inspection.left_out))
    if inspection.comparison is not None and store.replaced is not None:
        parts += change_views(inspection.comparison, store.replaced.document_id, _CHANGES)
    headings = [clip(heading, 80) for heading in inspection.headings[:_HEADINGS]]
    if (more := inspection.heading_count - len(headings)) > 0:
        headings.append(texts.MORE_HEADINGS.format(count=more))
    parts += _section(texts.HEADINGS, headings)
    report = joined(_fitting(parts, _CARD_UNITS))
    room = _CARD_UNITS - report.units - len(texts.PREVIEW) - 4
    shown = preview(blocks, room) if room >= _LEAST_PREVIEW else None
    return joined([report, HtmlBlock.plain(texts.PREVIEW, "b"), shown]) if shown else report


def change_views(
    comparison: TextComparison, document_id: str, limit: int | None = None
) -> list[HtmlBlock]:
    """Return how many lines are different from those of a document, and the first of them."""
    if not comparison.count:
        return [HtmlBlock.plain(texts.NO_CHANGES.format(document=document_id))]
    head = texts.CHANGES.format(
        document=document_id,
        changed=comparison.changed,
        added=comparison.added,
        removed=comparison.removed,
    )
    views = [HtmlBlock.plain(head, "b")]
    shown = comparison.first[:limit]
    for change in shown:
        start = _start_of_difference(change.old or "", change.new or "")
        for line, mark in ((change.old, texts.OLD_LINE), (change.new, texts.NEW_LINE)):
            if line is not None:
                part = ("… " if start else "") + line[start:]
                views.append(HtmlBlock.plain(mark.format(line=clip(part, _LINE))))
    if (more := comparison.count - len(shown)) > 0:
        views.append(HtmlBlock.plain(texts.MORE_CHANGES.format(count=more)))
    return views


def reading_intro(inspection_notes: Sequence[str], left_out: Sequence[LeftOut]) -> list[HtmlBlock]:
    """Return all that is to be said before a whole text: its notes and what was left out."""
    notes = _section(texts.NOTES, inspection_notes, _WHOLE_NOTE)
    return notes + _section(texts.LEFT_OUT, map(str, left_out), _WHOLE_NOTE)


def list_text(standings: Collection[Standing], page: int, pages: int) -> str:
    """Return the message above the buttons of the list."""
    counted = Counter(standings)
    counts = ", ".join(
        f"{counted[standing]} {words}"
        for standing, words in texts.STANDINGS.items()
        if counted[standing]
    )
    head = texts.LIST_HEAD.format(counts=counts)
    return f"<b>{head}</b>\n{texts.LIST_PAGE.format(page=page, pages=pages)}"


def document_text(
    document: StoredDocument,
    beginning: Sequence[Block],
    standing: Standing,
    *,
    added_by: str,
    changed_by: str,
) -> str:
    """Return the message that shows a document: what is known of it and how it begins.

    `added_by` and `changed_by` say in words who did it.
    """
    hint = texts.STANDING_HINTS.get(standing)
    name = f"{escape(document.name, 110)}, {document.size / 1024:,.0f} KB"
    added = texts.ADDED.format(when=office_time(document.added_at), who=escape(added_by, _WHO))
    lines = [
        f"<b>📄 {document.document_id}</b>",
        *_detail_lines(document.details),
        f"{texts.STATE}: {texts.STANDINGS[standing]}",
        *([f"<i>{hint}</i>"] if hint else []),
        f"{texts.FILE}: {name}",
        added,
    ]
    if document.changed_at != document.added_at:
        lines.append(
            texts.CHANGED.format(
                when=office_time(document.changed_at), who=escape(changed_by, _WHO)
            )
        )
    if document.replaces:
        lines.append(texts.REPLACES.format(document=document.replaces))
    shown = preview(beginning, _CARD_UNITS - _WHO_UNITS)
    return "\n".join([*lines, "", f"<b>{texts.PREVIEW}</b>", shown.html if shown else ""])


def office_time(at: str) -> str:
    """Return a time (UTC, ISO 8601) as the office writes it."""
    return shown(dt.datetime.fromisoformat(at))


def _detail_lines(details: DocumentDetails) -> list[str]:
    day = shown_date(details.published) if details.published else None
    amends = "; ".join(map(str, details.amends))
    official = (
        (texts.NUMBER, details.number, 60),
        (texts.ISSUER, details.issuer, 150),
        (texts.SIGNER, details.signer, 120),
        (texts.SUMMARY, details.summary, 240),
        (texts.AMENDS, amends, 240),
    )
    return [
        f"{texts.TITLE}: <b>{escape(details.title, 300)}</b>",
        f"{texts.SOURCE}: {escape(details.source or texts.UNKNOWN, 240)}",
        f"{texts.PUBLISHED}: {escape(day or texts.UNKNOWN, 40)}",
        *(f"{name}: {escape(value, limit)}" for name, value, limit in official if value),
    ]


def _verb(amends: Sequence[Amendment], document: StoredDocument) -> str:
    number = document.details.own_number or ""
    return next((one.verb for one in amends if one.ends and same_number(one.number, number)), "")


def _start_of_difference(old: str, new: str) -> int:
    """Return where to begin showing two lines so that what is different can be seen."""
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    if same <= 2 * _CHANGE_START:
        return 0
    return max(old.rfind(" ", 0, same - _CHANGE_START) + 1, 0)


def _section(title: str, lines: Iterable[str], limit: int = _LINE) -> list[HtmlBlock]:
    shown = [HtmlBlock.plain(f"• {clip(line, limit)}") for line in lines]
    return [HtmlBlock.plain(title, "b"), *shown] if shown else []


def _fitting(parts: Sequence[HtmlBlock], limit: int) -> list[HtmlBlock]:
    """Return the first parts that fit; the headings, which come last, matter least."""
    fitting: list[HtmlBlock] = []
    for part in parts:
        limit -= part.units + 1
        if limit < 0:
            break
        fitting.append(part)
    return fitting


def _personal(found: PersonalData) -> str:
    return texts.PERSONAL.format(
        kind=texts.PERSONAL_KINDS[found.kind],
        count=found.count,
        samples=", ".join(clip(sample, 30) for sample in found.samples),
    )
