"""The office's own words, and its abbreviations written out as the question means them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from embeddings.common_english import vietnamese_of_english
from embeddings.english import in_vietnamese, is_english
from embeddings.vietnamese import fold, syllables

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.index.corpus import Corpus

_NEAR = 4
"""Words on each side that an abbreviation is read by; a question of nothing but abbreviations would
otherwise be read whole for each of them, for a minute."""
_OFTEN = 3  # times as often as the other phrases do people say what they call their office
_GLUED = re.compile(r"\b([^\W\d_]+)(\d+)\b")
# not inside a document's number: "828/QĐ-TTg"
_WORD = re.compile(r"(?<![\w/-])\w+(?!-?\w)")
_ANY_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Abbreviations (lower case → what each may stand for, the commonest first), common words.

    The common words are what people ask about and articles may not hold, the own names what they
    call their office: both keep a question without diacritics from being read as something else.
    """

    abbreviations: dict[str, tuple[str, ...]]
    common: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    english: dict[str, str] = field(default_factory=dict)
    """The office's own terms in English, in lower case, with their Vietnamese."""

    def in_vietnamese(self, question: str) -> str:
        """Return an English question word by word in Vietnamese, any other as it is."""
        if not is_english(question):
            return question
        return in_vietnamese(question, vietnamese_of_english() | self.english)

    def phrases(self) -> list[str]:
        """Return all fully spelled phrases, to restore diacritics from."""
        full = [form for forms in self.abbreviations.values() for form in forms]
        return [*full, *self.common, *_OFTEN * self.own_names]

    def expand(self, question: str) -> str:
        """Return `question` with what its abbreviations mean, "qđ828" as "quyết định 828".

        Those that may stand for several things stay.
        """
        return self._replaced(question, lambda _, forms: forms[0] if len(forms) == 1 else None)

    def read(self, question: str, corpus: Corpus) -> str:
        """Return `question` with its abbreviations written out as they are meant there.

        Of several forms the likeliest in the question that the documents hold; an abbreviation that
        they hold more often than any form, or none of whose forms they hold, stays.
        """

        def chosen(place: re.Match[str], forms: tuple[str, ...]) -> str | None:
            often = {form: _frequency(form, corpus) for form in forms}
            if corpus.exact.frequency(place.group().lower()) > max(often.values()):
                return None
            if len(forms) == 1:
                return forms[0]
            held = [form for form in forms if often[form]]
            before, after = _around(place)
            bare = place.string.isascii()
            return max(
                held,
                key=lambda form: corpus.restorer.log_probability(
                    f"{before}{fold(form) if bare else form}{after}"
                ),
                default=None,
            )

        return self._replaced(question, chosen)

    def _replaced(
        self, question: str, chosen: Callable[[re.Match[str], tuple[str, ...]], str | None]
    ) -> str:
        question = _GLUED.sub(
            lambda m: f"{m[1]} {m[2]}" if m[1].lower() in self.abbreviations else m[0], question
        )
        bare = question.isascii()  # then the whole question gets its diacritics together

        def full(match: re.Match[str]) -> str:
            forms = self.abbreviations.get(match.group().lower())
            text = chosen(match, forms) if forms else None
            if text is None:
                return match.group()
            return fold(text) if bare else text

        return _WORD.sub(full, question)


def _around(place: re.Match[str]) -> tuple[str, str]:
    """Return the text that stands near before `place`, and near after it."""
    before, after = place.string[: place.start()], place.string[place.end() :]
    starts = [word.start() for word in _ANY_WORD.finditer(before)][-_NEAR:]
    ends = [word.end() for word in islice(_ANY_WORD.finditer(after), _NEAR)]
    return before[starts[0] :] if starts else before, after[: ends[-1]] if ends else after


def _frequency(form: str, corpus: Corpus) -> int:
    """Return about how many chunks hold `form`, all its words side by side."""
    words = syllables(form)
    parts: list[tuple[str, ...]] = [*pairwise(words)] or [(word,) for word in words]
    return min((corpus.exact.frequency(*part) for part in parts), default=0)
