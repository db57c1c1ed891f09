"""Passages and a question about them, as the steps of answering take them, without an encoder.

Every vector is the same, so that words alone tell passages and sentences apart.
"""

from dataclasses import dataclass

import numpy as np

from embeddings.sentences import sentence_spans
from embeddings.vietnamese import has_diacritics
from knowledge.answering.coverage import QuestionCoverage
from knowledge.answering.evidence import Evidence, EvidenceRanker
from knowledge.answering.question import AnalysedQuestion, analyse
from knowledge.articles.chunk import Chunk, Sentence
from knowledge.index.chunk_records import IndexedChunks
from knowledge.index.corpus import Corpus
from knowledge.index.manifest import EmbeddingSpace, IndexVersion
from knowledge.retrieval.glossary import Glossary
from knowledge.retrieval.hybrid import Hit, Query

VECTOR = np.array([1.0, 0.0], dtype=np.float32)
GLOSSARY = Glossary({})
MANIFEST = IndexVersion(
    "v1", "2026-11-28T00:00:00Z", EmbeddingSpace("words", 2, "", ""), 1, 1, (), 0, 0, "v1", None
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how passages cover it, and the hits, one a passage, with their evidence."""

    question: AnalysedQuestion
    coverage: QuestionCoverage
    hits: list[Hit]
    evidence: list[Evidence]

    def at(self, sentence: str) -> Evidence:
        """The evidence of the sentence that begins like this."""
        (found,) = (e for e in self.evidence if e.sentence.text.startswith(sentence))
        return found


def chunk(number: int, passage: str) -> Chunk:
    """A passage; what stands before a "#" is its heading."""
    heading, _, text = passage.rpartition("# ")
    spans = sentence_spans(text)
    parts = ((text[a:b], a, b) for a, b in spans)
    sentences = tuple(
        Sentence(t.removeprefix("- "), a + 2 * t.startswith("- "), b) for t, a, b in parts
    )
    return Chunk(f"{number:016}", f"{number}.md", "", heading.strip(), 0, text, sentences)


def ask(question: str, *passages: str) -> Asked:
    """Ask `question`, spelled in full, of the passages."""
    chunks = tuple(chunk(number, passage) for number, passage in enumerate(passages))
    rows = sum(len(c.sentences) for c in chunks)
    vectors = np.tile(VECTOR, (rows, 1))
    corpus = Corpus(MANIFEST, IndexedChunks(chunks, vectors[: len(chunks)], vectors))
    analysed = analyse(question)
    coverage = QuestionCoverage(analysed, corpus, GLOSSARY, bare=not has_diacritics(question))
    hits = [Hit(c, 0.0, 1.0, (1.0,) * len(c.sentences)) for c in chunks]
    query = Query(question, None, VECTOR)
    return Asked(
        analysed, coverage, hits, EvidenceRanker(corpus).rank(query, analysed, coverage, hits)
    )
