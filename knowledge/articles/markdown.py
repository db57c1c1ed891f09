"""Reads Markdown articles."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.articles.article import Heading
from knowledge.articles.encodings import unicode_text
from knowledge.articles.front_matter import split_front_matter
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.articles.web.flow import ITEM_LABEL
from knowledge.articles.web.page import blocks_of_html
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

_QUOTE = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
_BULLET = re.compile(r"\s*[•●▪–+]\s")
_DELIMITER = re.compile(r"\|[\s:|-]*-[\s:|-]*")
_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[A-Za-z][\w-]*)")
_STANDS_ALONE = frozenset({"br", "hr", "img", "input", "wbr"})
_DEEPEST = 100  # levels of nesting that are parsed; a list takes two


def read_markdown(text: str) -> Reading:
    """Return what `text` says, with what its front matter states; raises ArticleError for that.

    A first heading of the first level is the title, unless the front matter states another. The
    text is read as the web page that it makes.
    """
    head = text.find("\n---", 3) if text.startswith("---\n") else 0
    stated, body = split_front_matter(unicode_text(text[:head]) + text[head:] if head > 0 else text)
    blocks, left_out = blocks_of_html(_parser().render(_with_delimiters(_QUOTE.sub("", body))))
    title = stated.title
    if blocks and isinstance(first := blocks[0], Heading) and first.level == 1:
        title = title or first.text
        del blocks[0]
    return Reading(
        DocumentFormat.MARKDOWN,
        tuple(blocks),
        title,
        source=stated.source,
        author=stated.author,
        published=stated.published,
        tags=stated.tags,
        left_out=left_out,
        number=stated.number,
    )


def _with_delimiters(text: str) -> str:
    """Mend tables whose second row, of dashes, is missing or has another number of cells."""
    lines = text.split("\n")
    mended: list[str] = []
    in_code = in_table = False
    for number, line in enumerate(lines):
        in_code ^= line.lstrip().startswith(("```", "~~~"))
        begins = _is_row(line) and not in_table and not in_code
        in_table = _is_row(line)
        if begins and number + 1 < len(lines) and _is_row(below := lines[number + 1]):
            cells = _cells(line)
            dashes = "|" + "---|" * cells
            if not _DELIMITER.fullmatch(below.strip()):
                mended += ["|" + "   |" * cells, dashes]
            elif _cells(below) != cells:
                lines[number + 1] = dashes
        mended.append(line)
    return "\n".join(mended)


def _is_row(line: str) -> bool:
    line = line.strip()
    return len(line) > 2 and line[0] == "|" == line[-1]


def _cells(row: str) -> int:
    from markdown_it.rules_block.table import escapedSplit  # noqa: PLC0415

    return len(escapedSplit(row.strip()[1:-1]))


@cache
def _parser() -> MarkdownIt:
    """Return a parser of CommonMark with tables and footnotes.

    Indented text is no code, and a note stays where it is written, also without a mark.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- only Markdown needs them
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.disable(["code", "blockquote", "footnote_tail", "footnote_inline"])
    parser.core.ruler.after("block", "extra_cells", _keep_extra_cells)
    parser.core.ruler.push("item_labels", _label_items)
    parser.core.ruler.push("notes_last", _put_notes_last)
    rules: dict[str, Callable[..., str]] = {
        "image": _image,
        "html_inline": _tag,
        "softbreak": _soft_break,
        "footnote_ref": _note_mark,
        "footnote_reference_open": _note_open,
        "footnote_reference_close": _note_close,
    }
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


def _keep_extra_cells(state: StateCore) -> None:
    """Add the cells of a row that reach beyond the table's head, which the standard drops."""
    from markdown_it.rules_block.table import escapedSplit  # noqa: PLC0415
    from markdown_it.token import Token  # noqa: PLC0415

    lines = state.src.split("\n")
    tokens: list[Token] = []
    cells = line = 0
    for token in state.tokens:
        if token.type == "tr_open" and token.map:
            cells, line = 0, token.map[0]
        cells += token.type == "td_open"
        if token.type == "tr_close" and cells:
            for text in escapedSplit(lines[line].strip().strip("|"))[cells:]:
                inline = Token("inline", "", 0, content=text.strip(), children=[])
                tokens += [Token("td_open", "td", 1), inline, Token("td_close", "td", -1)]
        tokens.append(token)
    state.tokens = tokens


def _label_items(state: StateCore) -> None:
    """Give numbered items the labels that were typed; where all are the same they count up."""
    lists: list[list[Token]] = []
    for token in state.tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            items = lists.pop()
            counts_up = len({item.info for item in items}) == 1
            for number, item in enumerate(items):
                label = str(int(item.info) + number) if counts_up else item.info
                item.attrSet(ITEM_LABEL, label + item.markup)


def _put_notes_last(state: StateCore) -> None:
    """Put the notes behind all their marks, wherever they are written."""
    text: list[Token] = []
    notes: list[Token] = []
    in_note = False
    for token in state.tokens:
        in_note = in_note or token.type == "footnote_reference_open"
        (notes if in_note else text).append(token)
        in_note = in_note and token.type != "footnote_reference_close"
    state.tokens = text + notes


def _tag(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    """Return a tag as it is, but as words where nothing closes it: "Kho <A>", "<họ tên>"."""
    from markdown_it.common.utils import escapeHtml  # noqa: PLC0415

    written = tokens[at].content
    match = _TAG.match(written)
    if match is None or match["name"].lower() in _STANDS_ALONE:
        return written
    others = tokens[:at] if match["closes"] else tokens[at + 1 :]
    other = f"<{'' if match['closes'] else '/'}{match['name']}".lower()
    has_pair = any(t.type == "html_inline" and t.content.lower().startswith(other) for t in others)
    return written if has_pair else escapeHtml(written)


def _image(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    from markdown_it.common.utils import escapeHtml  # noqa: PLC0415

    return escapeHtml(tokens[at].content)


def _soft_break(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    """Keep the line break before what begins like an item or a part of a document."""
    following = tokens[at + 1].content if at + 1 < len(tokens) else ""
    begins = _BULLET.match(following) or leading_label(following)
    return "<br>" if begins else "\n"


def _note_mark(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    number = int(tokens[at].meta["id"]) + 1
    return f'<sup><a href="#note-{tokens[at].meta["label"]}">{number}</a></sup>'


def _note_open(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<div id="note-{tokens[at].meta["label"]}">'


def _note_close(*_: object) -> str:
    return "</div>"
