"""Passages of the shipped articles, or of texts that a test writes."""

from pathlib import Path

import knowledge
from knowledge.articles.chunk import Chunk
from knowledge.articles.chunker import chunk_article
from knowledge.documents.loader import article_files, load_article

SHIPPED = Path(knowledge.__file__).parent / "articles" / "office"


def passages_of(folder: Path) -> list[Chunk]:
    return [chunk for file in article_files(folder) for chunk in chunk_article(load_article(file))]


def written(folder: Path, **articles: str) -> list[Chunk]:
    """Passages of articles with these names and texts."""
    for name, text in articles.items():
        folder.joinpath(f"{name}.md").write_text(f"# Bài {name}\n\n{text}\n", encoding="utf-8")
    return passages_of(folder)
