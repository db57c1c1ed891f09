"""Drafts and documents as Telegram messages in HTML, each within Telegram's length."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.article_name import place_of
from bot.features.documents import texts
from bot.limits import MESSAGE_UNITS
from bot.office_time import shown, shown_date
from bot.telegram.formatting import HtmlBlock, clip, escape
from bot.vietnamese_numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.features.documents.pending_uploads import Draft
    from knowledge.documents.details import DocumentDetails
    from knowledge.documents.inspection import Inspection
    from knowledge.documents.personal_data import PersonalData
    from knowledge.documents.stored_document import StoredDocument

_LINE = 160
_NOTE = 260
_WHO = 60
_HEADINGS = 8
_NOTES = 5
_HEAD_UNITS = 1_000  # for name, title, source and date, which change while the draft waits
_LEAST_PREVIEW = 80


def draft_card(draft: Draft) -> str:
    """Return the message that shows a draft."""
    lines = [f"<b>{texts.CARD_HEAD}</b>", f"{texts.FILE}: {escape(draft.name, 110)}"]
    if draft.replaces:
        lines.append(texts.REPLACES.format(document=draft.replaces))
    lines += _detail_lines(draft.details)
    return "\n".join([*lines, "", draft.report])


def inspection_report(inspection: Inspection, same_file: StoredDocument | None) -> HtmlBlock:
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
    if same_file is not None:
        retired = "" if same_file.is_active else texts.SAME_FILE_RETIRED
        title = clip(same_file.details.title, _LINE)
        parts.append(
            HtmlBlock.plain(
                texts.SAME_FILE.format(document=same_file.document_id, title=title, retired=retired)
            )
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
    headings = [clip(heading, 80) for heading in inspection.headings[:_HEADINGS]]
    if (more := inspection.heading_count - len(headings)) > 0:
        headings.append(texts.MORE_HEADINGS.format(count=more))
    parts += _section(texts.HEADINGS, headings)
    report = _joined(_fitting(parts, MESSAGE_UNITS - _HEAD_UNITS))
    room = MESSAGE_UNITS - _HEAD_UNITS - report.units - len(texts.PREVIEW) - 4
    if inspection.preview and room >= _LEAST_PREVIEW:
        report = _joined([report, _quote(texts.PREVIEW, inspection.preview, room)])
    return report


def list_text(documents: Sequence[StoredDocument], page: int, pages: int) -> str:
    """Return the message above the buttons of the list."""
    active = sum(document.is_active for document in documents)
    head = texts.LIST_HEAD.format(active=active, retired=len(documents) - active)
    return f"<b>{head}</b>\n{texts.LIST_PAGE.format(page=page, pages=pages)}"


def document_text(document: StoredDocument, excerpt: str, *, added_by: str, changed_by: str) -> str:
    """Return the message that shows a document: what is known of it and how it begins.

    `added_by` and `changed_by` say in words who did it.
    """
    state = texts.STATE_ACTIVE if document.is_active else texts.STATE_RETIRED
    name = f"{escape(document.name, 110)}, {document.size / 1024:,.0f} KB"
    added = texts.ADDED.format(when=office_time(document.added_at), who=escape(added_by, _WHO))
    lines = [
        f"<b>📄 {document.document_id}</b>",
        *_detail_lines(document.details),
        f"{texts.STATE}: {state}",
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
    quote = _quote(texts.PREVIEW, excerpt, MESSAGE_UNITS - 2 * _HEAD_UNITS)
    return "\n".join([*lines, "", quote.html])


def office_time(at: str) -> str:
    """Return a time (UTC, ISO 8601) as the office writes it."""
    return shown(dt.datetime.fromisoformat(at))


def _detail_lines(details: DocumentDetails) -> list[str]:
    day = shown_date(details.published) if details.published else None
    return [
        f"{texts.TITLE}: <b>{escape(details.title, 300)}</b>",
        f"{texts.SOURCE}: {escape(details.source or texts.UNKNOWN, 300)}",
        f"{texts.PUBLISHED}: {escape(day or texts.UNKNOWN, 40)}",
    ]


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


def _quote(title: str, text: str, room: int) -> HtmlBlock:
    shown = HtmlBlock.plain(clip(text, room))
    return HtmlBlock(
        f"<b>{title}</b>\n<blockquote expandable>{shown.html}</blockquote>",
        shown.units + len(title) + 1,
    )


def _joined(parts: Sequence[HtmlBlock]) -> HtmlBlock:
    return HtmlBlock(
        "\n".join(part.html for part in parts), sum(part.units + 1 for part in parts) - 1
    )
