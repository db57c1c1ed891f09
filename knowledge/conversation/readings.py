"""The self-contained readings of a message: what it may mean after what was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.conversation.message import Message
from knowledge.conversation.slots import alignments, bound
from knowledge.conversation.subject import SEPARATOR, pieces, subject
from knowledge.conversation.wording import Words, asking, phrases
from knowledge.entities.dates import date_spans
from knowledge.entities.document_numbers import document_numbers
from knowledge.entities.names import NameKind, name_spans, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from embeddings.sentences import Span
    from knowledge.conversation.slots import Alignment
    from knowledge.conversation.turn import Turn
    from knowledge.index.corpus import Corpus

_ALIGNMENTS = 2
_PAIR = 0.5  # of two syllables' bond: more, and they are one word
_NAME_WORDS = 4
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
        meant = _meant(core, first, end, turn)
        if meant:
            yield Reading(core.replaced(first, end, meant), Sort.POINTED, meant, rest)
        elif about:
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
    meant = _meant(message.core, *message.pointer, turn) if message.pointer else ""
    return meant or last_subject(turn, corpus)


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
    if not message.opened:
        return None
    again = {message.core.folded[n] for n in message.asks}
    if not again <= {last.folded[n] for n in asking(last)}:
        return None
    said = pieces(message.core)
    return Words.of(message.core.between(*said[0])) if said else None


def _told(turn: Turn) -> Iterator[str]:
    """Yield what the last answer named: its highlighted stretch, if it is short."""
    for sentence in turn.answer.sentences[:1]:
        for start, end in sentence.highlights[:1]:
            stretch = sentence.text[start:end]
            if len(stretch.split()) <= _SHORT and (
                document_numbers(stretch) or not any(c.isdecimal() for c in stretch)
            ):
                yield stretch


def _meant(core: Words, first: int, end: int, turn: Turn) -> str:
    """Return what the words that point back mean: a person, or what has that name; else nothing."""
    said = [*_told(turn), *(s.text for s in turn.answer.sentences[:1])]
    if phrases("people").at(core, first):
        people = (
            text[slice(*span)]
            for text in (turn.question, *said)
            for span in [n.span for n in names_in(text) if n.kind is NameKind.PERSON]
            or _names(text)
        )
        return next(people, "")
    head = Words.of(core.between(first, end - 1))
    for text in (turn.question, *said):
        words = Words.of(text)
        for size in range(len(head), 0, -1):
            wanted = head.folded[-size:]
            for start, stop in pieces(words):
                for place in range(start, stop - size):
                    if words.folded[place : place + size] == wanted:
                        before = core.between(first, first + len(head) - size)
                        meant = words.between(place, stop)
                        ends = [n.span[1] for n in document_numbers(meant)]
                        ends += [stop for _, stop in date_spans(meant)]
                        if ends:
                            meant = meant[: min(ends)]
                        return f"{before} {meant}".strip()
    return ""


def _names(text: str) -> list[Span]:
    """Return what may be somebody's name: two to four capitalised words and nothing else."""
    return [
        span for span in name_spans(text) if 2 <= len(text[slice(*span)].split()) <= _NAME_WORDS
    ]
