"""Answers and sources as Telegram messages in HTML, each within Telegram's length."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.features.asking import texts
from bot.limits import MESSAGE_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge import Answer, AnswerSentence, Citation

_GAP = "\n\n"
_META_UNITS = 300  # of a title, heading or source line
_HEAD_UNITS = 4 * (_META_UNITS + 20)


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A piece of HTML that stays in one message, with the length Telegram counts.

    `units` are the UTF-16 code units of the text without its tags.
    """

    html: str
    units: int

    @classmethod
    def plain(cls, text: str, tag: str = "") -> HtmlBlock:
        """Return `text` escaped, inside `tag` if given."""
        escaped = html.escape(text, quote=False)
        return cls(f"<{tag}>{escaped}</{tag}>" if tag else escaped, utf16_units(text))


def utf16_units(text: str) -> int:
    """Return the length of `text` as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def answer_messages(answer: Answer, *, asked: str | None = None) -> list[str]:
    """Return the messages of an answer or refusal; `asked` is shown first, for button presses."""
    blocks: list[HtmlBlock] = []
    if asked is not None:
        blocks.append(HtmlBlock.plain(f"❓ {clip(asked, _META_UNITS)}", "i"))
    if answer.notice:
        blocks.append(HtmlBlock.plain(answer.notice))
    if answer.refused and answer.topics:
        blocks.append(HtmlBlock.plain(texts.NEAREST_TOPICS))
    bullet = "• " if len(answer.sentences) > 1 else ""
    for sentence in answer.sentences:
        blocks.extend(_sentence_blocks(sentence, bullet))
    return pack(blocks)


def topic_messages(answer: Answer) -> list[str]:
    """Return the messages of a topic: its title and the beginning of its passage."""
    title = HtmlBlock.plain(clip(answer.question, _META_UNITS), "b")
    return pack([title, *(b for s in answer.sentences for b in _sentence_blocks(s, ""))])


def source_messages(citations: Sequence[Citation]) -> list[str]:
    """Return each passage in an expandable quote under its title, source and date."""
    blocks: list[HtmlBlock] = []
    for citation in citations:
        head = _source_head(citation)
        for number, part in enumerate(split_text(citation.passage, MESSAGE_UNITS - _HEAD_UNITS)):
            escaped = html.escape(part, quote=False)
            quote = f"<blockquote expandable>{escaped}</blockquote>"
            units = utf16_units(part)
            if number == 0:
                quote, units = f"{head.html}\n{quote}", units + head.units + 1
            blocks.append(HtmlBlock(quote, units))
    return pack(blocks)


def pack(blocks: Iterable[HtmlBlock], limit: int = MESSAGE_UNITS) -> list[str]:
    """Join blocks with blank lines into as few messages of at most `limit` units as fit in order.

    A block longer than `limit` is the caller's mistake: ValueError.
    """
    messages: list[str] = []
    current: list[str] = []
    units = 0
    for block in blocks:
        if block.units > limit:
            raise ValueError(f"a block must have at most {limit} units, got {block.units}")
        if current and units + len(_GAP) + block.units > limit:
            messages.append(_GAP.join(current))
            current, units = [], 0
        units += block.units + (len(_GAP) if current else 0)
        current.append(block.html)
    if current:
        messages.append(_GAP.join(current))
    return messages


def split_text(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` units, at line ends or spaces if there are any."""
    parts: list[str] = []
    rest = text
    while utf16_units(rest) > limit:
        end = _fitting(rest, limit)
        place = max(rest.rfind("\n", 1, end + 1), rest.rfind(" ", end // 2, end + 1))
        end = place if place > 0 else end
        parts.append(rest[:end])
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def clip(text: str, limit: int) -> str:
    """Return `text`, or its beginning and dots, in at most `limit` units."""
    if utf16_units(text) <= limit:
        return text
    return text[: _fitting(text, limit - 1)].rstrip() + "…"


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of `text` fit in `limit` units."""
    units = 0
    for count, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > limit:
            return count
    return len(text)


def _sentence_blocks(sentence: AnswerSentence, bullet: str) -> list[HtmlBlock]:
    """Return the sentence with its highlights in bold; one too long for a message loses them."""
    plain = bullet + sentence.text + sentence.shown_note
    units = utf16_units(plain)
    if units > MESSAGE_UNITS:
        return [HtmlBlock.plain(part) for part in split_text(plain, MESSAGE_UNITS)]
    pieces = [bullet]
    done = 0
    for start, end in sentence.highlights:
        pieces.append(html.escape(sentence.text[done:start], quote=False))
        pieces.append(f"<b>{html.escape(sentence.text[start:end], quote=False)}</b>")
        done = end
    pieces.append(html.escape(sentence.text[done:], quote=False))
    if sentence.note:
        pieces.append(f"<i>{html.escape(sentence.shown_note, quote=False)}</i>")
    return [HtmlBlock("".join(pieces), units)]


def _source_head(citation: Citation) -> HtmlBlock:
    lines = [HtmlBlock.plain(f"📄 {clip(citation.title, _META_UNITS)}", "b")]
    if citation.heading:
        lines.append(HtmlBlock.plain(clip(citation.heading, _META_UNITS), "i"))
    lines.append(HtmlBlock.plain(f"{texts.SOURCE}: {clip(citation.source, _META_UNITS)}"))
    details = [
        f"{name}: {clip(value, _META_UNITS // 2)}"
        for name, value in ((texts.AUTHOR, citation.author), (texts.PUBLISHED, _day(citation)))
        if value
    ]
    if details:
        lines.append(HtmlBlock.plain(" · ".join(details)))
    return HtmlBlock(
        "\n".join(line.html for line in lines), sum(line.units + 1 for line in lines) - 1
    )


def _day(citation: Citation) -> str | None:
    """Return the date as people in the office write it."""
    if citation.published is None:
        return None
    parts = citation.published.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else citation.published
