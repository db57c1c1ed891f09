"""Reads what people type: restores diacritics and mends slips by the corpus at hand."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

from embeddings.common_vietnamese import everyday_phrases, syllable_frequencies
from embeddings.syllable_model import UNKNOWN, Choice, SyllableModel, best_path
from embeddings.typing_slips import Loss, Reading, TypingSlips
from embeddings.vietnamese import canonical_syllable, fold, nfc, syllable_spans
from embeddings.vietnamese_spelling import is_folded_vietnamese, is_vietnamese, marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from embeddings.syllable_model import SyllableCounts

# Each phrase counts as if it had been read this often in the corpus.
_EVERYDAY_WEIGHT = 2
_PHRASE_WEIGHT = 2
_CHOICES = 14  # forms considered for one syllable
_CACHED = 1 << 13  # typed syllables whose readings are remembered
_FEWEST_LOST, _MOST_LOST = 0.001, 0.97
_PARTLY = 0.3  # of the marks that are lost, how many are lost in part
_MOSTLY_MARKED = math.log(0.15)
_LOST_IN_SLIP = 0.15
_LEAST_PARTLY = 0.001
# Vietnamese has so many syllables that a corpus may not hold, and foreign words have so many
# letters to choose among; an unknown one shares the chance of its kind evenly.
_UNSEEN_SYLLABLES = 3000
_UNSEEN_LETTER = 1 / 14
_UNSEEN_LETTERS = 6
_FOREIGN_MARKED = 0.01  # foreign words seldom carry marks
_NAME = 30.0  # times likelier: an unknown word with a capital inside the sentence is a name
_OFTEN, _OFTEN_SHARE = 3, 0.05
_KNOWN_WORD = math.log(0.001)
_UNLIKELY = math.log(0.0005)
_NEAREST = 8
_UNITS = {
    ("bao", "nhieu"): ("bao", "nhiêu"),
    ("bao", "lau"): ("bao", "lâu"),
    ("bao", "gio"): ("bao", "giờ"),
    ("co", "nhung"): ("có", "những"),
    ("co", "may"): ("có", "mấy"),
    ("co", "phai"): ("có", "phải"),
}
_ENDS_YES_NO = frozenset({"khong", "không"})
_NOT_HAVE = frozenset("quan so cau ban che".split())  # cơ quan, cơ sở …
_CODE = re.compile(r"\S*[@_\\]\S*|\S*\d\S*[/.:-]\S*|\S*[/.:-]\S*\d\S*|\S+[/.]\S+\.\S+|\S+://\S+")


@dataclass(frozen=True, slots=True)
class _Typed:
    """One syllable as typed: where, canonical in lower case, and whether it stays as it is."""

    start: int
    end: int
    syllable: str
    fixed: bool
    name: bool


@dataclass(frozen=True, slots=True)
class _Sides:
    """The likely forms of the syllables before and after a place."""

    model: SyllableModel
    before: list[Choice]
    after: list[Choice]

    def vouching(self, choice: Choice) -> int:
        """Return on how many sides (0..2) the corpus holds `choice` beside a likely form."""
        follows, number = self.model.follows, choice.number
        left = any(follows(c.number, number) for c in self.before)
        right = any(follows(number, c.number) for c in self.after)
        return left + right

    def vouch_strongly(self, choice: Choice) -> bool:
        """Tell whether both sides vouch for `choice`, or a side often leads to it."""
        if self.vouching(choice) == 2:
            return True
        follows, counts, number = self.model.follows, self.model.counts, choice.number
        pairs = [(follows(c.number, number), counts[c.number]) for c in self.before]
        pairs += [(follows(number, c.number), counts[c.number]) for c in self.after]
        return any(n >= _OFTEN and n >= _OFTEN_SHARE * of for n, of in pairs)


class DiacriticRestorer:
    """Finds the likeliest spellings of a question: a noisy channel over syllable trigrams.

    What somebody meant is likely where the corpus (or an everyday phrase) writes so, and
    where it takes few and common slips to type it so: marks left out wholly or partly, a letter
    missing, doubled, swapped or off by a key, keys of an input method left over. A word nobody
    writes is left alone unless its neighbours vouch for what it would become.
    """

    def __init__(self, corpus: SyllableCounts, phrases: Iterable[str] = ()) -> None:
        """Learn from `corpus`, and from `phrases` that people use and the corpus may not hold."""
        self._model = SyllableModel(
            corpus,
            [(phrases, _PHRASE_WEIGHT), (everyday_phrases(), _EVERYDAY_WEIGHT)],
            syllable_frequencies(),
        )
        known = self._model.number_of
        self._slips = TypingSlips(known)
        foreign = [s for s in known if s.isalpha() and not is_vietnamese(s)]
        native = [s for s in known if s.isalpha() and is_vietnamese(s)]
        total = self._model.total + 1
        self._new_foreign = (self._model.once(foreign) + 1) / total
        self._new_native = (self._model.once(native) + 1) / total / _UNSEEN_SYLLABLES
        # One cache an instance; a method's cache would keep every instance alive.
        self._same = lru_cache(maxsize=_CACHED)(self._slips.same_letters)
        self._slips_of = lru_cache(maxsize=_CACHED)(self._slips.slips)

    def restore(self, text: str) -> str:
        """Return `text` in NFC, spelled in the likeliest way; punctuation and case stay."""
        text = nfc(text)
        typed = _typed(text)
        choices, _ = best_path(self._columns(typed), self._model)
        return _spelled(text, typed, choices)

    def log_probability(self, text: str) -> float:
        """Return ln P(`text` was typed, and meant as `restore` returns it)."""
        _, score = best_path(self._columns(_typed(nfc(text))), self._model)
        return score

    def _columns(self, typed: list[_Typed]) -> list[list[Choice]]:
        """Return the choices for each syllable: other marks, and slips where those don't fit."""
        lost = self._share_lost(typed)
        partly = max(_PARTLY * lost, _LEAST_PARTLY)
        costs = {
            Loss.NONE: 0.0,
            Loss.SOME: math.log(partly),
            Loss.ALL: math.log(lost),
            Loss.IN_SLIP: math.log(max(lost, _LOST_IN_SLIP)),
        }
        kept = math.log(1 - lost)
        units = _units(typed)
        mostly_marked = costs[Loss.ALL] < _MOSTLY_MARKED

        def cost(word: _Typed, reading: Reading) -> float:
            form, typed = reading.form, word.syllable
            if form == typed:
                return kept if fold(form) != form else costs[reading.loss]
            # Who types marks means a word that is one as it stands, "cho" and "máy" too.
            stands = mostly_marked and is_vietnamese(typed) and marks(typed) != marks(form)
            return costs[reading.loss] + (_KNOWN_WORD if stands else 0.0)

        same = [
            [
                self._choice(word, reading, cost(word, reading))
                for reading in (self._same(word.syllable) if not word.fixed else (_as_typed(word),))
                if units.get(place, reading.form) == reading.form
            ]
            for place, word in enumerate(typed)
        ]
        likely = [
            [c for c in column if c.number != UNKNOWN and c.log_channel > _UNLIKELY]
            or self._nearest(word, costs)
            for word, column in zip(typed, same, strict=True)
        ]
        columns: list[list[Choice]] = []
        for place, word in enumerate(typed):
            before = likely[place - 1] if place else []
            after = likely[place + 1] if place + 1 < len(typed) else []
            sides = _Sides(self._model, before, after)
            columns.append(self._column(word, same[place], likely[place], sides, costs))
        return [self._likeliest(columns, place) for place in range(len(columns))]

    def _nearest(self, word: _Typed, costs: dict[Loss, float]) -> list[Choice]:
        """Return the likeliest forms of a word that the corpus doesn't hold."""
        if word.fixed:
            return []
        readings = self._slips_of(word.syllable)
        choices = [self._choice(word, r, costs[r.loss]) for r in readings]
        return nlargest(_NEAREST, choices, key=lambda c: c.log_channel + math.log(c.alone))

    def _column(
        self,
        word: _Typed,
        same: list[Choice],
        likely: list[Choice],
        sides: _Sides,
        costs: dict[Loss, float],
    ) -> list[Choice]:
        """Return the forms with the same letters, and slips where no neighbour knows those."""
        if word.fixed:
            return same
        known = fold(likely[0].form) == fold(word.syllable) if likely else False
        if known and any(sides.vouching(choice) for choice in likely):
            return likely
        slips = [
            (reading, self._choice(word, reading, costs[reading.loss]))
            for reading in self._slips_of(word.syllable)
        ]
        if known:
            # A word that the corpus knows, in a place where it fits badly.
            if costs[Loss.ALL] < _MOSTLY_MARKED and all(c.form != word.syllable for c in likely):
                likely = same[:1]  # who types marks may mean "y tế" bare
            doubted = [replace(c, log_channel=c.log_channel + _KNOWN_WORD) for _, c in slips]
            return _united(likely, [c for c in doubted if sides.vouch_strongly(c)])
        if is_vietnamese(word.syllable):
            same = [c for c in same if c.form == word.syllable or sides.vouching(c)]
            fitting = [c for _, c in slips if sides.vouch_strongly(c)]
        elif word.name or fold(word.syllable) == word.syllable:
            fitting = [c for r, c in slips if r.spelled or sides.vouching(c)]
        else:
            fitting = [c for _, c in slips]
        return _united(same, fitting)

    def _choice(self, word: _Typed, reading: Reading, log_loss: float) -> Choice:
        number = self._model.number(reading.form)
        alone = self._unseen(word) if number == UNKNOWN else self._model.unigram(number)
        return Choice(reading.form, number, reading.log_slip + log_loss, alone)

    def _unseen(self, word: _Typed) -> float:
        """Return the probability of a word that the corpus doesn't hold."""
        if is_vietnamese(word.syllable):
            return self._new_native
        letters = min(len(word.syllable), _UNSEEN_LETTERS)
        chance = self._new_foreign * _UNSEEN_LETTER**letters
        if fold(word.syllable) != word.syllable:
            return chance * _FOREIGN_MARKED
        return chance * (_NAME if word.name else 1.0)

    def _likeliest(self, columns: list[list[Choice]], place: int) -> list[Choice]:
        """Return the choices at `place` that are worth following, by themselves and by pairs."""
        column = columns[place]
        if len(column) <= _CHOICES:
            return column
        before = columns[place - 1] if place else []
        after = columns[place + 1] if place + 1 < len(columns) else []
        follows = self._model.follows
        ranked: list[tuple[float, int, Choice]] = []
        for order, choice in enumerate(column):
            pairs = sum(follows(c.number, choice.number) for c in before)
            pairs += sum(follows(choice.number, c.number) for c in after)
            ranked.append((choice.log_channel + math.log(choice.alone + pairs), -order, choice))
        return [c for _, _, c in sorted(ranked, reverse=True)[:_CHOICES]]

    def _share_lost(self, typed: list[_Typed]) -> float:
        """Return what share of the marks the typist leaves out, judged by this text alone."""
        marked = bare = 0.0
        for word in typed:
            if word.fixed or not word.syllable.isalpha():
                continue
            if fold(word.syllable) != word.syllable:
                marked += 1
                continue
            forms = self._slips.forms.get(word.syllable, ())
            every = sum(self._model.count(form) for form in forms)
            if every:
                bare += (1 - self._model.count(word.syllable) / every) ** 2
        # Who types marks types them throughout: one doubtful syllable tells nothing.
        lost = max(bare - 0.8 - 0.02 * marked, 0.0) if marked else bare
        share = (lost + 0.01) / (bare + marked + 0.1)
        return min(max(share, _FEWEST_LOST), _MOST_LOST)


def _typed(text: str) -> list[_Typed]:
    codes = [match.span() for match in _CODE.finditer(text)]
    shouted = text.isupper()
    words: list[_Typed] = []
    for start, end in syllable_spans(text):
        written = text[start:end]
        fixed = (
            written.isdecimal()
            or any(a <= start < b for a, b in codes)
            or (not shouted and _is_abbreviation(written))
        )
        name = written[:1].isupper() and bool(words) and not shouted
        words.append(_Typed(start, end, canonical_syllable(written.lower()), fixed, name))
    return words


def _units(typed: list[_Typed]) -> dict[int, str]:
    """Return by place the forms of question words that can be nothing else without diacritics."""
    forms: dict[int, str] = {}
    for place, (first, second) in enumerate(pairwise(typed)):
        known = _UNITS.get((first.syllable, second.syllable))
        if known is not None:
            forms[place], forms[place + 1] = known
    if typed and typed[-1].syllable in _ENDS_YES_NO:  # "có … không"
        for place, (first, second) in enumerate(pairwise(typed)):
            if first.syllable == "co" and second.syllable not in _NOT_HAVE:
                return {place: "có", **forms}
    return forms


def _united(first: list[Choice], second: list[Choice]) -> list[Choice]:
    """Return the choices of both, of each form the likelier."""
    best: dict[str, Choice] = {}
    for choice in [*first, *second]:
        if choice.form not in best or best[choice.form].log_channel < choice.log_channel:
            best[choice.form] = choice
    return list(best.values())


def _as_typed(word: _Typed) -> Reading:
    return Reading(word.syllable, 0.0, Loss.NONE)


def _is_abbreviation(written: str) -> bool:
    """Tell whether capitals inside a word make it an abbreviation or a brand: KPI, TTg, iPhone."""
    return written[1:] != written[1:].lower() and not (
        written.isupper() and is_folded_vietnamese(fold(written.lower()))
    )


def _spelled(text: str, typed: list[_Typed], choices: list[Choice]) -> str:
    pieces: list[str] = []
    position = 0
    for word, choice in zip(typed, choices, strict=True):
        pieces.append(text[position : word.start])
        written = text[word.start : word.end]
        pieces.append(written if choice.form == word.syllable else _cased(choice.form, written))
        position = word.end
    return "".join([*pieces, text[position:]])


def _cased(form: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return form.upper()
    return form.capitalize() if like[:1].isupper() else form
