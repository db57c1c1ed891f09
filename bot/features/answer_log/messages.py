"""Gaps, logged answers and statistics as Telegram messages in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.features.answer_log import texts
from bot.features.answer_log.buttons import GAPS_A_PAGE
from bot.features.answer_log.statistics_picture import latency, span_of
from bot.office_time import OFFICE_TIME, shown_day
from bot.telegram.formatting import clip, escape
from bot.vietnamese_numbers import decimal, number, percentage

if TYPE_CHECKING:
    from bot.features.answer_log.buttons import GapsPress
    from bot.features.answer_log.gaps import Gap
    from bot.features.answer_log.logged_answer import Feedback, LoggedAnswer
    from bot.features.answer_log.statistics import Statistics

_QUESTION_UNITS = 200
_QUOTE_UNITS = 400
_TITLE_UNITS = 120
_ARGUMENT_CHARACTERS = 64
_PASSAGES = 4


def gaps_text(gaps: list[Gap], press: GapsPress) -> str:
    """Return a page of gaps, numbered through; it fits in one message."""
    period = texts.PERIODS.get(press.days, f"{press.days} ngày")
    title = texts.GAPS_TITLE.format(period=period)
    if not gaps:
        return f"{title}\n\n{texts.NO_GAPS}"
    summary = texts.GAPS_SUMMARY.format(
        asked=number(sum(gap.asked for gap in gaps)), groups=number(len(gaps))
    )
    first = press.page * GAPS_A_PAGE
    entries = [
        _entry(place, gap) for place, gap in enumerate(gaps[first : first + GAPS_A_PAGE], first + 1)
    ]
    return "\n\n".join([f"{title}\n{summary}", *entries, texts.HANDLED_HINT])


def _entry(place: int, gap: Gap) -> str:
    details = []
    if gap.refused:
        details.append(texts.GAP_REFUSED.format(refused=number(gap.refused)))
    if gap.down:
        reasons = ", ".join(f"{texts.REASONS[why].lower()} {n}" for why, n in gap.reasons)
        down = texts.GAP_DOWN.format(down=number(gap.down))
        details.append(f"{down} ({reasons})" if reasons else down)
    details.append(texts.GAP_ID.format(answer_id=f"<code>{gap.answer_ids[0]}</code>"))
    asked = texts.GAP_ASKED.format(
        asked=number(gap.asked),
        people=number(gap.people),
        last=gap.last_asked.astimezone(OFFICE_TIME).strftime("%d/%m %H:%M"),
    )
    example = escape(gap.example, _QUESTION_UNITS)
    return f"{place}. <b>{example}</b>\n{asked}\n{' · '.join(details)}"


def answer_text(answer: LoggedAnswer, feedback: Feedback) -> str:
    """Return what the log holds of one answer, within one message."""
    confidence = decimal(answer.confidence, ".2f")
    outcome = texts.ANSWER_REFUSED if answer.refused else texts.ANSWER_ANSWERED
    question = clip(answer.question, _QUESTION_UNITS) or texts.ANSWER_ERASED
    lines = [
        texts.ANSWER_TITLE.format(
            answer_id=answer.answer_id,
            moment=answer.shown_at.astimezone(OFFICE_TIME).strftime("%d/%m/%Y %H:%M"),
            kb_version=escape(answer.kb_version),
        ),
        texts.ANSWER_QUESTION.format(question=escape(question)),
        outcome.format(confidence=confidence),
        *_written_line(answer),
        *(
            f"<blockquote>{escape(passage.quote, _QUOTE_UNITS)}\n"
            f"<i>{escape(passage.title, _QUESTION_UNITS)}</i></blockquote>"
            for passage in answer.passages[:_PASSAGES]
        ),
        texts.ANSWER_VOTES.format(up=feedback.up, down=feedback.down),
    ]
    return "\n".join(lines)


def _written_line(answer: LoggedAnswer) -> list[str]:
    """Return the line with what a language model wrote, if one did."""
    if answer.written is None:
        return []
    return [texts.ANSWER_WRITTEN.format(written=escape(answer.written, _QUOTE_UNITS))]


def caption_of(found: Statistics) -> str:
    """Return the short text under the picture, in HTML; it fits in a caption."""
    period, total = found.period, found.total
    note = ""
    if found.people_from is not None:
        note = texts.PEOPLE_NOTE.format(day=shown_day(found.people_from))
    text = texts.CAPTION.format(
        period=texts.PERIODS.get(period.length, f"{period.length} ngày"),
        span=span_of(period),
        questions=number(found.questions),
        share=percentage(found.answered_share),
        refused=number(total.refused),
        up=number(total.up),
        down=number(total.down),
        people=number(found.people),
        people_note=note,
        p50=latency(found.latency_p50),
        p95=latency(found.latency_p95),
    )
    if found.articles:
        most = found.articles[0]
        name = escape(most.name, _TITLE_UNITS)
        text += "\n" + texts.CAPTION_ARTICLE.format(name=name, answers=number(most.answers))
    return text


def not_understood(argument: str, usage: str, most: int = texts.MOST_DAYS) -> str:
    """Return the line for what somebody typed after a command that takes days."""
    shown = escape(argument[:_ARGUMENT_CHARACTERS])
    return texts.BAD_ARGUMENT.format(argument=shown, usage=usage, most=most)
