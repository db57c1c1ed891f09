"""A message within a conversation: what ties it to the turns before, and what it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from embeddings.vietnamese import has_diacritics
from knowledge.conversation.subject import pieces
from knowledge.conversation.wording import Words, asking, phrases

if TYPE_CHECKING:
    from knowledge.conversation.subject import Piece

_SHORT, _MIDDLING = 2, 4  # syllables that tell something


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote, cut up.

    `core` is what is left without the opening and closing words; `pointer` the place of a word
    that points back ("quyết định đó"), as a range of the core's syllables whose last it is; `asks`
    the syllables of the core that ask; `opened`: it begins or ends as a continuation does.
    """

    core: Words
    opened: bool
    pointer: Piece | None
    asks: tuple[int, ...]
    returns: bool

    @classmethod
    def of(cls, typed: str, spelled: str) -> Self:
        """Cut up a message: as typed, and as it is spelled in full."""
        bare = not has_diacritics(typed)
        words = Words.of(spelled)
        start = phrases("polite").at(words, 0)
        begin = start + phrases("returns").at(words, start, bare=bare)
        returns = begin > start
        kind = "returned" if returns else "openings"
        while begin < len(words) and (more := phrases(kind).at(words, begin, bare=bare)):
            begin += more
        end = len(words)
        while end > begin and (less := phrases("particles").ending(words, end, bare=bare)):
            end -= less
        closing = phrases("closings").ending(words, end, bare=bare) if end > begin else 0
        end -= closing
        opened = begin > start or closing > 0
        if begin == end:
            begin, end = 0, len(words)
        core = Words.of(words.between(begin, end))
        return cls(core, opened, _pointer(core, bare=bare), tuple(asking(core)), returns)

    @property
    def content(self) -> str:
        """The words that tell something: not asking, joining or pointing ones."""
        pointed = set(range(*self.pointer)) if self.pointer else set()
        kept = (n for piece in pieces(self.core) for n in range(*piece) if n not in pointed)
        return " ".join(self.core.exact[n] for n in kept)

    @property
    def told(self) -> int:
        """How many syllables tell something: not asking, joining or pointing ones."""
        return len(self.content.split())

    @property
    def stands_alone(self) -> bool:
        """Whether it is a whole question: nothing ties it to what was said, and it says enough."""
        tied = self.pointer or self.returns or (self.opened and not self.asks)
        return not tied and self.told > _MIDDLING

    @property
    def continues(self) -> bool:
        """Whether its words go on with something: they ask, point back or open as such."""
        return bool(self.asks or self.opened or self.pointer or self.returns)

    @property
    def names_by_pronoun(self) -> bool:
        """Whether it speaks of somebody or something as "ông ấy" or "nó"."""
        return self.pointer is not None and any(
            phrases(kind).at(self.core, self.pointer[0]) for kind in ("people", "pronouns")
        )

    @property
    def leans(self) -> bool:
        """Whether it can hardly be understood by itself."""
        short = self.told < _SHORT if self.asks else self.told <= _MIDDLING
        return bool(self.opened or self.pointer or self.returns or short)


def _pointer(words: Words, *, bare: bool) -> Piece | None:
    """Return the word that points back, with up to two syllables of the noun before it."""
    asks = asking(words)
    for place in range(len(words)):
        if length := phrases("pronouns").at(words, place):
            return place, place + length
        length = phrases("pointers").at(words, place)
        if bare and not length and words.folded[place] == "do" and _before_verb(words, place, asks):
            length = 1  # "đó", not "do"
        if length:
            if place + length < len(words) and words.exact[place] == "trên":
                continue  # "trên 5 ngày"
            if person := phrases("people").ending(words, place):
                return place - person, place + length
            first = place
            for start, end in pieces(words):
                if start <= place <= end:
                    first = max(start, place - 2)
            return first, place + length
    return None


def _before_verb(words: Words, place: int, asks: list[int]) -> bool:
    """Tell whether what follows a syllable joins or asks, other than "ai" and "đâu"."""
    follows = place + 1
    if follows in asks:
        return words.folded[follows] not in {"ai", "dau"}
    return place > 0 and follows < len(words) and bool(phrases("joints").at(words, follows))
