from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from embeddings import Encoder
from embeddings.vietnamese import fold
from knowledge import KnowledgeBase
from knowledge.index.corpus import Corpus
from knowledge.retrieval.hybrid import HybridRetrieval
from tests.knowledge.small_articles import write, write_small_articles

# Paragraphs close in topic and wording, so that a question must find its own.
PARAGRAPHS = {
    "nghi-phep": "Công chức có đủ 12 tháng công tác được nghỉ hằng năm 12 ngày làm việc.",
    "nghi-om": "Công chức ốm đau nghỉ việc phải nộp giấy của bệnh viện trong 3 ngày.",
    "hop": "Cuộc họp giao ban của Văn phòng mở vào 8 giờ sáng thứ Hai tại phòng họp số 2.",
    "xe": "Phòng Hành chính điều xe công khi lịch công tác đã được Chánh Văn phòng duyệt.",
    "dau": "Văn thư giữ con dấu và chỉ đóng dấu lên văn bản có chữ ký của người có thẩm quyền.",
    "van-ban-den": "Văn bản đến được đăng ký vào sổ và chuyển cho người xử lý trong ngày.",
    "luu-tru": "Hồ sơ công việc nộp vào lưu trữ cơ quan trong 1 năm kể từ ngày công việc kết thúc.",
    "tiep-dan": "Lãnh đạo tỉnh tiếp công dân định kỳ vào ngày 15 hằng tháng tại trụ sở tiếp dân.",
    "mot-cua": "Bộ phận một cửa nhận hồ sơ trực tuyến suốt ngày đêm, kể cả thứ Bảy và Chủ nhật.",
    "mat-khau": "Mật khẩu hộp thư công vụ phải đổi ba tháng một lần và dài ít nhất mười ký tự.",
}
QUESTIONS = [
    ("Công chức được nghỉ phép mấy ngày một năm?", "nghi-phep"),
    ("Bị ốm thì phải nộp giấy tờ gì?", "nghi-om"),
    ("Giao ban Văn phòng lúc mấy giờ?", "hop"),
    ("Ai duyệt việc dùng xe công?", "xe"),
    ("Khi nào được đóng dấu lên văn bản?", "dau"),
    ("Văn bản đến xử lý thế nào?", "van-ban-den"),
    ("Bao lâu thì phải nộp hồ sơ vào lưu trữ?", "luu-tru"),
    ("Lãnh đạo tỉnh tiếp dân ngày nào?", "tiep-dan"),
    ("Chủ nhật có nộp hồ sơ được không?", "mot-cua"),
    ("Bao lâu phải đổi mật khẩu thư điện tử?", "mat-khau"),
]


def half_folded(question: str) -> str:
    """As someone types who leaves out every second word's diacritics."""
    return " ".join(fold(w) if n % 2 else w for n, w in enumerate(question.split()))


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[tuple[Corpus, HybridRetrieval]]:
    folder = tmp_path_factory.mktemp("retrieval")
    articles = write_small_articles(folder / "articles")
    for name, text in PARAGRAPHS.items():
        write(articles, f"{name}.md", f"# Quy chế làm việc\n\n{text}\n")
    with KnowledgeBase(folder / "data", encoder) as base:
        base.reload(articles)
        yield base.retrieval()


@pytest.fixture
def corpus(opened: tuple[Corpus, HybridRetrieval]) -> Corpus:
    return opened[0]


@pytest.fixture
def retrieval(opened: tuple[Corpus, HybridRetrieval]) -> HybridRetrieval:
    return opened[1]


@pytest.mark.parametrize("typing", [str, fold, half_folded, str.upper])
@pytest.mark.parametrize(("question", "gold"), QUESTIONS)
def test_gold_passage_comes_first(
    retrieval: HybridRetrieval, question: str, gold: str, typing: type[str]
) -> None:
    hits = retrieval.search(retrieval.query(typing(question)), 3)
    assert hits[0].chunk.article_id == f"{gold}.md"


def test_hits_are_ordered_and_measured(retrieval: HybridRetrieval, corpus: Corpus) -> None:
    query = retrieval.query("Lãnh đạo tỉnh tiếp dân ngày nào?")
    hits = retrieval.search(query, 100)
    assert len(hits) == len(corpus.chunks)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        row = corpus.row_of[hit.chunk.chunk_id]
        expected = corpus.vectors.of_passages([row])[0] @ query.vector
        assert hit.passage_similarity == pytest.approx(expected, abs=1e-5)
        assert len(hit.sentence_similarities) == len(hit.chunk.sentences)
    assert retrieval.search(query, 2) == hits[:2]


def test_query_is_embedded_as_restored(retrieval: HybridRetrieval) -> None:
    typed = retrieval.query("Lãnh đạo tỉnh tiếp công dân ngày nào?")
    bare = retrieval.query("Lanh dao tinh tiep cong dan ngay nao?")
    assert (typed.restored, bare.restored) == (None, typed.typed)
    assert bare.text == typed.text
    np.testing.assert_array_equal(bare.vector, typed.vector)
    assert np.linalg.norm(typed.vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("top_k", [0, -1])
def test_number_of_hits_must_be_positive(retrieval: HybridRetrieval, top_k: int) -> None:
    with pytest.raises(ValueError, match="top_k"):
        retrieval.search(retrieval.query("ngày nào"), top_k)


def test_words_alone_and_vectors_alone_both_contribute(retrieval: HybridRetrieval) -> None:
    query = retrieval.query("828/QĐ-TTg")
    assert retrieval.search(query, 1)[0].chunk.heading == "Quyết định 828"
    blind = replace(query, vector=np.zeros_like(query.vector))
    assert retrieval.search(blind, 1)[0].chunk.heading == "Quyết định 828"
    wordless = replace(retrieval.query("Lãnh đạo tỉnh tiếp dân ngày nào?"), typed="zzz")
    assert retrieval.search(wordless, 1)[0].chunk.article_id == "tiep-dan.md"
