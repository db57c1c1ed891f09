import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.lexical import LexicalIndex, exact_terms, folded_terms

TEXTS = ["Ngày truyền thống văn phòng", "Thủ tướng ký quyết định", "Bếp ăn tập thể"]


def test_the_text_that_shares_words_scores_best_and_strangers_score_nothing() -> None:
    scores = LexicalIndex(TEXTS, exact_terms).scores("ai ký quyết định")
    assert int(scores.argmax()) == 1
    assert scores[0] == scores[2] == 0


def test_folded_terms_match_without_diacritics() -> None:
    assert LexicalIndex(TEXTS, exact_terms).scores("truyen thong").max() == 0
    assert int(LexicalIndex(TEXTS, folded_terms).scores("truyen thong").argmax()) == 0


def test_order_of_syllables_counts() -> None:
    index = LexicalIndex(["văn phòng tỉnh", "phòng văn tỉnh"], exact_terms)
    scores = index.scores("văn phòng")
    assert scores[0] > scores[1] > 0


def test_unknown_words_and_empty_texts_score_nothing() -> None:
    assert np.all(LexicalIndex(TEXTS, exact_terms).scores("bóng đá") == 0)
    assert np.all(LexicalIndex(["", ""], exact_terms).scores("văn phòng") == 0)


def test_frequency_counts_texts_not_occurrences() -> None:
    index = LexicalIndex(["văn phòng văn phòng", "văn thư", ""], folded_terms)
    assert [index.frequency(t) for t in ("van", "phong", "van_phong", "thu", "văn", "")] == [
        2,
        1,
        1,
        1,
        0,
        0,
    ]


@given(
    st.lists(st.lists(st.sampled_from("a b c d e".split()), max_size=12), min_size=1, max_size=9),
    st.lists(st.sampled_from("a b c d e f".split()), min_size=1, max_size=4),
)
def test_scores_follow_the_formula_of_lucene(texts: list[list[str]], question: list[str]) -> None:
    mean = sum(map(len, texts)) / len(texts)

    def score(text: list[str]) -> float:
        total = 0.0
        for term in question:
            holding = sum(term in other for other in texts)
            if holding:
                rarity = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
                saturation = 1.5 * (0.25 + 0.75 * len(text) / mean)
                total += rarity * text.count(term) / (text.count(term) + saturation)
        return total

    index = LexicalIndex([" ".join(text) for text in texts], str.split)
    found = index.scores(" ".join(question))
    assert found.tolist() == pytest.approx([score(text) for text in texts], abs=1e-5)
