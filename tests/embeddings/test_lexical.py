from itertools import pairwise
from pathlib import Path

import numpy as np
from bm25s import BM25
from hypothesis import given
from hypothesis import strategies as st

from embeddings.lexical import LexicalIndex
from embeddings.syllable_texts import SyllableTexts

TEXTS = ["Ngày truyền thống văn phòng", "Thủ tướng ký quyết định", "Bếp ăn tập thể"]


def index_of(*texts: str, folded: bool = False) -> LexicalIndex:
    return LexicalIndex.of(SyllableTexts.of(texts), folded=folded)


def test_the_text_that_shares_words_scores_best_and_strangers_score_nothing() -> None:
    scores = index_of(*TEXTS).scores("ai ký quyết định")
    assert int(scores.argmax()) == 1
    assert scores[0] == scores[2] == 0


def test_folded_terms_match_without_diacritics() -> None:
    assert index_of(*TEXTS).scores("truyen thong").max() == 0
    assert int(index_of(*TEXTS, folded=True).scores("truyen thong").argmax()) == 0


def test_order_of_syllables_counts() -> None:
    index = index_of("văn phòng tỉnh", "phòng văn tỉnh")
    scores = index.scores("văn phòng")
    assert scores[0] > scores[1] > 0


def test_unknown_words_and_empty_texts_score_nothing() -> None:
    assert np.all(index_of(*TEXTS).scores("bóng đá") == 0)
    assert np.all(index_of("", "").scores("văn phòng") == 0)


def test_frequency_counts_texts_not_occurrences() -> None:
    index = index_of("văn phòng văn phòng", "văn thư", "", folded=True)
    terms = [("van",), ("phong",), ("van", "phong"), ("thu",), ("văn",), ("phong", "thu")]
    assert [index.frequency(*term) for term in terms] == [2, 1, 1, 1, 0, 0]
    assert index.rows("van").tolist() == [0, 1]


LETTERS = st.sampled_from("á b c d e".split())


@given(
    st.lists(st.lists(LETTERS, max_size=12), min_size=1, max_size=9),
    st.lists(st.sampled_from("á b c d e f".split()), min_size=1, max_size=4),
    st.booleans(),
)
def test_scores_are_those_of_the_library_over_syllables_and_pairs(
    texts: list[list[str]],
    question: list[str],
    folded: bool,  # noqa: FBT001 -- of hypothesis
) -> None:
    def terms(syllables: list[str]) -> list[str]:
        read = [s.replace("á", "a") for s in syllables] if folded else syllables
        return [*read, *map("_".join, pairwise(read))]

    found = index_of(*map(" ".join, texts), folded=folded).scores(" ".join(question))
    library = BM25(method="lucene", k1=1.5, b=0.75)
    if not any(texts):
        assert not found.any()
        return
    library.index([terms(text) for text in texts], show_progress=False)
    known = [term for term in terms(question) if term in library.vocab_dict]
    expected = library.get_scores(known) if known else np.zeros(len(texts))
    assert found.tolist() == expected.tolist()


def test_a_saved_index_is_the_same(tmp_path: Path) -> None:
    for folded in (False, True):
        index, folder = index_of(*TEXTS, folded=folded), tmp_path / str(folded)
        index.save(folder)
        loaded = LexicalIndex.load(folder)
        for question in ("ai ký quyết định", "truyen thong", "bóng đá"):
            assert loaded.scores(question).tolist() == index.scores(question).tolist()
        assert loaded.frequency("an", "tap") == index.frequency("an", "tap") == int(folded)
