"""Chunks, and a corpus of them, made of a few lines of Markdown without a model."""

import numpy as np

from knowledge.articles.article import Article
from knowledge.articles.chunk import Chunk
from knowledge.articles.chunker import ChunkingSettings, chunk_article
from knowledge.articles.reading import DocumentFormat
from knowledge.documents.reader import read_text
from knowledge.index.chunk_records import IndexedChunks
from knowledge.index.corpus import Corpus
from knowledge.index.derived.search_structures import SearchStructures
from knowledge.index.manifest import ArticleEntry, EmbeddingSpace, IndexVersion

SPACE = EmbeddingSpace("none", 2, "", "")


def chunks_of(
    markdown: str, settings: ChunkingSettings | None = None, *, name: str = "bai.md"
) -> tuple[Chunk, ...]:
    """The chunks of an article titled "Tên bài"."""
    blocks = read_text(f"---\ntitle: Tên bài\n---\n{markdown}".encode(), DocumentFormat.MARKDOWN)
    article = Article(name, "Tên bài", "nguồn", None, None, (), blocks.blocks, "0" * 64)
    return chunk_article(article, settings)


def corpus_of(*chunks: Chunk) -> Corpus:
    """A corpus of those chunks whose vectors say nothing; its words are real."""
    names = dict.fromkeys(chunk.article_id for chunk in chunks)
    articles = tuple(
        ArticleEntry(name, "Tên bài", "nguồn", None, None, (), "0" * 64, 1) for name in names
    )
    units = sum(len(chunk.sentences) for chunk in chunks)
    manifest = IndexVersion("v1", "", SPACE, 1, 1, articles, len(chunks), units, "v1", None)
    vectors = np.zeros((max(len(chunks), units), SPACE.dimension), dtype=np.float32)
    indexed = IndexedChunks(chunks, vectors[: len(chunks)], vectors[:units])
    return Corpus(manifest, SearchStructures.of(indexed))
