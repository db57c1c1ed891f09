import numpy as np

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
