"""Which windows of the passages that were found are read."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Encoder
from embeddings.vietnamese import fold_syllable, syllables
from knowledge import KnowledgeBase
from knowledge.index.corpus import Corpus
from knowledge.retrieval.hybrid import HybridRetrieval
from knowledge.retrieval.shortlist import Candidate, QuestionWords, shortlist
from tests.knowledge.small_articles import PARKING, write, write_small_articles
from tests.knowledge.small_corpus import chunks_of, corpus_of

HOURS = "".join(f"Phòng {n} mở cửa lúc {n} giờ sáng, có việc thì gọi. " for n in range(1, 13))
NO_WORDS = "Qwzx vbnm?"
QUESTIONS = [
    ("Bãi xe mở cửa lúc mấy giờ?", "Bãi xe mở cửa lúc 6 giờ 30 phút mỗi sáng."),
    ("phong 7 mo cua luc may gio", "Phòng 7 mở cửa lúc 7 giờ sáng, có việc thì gọi."),
    ("Quyết định số 828/QĐ-TTg ký ngày nào?",
     "Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004."),
    ("Ba không là gì?", "3 không là: không vô cảm, không sách nhiễu, không né tránh."),
]  # fmt: skip


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[tuple[Corpus, HybridRetrieval]]:
    folder = tmp_path_factory.mktemp("shortlist")
    articles = write_small_articles(folder / "articles")
    write(articles, "bai-xe.md", PARKING)
    write(articles, "ban-sao.md", f"{PARKING}\nCâu chỉ có ở bản sao.\n")
    write(articles, "gio.md", f"# Giờ mở cửa\n\n{HOURS}\n")
    with KnowledgeBase(folder / "data", encoder) as base:
        base.reload(articles)
        yield base.retrieval()


def listed(
    opened: tuple[Corpus, HybridRetrieval], question: str, count: int = 8, hits: int = 8
) -> list[Candidate]:
    corpus, retrieval = opened
    query = retrieval.query(question)
    return shortlist(query, retrieval.search(query, hits), corpus, count)


@pytest.mark.parametrize(("question", "unit"), QUESTIONS)
def test_the_sentence_with_the_words_of_the_question_is_read(
    opened: tuple[Corpus, HybridRetrieval], question: str, unit: str
) -> None:
    found = listed(opened, question)
    assert unit in [c.window.chunk.sentences[c.unit].text for c in found[:2]]
    assert all(c.window.first <= c.unit <= c.window.last for c in found)


@pytest.mark.parametrize("question", [*(q for q, _ in QUESTIONS), NO_WORDS])
@pytest.mark.parametrize("count", [1, 4, 30])
def test_no_window_is_read_twice(
    opened: tuple[Corpus, HybridRetrieval], question: str, count: int
) -> None:
    found = listed(opened, question, count)
    assert 0 < len(found) <= count
    assert found == listed(opened, question, 30)[:count]
    texts = [c.window.text for c in found]
    assert len(set(texts)) == len(texts)
    own = [(c.window.chunk.chunk_id, c.unit) for c in found]
    for n, candidate in enumerate(found):
        read = {(candidate.window.chunk.chunk_id, m)
                for m in range(candidate.window.first, candidate.window.last + 1)}  # fmt: skip
        assert not read & set(own[n + 1 :])
    for candidate in found:
        assert 0 <= candidate.coverage <= candidate.context_coverage <= 1
        assert candidate.coverage <= candidate.passage_coverage <= 1
        assert candidate.lead <= 0
        assert (candidate.lead == 0) == (candidate.rank == 0)


def test_a_question_of_words_that_nothing_holds_is_read_by_meaning_alone(
    opened: tuple[Corpus, HybridRetrieval],
) -> None:
    found = listed(opened, NO_WORDS)
    assert {c.coverage for c in found} == {c.passage_coverage for c in found} == {0.0}
    score = [0.7 * c.similarity + 0.5 * c.lead for c in found]
    assert score == sorted(score, reverse=True)


def test_without_passages_nothing_is_read(opened: tuple[Corpus, HybridRetrieval]) -> None:
    corpus, retrieval = opened
    assert shortlist(retrieval.query("Bãi xe ở đâu?"), [], corpus) == []


WORDS = corpus_of(*chunks_of("Bãi xe mở cửa lúc 6 giờ.\n\n## Xe\n\nXe đỗ theo hàng."))
SOME = st.lists(st.sampled_from("bãi xe mở cửa hàng ngày ZZZ 6".split()), max_size=6).map(" ".join)


@given(SOME, SOME, SOME)
def test_coverage_grows_with_the_words_up_to_all_of_the_question(
    question: str, some: str, more: str
) -> None:
    words = QuestionWords(question, WORDS)
    asked, held, others = (frozenset(map(fold_syllable, syllables(t)))
                           for t in (question, some, more))  # fmt: skip
    assert 0 <= words.coverage(held) <= words.coverage(held | others) + 1e-9 <= 1 + 2e-9
    assert words.coverage(asked) == (pytest.approx(1) if asked else 0)
    assert (words.coverage(held) == 0) == (not asked & held)


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    words = QuestionWords("xe đỗ", WORDS)
    assert words.coverage({"do"}) > words.coverage({"xe"}) > 0
