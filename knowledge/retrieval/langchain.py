"""The hybrid retrieval as a LangChain retriever, for use in LangChain's chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from knowledge.index.corpus import Corpus
from knowledge.retrieval.hybrid import HybridRetrieval
from knowledge.retrieval.typed_question import tidy_question

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun


class HybridRetriever(BaseRetriever):
    """Returns the passages for a question as LangChain documents, best first.

    `page_content` is the passage; the metadata are `chunk_id`, `title`, `heading`, `source`,
    `published`, `score` and `kb_version`. Raises QuestionError for a question without words.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    corpus: Corpus
    retrieval: HybridRetrieval
    top_k: int = Field(default=4, ge=1)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 -- LangChain's signature
    ) -> list[Document]:
        prepared = self.retrieval.query(tidy_question(query))
        documents = []
        for hit in self.retrieval.search(prepared, self.top_k):
            article = self.corpus.article(hit.chunk)
            documents.append(
                Document(
                    id=hit.chunk.chunk_id,
                    page_content=hit.chunk.text,
                    metadata={
                        "chunk_id": hit.chunk.chunk_id,
                        "title": article.title,
                        "heading": hit.chunk.heading,
                        "source": article.source,
                        "published": article.published,
                        "score": hit.score,
                        "kb_version": self.corpus.manifest.version,
                    },
                )
            )
        return documents
