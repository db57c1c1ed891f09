"""The self-contained readings of a message: what it may mean after what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.conversation.message import Message
from knowledge.conversation.slots import alignments, bound
from knowledge.conversation.subject import SEPARATOR, pieces, subject, without_danglers
from knowledge.conversation.wording import Words, asking, phrases
from knowledge.entities.dates import date_spans
from knowledge.entities.document_numbers import document_numbers
from knowledge.entities.names import CAPITALISED, NameKind, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from embeddings.sentences import Span
    from knowledge.conversation.slots import Alignment
    from knowledge.conversation.turn import Turn
    from knowledge.index.corpus import Corpus

_ALIGNMENTS = 2
_MEANINGS = 2  # of words that point back: what was asked of, and what the answer named
_PAIR = 0.5  # of two syllables' bond: more, and they are one word
_NAME_WORDS = range(2, 5)
_ASKS_WHO = {"ai"}
_SHORT = 8  # words of what an answer names


class Sort(StrEnum):
    """How a reading was made."""

    ALONE = "alone"
    SLOT = "slot"
    SUBJECT = "subject"
    ANSWER = "answer"
    POINTED = "pointed"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that stands by itself.

    `spoken_of` is what its evidence must speak of: the subject, or what took its place. `said` is
    what the message itself says.
    """

    text: str
    sort: Sort
    spoken_of: str
    said: str


def last_subject(turn: Turn, corpus: Corpus) -> str:
    """Return what the last question was about."""
    return subject(Message.of(turn.question, turn.question).core.text, corpus)


def readings(message: Message, turns: Sequence[Turn], corpus: Corpus) -> list[Reading]:
    """Return what `message` may mean after `turns`, the last of them first, likeliest first."""
    made = reversed(list(_made(message, turns, corpus)))
    return list(reversed({reading.text.casefold(): reading for reading in made}.values()))


def _made(message: Message, turns: Sequence[Turn], corpus: Corpus) -> Iterator[Reading]:
    core, turn = message.core, turns[-1]
    last = Message.of(turn.question, turn.question).core
    about = subject(last.text, corpus)
    if message.returns and not message.asks:
        yield Reading(turn.question, Sort.POINTED, core.text, core.text)
    if message.pointer is not None:
        first, end = message.pointer
        rest = core.replaced(first, end, "").strip()
        if several(core, first) and len(turns) > 1:
            before = Message.of(turns[-2].question, turns[-2].question).core
            both = f"{subject(before.text, corpus)} và {about}"
            yield Reading(core.replaced(first, end, both), Sort.POINTED, both, rest)
        meanings = list(_meanings(core, first, end, turns, corpus))
        for meant in meanings[:_MEANINGS]:
            yield Reading(core.replaced(first, end, meant), Sort.POINTED, meant, rest)
        if not meanings and about:
            first = max(first, _noun_before(core, end, corpus))
            yield Reading(core.replaced(first, end, about), Sort.POINTED, about, rest)
            yield Reading(f"{about}{SEPARATOR}{core.text}", Sort.SUBJECT, about, rest)
        return
    named = core if not message.asks else _named_of(message, last)
    if named is not None:
        for one in apart(alignments(last, named, corpus))[:_ALIGNMENTS]:
            text = last.replaced(one.first, one.last, named.text)
            yield Reading(text, Sort.SLOT, named.text, named.text)
    if about:
        yield Reading(f"{about}{SEPARATOR}{core.text}", Sort.SUBJECT, about, core.text)
    for told in _told(turn):
        yield Reading(f"{told}{SEPARATOR}{core.text}", Sort.ANSWER, told, core.text)


def referent(message: Message, turn: Turn, corpus: Corpus) -> str:
    """Return what a message speaks of: what it points back to, else the last subject."""
    meanings = _meanings(message.core, *message.pointer, [turn], corpus) if message.pointer else ()
    return next(iter(meanings), "") or last_subject(turn, corpus)


def _noun_before(words: Words, end: int, corpus: Corpus) -> int:
    """Return where the noun before a word that points back begins: one syllable, or a pair."""
    first = max(end - 2, 0)
    if first and bound(words.folded[first - 1], words.folded[first], corpus) > _PAIR:
        return first - 1
    return first


def several(words: Words, first: int) -> bool:
    """Tell whether words that point back mean more than one: "2 câu đó", "hai ngày ấy"."""
    return bool(phrases("two").at(words, first))


def apart(found: list[Alignment]) -> list[Alignment]:
    """Return the best alignment, and others that don't touch a better one."""
    kept: list[Alignment] = []
    for one in found:
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return kept


def _named_of(message: Message, last: Words) -> Words | None:
    """Return what a message names that asks the same again: "còn 3 không là gì"; else None."""
    again = _asked(message.core)
    if not (again and again <= _asked(last)):
        return None
    said = pieces(message.core)
    if not message.opened and len(said) > 1:
        return None
    return Words.of(message.core.between(*said[0])) if said else None


def _asked(words: Words) -> set[str]:
    """Return what words ask for: the syllables that ask, or a kind of them."""
    found: set[str] = set()
    skipped = 0
    for place in asking(words):
        if place < skipped:
            continue
        kinds = ((kind, phrases(kind).at(words, place)) for kind in ("how_many", "when"))
        kind, length = next((one for one in kinds if one[1]), (words.folded[place], 1))
        found.add(kind)
        skipped = place + length
    return found


def _told(turn: Turn) -> Iterator[str]:
    """Yield what the last answer named: its highlighted stretch, if it is short."""
    for sentence in turn.answer.sentences[:1]:
        for start, end in sentence.highlights[:1]:
            stretch = sentence.text[start:end]
            if len(stretch.split()) <= _SHORT and (
                document_numbers(stretch) or not any(c.isdecimal() for c in stretch)
            ):
                yield stretch


def _meanings(
    core: Words, first: int, end: int, turns: Sequence[Turn], corpus: Corpus
) -> Iterator[str]:
    """Yield what the words that point back may mean, likeliest first: a person, or a thing."""
    turn = turns[-1]
    said = [*_told(turn), *(s.text for s in turn.answer.sentences[:1])]
    texts = [turn.question, *said]
    if phrases("other").at(core, end - 1):
        texts = [one.question for one in reversed(turns[:-1])]
    found: dict[str, str] = {}
    if phrases("people").at(core, first):
        if _ASKS_WHO & set(Words.of(turn.question).folded):  # whom the answer names
            texts = [*said, turn.question]
        names = [text[slice(*span)] for text in texts for span in _people(text, corpus)]
        names.sort(key=lambda name: _of_another_sex(name, core.folded[first]))
        for name in names:
            bare = " ".join(Words.of(name).folded[-2:])
            found.setdefault(bare, name)
    else:
        for text in texts:
            for named in _called_so(core, first, end, Words.of(text)):
                found.setdefault(" ".join(Words.of(named).folded), named)
                break
    yield from found.values()


def _called_so(core: Words, first: int, end: int, words: Words) -> Iterator[str]:
    """Yield what begins with the noun that words point back with: "quyết định đó"."""
    head = Words.of(core.between(first, end - 1))
    for size in range(len(head), 0, -1):
        wanted = head.folded[-size:]
        for start, stop in pieces(words):
            for place in range(start, stop - size):
                if words.folded[place : place + size] == wanted:
                    before = core.between(first, first + len(head) - size)
                    meant = words.between(*without_danglers(words, (place, stop)))
                    ends = [n.span[1] for n in document_numbers(meant)]
                    ends += [stop for _, stop in date_spans(meant)]
                    if ends:
                        meant = meant[: min(ends)]
                    yield f"{before} {meant}".strip()


def _people(text: str, corpus: Corpus) -> list[Span]:
    """Return who is named: with a title, else what may be a name of three or four words, or two."""
    titled = [name.span for name in names_in(text) if name.kind is NameKind.PERSON]
    runs = [match.span() for match in re.finditer(CAPITALISED, text)]
    runs = [
        run
        for run in runs
        if len(text[slice(*run)].split()) in _NAME_WORDS and not _goes_on(text, run, corpus)
    ]
    return titled or sorted(runs, key=lambda run: -len(text[slice(*run)].split()))


def _goes_on(text: str, run: Span, corpus: Corpus) -> bool:
    """Tell whether a capitalised run ends within a word: "Chánh Văn" of "Chánh Văn phòng"."""
    last, follows = Words.of(text[slice(*run)]).folded[-1], Words.of(text[run[1] : run[1] + 12])
    touches = text[run[1] : run[1] + 2].strip().islower()
    return touches and bound(last, follows.folded[0], corpus) > _PAIR


def _of_another_sex(name: str, said: str) -> bool:
    """Tell whether a name's title contradicts the word that points back: "bà" and "ông"."""
    title = Words.of(name).folded[0]
    return {title, said} == {"ong", "ba"}
