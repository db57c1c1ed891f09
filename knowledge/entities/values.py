"""What a text measures or dates, as values that can be compared: "8 giờ 30", "35 nghìn đồng"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from knowledge.entities.dates import dates_in
from knowledge.entities.document_numbers import document_spans
from knowledge.entities.quantities import NUMBER_WORDS

if TYPE_CHECKING:
    from embeddings.sentences import Span
    from knowledge.entities.dates import CalendarDate

_SCALES = MappingProxyType(
    {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
)
_FIGURE = r"\d+(?:[.,]\d+)*"
_ROUGH = r"(?P<rough>(?:gần|hơn|khoảng|trên|dưới|chừng|ước) )?"
_CLOCK = re.compile(
    rf"(?<![\w/.,-]){_ROUGH}(?P<hours>\d{{1,2}})\s?(?:giờ|h|:(?=\d\d))(?:\s?(?P<minutes>\d{{2}})"
    r"(?!\d)(?: phút)?)?(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"(?<![\w/.,-]){_ROUGH}(?P<number>{_FIGURE}|{'|'.join(NUMBER_WORDS)})"
    rf"(?P<scale>(?: (?:{'|'.join(_SCALES)}))*)\s?(?P<unit>%|[^\W\d_]+)",
    re.IGNORECASE,
)
_DAY, _YEAR, _HOUR = "ngày dương lịch", "năm dương lịch", "giờ"
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Value:
    """A number with what it counts, or a date; `kind` is the unit, or tells a day from a year.

    Times of day are in minutes, under the unit "giờ". `rough` is said with "khoảng" and the like.
    """

    kind: str
    number: float = 0.0
    date: CalendarDate | None = None
    rough: bool = False

    def agrees_with(self, other: Value) -> bool:
        """Tell whether two values of one kind may mean the same."""
        if self.date is not None and other.date is not None:
            return self.date.agrees_with(other.date)
        return self.number == other.number


def values_in(text: str) -> list[Value]:
    """Return the values of `text`: dates, then times of day and numbers with their units."""
    taken = document_spans(text)
    found = []
    for span, date in dates_in(text):
        taken.append(span)
        kind = _YEAR if date.day is None else _DAY
        found.append(Value(kind, date=date, rough=bool(date.part)))
    for match in _free(_CLOCK, text, taken):
        minutes = int(match["hours"]) * _MINUTES + int(match["minutes"] or 0)
        found.append(Value(_HOUR, minutes, rough=match["rough"] is not None))
    for match in _free(_AMOUNT, text, taken):
        number = _number(match["number"])
        for scale in match["scale"].lower().split():
            number *= _SCALES[scale]
        found.append(Value(match["unit"].lower(), number, rough=match["rough"] is not None))
    return found


def differ(mine: list[Value], theirs: list[Value]) -> bool:
    """Tell whether two texts give as many values of a kind, and not the same ones.

    More or fewer values are more or less detail; rough ones never differ.
    """
    for kind in {value.kind for value in mine}:
        one = [value for value in mine if value.kind == kind]
        two = [value for value in theirs if value.kind == kind]
        rough = any(value.rough for value in one + two)
        same = all(any(value.agrees_with(other) for other in two) for value in one)
        if len(one) == len(two) and not rough and not same:
            return True
    return False


def _free(pattern: re.Pattern[str], text: str, taken: list[Span]) -> list[re.Match[str]]:
    """Return the matches outside what is `taken`, and take them."""
    matches = [
        match
        for match in pattern.finditer(text)
        if not any(overlap(match.span(), span) for span in taken)
    ]
    taken += [match.span() for match in matches]
    return matches


def _number(written: str) -> float:
    word = NUMBER_WORDS.get(written.casefold())
    whole, _, fraction = written.partition(",")
    if word is not None:
        return float(word)
    if "," in fraction or not fraction:  # "1,302,000" is written in the English way
        return float(written.replace(".", "").replace(",", ""))
    return float(f"{whole.replace('.', '')}.{fraction.replace('.', '')}")
