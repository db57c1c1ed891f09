"""Questions for a number: "bao nhiêu đề án"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.sentences import quoted_spans
from knowledge.entities.quantities import NUMBER_WORDS, number_value
from knowledge.quiz.drafting.draft import DraftKind, Proposal
from knowledge.quiz.drafting.statement import asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.quiz.drafting.material import Material
    from knowledge.quiz.drafting.statement import Statement

_SPELLED = {value: word for word, value in NUMBER_WORDS.items() if value > 1}
_READ = [word for value, word in _SPELLED.items() if value > 2 and word != "năm"]
"""Words that are read as numbers: "năm" is a year more often, "hai" a mere article."""
_COUNT = re.compile(
    r"(?<![\w/.,%-])(?<!tháng )(?<!thứ )(?<!số )(?<!cả )(?<!ngày )(?<!năm )(?<!khoản )(?<!điều )"
    r"(?P<about>(?:gần|hơn|khoảng|trên) )?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|{'|'.join(_READ)}) "
    r"(?=[^\W\d])(?!triệu|tỷ|tỉ|tháng \d|năm (?:\d|sau|trước|qua|đầu|năm)|thế kỷ)"
    r"(?!(?:là|và|đến|tăng|giảm|đã|đang|sẽ|có|thì|trong|trước|sau|nhưng|hoặc|hay|không|theo|với|tại|mà"
    r"|mươi|trăm|nghìn|ngàn)(?!\w))",
    re.IGNORECASE,
)
_BEFORE_A_LABEL = re.compile(
    r"(?:(?:thế kỷ|đến|lớn hơn|nhỏ hơn|mươi|trăm|nghìn|loại|cấp|bậc|hạng|lần|quý|khóa|kỳ|tập|trang)"
    r"|[^\Wa-zà-ỹ\d_]\w*) $"
)
"""What makes a number a label: "Level 3", "thế kỷ 21", "cấp 2"."""
_NOUN_END = re.compile(r"(?:,? và|,)? *$")
_PHRASE = re.compile(r"[^,.;:…()“”\"]+?(?=[,.;:…()]|\s(?:và|trong|cho|để|của|gồm|là|đã)\s|$)")


def count_questions(statement: Statement, material: Material) -> Iterator[Proposal]:
    """Yield a question for each number of something.

    Of numbers in a row ("7 chương trình và 29 đề án") the others are left out of the question:
    they would be half the answer of their own questions.
    """
    text = statement.text
    mottos = {found.subject.casefold() for found in material.lists if found.counted}
    quoted = quoted_spans(text)
    counts = [
        match
        for match in _COUNT.finditer(text)
        if not any(start <= match.start() < end for start, end in quoted)
        and not _BEFORE_A_LABEL.search(text, 0, match.start())
        and not _is_a_year_or_name(match)
        and text.count("(", 0, match.start()) == text.count(")", 0, match.start())
        and " ".join(re.findall(r"\w+", text[match.start() :])[:2]).casefold() not in mottos
    ]
    for index, match in enumerate(counts):
        first = index
        while first > 0 and _in_a_row(text, counts[first - 1], counts[first]):
            first -= 1
        following = counts[index + 1] if index + 1 < len(counts) else None
        if following is not None and _in_a_row(text, match, following):
            noun = _NOUN_END.sub("", text[match.end() : following.start()])
        elif first < index and (phrase := _PHRASE.match(text, match.end())):
            noun = phrase.group()
        else:
            noun = text[match.end() :]
        begin = counts[first].start()
        question = asked(text[:begin] + noun, (begin, begin), "bao nhiêu ")
        if question is None:
            continue
        value = number_value(match["number"])
        others = [other for other in _near(value) if not _told(other, text)]
        values = {_like(match, number): (number,) for number in (value, *others)}
        right, *wrong = values
        yield Proposal(
            DraftKind.COUNT,
            statement,
            question,
            (right,),
            (tuple(wrong),),
            order=values.__getitem__,
        )


def _is_a_year_or_name(match: re.Match[str]) -> bool:
    number = match["number"]
    if number.isdigit():
        return 1000 <= int(number) <= 2100
    return match.start() > 0 and number[0].isupper()  # "Chiến tranh Bảy năm"


def _in_a_row(text: str, one: re.Match[str], next_one: re.Match[str]) -> bool:
    between = text[one.end() : next_one.start()]
    return between.endswith((", ", " và ", ", và ")) and not re.search(r"[.;:“”()]|, gồm", between)


def _near(value: int) -> list[int]:
    """Return numbers that could be mistaken for `value`, of the same size."""
    if value <= max(_SPELLED):
        return [other for other in _SPELLED if other != value and abs(other - value) <= 4]
    if value < 100:
        steps = [-10, -5, -2, -1, 1, 3, 6, 10]
    else:
        unit = 10 ** (len(str(value)) - 2)
        steps = [-2 * unit, -unit, -unit // 2, unit // 2, unit, 2 * unit, 3 * unit]
    return [value + step for step in steps]


def _told(value: int, text: str) -> bool:
    """Tell whether the sentence gives this number too, for something else."""
    return any(number_value(match["number"]) == value for match in _COUNT.finditer(text))


def _like(match: re.Match[str], value: int) -> str:
    """Return `value` written as the number that was found: in words, with dots, with "gần"."""
    if match["number"].casefold() in _READ:
        written = _SPELLED[value]
    else:
        written = f"{value:,}".replace(",", ".") if "." in match["number"] else str(value)
    return (match["about"] or "").lower() + written
