"""The self-contained readings of a message: what it may mean after what was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.conversation.slots import alignments
from knowledge.conversation.subject import SEPARATOR, pieces, subject
from knowledge.conversation.wording import Words, asking, phrases
from knowledge.entities.dates import date_spans
from knowledge.entities.names import NameKind, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.conversation.message import Message
    from knowledge.conversation.turn import Turn
    from knowledge.index.corpus import Corpus

_ALIGNMENTS = 2
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


def readings(message: Message, turn: Turn, corpus: Corpus) -> list[Reading]:
    """Return what `message` may mean after `turn`, the likeliest first."""
    made = reversed(list(_made(message, turn, corpus)))
    return list(reversed({reading.text.casefold(): reading for reading in made}.values()))


def _made(message: Message, turn: Turn, corpus: Corpus) -> Iterator[Reading]:
    core, about = message.core, subject(turn.question, corpus)
    last = Words.of(turn.question)
    if message.pointer is not None:
        first, end = message.pointer
        meant = _meant(core, first, end, turn, about)
        if meant:
            text = core.replaced(first, end, meant)
            yield Reading(text, Sort.POINTED, meant, core.replaced(first, end, ""))
    named = core if not message.asks else _named_of(message, last)
    if named is not None and message.pointer is None:
        for one in alignments(last, named, corpus)[:_ALIGNMENTS]:
            text = last.replaced(one.first, one.last, named.text)
            yield Reading(text, Sort.SLOT, named.text, named.text)
    if about:
        yield Reading(f"{about}{SEPARATOR}{core.text}", Sort.SUBJECT, about, core.text)
    for told in _told(turn):
        yield Reading(f"{told}{SEPARATOR}{core.text}", Sort.ANSWER, told, core.text)


def _named_of(message: Message, last: Words) -> Words | None:
    """Return what a message names that asks again what was asked, as "còn 3 không là gì"; or None."""
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
            if len(stretch.split()) <= _SHORT and not date_spans(stretch):
                yield stretch


def _meant(core: Words, first: int, end: int, turn: Turn, about: str) -> str:
    """Return what the words that point back mean: a person, what has that name, or the subject."""
    head = Words.of(core.between(first, end - 1))
    said = [*_told(turn), *(s.text for s in turn.answer.sentences[:1])]
    if phrases("people").at(core, first):
        for text in (turn.question, *said):
            for name in names_in(text):
                if name.kind in {NameKind.PERSON, NameKind.HOLDER}:
                    return name.text
    for text in (turn.question, *said):
        words = Words.of(text)
        for size in range(len(head), 0, -1):
            wanted = head.folded[-size:]
            for start, stop in pieces(words):
                for place in range(start, stop - size):
                    if words.folded[place : place + size] == wanted:
                        before = core.between(first, first + len(head) - size)
                        return f"{before} {words.between(place, stop)}".strip()
    return about
