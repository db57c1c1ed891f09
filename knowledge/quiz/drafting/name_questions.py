"""Questions for who or where: the name of a person, an office, a body or a province."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embeddings.sentences import overlap
from knowledge.entities.names import NameKind, ProperName, names_in
from knowledge.quiz.drafting import familiar
from knowledge.quiz.drafting.draft import DraftKind, Proposal
from knowledge.quiz.drafting.statement import DAY_COMES_FIRST, asked, holds_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.quiz.drafting.material import Material
    from knowledge.quiz.drafting.statement import Statement

_WORD = {
    NameKind.PERSON: "ai",
    NameKind.HOLDER: "ai",
    NameKind.BODY: "cơ quan nào",
}
_FAMILIAR = {
    NameKind.PERSON: familiar.PEOPLE,
    NameKind.HOLDER: familiar.HOLDERS,
    NameKind.BODY: familiar.BODIES,
    NameKind.PLACE: familiar.PROVINCES,
}
_ACTS = re.compile(
    r" (?:đã |sẽ |cùng )?(?:ký|ban hành|thăm|quyết định|ra |công bố|thành lập|phê duyệt|giao|tặng"
    r"|lãnh đạo|đứng đầu|thông qua|hình thành|hợp nhất|sáp nhập|được|phát động|khai mạc|chủ trì"
    r"|và tỉnh )"
)
_AGENT = re.compile(r"(?:(?<!\w)(?:do|bởi) )$")
_INTO = re.compile(r"(?<!\w)(?:vào|thành|với|đặt ở|đặt tại|đóng tại|thuộc) $")
_CALLED = re.compile(r"(?<!\w)(?:[Tt]ên (?:của |gọi )?[^,.;:]{3,60}) là $")
_CAPITALISED = re.compile(r"[^\Wa-zà-ỹ\d_]\w+(?: [^\Wa-zà-ỹ\d_]\w+)*")


def name_questions(statement: Statement, material: Material) -> Iterator[Proposal]:
    """Yield a question for each name whose place in the sentence says what it does there."""
    text = statement.text
    found = names_in(text)
    for name in [*found, *_bare_places(statement, found, material)]:
        question = _question(statement, name)
        if question is None or holds_any(question, [name.core]):
            continue
        yield Proposal(
            DraftKind.NAME,
            statement,
            question,
            (name.core,),
            _other_names(name, question, text, material),
        )


def _question(statement: Statement, name: ProperName) -> str | None:
    text, (start, end) = statement.text, name.span
    called = _CALLED.search(text, 0, start)
    if called and end == len(text):
        return asked(text, name.span, "gì")
    if holds_any(statement.chunk.title, [name.core]):
        return None  # the title tells
    day = list(DAY_COMES_FIRST.finditer(text, 0, start))
    subject = start == 0 or bool(day and day[-1].end() == start)
    acts = subject and _ACTS.match(text, end) is not None
    if acts or _AGENT.search(text, 0, start):
        return asked(text, name.span, _word(name))
    if name.kind is NameKind.PLACE and _INTO.search(text, 0, start):
        if not name.unit and text[:start].endswith(("ở ", "tại ")):
            spoken = text[:start].removesuffix("ở ").removesuffix("tại ")
            return asked(text, (len(spoken), end), "ở đâu")
        return asked(text, name.span, _word(name))
    return None


def _word(name: ProperName) -> str:
    return f"{name.unit or 'tỉnh'} nào" if name.kind is NameKind.PLACE else _WORD[name.kind]


def _bare_places(
    statement: Statement, found: list[ProperName], material: Material
) -> Iterator[ProperName]:
    """Yield provinces named without their rank, known from elsewhere in the corpus."""
    places = {name.core: name for name, _ in material.names if name.kind is NameKind.PLACE}
    for match in _CAPITALISED.finditer(statement.text):
        known = places.get(match.group())
        if known is not None and not any(overlap(name.span, match.span()) for name in found):
            yield ProperName(NameKind.PLACE, match.group(), known.core, match.span())


def _other_names(
    name: ProperName, question: str, text: str, material: Material
) -> tuple[tuple[str, ...], ...]:
    """Return other names of the same kind: of the corpus, then familiar ones."""
    here = {other.key for other in names_in(text)} | {name.key}
    told: dict[str, str] = {}
    for other, sentence in material.names:
        fits = other.kind is name.kind and (other.unit == name.unit or not name.unit)
        if fits and other.key not in here and not material.subjects.same(question, sentence):
            told.setdefault(other.key, other.core)
    others = tuple(
        option
        for option in _FAMILIAR[name.kind]
        if option not in told.values() and not holds_any(text, [option])
    )
    return tuple(told.values()), others
