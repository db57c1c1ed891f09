"""Walks a web page as it is parsed and gathers its lines and grids in reading order."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.articles.characters import tidy
from knowledge.articles.encodings import unicode_text
from knowledge.articles.web.style_sheet import StyleSheet, font_of, hides
from knowledge.entities.labels import leading_label

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ITEM_LABEL = "data-item-label"
"""Attribute of `<li>`: its label as typed, where another format is read by way of HTML."""

HIDDEN = "đoạn chữ ẩn"
COMMENTS = "bình luận trong mã trang"
WORD_COMMENTS = "bình luận"
FRAME = "phần khung của trang web (menu, chân trang)"
CONTROLS = "ô chọn, nút bấm của biểu mẫu"
STRUCK = "đoạn bị gạch bỏ"
_SILENT = ""

_LEFT_OUT = {
    **dict.fromkeys("script svg iframe object embed video audio canvas".split(), _SILENT),
    **dict.fromkeys("noscript template".split(), HIDDEN),
    **dict.fromkeys("select datalist button textarea".split(), CONTROLS),
    **dict.fromkeys("del s strike".split(), STRUCK),
    "nav": FRAME,
}
_FRAME_OUTSIDE_ARTICLES = frozenset({"aside", "footer"})
_PLAIN = frozenset({"div", "section", "ul"})  # tags that say less than their role
_TAG_OF_ROLE = {
    "navigation": "nav", "contentinfo": "footer", "complementary": "aside",
    "main": "main", "article": "article",
}  # fmt: skip
_CONTAINERS = frozenset("html body div section main article header center form fieldset td".split())
_BLOCKS = frozenset(
    """p li blockquote td th dt dd figcaption figure pre aside footer nav summary details table tr
    thead tbody tfoot caption ul ol dl address hr legend title""".split()
).union(HEADINGS, _CONTAINERS)
_KEEPS_OWNER = frozenset({*HEADINGS, "dt", "pre"})
_JOINS_BREAKS = frozenset({*HEADINGS, "li", "dt", "dd"})
_DEEPEST_TABLE = 20
_WIDEST, _TALLEST = 200, 65_534  # reach of a cell
_MARK_LENGTH = 8
_SAMPLES, _SAMPLE_LENGTH = 3, 60
_STRETCH = 100_000
_COMMENT_HEAD = 2_000  # letters of a comment that are looked at
_NUMBERING = {
    "a": "a", "lower-alpha": "a", "lower-latin": "a", "A": "A", "upper-alpha": "A",
    "upper-latin": "A", "i": "i", "lower-roman": "i", "I": "I", "upper-roman": "I",
    "none": "", "disc": "", "circle": "", "square": "",
}  # fmt: skip
_ROMAN = dict(
    zip(
        "m cm d cd c xc l xl x ix v iv i".split(),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)
SPACES = re.compile(r"[^\S ]\s*| \s+")
"""White space that is not one space: most spaces are, and a match of each would cost memory."""
_CONDITION = re.compile(r"\s*!?\[(?:if|endif)", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")
_NOTE_CLASS = re.compile(r"noteref|footnote|endnote", re.IGNORECASE)
_DIGITS = re.compile(r"\s*(\d{1,9})")
_WORD_LEVEL = re.compile(r"level(\d)")
_WORD_COMMENT = re.compile(r"\bmsocom(?:txt|ment(?:text|subject))\b", re.IGNORECASE)
_WORD_COMMENT_MARK = "#_msocom_"


@dataclass(slots=True)
class Mark:
    """A short superscript, or a short link within the page: maybe the mark of a note."""

    text: str
    raised: bool = False
    target: str = ""


@dataclass(slots=True)
class Entry:
    """A line of the page; `owner` is the tag that says what it is.

    `number` counts the lines. `region` is that of the article or main part around it (0 outside),
    `container` the box that it stands in; `links` are the texts of the links that make up the whole
    line, empty where other words do; `bold` tells of the whole line.
    """

    owner: str
    parts: list[str | Mark]
    number: int
    label: str = ""
    level: int = 0
    links: tuple[str, ...] = ()
    bold: bool = False
    region: int = 0
    container: int = 0


@dataclass(slots=True)
class GridCell:
    """A cell with what stands in it."""

    content: list[Entry | Grid]
    across: int
    down: int
    heads: bool


@dataclass(slots=True)
class Grid:
    """A table whose cells belong together; `sections` are the first rows of its parts."""

    rows: list[list[GridCell]] = field(default_factory=list)
    sections: set[int] = field(default_factory=set)
    caption: list[Entry | Grid] = field(default_factory=list)
    marked: bool = False
    only_layout: bool = False


@dataclass(slots=True)
class _Items:
    """An open list; `style` is that of its labels, empty for bullets.

    `backward` are the items of one that counts down from their number: it is known at its end.
    """

    next: int = 1
    style: str = ""
    step: int = 1
    backward: list[tuple[Mapping[str, str], list[Entry]]] | None = None


@dataclass(slots=True)
class _Frame:
    """An open element, with what holds inside of it."""

    tag: str
    owner: str = "p"
    font: str = ""
    pre: bool = False
    bold: bool = False
    link: int = 0  # which one, 0 outside
    in_article: bool = False
    head: bool = False
    word_label: bool = False
    container: int = 0
    depth: int = -1  # of lists
    items: _Items | None = None
    skipped: list[str] | None = None  # gathers the text that is not read
    # what ends with it
    kind: str | None = None
    anchor: str = ""
    since: int = 0
    marks: bool = False
    region: bool = False
    grid: Grid | None = None

    def around(self, tag: str) -> _Frame:
        """Return the frame of an element inside of this one."""
        return _Frame(
            tag,
            self.owner,
            self.font,
            self.pre,
            self.bold,
            self.link,
            self.in_article,
            self.head,
            self.word_label,
            self.container,
            self.depth,
            self.items,
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    font: str = ""
    bold: bool = False
    link: int = 0


class PageFlow:
    """The target of an HTML parser (see lxml's parser target interface).

    `flow` holds the lines and grids at the end, `entries` all lines by their numbers, `anchors` the
    lines that the ids of the page name, `left_out` the texts that are not read, by what they are.
    """

    def __init__(self) -> None:
        self.flow: list[Entry | Grid] = []
        self.entries: list[Entry] = []
        self.anchors: dict[str, range] = {}
        self.around: set[int] = set()  # the boxes that articles stand in
        self.left_out: defaultdict[str, list[str]] = defaultdict(list)
        self.metas: dict[str, str] = {}
        self.title = ""
        self.regions = 0
        self._styles = StyleSheet()
        self._frames = [_Frame("")]
        self._sinks = [self.flow]
        self._grids: list[Grid] = []
        self._pieces: list[_Piece | Mark] = []
        self._mark_at: int | None = None  # where in the pieces a mark may begin
        self._mark = Mark("")
        self._region = 0
        self._containers = 0
        self._links = 0
        # The label and level of an item without text yet, and who asks for its line.
        self._item: tuple[str, int, list[Entry]] | None = None
        self._term: list[str | Mark] = []
        self._term_is_said = False
        self._defines = False
        self._word_label = ""
        self._word_level = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        above = self._frames[-1]
        if above.skipped is not None:
            self._frames.append(_Frame(tag, skipped=above.skipped))
            return
        style = self._styles.of(tag, attributes)
        if tag in _PLAIN:
            tag = _TAG_OF_ROLE.get(attributes.get("role", ""), tag)
        frame = above.around(tag)
        self._frames.append(frame)
        frame.kind = self._reason_to_skip(tag, attributes, style, above)
        if (
            frame.kind is None
            and tag not in {"html", "body"}
            and ("hidden" in attributes or hides(style))
        ):
            frame.kind = HIDDEN
        if tag in _BLOCKS:
            self._flush(above)
            frame.owner = (
                above.owner if above.owner in _KEEPS_OWNER and tag not in HEADINGS else tag
            )
        if frame.kind is not None or tag in {"style", "title"}:
            frame.skipped = []
            return
        frame.font = font_of(style) or attributes.get("face", "") or above.font
        frame.bold = above.bold or tag in {"b", "strong", "th"}
        if tag == "a" and "href" in attributes:
            self._links += 1
            frame.link = self._links
        frame.anchor = attributes.get("id") or (attributes.get("name", "") if tag == "a" else "")
        frame.since = len(self.entries)
        frame.word_label = above.word_label or style.get("mso-list") == "ignore"
        if level := _WORD_LEVEL.search(style.get("mso-list", "")):
            self._word_level = int(level[1]) - 1
        if tag in _CONTAINERS:
            self._containers += 1
            frame.container = self._containers
        self._open(tag, attributes, style, frame, above)

    def end(self, tag: str) -> None:
        """Close the element that was opened last."""
        frame = self._frames.pop()
        if frame.kind is not None or frame.tag in {"style", "title"}:
            if self._frames[-1].skipped is None:
                self._end_skipped(frame)
            return
        if frame.skipped is not None:
            return
        if tag in _BLOCKS:
            self._flush(frame)
        if frame.anchor:
            end = max(len(self.entries), frame.since + 1)
            self.anchors.setdefault(frame.anchor, range(frame.since, end))
        if frame.marks:
            self._end_mark()
        if frame.region:
            self._region = 0
        self._close(tag, frame)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        frame = self._frames[-1]
        if frame.skipped is not None:
            frame.skipped.append(text)
        elif frame.word_label:
            self._word_label += text
        else:
            text = text if frame.pre else text.replace("\n", " ").replace("\r", " ")
            self._pieces.append(_Piece(text, frame.font, frame.bold, frame.link))

    def comment(self, text: str) -> None:
        """Count a comment; Word's conditions are none."""
        if not _CONDITION.match(text):
            self._leave_out(COMMENTS, _TAGS.sub(" ", text[:_COMMENT_HEAD]))

    def pi(self, target: str, data: str | None = None) -> None:
        """Pass over a processing instruction."""

    def close(self) -> PageFlow:
        """Return the page when it is parsed."""
        self._flush(self._frames[-1])
        self._say_term()
        return self

    def _close(self, tag: str, frame: _Frame) -> None:
        """Do what the end of an element asks for."""
        if tag in {"td", "th", "caption"} and len(self._sinks) > 1 and frame.grid is not None:
            self._sinks.pop()
        elif tag == "table" and frame.grid is not None:
            self._grids.pop()
            self._add_grid(frame.grid)
        elif tag == "li":
            self._item = None
        elif tag == "ol" and frame.items is not None:
            _count_down(frame.items)
        elif tag == "dl":
            self._say_term()
        elif tag == "dd":
            self._defines = False

    def _reason_to_skip(
        self,
        tag: str,
        attributes: Mapping[str, str],
        style: Mapping[str, str],
        above: _Frame,
    ) -> str | None:
        if attributes.get("href", "").startswith(_WORD_COMMENT_MARK):
            return _SILENT
        if style.get("mso-element") == "comment" or _WORD_COMMENT.search(
            attributes.get("class", "")
        ):
            return WORD_COMMENTS
        if tag in _FRAME_OUTSIDE_ARTICLES and not above.in_article:
            return None if "note" in attributes.get("role", "") else FRAME
        if tag == "dialog" and "open" not in attributes:
            return HIDDEN
        return _LEFT_OUT.get(tag)

    def _open(
        self,
        tag: str,
        attributes: Mapping[str, str],
        style: Mapping[str, str],
        frame: _Frame,
        above: _Frame,
    ) -> None:
        """Do what the element's tag asks for."""
        match tag:
            case "br":
                self._break_line(above)
            case "sup" | "a":
                self._start_mark(tag, attributes, frame)
            case "pre":
                frame.pre = True
            case "meta":
                name = attributes.get("property") or attributes.get("name") or ""
                self.metas.setdefault(name.lower(), tidy(attributes.get("content", "")))
            case "main" | "article":
                frame.in_article = frame.in_article or tag == "article"
                self._start_region(frame, above)
            case "ul" | "ol" | "li":
                self._start_list_part(tag, attributes, style, frame)
            case "dd":
                self._defines = True
            case "table":
                self._start_table(attributes, frame)
            case "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th":
                self._start_table_part(tag, attributes, frame)
            case _:
                pass
        if self._mark_at is not None and _NOTE_CLASS.search(
            f"{attributes.get('role')} {attributes.get('class')}"
        ):
            self._mark.raised = True

    def _break_line(self, frame: _Frame) -> None:
        if frame.owner in _JOINS_BREAKS or self._item is not None:
            self._pieces.append(_Piece(" "))
        else:
            self._flush(frame)

    def _start_list_part(
        self, tag: str, attributes: Mapping[str, str], style: Mapping[str, str], frame: _Frame
    ) -> None:
        if tag == "li":
            line: list[Entry] = []
            label = ""
            if frame.items is not None and frame.items.backward is not None:
                frame.items.backward.append((attributes, line))
            else:
                label = _item_label(frame.items, attributes)
            self._item = (label, max(frame.depth, 0), line)
        else:
            frame.depth += 1
            frame.items = _items(tag, attributes, style)

    def _start_region(self, frame: _Frame, above: _Frame) -> None:
        if not self._region:
            self.regions += 1
            self._region = self.regions
            self.around.add(above.container)
            frame.region = True

    def _start_mark(self, tag: str, attributes: Mapping[str, str], frame: _Frame) -> None:
        target = attributes.get("href", "")
        inside = target[1:] if tag == "a" and target.startswith("#") else ""
        if tag == "a" and not inside:
            return
        if self._mark_at is None:
            self._mark_at = len(self._pieces)
            self._mark = Mark("")
            frame.marks = True
        self._mark.raised = self._mark.raised or tag == "sup"
        self._mark.target = self._mark.target or inside

    def _end_mark(self) -> None:
        if self._mark_at is None:
            return
        pieces = self._pieces[self._mark_at :]
        text = "".join(piece.text for piece in pieces).strip()
        if 0 < len(text) <= _MARK_LENGTH:
            self._mark.text = tidy(text)
            self._pieces[self._mark_at :] = [self._mark]
        self._mark_at = None

    def _start_table(self, attributes: Mapping[str, str], frame: _Frame) -> None:
        border = attributes.get("border", "")
        frame.grid = Grid(
            marked=border not in {"", "0"},
            only_layout=attributes.get("role") in {"presentation", "none"}
            or len(self._grids) >= _DEEPEST_TABLE,
        )
        frame.head = False
        frame.items, frame.depth = None, -1
        self._grids.append(frame.grid)

    def _start_table_part(self, tag: str, attributes: Mapping[str, str], frame: _Frame) -> None:
        if not self._grids:
            return
        grid = self._grids[-1]
        if tag in {"thead", "tbody", "tfoot"}:
            frame.head = tag == "thead"
            grid.marked = grid.marked or frame.head
            grid.sections.add(len(grid.rows))
        elif tag == "tr":
            grid.rows.append([])
        elif tag == "caption":
            frame.grid = grid
            self._sinks.append(grid.caption)
        else:
            frame.grid = grid
            if not grid.rows:
                grid.rows.append([])
            grid.marked = grid.marked or tag == "th"
            cell = GridCell(
                [],
                min(_whole_number(attributes.get("colspan"), 1) or 1, _WIDEST),
                _whole_number(attributes.get("rowspan"), 1) or _TALLEST,
                frame.head or tag == "th",
            )
            grid.rows[-1].append(cell)
            self._sinks.append(cell.content)

    def _add_grid(self, grid: Grid) -> None:
        """Add a table; one that only places text on the page gives its cells' lines instead."""
        cells = [cell for row in grid.rows for cell in row]
        if not grid.marked:
            first = next((row for row in grid.rows if any(c.content for c in row)), [])
            grid.marked = len(first) > 1 and all(_is_bold(c) for c in first if c.content)
        holds_parts = any(
            isinstance(inner, Grid) or inner.owner in HEADINGS
            for cell in cells
            for inner in cell.content
        )
        width = max((len(row) for row in grid.rows), default=0)
        filled = sum(1 for row in grid.rows if any(cell.content for cell in row))
        if grid.only_layout or filled < 2 or width < 2 or (holds_parts and not grid.marked):
            self._sinks[-1].extend(grid.caption)
            for cell in cells:
                self._sinks[-1].extend(cell.content)
        else:
            self._sinks[-1].append(grid)

    def _flush(self, frame: _Frame) -> None:
        """Make lines of the text gathered so far, which stands in `frame`."""
        pieces, self._pieces = self._pieces, []
        self._mark_at = None
        if not pieces:
            return
        owner = frame.owner
        for line in _split(pieces, joined=owner in _JOINS_BREAKS or self._item is not None):
            parts = _tidied(line)
            if not parts:
                continue
            said = [piece for piece in line if isinstance(piece, _Piece) and piece.text.strip()]
            bold = all(piece.bold for piece in said)
            if owner == "dt":
                self._take_term(parts)
            else:
                self._add(owner, parts, frame.container, links=_links(line), bold=bold)

    def _take_term(self, parts: list[str | Mark]) -> None:
        if self._term_is_said:
            self._term = []
        self._term = [*self._term, ", ", *parts] if self._term else parts
        self._term_is_said = False

    def _say_term(self) -> None:
        """Add a term that no definition followed, and forget it."""
        term, self._term = self._term, []
        if term and not self._term_is_said:
            self._add("p", term, self._frames[-1].container)

    def _add(
        self,
        owner: str,
        parts: list[str | Mark],
        container: int,
        *,
        links: tuple[str, ...] = (),
        bold: bool = False,
    ) -> None:
        label, level = "", 0
        asked_for: list[Entry] = []
        if self._defines and self._term:
            last = self._term[-1]
            term = [*self._term[:-1], last.rstrip(" :") if isinstance(last, str) else last]
            parts = [*term, ": ", *parts]
            self._term_is_said, self._defines = True, False
        elif self._term and not self._term_is_said:
            self._say_term()
        if self._item is not None:
            (label, level, asked_for), self._item = self._item, None
            owner = owner if owner in HEADINGS else "li"
        elif owner == "li":
            owner = "p"  # goes on after a list inside, or after a paragraph
        if word_label := " ".join(tidy(self._word_label).split()):
            label, level = (word_label if len(word_label) > 1 else ""), self._word_level
            owner = owner if owner in HEADINGS else "li"
        self._word_label = ""
        named = leading_label(f"{label} x")
        if label and (owner in HEADINGS or (named is not None and named.part)):
            parts, label = [f"{label} ", *parts], ""
            owner = owner if owner in HEADINGS else "p"
        entry = Entry(
            owner,
            parts,
            len(self.entries),
            label,
            level,
            links=links,
            bold=bold,
            region=self._region,
            container=container,
        )
        asked_for.append(entry)
        self.entries.append(entry)
        self._sinks[-1].append(entry)

    def _end_skipped(self, frame: _Frame) -> None:
        text = "".join(frame.skipped or ())
        if frame.tag == "style" and frame.kind is None:
            self._styles.add(text)
        elif frame.tag == "title" and frame.kind is None:
            self.title = self.title or " ".join(tidy(text).split())
        elif frame.kind:
            self._leave_out(frame.kind, text)

    def _leave_out(self, what: str, text: str) -> None:
        if any(map(str.isalnum, text)):
            shown = len(self.left_out[what]) < _SAMPLES
            sample = " ".join(tidy(text[:500]).split())[:_SAMPLE_LENGTH] if shown else ""
            self.left_out[what].append(sample)


def _split(pieces: list[_Piece | Mark], *, joined: bool) -> list[list[_Piece | Mark]]:
    """Return the pieces of each line: they end with their breaks, unless all are one line."""
    lines: list[list[_Piece | Mark]] = [[]]
    for piece in pieces:
        if isinstance(piece, Mark) or joined or "\n" not in piece.text:
            lines[-1].append(piece)
            continue
        first, *others = piece.text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines.extend([replace(piece, text=text)] for text in others)
    return lines


def _tidied(pieces: list[_Piece | Mark]) -> list[str | Mark]:
    """Return the text of a line in tidy Unicode, each run of one font on its own."""
    runs: list[tuple[str, list[str]] | Mark] = []
    for piece in pieces:
        last = runs[-1] if runs else None
        if isinstance(piece, Mark):
            runs.append(piece)
        elif isinstance(last, tuple) and (last[0] == piece.font or not piece.text.strip()):
            last[1].append(piece.text)
        elif piece.text:
            runs.append((piece.font, [piece.text]))
    parts = [run if isinstance(run, Mark) else _tidied_run("".join(run[1]), run[0]) for run in runs]
    while parts and isinstance(first := parts[0], str) and not first.strip():
        del parts[0]
    while parts and isinstance(last_part := parts[-1], str) and not last_part.strip():
        del parts[-1]
    if parts and isinstance(first := parts[0], str):
        parts[0] = first.lstrip()
    if parts and isinstance(last_part := parts[-1], str):
        parts[-1] = last_part.rstrip()
    return parts


def _tidied_run(text: str, font: str) -> str:
    stretches: list[str] = []
    start = 0
    while start < len(text):  # a very long one in stretches, which takes less memory
        end = text.find(" ", start + _STRETCH)
        end = len(text) if end < 0 else end
        stretches.append(SPACES.sub(" ", unicode_text(text[start:end], font)))
        start = end
    return "".join(stretches)


def _links(pieces: list[_Piece | Mark]) -> tuple[str, ...]:
    """Return the texts of the links that a line is made of; nothing if other words are in it."""
    texts: dict[int, str] = {}
    for piece in pieces:
        link = piece.link if isinstance(piece, _Piece) else 0
        if link:
            texts[link] = texts.get(link, "") + piece.text
        elif any(map(str.isalnum, piece.text)):
            return ()
    return tuple(" ".join(tidy(text).split()) for text in texts.values())


def _is_bold(cell: GridCell) -> bool:
    return all(isinstance(inner, Entry) and inner.bold for inner in cell.content)


def _items(tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> _Items:
    stated = style.get("list-style-type") or style.get("list-style", "").split(" ")[0]
    kind = stated or attributes.get("type", "")
    if tag == "ul":
        return _Items()
    style_of_labels = _NUMBERING.get(kind, "1") or "none"
    first = _whole_number(attributes.get("start"), 0)
    if "reversed" in attributes:
        return _Items(first, style_of_labels, -1, None if first else [])
    return _Items(first if "start" in attributes else 1, style_of_labels)


def _item_label(of: _Items | None, attributes: Mapping[str, str]) -> str:
    if ITEM_LABEL in attributes:
        return attributes[ITEM_LABEL]
    if of is None or not of.style:
        return ""
    number = _whole_number(attributes.get("value"), of.next)
    of.next = number + of.step
    style = _NUMBERING.get(attributes.get("type", ""), of.style)
    if style == "none" or not style:
        return ""
    return f"{_numbered(number, style)}."


def _count_down(items: _Items) -> None:
    """Give the items of a list that ends at 1 their labels, now that their number is known."""
    backward, items.backward = items.backward or [], None
    items.next = len(backward)
    for attributes, line in backward:
        label = _item_label(items, attributes)
        for entry in line:
            entry.label = label


def _numbered(number: int, style: str) -> str:
    if style == "1" or not 0 < number < 4000:
        return str(number)
    text = ""
    if style in {"i", "I"}:
        for roman, value in _ROMAN.items():
            text += roman * (number // value)
            number %= value
    else:
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    return text.upper() if style.isupper() else text


def _whole_number(value: str | None, otherwise: int) -> int:
    match = _DIGITS.match(value or "")
    return int(match[1]) if match else otherwise
