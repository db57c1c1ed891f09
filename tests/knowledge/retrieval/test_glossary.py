import numpy as np
import pytest

from embeddings.vietnamese import fold
from knowledge.articles.chunk import Chunk, Sentence
from knowledge.index.chunk_records import IndexedChunks
from knowledge.index.corpus import Corpus
from knowledge.index.derived.search_structures import SearchStructures
from knowledge.index.manifest import EmbeddingSpace, IndexVersion
from knowledge.retrieval.glossary import Glossary

MANIFEST = IndexVersion(
    "v1", "2026-11-28T00:00:00Z", EmbeddingSpace("words", 2, "", ""), 1, 1, (), 0, 0, "v1", None
)

GLOSSARY = Glossary(
    {
        "tt": ("truyền thống", "trung tâm", "thủ tướng", "thông tư"),
        "cb": ("cán bộ", "công báo"),
        "ks": ("khách sạn",),
        "ko": ("không",),
        "qđ": ("quyết định",),
    }
)
PARAGRAPHS = {
    "hop": "Cán bộ của trung tâm họp ở tầng hai. Trung tâm mở cửa cả tuần, cán bộ trực đêm.",
    "ngay": "Ngày truyền thống của tỉnh là 28/8. Lễ mừng ngày truyền thống có cán bộ hưu trí.",
    "ks": "Mẫu KS-01 và mẫu KS là hai mẫu. Mẫu KS nộp ở phòng một.",
    "so": "Quyết định số 12/QĐ-UBND đăng trên công báo tỉnh số 5.",
}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The paragraphs, a chunk each, without vectors that would tell them apart."""
    chunks = tuple(
        Chunk(name, name, "", "", 0, text, (Sentence(text, 0, len(text)),))
        for name, text in PARAGRAPHS.items()
    )
    vectors = np.ones((len(chunks), 2), dtype=np.float32)
    return Corpus(
        MANIFEST, SearchStructures.of(IndexedChunks(chunks, vectors, vectors)), GLOSSARY.phrases()
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tt mở cửa khi nào?", "trung tâm mở cửa khi nào?"),
        ("TT họp ở đâu?", "trung tâm họp ở đâu?"),
        ("ngày tt là ngày nào?", "ngày truyền thống là ngày nào?"),
        ("cb trực đêm", "cán bộ trực đêm"),
        ("đăng trên cb tỉnh", "đăng trên công báo tỉnh"),
        ("ngay tt la ngay nao", "ngay truyen thong la ngay nao"),  # gets its marks with the rest
        ("qđ12 ko đăng", "quyết định 12 không đăng"),
        ("12/QĐ-UBND", "12/QĐ-UBND"),
        ("mẫu ks nộp ở đâu", "mẫu ks nộp ở đâu"),  # the documents write it so
    ],
)
def test_an_abbreviation_is_read_in_its_context(corpus: Corpus, typed: str, meant: str) -> None:
    assert GLOSSARY.read(typed, corpus) == meant


def test_what_the_documents_do_not_hold_stays(corpus: Corpus) -> None:
    glossary = Glossary({"tp": ("thành phố", "trưởng phòng")})
    assert glossary.read("tp ở đâu", corpus) == "tp ở đâu"


def test_without_documents_only_what_means_one_thing_is_written_out() -> None:
    assert GLOSSARY.expand("tt ko họp") == "tt không họp"
    assert GLOSSARY.expand(fold("qđ 12 ko")) == "qd 12 khong"


def test_what_an_abbreviation_costs_does_not_grow_with_the_question(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    longest: list[int] = []
    weigh = corpus.restorer.log_probability

    def noted(text: str) -> float:
        longest.append(len(text))
        return weigh(text)

    monkeypatch.setattr(corpus.restorer, "log_probability", noted)
    GLOSSARY.read("tt cb " * 100, corpus)
    assert longest
    assert max(longest) < 60
