"""What people type when they mean a syllable: missing marks, slips of the finger, stray keys."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold
from embeddings.vietnamese_spelling import SHAPE_KEYS, TONE_KEYS, is_vietnamese, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Shares of the kinds among slips of one letter, each divided by the places where it may happen.
_SLIP = 0.04  # of all syllables
_NEIGHBOUR_KEY, _SWAPPED, _MISSING, _DOUBLED, _EXTRA, _ANY_KEY = 0.35, 0.2, 0.2, 0.1, 0.1, 0.05
_KEYS_AROUND = 4.5  # keys that touch a key, on average
_LETTERS = 25
_STRAY_KEYS = 0.04  # an input method left its keys in the text, given that the syllable has marks
_STRAY_AND_SLIP = 0.04  # one letter more, given stray keys
_SOME_KEYS = 0.1  # only the tone or only the shapes were typed, given stray keys
_WRONG_TONE = math.log(0.0004)
_HOOK_OR_TILDE = math.log(0.003)  # hỏi and ngã sound alike to many
_WRONG_SHAPE = math.log(0.0002)
_MISPLACED = math.log(0.02)  # all marks right, the tone on another letter
_SHORTEST_SLIP = 2
_LONGEST = 16  # letters; longer ones are no syllables


def _around() -> dict[str, tuple[str, ...]]:
    """Return the keys that touch each key; every row stands half a key right of the one above."""
    place = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    return {
        key: tuple(
            other
            for other, (u, v) in place.items()
            if other != key and abs(u - x) <= 1 and abs(v - y) <= 1
        )
        for key, (x, y) in place.items()
    }


KEYS_AROUND = _around()
"""The letters on the keys that touch a letter's key (QWERTY), lower case, row by row."""


class Loss(Enum):
    """Which of a form's marks the typed syllable lacks; the typist decides how likely that is."""

    NONE = "none"
    SOME = "some"
    ALL = "all"
    IN_SLIP = "in slip"  # the letter that was missed may have carried them


@dataclass(frozen=True, slots=True)
class Reading:
    """A form that a typed syllable may stand for.

    `log_slip` is the natural logarithm of how likely the slip is, marks left out aside; `spelled`
    tells whether keys of an input method were left over that spell the form to the letter.
    """

    form: str
    log_slip: float
    loss: Loss
    spelled: bool = False


class TypingSlips:
    """Finds the known forms behind what was typed, by indexes over one vocabulary."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Index the canonical syllables `forms`."""
        self.forms: defaultdict[str, list[str]] = defaultdict(list)
        self._keystrokes: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for form in sorted(forms):
            self.forms[fold(form)].append(form)
            if form.isalpha() and is_vietnamese(form):
                for keys, share in _keystrokes(form):
                    self._keystrokes[keys].append((form, math.log(share)))
        letters = {letter for folded in self.forms if folded.isalpha() for letter in folded}
        self._letters = sorted(letters)

    def same_letters(self, typed: str) -> list[Reading]:
        """Return the readings of `typed` that differ from it in marks alone, itself included."""
        folded = fold(typed)
        readings = [
            Reading(form, *_difference(typed, form))
            for form in self.forms.get(folded, ())
            if form != typed
        ]
        return [Reading(typed, 0.0, Loss.NONE), *readings]

    def slips(self, typed: str) -> list[Reading]:
        """Return the readings of `typed` that need a slip of the finger or stray keys."""
        best: dict[str, Reading] = {}
        for reading in [*self._one_letter(typed), *self._stray_keys(typed)]:
            old = best.get(reading.form)
            if old is None or old.log_slip < reading.log_slip:
                best[reading.form] = reading
        return list(best.values())

    def _one_letter(self, typed: str) -> Iterator[Reading]:
        folded = fold(typed)
        if not folded.isalpha() or not _SHORTEST_SLIP <= len(folded) <= _LONGEST + 1:
            return
        for known in self._near(folded):
            log_slip = slip_log_probability(folded, known)
            if log_slip is None:
                continue
            for form in self.forms[known]:
                cost, loss = _difference(typed, form)
                if loss is not Loss.NONE and len(folded) <= len(known):
                    loss = Loss.IN_SLIP
                yield Reading(form, log_slip + cost, loss)

    def _near(self, folded: str) -> Iterator[str]:
        """Yield the known words that are one slip of a letter away, each once."""
        parts = [(folded[:n], folded[n:]) for n in range(len(folded) + 1)]
        shorter = {a + b[1:] for a, b in parts}
        words = {
            *(a + b[1:2] + b[:1] + b[2:] for a, b in parts),
            *(a + letter + b[1:] for a, b in parts for letter in self._letters),
            *(a + letter + b for a, b in parts for letter in self._letters),
        }
        fitting = {w for w in words if w.isalpha() and _SHORTEST_SLIP <= len(w) <= _LONGEST}
        yield from ((shorter | fitting) & self.forms.keys()) - {folded}

    def _stray_keys(self, typed: str) -> Iterator[Reading]:
        """Return the forms that the keys in `typed` spell in Telex or VNI, in any order."""
        if len(typed) < 3 or not typed.isalnum() or not typed[0].isalpha():
            return
        digits = any(c.isdecimal() for c in typed)
        keys = "".join(sorted(_typed_keys(typed, vni=digits)))
        letters = fold(typed)
        for form, share in self._keystrokes.get(keys, ()):
            if len(form) < len(letters) and _in_order(fold(form), letters):
                yield Reading(form, math.log(_STRAY_KEYS) + share, Loss.NONE, spelled=True)
        if digits:
            return
        for short in set(_shortened(keys)):
            for form, share in self._keystrokes.get(short, ()):
                if len(form) < len(letters) and _in_order(fold(form), letters):
                    log_slip = math.log(_STRAY_KEYS * _STRAY_AND_SLIP) + share
                    yield Reading(form, log_slip, Loss.NONE)


def slip_log_probability(typed: str, meant: str) -> float | None:
    """Return ln P(typed | meant) for a slip of one letter; None when more than that is wrong.

    Both are folded. The kinds: a neighbouring or any other key, two letters swapped, one missing,
    one doubled, one extra.
    """
    extra = len(typed) - len(meant)
    if not -1 <= extra <= 1:
        return None
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), -1)
    if at < 0:
        at = min(len(typed), len(meant))
    length = len(meant)
    share: float | None = None
    if extra < 0:
        share = _MISSING / length if typed[at:] == meant[at + 1 :] else None
    elif extra > 0:
        if typed[at + 1 :] == meant[at:]:
            share = _extra_share(typed, at) / length
    elif typed[at + 1 :] == meant[at + 1 :]:
        near = typed[at : at + 1] in KEYS_AROUND.get(meant[at : at + 1], ())
        share = (_NEIGHBOUR_KEY / _KEYS_AROUND if near else _ANY_KEY / _LETTERS) / length
    elif typed[at:] == meant[at + 1 : at + 2] + meant[at : at + 1] + meant[at + 2 :]:
        share = _SWAPPED / (length - 1)
    return None if share is None else math.log(_SLIP * share)


def _extra_share(typed: str, at: int) -> float:
    around = typed[max(at - 1, 0) : at] + typed[at + 1 : at + 2]
    if typed[at] in around:
        return _DOUBLED
    if any(typed[at] in KEYS_AROUND.get(key, ()) for key in around):
        return _EXTRA / (2 * _KEYS_AROUND)
    return _ANY_KEY / _LETTERS


def _difference(typed: str, form: str) -> tuple[float, Loss]:
    """Return the cost of wrong marks in `typed` and which ones it lacks."""
    if typed == form:
        return 0.0, Loss.NONE
    have, want = marks(typed), marks(form)
    if have == want:
        return (0.0 if fold(typed) != fold(form) else _MISPLACED), Loss.NONE
    if have.within(want):
        return 0.0, Loss.SOME if have.tone or have.shapes else Loss.ALL
    cost = 0.0
    if have.tone not in ("", want.tone):
        cost += _HOOK_OR_TILDE if {have.tone, want.tone} == {"\u0309", "\u0303"} else _WRONG_TONE
    if not have.shapes <= want.shapes:
        cost += _WRONG_SHAPE
    return cost, Loss.NONE


def _keystrokes(form: str) -> list[tuple[str, float]]:
    """Return the sorted keys that type `form` in Telex and VNI, wholly or in part, with shares."""
    found: dict[str, float] = {}
    wanted = marks(form)
    for vni in (False, True):
        every = _typed_keys(form, vni=vni)
        tone = TONE_KEYS[wanted.tone][vni] if wanted.tone else ""
        variants = [(every, 1.0)]
        if {"ư", "ơ"} <= wanted.shapes:  # one key gives both horns
            variants.append((every.replace("7" if vni else "w", "", 1), 1.0))
        if tone and wanted.shapes:
            variants.append((every.replace(tone, "", 1), _SOME_KEYS))
            variants.append((fold(form) + tone, _SOME_KEYS))
        for keys, share in variants:
            if keys != fold(form):
                found.setdefault("".join(sorted(keys)), share)
    return list(found.items())


def _typed_keys(syllable: str, *, vni: bool) -> str:
    """Return the keys that type `syllable`, its tone last."""
    tone = marks(syllable).tone
    keys: list[str] = []
    for letter in syllable:
        toneless = _toneless(letter)
        keys.append(SHAPE_KEYS[toneless][vni] if toneless in SHAPE_KEYS else fold(letter))
    return "".join(keys) + (TONE_KEYS[tone][vni] if tone else "")


def _toneless(letter: str) -> str:
    shapes = marks(letter).shapes
    return next(iter(shapes)) if shapes else letter


def _shortened(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(len(word))]


def _in_order(letters: str, typed: str) -> bool:
    """Tell whether `letters` stand in `typed` in this order, others in between."""
    rest = iter(typed)
    return all(letter in rest for letter in letters)
