from collections.abc import Iterator

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from pydantic import ValidationError

from embeddings import Encoder
from knowledge import KnowledgeBase, NoIndexError, QuestionError
from knowledge.retrieval.langchain import HybridRetriever
from tests.knowledge.small_articles import DATE_QUESTION, write_small_articles


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[KnowledgeBase]:
    folder = tmp_path_factory.mktemp("langchain")
    with KnowledgeBase(folder / "data", encoder) as base:
        base.reload(write_small_articles(folder / "articles"))
        yield base


@pytest.fixture
def retriever(opened: KnowledgeBase) -> HybridRetriever:
    return opened.langchain_retriever(top_k=2)


def numbered(documents: list[Document]) -> str:
    return "\n".join(
        f"[{n}] {d.page_content} ({d.metadata['source']})" for n, d in enumerate(documents, 1)
    )


def test_documents_carry_text_and_origin(retriever: HybridRetriever, opened: KnowledgeBase) -> None:
    documents = retriever.invoke(DATE_QUESTION)
    assert len(documents) == 2
    first = documents[0]
    score = first.metadata.pop("score")
    assert score > documents[1].metadata["score"]
    assert first.page_content.endswith("là ngày 28/8 hằng năm.")
    assert first.metadata == {
        "chunk_id": first.id,
        "title": "Ngày truyền thống",
        "heading": "Ngày 28/8",
        "source": "Quyết định số 828/QĐ-TTg",
        "published": "2026-11-23",
        "kb_version": "v0001",
    }
    cited = opened.assistant().citation(str(first.id))
    assert cited is not None
    assert cited.passage == first.page_content


def test_chain_of_retriever_and_function(retriever: HybridRetriever) -> None:
    chain = {
        "context": retriever | RunnableLambda(numbered),
        "question": RunnablePassthrough(),
    } | RunnableLambda(lambda given: f"{given['question']}\n{given['context']}")
    prompt = chain.invoke(DATE_QUESTION)
    assert prompt.startswith(f"{DATE_QUESTION}\n[1] Ngày truyền thống Văn phòng")
    assert "(Quyết định số 828/QĐ-TTg)" in prompt
    assert chain.batch([DATE_QUESTION, "3 đúng là gì?"])[0] == prompt


async def test_chain_runs_asynchronously(retriever: HybridRetriever) -> None:
    chain = retriever | RunnableLambda(numbered)
    assert await chain.ainvoke("3 dung la gi?") == chain.invoke("3 đúng là gì?")


def test_question_without_words(retriever: HybridRetriever) -> None:
    with pytest.raises(QuestionError):
        (retriever | RunnableLambda(numbered)).invoke("?!")


def test_number_of_documents(opened: KnowledgeBase) -> None:
    assert len(opened.langchain_retriever(top_k=1).invoke(DATE_QUESTION)) == 1
    assert len(opened.langchain_retriever(top_k=50).invoke(DATE_QUESTION)) == 6
    with pytest.raises(ValidationError):
        opened.langchain_retriever(top_k=0)


def test_nothing_indexed(base: KnowledgeBase) -> None:
    with pytest.raises(NoIndexError):
        base.langchain_retriever()
