"""Restores missing diacritics from the syllable bigrams of the corpus at hand."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from embeddings.vietnamese import (
    canonical_syllable,
    fold,
    has_diacritics,
    nfc,
    syllable_spans,
    syllables,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEAM = 24
_LEAST_SLIP = 4  # letters; shorter syllables are all one letter apart
_SMOOTHING = 8.0
# Questions are phrased in words that documents seldom hold; each phrase counts as if it had been
# read this often in the corpus.
_PHRASE_WEIGHT = 6
_OTHER_PHRASE_WEIGHT = 2
_QUESTION_PHRASES = """
là gì | là ai | năm rồi | lâu rồi | là ngày nào | ngày nào | năm nào | tháng nào | khi nào
vào ngày nào | từ khi nào | bao giờ | bao nhiêu | bao nhiêu năm | có bao nhiêu | bao nhiêu tuổi
bao lâu | mấy năm | có mấy | là bao nhiêu | ở đâu | nơi nào | chỗ nào | như thế nào | thế nào là
ra sao | làm sao | tại sao | vì sao | do đâu | gồm những gì | bao gồm những gì
gồm những nội dung gì | những gì | cái gì | điều gì | việc gì | nói về gì | nói gì | quy định gì
nội dung gì | ý nghĩa gì | có ý nghĩa gì | nghĩa là gì | ai ký | ai ban hành | do ai | ai là
người nào | cơ quan nào | đơn vị nào | hãy cho biết | cho hỏi | cho mình hỏi | cho em hỏi
cho tôi hỏi | xin hỏi | bạn cho biết | giúp mình | với ạ | nhé | nêu | kể tên | liệt kê
trình bày | giải thích | có không | có phải không | được không | hay không | chưa
của văn phòng | văn phòng mình | cơ quan mình | đơn vị mình | tỉnh mình | chúng ta | hiện nay
bây giờ | hôm nay | những | các | một | hai | ba | bốn | năm | sáu | bảy | tám | chín | mười
và | với | của | cho | trong | trên | dưới | về | theo | được | đã | đang | sẽ | có | không
này | đó | kia | nào | thì | mà | để | từ | đến | tại | bởi | số điện thoại | địa chỉ | họ tên
tên gì | lúc mấy giờ | giờ làm việc | thời tiết | giá bao nhiêu | thành lập | ký ngày nào
ký khi nào | ban hành khi nào | có từ bao giờ | thành lập năm nào | thành lập ngày nào
thành lập khi nào
"""
_WORD = re.compile(r"[^\W\d_]+")


class DiacriticRestorer:
    """Finds the likeliest fully written form of a question, by a beam over syllable bigrams.

    A syllable that already carries a diacritic is kept as typed; a bare one may become any form
    that the corpus, or a common question phrase, writes for it. A syllable that nobody writes, one
    slip of the finger away from a known one, becomes that one if its neighbours vouch for it.
    """

    def __init__(self, corpus: Iterable[str], phrases: Iterable[str] = ()) -> None:
        """Learn from `corpus`, and from `phrases` that people use and the corpus may not hold."""
        self._one: Counter[str] = Counter()
        self._two: Counter[tuple[str, str]] = Counter()
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._learn(corpus, 1)
        self._learn(phrases, _OTHER_PHRASE_WEIGHT)
        phrases = [p for line in _QUESTION_PHRASES.strip().splitlines() for p in line.split("|")]
        self._learn(phrases, _PHRASE_WEIGHT)
        for syllable in self._one:
            self._forms[fold(syllable)].add(syllable)
        self._total = sum(self._one.values())
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for known in sorted(self._forms):
            self._by_length[len(known)].append(known)

    def needs_restoring(self, text: str) -> bool:
        """Tell whether diacritics seem to be missing from `text`, wholly or in part.

        A bare syllable is suspicious when the corpus never writes it bare, or when no word of the
        text carries a diacritic at all although some could.
        """
        words = [canonical_syllable(w) for w in _WORD.findall(nfc(text).lower())]
        bare = [w for w in words if fold(w) == w]
        if any(self._slips(word) for word in words):
            return True
        if len(bare) < len(words):
            return any(self._forms.get(w) and w not in self._forms[w] for w in bare)
        return any(self._forms.get(w, {w}) - {w} for w in bare)

    def restore(self, text: str) -> str:
        """Return `text` in NFC with the likeliest diacritics; punctuation and case stay."""
        text = nfc(text)
        spans = syllable_spans(text)
        typed = [canonical_syllable(text[start:end].lower()) for start, end in spans]
        best = self._search(typed)
        if has_diacritics(text):
            best = self._plausible(typed, best)
        best = [
            new if fold(old) in self._forms or fold(old) == fold(new) else kept
            for old, new, kept in zip(typed, best, self._plausible(typed, best), strict=True)
        ]
        pieces: list[str] = []
        position = 0
        for (start, end), old, new in zip(spans, typed, best, strict=True):
            pieces.append(text[position:start])
            pieces.append(text[start:end] if new == old else _cased(new, text[start:end]))
            position = end
        return "".join([*pieces, text[position:]])

    def _plausible(self, typed: list[str], best: list[str]) -> list[str]:
        """Undo changes that no neighbour vouches for: who types accents may mean "y tế" bare."""
        kept: list[str] = []
        for place, (old, new) in enumerate(zip(typed, best, strict=True)):
            before = place > 0 and self._two[best[place - 1], new] > 0
            after = place + 1 < len(best) and self._two[new, best[place + 1]] > 0
            kept.append(new if before or after else old)
        return kept

    def _learn(self, texts: Iterable[str], weight: int) -> None:
        """Count the syllables and their pairs in each of `texts` as if it stood there so often."""
        one: Counter[str] = Counter()
        two: Counter[tuple[str, str]] = Counter()
        for text in texts:
            tokens = syllables(text)
            one.update(tokens)
            two.update(pairwise(tokens))
        self._one.update({syllable: count * weight for syllable, count in one.items()})
        self._two.update({pair: count * weight for pair, count in two.items()})

    def _search(self, typed: list[str]) -> list[str]:
        beams: list[tuple[float, list[str]]] = [(0.0, [])]
        for syllable in typed:
            forms = self._forms.get(syllable) if fold(syllable) == syllable else None
            slips = self._slips(syllable)
            grown = [
                (
                    score + self._log_probability(form, sequence[-1] if sequence else None),
                    [*sequence, form],
                )
                for score, sequence in beams
                for form in sorted(forms or {syllable, *slips})
            ]
            beams = sorted(grown, key=lambda beam: -beam[0])[:_BEAM]
        return beams[0][1]

    def _slips(self, syllable: str) -> set[str]:
        """Return the known forms one typing slip away from a syllable that is written nowhere."""
        folded = fold(syllable)
        if len(folded) < _LEAST_SLIP or not folded.isalpha() or folded in self._forms:
            return set()
        return {
            form
            for length in range(len(folded) - 1, len(folded) + 2)
            for known in self._by_length[length]
            if OSA.distance(folded, known, score_cutoff=1) <= 1
            for form in self._forms[known]
        }

    def _log_probability(self, form: str, previous: str | None) -> float:
        unigram = (self._one[form] + 0.1) / (self._total + 0.1)
        if previous is None:
            return math.log(unigram)
        joint = self._two[previous, form] + _SMOOTHING * unigram
        return math.log(joint / (self._one[previous] + _SMOOTHING))


def _cased(form: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return form.upper()
    return form.capitalize() if like[:1].isupper() else form
