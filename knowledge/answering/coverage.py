"""How much of a question's meaning a text covers, word for word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, fold_syllable, nfc, syllable_spans, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.answering.office import Glossary, Phrase
    from knowledge.answering.question import AnalysedQuestion, Focus
    from knowledge.index.corpus import Corpus

_SYNONYM_CREDIT = 0.85
_GUESS_CREDIT = 0.8
_FEW_PAIRS = 2
_SAYS_LITTLE = 7  # content syllables
# What questions call the thing they ask for, and passages need not say.
_CALLS_THE_THING = frozenset(
    tuple(fold(word).split())
    for word in (
        "tổ chức, cơ quan, sự kiện, nội dung, đơn vị, tài liệu, thông tin, vấn đề, lý do, "
        "mục đích, ý nghĩa, thời gian, địa điểm, nguyên nhân, nguồn gốc, "
        "căn cứ, đối tượng, quy định"
    ).split(", ")
)


class _Text:
    """Looks phrases up in a text's syllables; most have one or two."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._single = set(tokens)
        self._pairs = set(pairwise(tokens))
        self._joined: str | None = None

    def holds(self, phrase: Phrase) -> bool:
        """Tell whether the text holds `phrase`, its syllables side by side."""
        if len(phrase) == 1:
            return phrase[0] in self._single
        if len(phrase) == 2:
            return phrase in self._pairs
        if not self._single.issuperset(phrase):
            return False
        if self._joined is None:
            self._joined = f" {' '.join(self._tokens)} "
        return f" {' '.join(phrase)} " in self._joined


class QuestionCoverage:
    """Scores texts by the share of a question's content that they hold, in 0..1.

    Content syllables and pairs of neighbouring ones each count with their inverse document
    frequency; pairs tell "y tế" from "kinh tế". A synonym from the glossary counts a little less,
    and so does, with `bare`, a word that only has other diacritics: of a question typed without
    them they are a guess.
    """

    def __init__(
        self, question: AnalysedQuestion, corpus: Corpus, glossary: Glossary, *, bare: bool = False
    ) -> None:
        self._bare = bare
        tokens = self._tokens = syllables(question.text)
        self._names = _names(question.text)
        alternatives = glossary.alternatives(tokens)
        self._units: list[tuple[float, Phrase, tuple[Phrase, ...]]] = []
        self._wordings: dict[int, tuple[Phrase, ...]] = {}
        previous: tuple[int, str, float] | None = None
        for position, token in question.content:
            weight = corpus.weight(fold(token))
            others = alternatives.get(position, ())
            self._units.append((weight, (token,), others))
            self._wordings[position] = ((token,), *others)
            if previous is not None and previous[0] + 1 == position:
                pair_others = tuple(o for o in others if o in alternatives.get(previous[0], ()))
                pair = (previous[1], token)
                self._units.append(((weight + previous[2]) / 2, pair, pair_others))
            previous = (position, token, weight)
        self.total = sum(weight for weight, _, _ in self._units)
        self._folded = [tuple(fold_syllable(s) for s in phrase) for _, phrase, _ in self._units]
        self._starting: dict[str, list[tuple[float, Phrase]]] = {}
        for weight, phrase, others in self._units:
            for wanted in (phrase, *others):
                self._starting.setdefault(wanted[0], []).append((weight, wanted))

    def of(self, tokens: list[str]) -> float:
        """Return the covered share for a text's syllables."""
        if not self.total:
            return 0.0
        written = _Text(tokens)
        folded = _Text([fold_syllable(token) for token in tokens]) if self._bare else None
        covered = 0.0
        for (weight, phrase, others), bare in zip(self._units, self._folded, strict=True):
            if written.holds(phrase):
                covered += weight
            elif folded is not None and folded.holds(bare):
                covered += weight * _GUESS_CREDIT
            elif any(written.holds(other) for other in others):
                covered += weight * _SYNONYM_CREDIT
        return covered / self.total

    def holds(self, focus: Focus, tokens: list[str]) -> bool:
        """Tell whether `tokens` hold what `focus` names, diacritics aside.

        The words of a phrase must stand together, or each after a figure ("89 xã và 10 phường");
        other words may stand apart. Synonyms from the glossary count.
        """
        folded = [fold_syllable(token) for token in tokens]
        joined = f" {' '.join(folded)} "
        # a motto's noun ("mấy nội dung") may have left the question's content
        wordings = [self._wordings[place] for place in focus.places if place in self._wordings]
        own = [fold(wording[0][0]) for wording in wordings]
        if focus.is_phrase and f" {' '.join(own)} " in joined:
            return True
        counted = {word for number, word in pairwise(folded) if number.isdigit()}
        for word, wording in zip(own, wordings, strict=True):
            if not _says_otherwise(wording, joined) and word not in (
                counted if focus.is_phrase else folded
            ):
                return False
        return True

    def misses_word(self, tokens: list[str]) -> bool:
        """Tell whether two neighbouring content syllables are both missing.

        Side by side they may have other diacritics, and anywhere in a longer question. Synonyms
        from the glossary count as present, and so does "sự kiện" of "sự kiện gì".
        """
        folded = [fold_syllable(token) for token in tokens]
        joined = f" {' '.join(folded)} "

        def holds(token: str) -> bool:
            if len(self._wordings) > _SAYS_LITTLE:
                return fold_syllable(token) in folded
            return token in tokens

        missing = {
            place
            for place, wording in self._wordings.items()
            if not holds(wording[0][0]) and not _says_otherwise(wording, joined)
        }
        words = (
            (fold(self._wordings[place][0][0]), fold(self._wordings[place + 1][0][0]))
            for place in missing
            if place + 1 in missing
        )
        return any(
            word not in _CALLS_THE_THING and f" {' '.join(word)} " not in joined for word in words
        )

    def holds_no_pair(self, tokens: list[str]) -> bool:
        """Tell whether the question has pairs of content syllables, and `tokens` none of them.

        Diacritics aside. Of "Liên hợp quốc" a text about the "hợp nhất" of "Hoàng Liên Sơn" holds
        no pair. Figures and words with synonyms make no pairs here.
        """
        alone = {
            place: wording[0][0]
            for place, wording in self._wordings.items()
            if len(wording) == 1 and wording[0][0].isalpha()
        }
        pairs = [(word, alone[place + 1]) for place, word in alone.items() if place + 1 in alone]
        if len(pairs) < _FEW_PAIRS:
            return False
        joined = _folded(tokens)
        return not any(_folded(pair) in joined for pair in pairs)

    def lacks_name(self, tokens: list[str]) -> bool:
        """Tell whether the question names something by a name of which `tokens` hold no two words.

        A name is written with capitals, at least two in a row. Diacritics aside; synonyms count.
        """
        joined = _folded(tokens)
        for places in self._names:
            wordings = [self._wordings[place] for place in places if place in self._wordings]
            if any(_says_otherwise(wording, joined) for wording in wordings):
                continue
            words = [fold(self._tokens[place]) for place in places]
            if not any(f" {a} {b} " in joined for a, b in pairwise(words)):
                return True
        return False

    def positions(self, tokens: list[str]) -> list[tuple[int, float]]:
        """Return (position, weight) of the question's content in `tokens`; synonyms count too.

        A phrase is placed at its last syllable.
        """
        found: list[tuple[int, float]] = []
        for start, token in enumerate(tokens):
            for weight, phrase in self._starting.get(token, ()):
                end = start + len(phrase)
                if tuple(tokens[start:end]) == phrase:
                    found.append((end - 1, weight))
        return found


def _folded(tokens: Iterable[str]) -> str:
    """Return the text of syllables without diacritics, a space around each."""
    return f" {' '.join(map(fold_syllable, tokens))} "


def _names(text: str) -> list[range]:
    """Return the places of runs of at least two capitalised syllables, the first one aside.

    "Ngày Quốc khánh" is no name "Ngày Quốc".
    """
    text = nfc(text)
    capital = [text[start:end].istitle() for start, end in syllable_spans(text)]
    names: list[range] = []
    first = 1
    for place in range(1, len(capital) + 1):
        if place == len(capital) or not capital[place]:
            if place - first > 1:
                names.append(range(first, place))
            first = place + 1
    return names


def _says_otherwise(wording: tuple[Phrase, ...], joined: str) -> bool:
    """Tell whether folded text holds a synonym: any of `wording` but the first, the own word."""
    return any(_folded(other) in joined for other in wording[1:])
