import bm25s
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
def test_scores_are_those_of_the_library_that_defines_the_variant(
    texts: list[list[str]], question: list[str]
) -> None:
    known = [term for term in question if any(term in text for text in texts)]
    if not known:
        return
    library = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    library.index(texts, show_progress=False)
    index = LexicalIndex([" ".join(text) for text in texts], str.split)
    assert index.scores(" ".join(question)) == pytest.approx(library.get_scores(known), abs=1e-5)
