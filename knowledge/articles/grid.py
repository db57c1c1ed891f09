"""Grids of cells, as a format lays them out, and the tables that they are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from knowledge.articles.article import Block, Paragraph, Table, counts_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_HEADER = 120
_MAX_HEADER_ROWS = 4
_LONG = 60
_MAJORITY = 0.6
_LETTERHEAD = "cong hoa xa hoi chu nghia"
_RECIPIENTS = "noi nhan:"
_CAPTION_GOES_ON = ("(", "don vi tinh", "dvt")
_NOTES = ("ghi chu", "luu y", "chu thich", "nguon", "*", "(*")
_LEVELS = " – "
_VALUE = re.compile(
    r"[(+-]?\d[\d.,\s/:%()–-]*(?:%|₫|\$|VN[DĐ])?(?:\s?[^\W\d_A-Z]{1,7}){0,3}|[-–—]+|[xX]|#[A-Z0-9/]+[!?]?"
)
_CODE = re.compile(r"\S*\d\S*|\S+@\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUP_LABEL = re.compile(r"(?:[IVXLC]+|[A-ZĐ])[.)]?")
_PLACE = re.compile(r"[(\[]?(\d{1,2}|[A-Za-zĐđ])[)\]]?(?:\s*=.*)?")
_COLUMN_WORDS = frozenset(
    """biên chỉ chức chủ cơ dân diện dự địa điểm điện đơn ghi giá giờ giới hạn họ hộ kế kết kinh kỳ
    lệ lĩnh loại lượng mã mục mức nam năm ngày người nhiệm nơi nội phòng quê quý số stt tên tháng
    thành thời thu tiền tỉ tiêu tổng trạng trình trụ tỷ tt vị việc vụ xã xếp""".split()
)
"""First words of what the columns of office tables are called."""
_COLUMN_WORDS_FOLDED = frozenset(map(fold, _COLUMN_WORDS))


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of a grid. A merged cell's text stands in all places that it covers.

    `across` tells that the place continues the one to its left, `down` the one above it; `heads`
    that the format marks it as the head of a column (or that it is in bold type).
    """

    text: str = ""
    across: bool = False
    down: bool = False
    heads: bool = False


Row = list[Cell]


def table_blocks(grid: Sequence[Row], caption: str = "") -> list[Block]:
    """Return the blocks that a grid is.

    That is a Table, after a paragraph for each line above its head except those that make its
    caption, and before one for each line below its last row; a grid that only places text on the
    page (one row, one column, a letterhead) yields its cells as paragraphs, and one of labels that
    end in a colon a paragraph for each row.
    """
    rows = _filled(grid)
    if _only_places_text(rows) or is_frame(rows):
        by_columns = _has_recipients(rows)
        ordered = [list(column) for column in zip(*rows, strict=True)] if by_columns else rows
        return _paragraphs([caption, *_own_texts(ordered)])
    start, end = _preamble(rows), _end(rows)
    lines, notes = _own_texts(rows[:start]), _own_texts(rows[max(start, end) :])
    rows = rows[start:end]
    if not caption:
        lines, caption = _split_caption(lines)
    if rows and _leads_in(rows):
        led_in = [" ".join(dict.fromkeys(filter(None, _texts(row)))) for row in rows]
        return _paragraphs([*lines, caption, *led_in, *notes])
    size = _header_size(rows)
    columns = _column_names(rows[:size])
    body = rows[size:]
    heads = {_texts(row) for row in rows[:size]}  # said again on each page
    if columns and body and _counts_columns(body[0], body[1:2]):
        heads.add(_texts(body[0]))
    said = [
        (text,) * len(row) if (text := _alone(row) or _labelled_group(row)) else _texts(row)
        for row in body
        if _texts(row) not in heads
    ]
    if not said:
        return _paragraphs([*lines, caption, "; ".join(filter(None, columns)), *notes])
    return [
        *_paragraphs(lines),
        Table(tuple(said), columns, caption),
        *_paragraphs(notes),
    ]


def names_columns(grid: Sequence[Row]) -> bool:
    """Tell whether a grid surely has a head of its own, below the lines above it."""
    rows = _filled(grid)
    if not rows or len(rows[0]) < 2:
        return False
    rows = rows[_preamble(rows) :]
    return len(rows) > 1 and (_marked(rows) > 0 or _is_header(rows, surely=True))


def holds_data(grid: Sequence[Row]) -> bool:
    """Tell whether figures stand in a grid, or more than two texts in a row."""
    return any(_holds_value(row) or len(_own_texts([row])) > 2 for row in grid)


def is_text(grid: Sequence[Row]) -> bool:
    """Tell whether each row of a grid is one text."""
    return all(_is_line(row) for row in _filled(grid))


def _filled(grid: Sequence[Row]) -> list[Row]:
    return [row for row in _without_empty_columns(grid) if any(cell.text for cell in row)]


def _paragraphs(texts: Sequence[str]) -> list[Block]:
    return [Paragraph(text) for text in texts if text]


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _alone(row: Row) -> str:
    """Return the text that stands alone in a row, over its width or at its beginning, else ""."""
    first = next(n for n, cell in enumerate(row) if cell.text)
    text = row[first].text
    if row[first].down:
        return ""
    if all(cell.text == text and cell.across for cell in row[1:]):
        return text
    alone = len(row) > 2 and first < 2 and not any(cell.text for cell in row[first + 1 :])
    return text if alone and not _is_value(text) else ""


def _labelled_group(row: Row) -> str:
    """Return the name of a group with its label ("I", "Phòng Tổng hợp", nothing else), else ""."""
    label, *name = (cell.text for cell in row if cell.text)
    if len(row) < 3 or len(name) != 1 or not row[1].text or not _GROUP_LABEL.fullmatch(label):
        return ""
    return f"{label} {name[0]}" if label.endswith((".", ")")) else f"{label}. {name[0]}"


def _holds_value(row: Row) -> bool:
    return any(_is_value(cell.text) for cell in row)


def _own_texts(rows: Sequence[Row]) -> list[str]:
    """Return the texts of `rows`, each merged cell once."""
    cells = (cell for row in rows for cell in row if not cell.across and not cell.down)
    return [cell.text for cell in cells if cell.text]


def _without_empty_columns(grid: Sequence[Row]) -> list[Row]:
    """Return the grid with rows of one length, without the columns in which nothing begins."""
    width = max((len(row) for row in grid), default=0)
    rows = [[*row, *[Cell()] * (width - len(row))] for row in grid]
    kept = [n for n in range(width) if any(r[n].text and not r[n].across for r in rows)]
    return [[row[n] for n in kept] for row in rows]


def is_frame(rows: Sequence[Row]) -> bool:
    """Tell whether two columns are the head or the end of a letter: office and motto, signer."""
    return bool(rows) and len(rows[0]) == 2 and (_has_letterhead(rows) or _has_recipients(rows))


def _only_places_text(rows: Sequence[Row]) -> bool:
    return len(rows) < 2 or len(rows[0]) < 2


def _has_recipients(rows: Sequence[Row]) -> bool:
    return bool(rows) and fold(rows[0][0].text.casefold()).startswith(_RECIPIENTS)


def _has_letterhead(rows: Sequence[Row]) -> bool:
    return any(_LETTERHEAD in fold(text.casefold()) for text in _own_texts(rows[:2]))


def _preamble(rows: Sequence[Row]) -> int:
    """Return how many rows are lines of text, or a letterhead, above the table itself."""
    lines = sum(1 for _ in takewhile(_is_line, rows))
    sparse = sum(1 for _ in takewhile(_is_sparse, rows))
    below = rows[sparse:]
    if sparse > lines and below:
        starts = all(cell.text for cell in below[0]) and (
            _marked(below) or (not _marked(rows[lines:]) and _is_header(below, surely=True))
        )
        if starts or _has_letterhead(rows):
            return sparse
    return lines


def _end(rows: Sequence[Row]) -> int:
    """Return where the lines below a table begin: notes, the place and the day, who signs."""
    end = len(rows)
    for number in reversed(range(len(rows))):
        row = rows[number]
        texts = [n for n, cell in enumerate(row) if cell.text and not cell.across]
        set_apart = len(texts) == 2 and any(not cell.text for cell in row[texts[0] : texts[1]])
        if row[texts[0]].down or not (len(texts) == 1 or set_apart) or _holds_value(row):
            break
        note = fold(row[texts[0]].text.casefold())
        if _alone(row) or (texts == [0] and (note.startswith(_NOTES) or note.endswith(":"))):
            end = number
    return end


def _split_caption(lines: list[str]) -> tuple[list[str], str]:
    """Return the lines before a table's caption, and the caption with its bracketed additions."""
    folded = [fold(line.casefold()) for line in lines]
    if not lines or folded[-1].startswith(_NOTES):
        return lines, ""
    start = len(lines) - 1
    while start > 0 and folded[start].startswith(_CAPTION_GOES_ON):
        start -= 1
    return lines[:start], " ".join(lines[start:])


def _is_line(row: Row) -> bool:
    """Tell whether a row is one text, over its whole width or alone in it."""
    return len(_own_texts([row])) == 1


def _is_sparse(row: Row) -> bool:
    """Tell whether a row of a table of three columns or more holds one text, or two with a gap."""
    texts = len(_own_texts([row]))
    return len(row) > 2 and (texts == 1 or (texts == 2 and not all(cell.text for cell in row)))


def _header_size(rows: Sequence[Row]) -> int:
    """Return how many rows name the columns."""
    marked = min(_marked(rows), _MAX_HEADER_ROWS)
    return _levels(rows, marked) if marked else _levels(rows, 1) if _is_header(rows) else 0


def _levels(rows: Sequence[Row], size: int) -> int:
    """Return how many rows a header has whose first `size` are known."""
    while size < min(len(rows) - 1, _MAX_HEADER_ROWS) and _goes_on(rows[size - 1], rows[size]):
        size += 1
    return size


def _marked(rows: Sequence[Row]) -> int:
    """Return how many rows at the beginning the format marks as heads (none if all rows are)."""
    size = sum(1 for _ in takewhile(_is_marked, rows))
    return size if size < len(rows) else 0


def _is_marked(row: Row) -> bool:
    cells = [cell for cell in row if cell.text]
    if len(cells) < 2 or not all(cell.heads for cell in cells) or _is_line(row):
        return False
    return _is_series(row) or not any(_is_value(cell.text) for cell in cells)


def _is_header(rows: Sequence[Row], *, surely: bool = False) -> bool:
    """Tell whether the first row is a header: by its form, by its contrast to the cells below."""
    if len(rows) < 2 or not _could_be_header(rows[0]) or _is_form(rows):
        return False
    first = rows[0]
    names = _own_texts([first])
    if any(map(counts_rows, names)) or _leaves_corner(rows):
        return True
    contrasts = _contrasts(first, rows[_levels(rows, 1) :])
    if contrasts is not None:
        return contrasts
    if all(map(str.isupper, names)):
        return True
    called = sum(map(_is_column_name, names))
    if surely or not all(cell.text for cell in first):
        return surely and called > len(names) / 2
    return called == len(names) or (len(first) > 2 and called > 0)


def _leaves_corner(rows: Sequence[Row]) -> bool:
    """Tell whether only the corner between the names of columns and of rows is empty."""
    corner, *names = rows[0]
    filled = all(cell.text for cell in names) and all(row[0].text for row in rows[1:])
    return not corner.text and filled


def _contrasts(first: Row, body: Sequence[Row]) -> bool | None:
    """Tell whether a row looks unlike the cells of the columns below it; None if these vary."""
    forms = [
        ("series" if (own := _form(cell.text)) == "value" else own, common)
        for cell, *column in zip(first, *body, strict=True)
        if cell.text and (common := _common_form([below.text for below in column if below.text]))
    ]
    return all(own != common for own, common in forms) if forms else None


def _could_be_header(row: Row) -> bool:
    """Tell whether a row has the form of a header: short, different texts, no values."""
    names = _own_texts([row])
    return (
        len(names) >= 2
        and len({name.casefold() for name in names}) == len(names)
        and all(len(name) <= _MAX_HEADER for name in names)
        and not names[0].endswith(":")
        and (not any(map(_is_value, names)) or _is_series(row))
    )


def _is_form(rows: Sequence[Row]) -> bool:
    """Tell whether the first of two columns says what stands in the other: "Địa chỉ | …"."""
    labels = [row[0].text for row in rows if row[0].text]
    if len(rows[0]) != 2 or len(labels) < 3 or _is_column_name(rows[0][1].text):
        return False
    called = {label.split()[0].casefold() for label in labels[1:] if _is_column_name(label)}
    return len(called) > _MAJORITY * (len(labels) - 1)


def _leads_in(rows: Sequence[Row]) -> bool:
    """Tell whether the first of two columns only leads in the other: "Họ và tên: | …"."""
    return len(rows[0]) == 2 and all(row[0].text.endswith(":") for row in rows)


def _is_column_name(text: str) -> bool:
    text = text.casefold()
    word = re.split(r"\W", text, maxsplit=1)[0]
    return word in (_COLUMN_WORDS_FOLDED if text == fold(text) else _COLUMN_WORDS)


def _form(text: str) -> str:
    """Return what a cell's text looks like: a value, a code, a person's name, a sentence."""
    if _is_value(text):
        return "year" if _YEAR.fullmatch(text) else "value"
    if _CODE.fullmatch(text):
        return "code"
    words = text.split()
    if 2 <= len(words) <= 6 and all(map(_is_name, words)) and not _is_column_name(text):
        return "name"
    return "long" if len(text) > _LONG or text.endswith((".", ";")) else ""


def _is_name(word: str) -> bool:
    return word.isalpha() and word.istitle()


def _common_form(texts: Sequence[str]) -> str:
    """Return the form that most cells of a column have, or "" where they have none."""
    form, count = Counter(map(_form, texts)).most_common(1)[0] if texts else ("", 0)
    return form if count >= _MAJORITY * len(texts) else ""


def _is_series(row: Row) -> bool:
    """Tell whether the figures of a row are years, or count on (the days of a month)."""
    figures = [text for text in _own_texts([row]) if _is_value(text)]
    if len(figures) < 2 or _is_value(row[0].text) or not all(map(str.isdecimal, figures)):
        return False
    counts = all(int(after) - int(before) == 1 for before, after in pairwise(figures))
    return counts or (len(set(figures)) == len(figures) and all(map(_YEAR.fullmatch, figures)))


def _goes_on(above: Row, row: Row) -> bool:
    """Tell whether `row` splits up columns that the header row `above` it names together."""
    if any(_is_value(cell.text) for cell in row if not cell.down):
        return False
    in_brackets = all(text[0] + text[-1] == "()" for text in _own_texts([row]))
    if in_brackets or any(cell.down for cell in row):
        return True
    opened = {n for n in range(len(above)) if _is_open(above, n)}
    if not opened or not all(row[n].text for n in opened) or _is_line(row):
        return False
    merged = any(cell.across for cell in above)
    return merged or not any(row[n].text for n in range(len(row)) if n not in opened)


def _is_open(row: Row, number: int) -> bool:
    """Tell whether a header cell reaches over several columns, or is left empty."""
    cell = row[number]
    following = row[number + 1] if number + 1 < len(row) else Cell("-")
    return cell.across or following.across or not following.text or not cell.text


def _column_names(rows: Sequence[Row]) -> tuple[str, ...]:
    names: list[str] = []
    for column in zip(*rows, strict=True):
        parts = dict.fromkeys(cell.text for cell in column if cell.text)
        names.append(_LEVELS.join(parts).replace(f"{_LEVELS}(", " ("))
    return tuple(names)


def _counts_columns(row: Row, following: Sequence[Row]) -> bool:
    """Tell whether a row only counts the columns, as under the head of official tables."""
    texts = [cell.text for cell in row if cell.text]
    marks = [match[1] for text in texts if (match := _PLACE.fullmatch(text))]
    figures = [int(mark) for mark in marks if mark.isdecimal()]
    letters = marks[: len(marks) - len(figures)]
    if len(marks) < max(len(texts), 2) or not all(map(str.isalpha, letters)):
        return False
    if any(ord(b) - ord(a) != 1 for a, b in pairwise(letters)):
        return False
    if any(b - a != 1 for a, b in pairwise(figures)) or figures[:1] not in ([], [0], [1]):
        return False
    sure = letters or texts[0] != marks[0]
    return bool(sure) or not any(other[0].text == "2" for other in following)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None
