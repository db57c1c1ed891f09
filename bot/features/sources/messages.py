"""Answers, topics and sources as messages in HTML, each within Telegram's length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.article_name import source_line
from bot.features.sources import texts
from bot.features.sources.names import source_names
from bot.limits import MESSAGE_UNITS
from bot.office_time import shown_date
from bot.telegram.formatting import HtmlBlock, clip, escape, pack, split_text, utf16_units
from bot.telegram.tables import table_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge import Answer, AnswerSentence, AnswerTable, Citation

_META_UNITS = 300  # of a title, heading or source line
_HEAD_UNITS = 4 * (_META_UNITS + 20)


def answer_messages(answer: Answer, *, asked: str | None = None) -> list[str]:
    """Return the messages of an answer or refusal; `asked` is shown first, for button presses."""
    blocks: list[HtmlBlock] = []
    if asked is not None:
        blocks.append(HtmlBlock.plain(f"❓ {clip(asked, _META_UNITS)}", "i"))
    if answer.understood is not None:
        blocks.append(HtmlBlock.plain(understood_of(answer.understood), "i"))
    if answer.notice:
        blocks.append(HtmlBlock.plain(notice_of(answer)))
    if answer.table is not None:
        blocks += _table_blocks(answer.table, 0)
    else:
        bullet = "• " if len(answer.sentences) > 1 else ""
        for sentence in answer.sentences:
            blocks.extend(_sentence_blocks(sentence, bullet))
    blocks += _source_blocks(answer)
    if answer.alternatives:
        blocks.append(HtmlBlock.plain(texts.ALTERNATIVES, "i"))
    return pack(blocks)


def understood_of(question: str) -> str:
    """Return the line that tells what a follow-up was taken for."""
    return texts.UNDERSTOOD.format(question=clip(question, _META_UNITS))


def notice_of(answer: Answer) -> str:
    """Return the line before an answer's sentences; a refusal's leads its topics in."""
    notice = answer.notice or ""
    if not (answer.refused and answer.topics):
        return notice
    return f"{notice} {texts.NEAREST_IN_ENGLISH if answer.english else texts.NEAREST_TOPICS}"


def table_messages(table: AnswerTable, offset: int) -> list[str]:
    """Return the messages of some rows of a table, of which the first is number `offset`."""
    return pack(_table_blocks(table, offset))


def _table_blocks(table: AnswerTable, offset: int) -> list[HtmlBlock]:
    """Return the table's name, how many of its rows are shown, and the rows."""
    blocks = [HtmlBlock.plain(clip(table.caption, _META_UNITS), "b")]
    if len(table.rows) < table.total:
        shown = texts.ROWS.format(
            first=offset + 1, last=offset + len(table.rows), total=table.total
        )
        blocks.append(HtmlBlock.plain(shown, "i"))
    return [*blocks, *table_view(table.columns, table.rows)]


def topic_messages(answer: Answer) -> list[str]:
    """Return the messages of a topic: its title, the beginning of its passage and its source."""
    title = HtmlBlock.plain(clip(answer.question, _META_UNITS), "b")
    shown = [block for one in answer.sentences for block in _sentence_blocks(one, "")]
    return pack([title, *shown, *_source_blocks(answer)])


def passage_message(passage: AnswerSentence) -> str:
    """Return the words of a passage under its title, with the source below, in one message."""
    name = HtmlBlock.plain("\n".join(source_names([passage.citation])), "i")
    text = clip(passage.text + passage.shown_note, MESSAGE_UNITS - name.units - _META_UNITS)
    return "\n\n".join([escape(text), name.html])


def source_messages(citations: Sequence[Citation]) -> list[str]:
    """Return each passage in an expandable quote under its title, source and date."""
    blocks: list[HtmlBlock] = []
    for citation in citations:
        head = f"{_source_head(citation)}\n"
        for part in split_text(citation.passage, MESSAGE_UNITS - _HEAD_UNITS):
            blocks.append(HtmlBlock.of(f"{head}<blockquote expandable>{escape(part)}</blockquote>"))
            head = ""
    return pack(blocks)


def _source_blocks(answer: Answer) -> list[HtmlBlock]:
    """Return the lines that name the answer's sources, none without any, and whose words it is."""
    lines = [texts.WRITTEN_BY_MODEL] if answer.generated else []
    lines += source_names(answer.citations)
    return [HtmlBlock.plain("\n".join(lines), "i")] if lines else []


def _sentence_blocks(sentence: AnswerSentence, bullet: str) -> list[HtmlBlock]:
    """Return the sentence with its highlights in bold; one too long for a message loses them."""
    plain = bullet + sentence.text + sentence.shown_note
    if utf16_units(plain) > MESSAGE_UNITS:
        return [HtmlBlock.plain(part) for part in split_text(plain, MESSAGE_UNITS)]
    pieces = [bullet]
    done = 0
    for start, end in sentence.highlights:
        pieces.append(escape(sentence.text[done:start]))
        pieces.append(f"<b>{escape(sentence.text[start:end])}</b>")
        done = end
    pieces.append(escape(sentence.text[done:]))
    if sentence.note:
        pieces.append(f"<i>{escape(sentence.shown_note)}</i>")
    return [HtmlBlock.of("".join(pieces))]


def _source_head(citation: Citation) -> str:
    lines = [f"<b>📄 {escape(citation.title, _META_UNITS)}</b>"]
    if citation.heading:
        lines.append(f"<i>{escape(citation.heading, _META_UNITS)}</i>")
    lines.append(f"{texts.SOURCE}: {escape(source_line(citation), _META_UNITS)}")
    published = None  # with a number it stands in the source
    if citation.published and citation.number is None:
        published = shown_date(citation.published)
    details = [
        f"{name}: {escape(value, _META_UNITS // 2)}"
        for name, value in ((texts.AUTHOR, citation.author), (texts.PUBLISHED, published))
        if value
    ]
    if details:
        lines.append(" · ".join(details))
    return "\n".join(lines)
