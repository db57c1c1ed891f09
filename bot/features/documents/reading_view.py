"""What was read of a document as Telegram shows it: a preview, and pages of the whole text."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

from bot.features.documents import texts
from bot.telegram.formatting import HtmlBlock, split_text
from bot.telegram.tables import joined, table_view
from knowledge.articles.article import Block, Heading, ListItem, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PAGE_UNITS = 3_000
_VIEW_UNITS = 1_500
_PREVIEW_VIEW_UNITS = 400
_PREVIEW_BLOCKS = 60
_PREVIEW_ROWS = 30
_LEVEL = "   "
_DEEPEST = 6


def block_views(block: Block, limit: int) -> Iterator[HtmlBlock]:
    """Yield a block as pieces of at most `limit` units."""
    match block:
        case Heading(text):
            yield from _pieces(text, limit, "b")
        case Paragraph(text):
            yield from _pieces(text, limit)
        case ListItem(text, label, level):
            indent = _LEVEL * min(level, _DEEPEST)
            yield from _pieces(f"{indent}{label or '•'} {text}", limit)
        case Note(text, label):
            yield from _pieces(texts.NOTE.format(label=label, text=text), limit, "i")
        case Table(rows, columns, caption):
            if caption:
                yield from _pieces(caption, limit, "i")
            yield from table_view(columns, rows, limit)


def preview(blocks: Sequence[Block], room: int) -> HtmlBlock | None:
    """Return how a text begins in at most `room` units, folded but for tables; None if empty."""
    shown: list[HtmlBlock] = []
    units = 0
    limit = min(room - 2, _PREVIEW_VIEW_UNITS)
    first = (_beginning(block) for block in islice(blocks, _PREVIEW_BLOCKS))
    for view in chain.from_iterable(block_views(block, limit) for block in first):
        if units + view.units + 2 > room:
            shown.append(HtmlBlock.plain("…"))
            break
        shown.append(view)
        units += view.units + 2  # an empty line may come before it
    return joined(list(_folded(shown))) if shown else None


def reading_pages(intro: Iterable[HtmlBlock], blocks: Iterable[Block]) -> list[str]:
    """Return a whole text in pages of at most 3,000 units, the first beginning with `intro`."""
    views = chain(intro, chain.from_iterable(block_views(b, _VIEW_UNITS) for b in blocks))
    pages: list[list[str]] = [[]]
    units = 0
    for view in views:
        apart = bool(pages[-1]) and _begins_part(view) and not pages[-1][-1].endswith("</b>")
        if pages[-1] and units + apart + view.units > PAGE_UNITS:
            pages.append([])
            units, apart = 0, False
        pages[-1].append(f"\n{view.html}" if apart else view.html)
        units += apart + view.units + 1
    return ["\n".join(page) for page in pages]


def _begins_part(view: HtmlBlock) -> bool:
    """Tell whether a view is a heading or a table in columns, which stands apart."""
    return (view.html.startswith("<b>") and view.html.endswith("</b>")) or _in_columns(view)


def _in_columns(view: HtmlBlock) -> bool:
    return view.html.startswith("<pre>")


def _pieces(text: str, limit: int, tag: str = "") -> Iterator[HtmlBlock]:
    return (HtmlBlock.plain(part, tag) for part in split_text(text, limit))


def _set_apart(views: Iterable[HtmlBlock]) -> Iterator[HtmlBlock]:
    """Put an empty line before headings, but not between two."""
    above = "</b>"
    for view in views:
        apart = _begins_part(view) and not above.endswith("</b>")
        yield HtmlBlock(f"\n{view.html}", view.units + 1) if apart else view
        above = view.html


def _beginning(block: Block) -> Block:
    return replace(block, rows=block.rows[:_PREVIEW_ROWS]) if isinstance(block, Table) else block


def _folded(views: Sequence[HtmlBlock]) -> Iterator[HtmlBlock]:
    """Put what stands between tables into quotations; Telegram lets no quotation hold a table."""
    for in_columns, group in groupby(views, _in_columns):
        if in_columns:
            yield from group
        else:
            inside = joined(list(_set_apart(group)))
            yield HtmlBlock(f"<blockquote expandable>{inside.html}</blockquote>", inside.units)
