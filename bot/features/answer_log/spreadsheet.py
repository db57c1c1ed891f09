"""The answer log as a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.answer_log import texts
from bot.office_time import office_clock
from bot.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.features.answer_log.store import ExportedAnswer
    from knowledge.documents.workbook import Cell

_WIDTHS = (11, 18, 8, 9, 60, 40, 10, 10, 10, 10, 40, 40, 80, 80, 8, 8, 24, 18)


def spreadsheet(answers: Sequence[ExportedAnswer]) -> Spreadsheet:
    """Return a row for each answer; moments as the office's clocks show them."""
    return Spreadsheet(texts.SHEET, texts.COLUMNS, [_row(found) for found in answers], _WIDTHS)


def _row(found: ExportedAnswer) -> Sequence[Cell]:
    answer = found.answer
    return (
        answer.answer_id,
        office_clock(answer.shown_at),
        texts.CHAT_KINDS[answer.chat_kind],
        found.person,
        answer.question,
        answer.restored_question or "",
        texts.REFUSED if answer.refused else texts.ANSWERED,
        answer.confidence,
        answer.kb_version,
        answer.latency_ms,
        "\n".join(dict.fromkeys(passage.title for passage in answer.passages)),
        "\n".join(dict.fromkeys(p.heading for p in answer.passages if p.heading)),
        "\n".join(passage.quote for passage in answer.passages),
        answer.written or "",
        found.up,
        found.down,
        ", ".join(texts.REASONS[reason] for reason in dict.fromkeys(found.reasons)),
        None if found.handled_at is None else office_clock(found.handled_at),
    )
