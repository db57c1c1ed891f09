"""Reads what people type: restores diacritics and mends slips by the corpus at hand."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from embeddings.question_phrases import QUESTION_PHRASES
from embeddings.reading_lattice import Choice, best_paths
from embeddings.syllable_model import UNKNOWN, SyllableModel
from embeddings.typing_slips import Loss, Reading, TypingSlips
from embeddings.vietnamese import canonical_syllable, fold, nfc, syllable_spans
from embeddings.vietnamese_spelling import is_folded_vietnamese, is_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterable

# Questions are phrased in words that documents seldom hold; each phrase counts as if it had been
# read this often in the corpus.
_PHRASE_WEIGHT = 6
_OTHER_PHRASE_WEIGHT = 2
_CONSIDERED = 8  # paths over which the probabilities of the readings are shared out
_CHOICES = 14  # forms considered for one syllable
_CACHED = 1 << 13  # typed syllables whose readings are remembered
_FEWEST_LOST, _MOST_LOST = 0.004, 0.97
_PARTLY = 0.3  # of the marks that are lost, how many are lost in part
_LEAST_PARTLY = 0.002
# Vietnamese has so many syllables that a corpus may not hold, and foreign words have so many
# letters to choose among; an unknown one shares the chance of its kind evenly.
_UNSEEN_SYLLABLES = 8000
_UNSEEN_LETTER = 1 / 14
_UNSEEN_LETTERS = 6
_NAME = 30.0  # times likelier: an unknown word with a capital inside the sentence is a name
_CODE = re.compile(r"\S*[@_\\]\S*|\S*\d\S*[/.:-]\S*|\S*[/.:-]\S*\d\S*|\S+[/.]\S+\.\S+|\S+://\S+")


@dataclass(frozen=True, slots=True)
class Restoration:
    """A full spelling of what was typed, and ln of its probability among those considered."""

    text: str
    log_probability: float


@dataclass(frozen=True, slots=True)
class _Typed:
    """One syllable as typed: where, canonical in lower case, and whether it stays as it is."""

    start: int
    end: int
    syllable: str
    fixed: bool
    name: bool


class DiacriticRestorer:
    """Finds the likeliest spellings of a question: a noisy channel over syllable trigrams.

    What somebody meant is likely where the corpus (or a common question phrase) writes so, and
    where it takes few and common slips to type it so: marks left out wholly or partly, a letter
    missing, doubled, swapped or off by a key, keys of an input method left over. A word nobody
    writes is left alone unless its neighbours vouch for what it would become.
    """

    def __init__(self, corpus: Iterable[str], phrases: Iterable[str] = ()) -> None:
        """Learn from `corpus`, and from `phrases` that people use and the corpus may not hold."""
        self._model = SyllableModel(
            [(corpus, 1), (phrases, _OTHER_PHRASE_WEIGHT), (QUESTION_PHRASES, _PHRASE_WEIGHT)]
        )
        known = self._model.number_of
        self._slips = TypingSlips(known)
        foreign = [s for s in known if s.isalpha() and not is_vietnamese(s)]
        native = [s for s in known if s.isalpha() and is_vietnamese(s)]
        total = self._model.total + 1
        self._new_foreign = (self._model.once(foreign) + 1) / total
        self._new_native = (self._model.once(native) + 1) / total / _UNSEEN_SYLLABLES
        # One cache an instance; a method's cache would keep every instance alive.
        self._readings = lru_cache(maxsize=_CACHED)(self._all_readings)

    def restore(self, text: str) -> str:
        """Return `text` in NFC, spelled in the likeliest way; punctuation and case stay."""
        return self.restorations(text, 1)[0].text

    def restorations(self, text: str, n: int) -> list[Restoration]:
        """Return up to `n` different spellings of `text` (NFC), likeliest first; at least one.

        Their probabilities are shares among the likeliest few. Raises ValueError for n < 1.
        """
        if n < 1:
            raise ValueError(f"n must be ≥ 1, got {n}")
        text = nfc(text)
        typed = _typed(text)
        paths = best_paths(self._columns(typed), self._model, max(n, _CONSIDERED if n > 1 else 1))
        best = paths[0][0]
        whole = best + math.log(sum(math.exp(score - best) for score, _ in paths))
        return [
            Restoration(_spelled(text, typed, choices), min(score - whole, 0.0))
            for score, choices in paths[:n]
        ]

    def _columns(self, typed: list[_Typed]) -> list[list[Choice]]:
        lost = self._share_lost(typed)
        partly = max(_PARTLY * lost, _LEAST_PARTLY)
        log_loss = {Loss.NONE: 0.0, Loss.SOME: math.log(partly), Loss.ALL: math.log(lost)}
        log_kept = math.log(1 - lost)
        readings = [self._offered(word) for word in typed]
        columns: list[list[Choice]] = []
        for word, offered in zip(typed, readings, strict=True):
            marked = log_kept if fold(word.syllable) != word.syllable else 0.0
            choices = [
                self._choice(word, r, log_loss[r.loss] if r.form != word.syllable else marked)
                for r in offered
            ]
            columns.append(choices)
        return [self._vouched(columns, place, typed) for place in range(len(columns))]

    def _offered(self, word: _Typed) -> tuple[Reading, ...]:
        if word.fixed:
            return (Reading(word.syllable, 0.0, Loss.NONE, slipped=False),)
        return self._readings(word.syllable)

    def _all_readings(self, syllable: str) -> tuple[Reading, ...]:
        same = self._slips.same_letters(syllable)
        known = {reading.form for reading in same}
        slips = [r for r in self._slips.slips(syllable) if r.form not in known]
        return (*same, *slips)

    def _choice(self, word: _Typed, reading: Reading, log_loss: float) -> Choice:
        number = self._model.number(reading.form)
        alone = self._unseen(word) if number == UNKNOWN else self._model.unigram(number)
        return Choice(reading.form, number, reading.log_slip + log_loss, alone)

    def _unseen(self, word: _Typed) -> float:
        """Return the probability of a word that the corpus doesn't hold."""
        if is_vietnamese(word.syllable):
            return self._new_native
        letters = min(len(word.syllable), _UNSEEN_LETTERS)
        return self._new_foreign * _UNSEEN_LETTER**letters * (_NAME if word.name else 1.0)

    def _vouched(self, columns: list[list[Choice]], place: int, typed: list[_Typed]) -> list[Choice]:
        """Return the choices at `place` worth following: the typed one and what neighbours know."""
        column = columns[place]
        if len(column) == 1:
            return column
        before = columns[place - 1] if place else []
        after = columns[place + 1] if place + 1 < len(columns) else []
        folded = fold(typed[place].syllable)
        follows = self._model.follows
        ranked: list[tuple[float, int, Choice]] = []
        same_known = False
        for order, choice in enumerate(column):
            left = max((follows(c.number, choice.number) for c in before), default=0)
            right = max((follows(choice.number, c.number) for c in after), default=0)
            same = fold(choice.form) == folded
            if same and choice.number != UNKNOWN and (left or right or not (before or after)):
                same_known = True
            ranked.append((choice.log_channel + math.log(choice.alone + left + right), order, choice))
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
        share = (bare + 0.03) / (bare + marked + 0.1)
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
