"""What a cell's number looks like in its number format (ECMA-376, part 1, 18.8.31), in Vietnamese.

The separators are those of a Vietnamese Excel. A date whose format begins with the month or year,
or has a month in letters, is shown as day/month/year, which is how it would be taken here.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

GENERAL = "General"
_SYSTEM_FORMATS = {
    **dict.fromkeys((5, 6, 42), '#,##0\\ "₫"'),
    **dict.fromkeys((7, 8, 44), '#,##0.00\\ "₫"'),
    41: "#,##0",
    43: "#,##0.00",
}
"""Formats that a file names by number only and that follow the system's currency."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|"
    r"(?P<exponent>E[+-]?)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|"
    r"(?P<slash>/)|(?P<text>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARISONS = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_DATE_MARKS = re.compile(r"[\s/.,-]*")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_DAYS = 2_958_466  # serial of the day after 31/12/9999
_DAY_SECONDS = 86_400
_PLACES = 10  # figures that General shows of a fraction
_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
_MAX_PLAIN, _MIN_PLAIN = Decimal("1e21"), Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_Section = tuple[_Token, ...]


def format_code(number: int, custom: dict[int, str]) -> str:
    """Return the code of format `number`; `custom` are those that the workbook defines itself."""
    # late: only workbooks need openpyxl
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415

    return custom.get(number) or _SYSTEM_FORMATS.get(number) or BUILTIN_FORMATS.get(number, GENERAL)


def shown_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """Return a number as displayed: "1.234,50", "50%", "31/12/2025"; empty where it is hidden."""
    if code == GENERAL:
        return _general(_decimal(value))
    sections = _sections(code)
    of_numbers = tuple(s for s in sections[:3] if not _has(s, "text")) or sections[:1]
    section, number = _chosen(of_numbers, _decimal(value))
    kinds = {token.kind for token in section}
    if kinds & {"date", "elapsed", "half"}:
        shown = _moment(section, value, from_1904=from_1904)
    elif "text" in kinds or (not section and len(sections) == 1):
        shown = _general(_decimal(value))
    elif "slash" in kinds and "digit" in kinds:
        shown = _fraction(section, number)
    elif "exponent" in kinds and "digit" in kinds:
        shown = _scientific(section, number)
    else:
        shown = _plain(section, number)
    return " ".join(shown.split())


def shown_text(value: str, code: str) -> str:
    """Return a text as displayed in a format with a part for texts ("Phòng "@)."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and not _has(section, "text"):
        return value
    return "".join(value if token.kind == "text" else _literal(token) for token in section)


def _has(section: _Section, kind: str) -> bool:
    return any(token.kind == kind for token in section)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "end":
            sections.append([])
        elif kind == "bracket" and _ELAPSED.fullmatch(text):
            sections[-1].append(_Token("elapsed", text.lower()))
        else:
            sections[-1].append(_Token(kind, text.lower() if kind == "date" else text))
    return tuple(map(tuple, sections))


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, Decimal]:
    """Return the section for `number`, and the number as that section shows it."""
    for place, section in enumerate(sections):
        condition = next((m for t in section if (m := _condition(t))), None)
        if condition is not None:
            fits = _COMPARISONS[condition[1]](number, Decimal(condition[2]))
        elif len(sections) == 1:
            fits = True
        else:
            zero_or_more = number > 0 or (number == 0 and len(sections) == 2)
            fits = (zero_or_more, number < 0, True)[place]
        if fits:
            return section, abs(number) if place else number
    return sections[-1], number


def _condition(token: _Token) -> re.Match[str] | None:
    return _CONDITION.fullmatch(token.text) if token.kind == "bracket" else None


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.15g}")  # Excel keeps 15 figures


def _literal(token: _Token) -> str:
    match token.kind:
        case "space":
            return " "
        case "fill":
            return ""
        case "bracket":  # [$₫-42A], a colour or a condition
            return token.text[1:].split("-")[0] if token.text.startswith("$") else ""
        case _:
            return token.text


def _general(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) < _MAX_PLAIN:
        return f"{number:.0f}"
    size = abs(number)
    if size and not _MIN_PLAIN <= size < _MAX_PLAIN:
        return f"{number.normalize():E}".replace(".", ",")
    places = max(2, _PLACES - len(str(int(size))))
    shown = f"{number:.{places}f}".rstrip("0").rstrip(".")
    if size and not shown.strip("-0."):
        shown = f"{number.normalize():f}"
    return shown.replace(".", ",")


def _plain(section: _Section, number: Decimal) -> str:
    digits = [n for n, token in enumerate(section) if token.kind == "digit"]
    if not digits:
        return _sign(number) + "".join(
            _general(abs(number)) if token.kind == "general" else _literal(token)
            for token in section
        )
    point = next((n for n, token in enumerate(section) if token.kind == "point"), len(section))
    whole = [n for n in digits if n < point]
    decimals = [n for n in digits if n > point]
    last = whole[-1] if whole else -1
    thousands = sum(_commas(section[n + 1 :]) for n in {last, digits[-1]} if n >= 0)
    groups = any(t.kind == "comma" for t in section[whole[0] : last]) if whole else False
    percents = sum(token.kind == "percent" for token in section)
    scaled = number.scaleb(2 * percents - 3 * thousands, _EXACT)
    unit = Decimal(1).scaleb(-len(decimals))
    rounded = scaled.copy_abs().quantize(unit, context=_EXACT)
    figures, _, parts = f"{rounded:f}".partition(".")
    filled = _whole_digits(section, whole, figures.lstrip("0"), groups=groups)
    filled |= _decimal_digits(section, decimals, parts)
    if point < len(section):
        filled[point] = "," if any(filled[n].strip() for n in decimals) else ""
    filled |= {n: "" for n, token in enumerate(section) if token.kind == "comma"}
    shown = "".join(filled.get(n, _literal(token)) for n, token in enumerate(section))
    return (_sign(number) if rounded else "") + shown


def _sign(number: Decimal) -> str:
    return "-" if number < 0 else ""


def _commas(tokens: _Section) -> int:
    """Return by how many thousands the commas behind the figures divide."""
    return sum(1 for _ in takewhile(lambda token: token.kind == "comma", tokens))


def _whole_digits(
    section: _Section, places: list[int], figures: str, *, groups: bool
) -> dict[int, str]:
    """Return what stands at each place for a figure before the point, filled from the right."""
    filled: dict[int, str] = {}
    left = list(figures)
    count = 0
    for place in reversed(places):
        taken = [left.pop()] if left else [{"0": "0", "?": " "}.get(section[place].text, "")]
        while place == places[0] and left:
            taken.append(left.pop())
        shown = ""
        for figure in taken:
            mark = "." if groups and figure.isdigit() and count and count % 3 == 0 else ""
            shown = figure + mark + shown
            count += figure.isdigit()
        filled[place] = shown
    return filled


def _decimal_digits(section: _Section, places: list[int], figures: str) -> dict[int, str]:
    kept = len(figures.rstrip("0"))
    return {
        place: figure if n < kept else {"0": "0", "?": " "}.get(section[place].text, "")
        for n, (place, figure) in enumerate(zip(places, figures, strict=True))
    }


def _scientific(section: _Section, number: Decimal) -> str:
    mark = next(n for n, token in enumerate(section) if token.kind == "exponent")
    mantissa = section[:mark]
    point = next((n for n, token in enumerate(mantissa) if token.kind == "point"), mark)
    step = max(sum(token.kind == "digit" for token in mantissa[:point]), 1)
    power = (number.adjusted() // step) * step if number else 0
    width = sum(token.kind == "digit" for token in section[mark:])
    sign = "-" if power < 0 else "+" if section[mark].text.endswith("+") else ""
    tail = "".join(_literal(t) for t in section[mark + 1 :] if t.kind != "digit")
    return f"{_plain(mantissa, number.scaleb(-power))}E{sign}{abs(power):0{width}d}{tail}"


def _fraction(section: _Section, number: Decimal) -> str:
    slash = next(n for n, token in enumerate(section) if token.kind == "slash")
    below = section[slash + 1 :]
    fixed = "".join(t.text for t in below if t.text.isdigit())
    size = sum(token.kind == "digit" for token in below)
    value = Fraction(abs(number))
    if fixed.strip("0"):
        value = Fraction(round(value * int(fixed)), int(fixed))
    else:
        value = value.limit_denominator(max(10 ** max(size, 1) - 1, 1))
    above = [token.kind for token in section[:slash]]
    whole = int(value) if "other" in above or "space" in above else 0
    rest = value - whole
    if not fixed.strip("0"):
        parts = f"{rest.numerator}/{rest.denominator}" if rest else ""
    else:
        parts = f"{rest * int(fixed)}/{fixed}" if rest else ""
    shown = " ".join(part for part in (str(whole) if whole else "", parts) if part) or "0"
    return _sign(number) + shown


def _moment(section: _Section, value: float, *, from_1904: bool) -> str:
    days = value + (1462 if from_1904 else 0)
    tokens = [token for token in section if not (token.kind == "bracket" and "$-" in token.text)]
    elapsed = any(token.kind == "elapsed" for token in tokens)
    if not elapsed and not 0 <= days < _DAYS:
        return _general(_decimal(value))
    exact = any(token.kind == "date" and "." in token.text for token in tokens)
    seconds = round((value if elapsed else days) * _DAY_SECONDS, 3 if exact else 0)
    start = dt.datetime(1899, 12, 30 if days >= 60 else 31)  # noqa: DTZ001 -- of no time zone
    moment = start + dt.timedelta(seconds=max(seconds, 0) if not elapsed else abs(seconds))
    halves = any(token.kind == "half" for token in tokens)
    shown: list[str] = []
    for kind, text in _with_whole_dates(_with_minutes(tokens)):
        match kind:
            case "elapsed":
                shown.append(f"{int(abs(seconds) // _SECONDS[text[0]]):0{len(text)}d}")
            case "half":
                shown.append("SA" if moment.hour < 12 else "CH")
            case "date":
                shown.append(_part(text, moment, halves=halves))
            case "whole":
                shown.append(moment.strftime(text))
            case _:
                shown.append(_literal(_Token(kind, text)))
    return ("-" if elapsed and value < 0 else "") + "".join(shown)


def _with_minutes(tokens: list[_Token]) -> list[_Token]:
    """Tell minutes (as "i") from months: they stand behind hours or before seconds."""
    told = list(tokens)
    parts = [n for n, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    for before, here, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        if told[here].kind != "date" or not told[here].text.startswith("m"):
            continue
        behind_hours = before is not None and told[before].text.startswith("h")
        before_seconds = after is not None and told[after].text.startswith("s")
        if len(told[here].text) <= 2 and (behind_hours or before_seconds):
            told[here] = _Token("date", "i" * len(told[here].text))
    return told


def _with_whole_dates(tokens: list[_Token]) -> list[tuple[str, str]]:
    """Turn day, month and year into one date where they are not in this order, or in letters."""
    told = [(token.kind, token.text) for token in tokens]
    parts = [n for n, (kind, text) in enumerate(told) if kind == "date" and _calendar_part(text)]
    if len(parts) < 2:
        return told
    between = "".join(
        _literal(tokens[n]) for n in range(parts[0], parts[-1]) if told[n][0] != "date"
    )
    order = "".join(told[n][1][0] for n in parts)
    lettered = any(told[n][1].startswith("mmm") for n in parts)
    if order not in {"mdy", "ymd", "dmy", "dm", "my", "md", "ym"} or not (
        _DATE_MARKS.fullmatch(between) and (lettered or order not in {"dmy", "dm", "my"})
    ):
        return told
    pieces = {"d": "%d", "m": "%m", "y": "%Y"}
    date = "/".join(pieces[part] for part in "dmy" if part in order)
    return [*told[: parts[0]], ("whole", date), *told[parts[-1] + 1 :]]


def _calendar_part(text: str) -> bool:
    return text[0] in "ym" or text in {"d", "dd"}


def _part(text: str, moment: dt.datetime, *, halves: bool) -> str:
    width = 2 if len(text) > 1 else 1
    match text[0]:
        case "y":
            shown = f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
        case "m" if len(text) > 2:
            shown = f"tháng {moment.month}"
        case "m":
            shown = f"{moment.month:0{width}d}"
        case "d" if len(text) > 2:
            shown = _WEEKDAYS[moment.weekday()]
        case "d":
            shown = f"{moment.day:0{width}d}"
        case "h":
            hour = (moment.hour % 12 or 12) if halves else moment.hour
            shown = f"{hour:0{width}d}"
        case "i":
            shown = f"{moment.minute:0{width}d}"
        case _:
            whole, _, fraction = text.partition(".")
            shown = f"{moment.second:0{min(len(whole), 2)}d}"
            if fraction:
                shown += "," + f"{moment.microsecond:06d}"[: len(fraction)]
    return shown
