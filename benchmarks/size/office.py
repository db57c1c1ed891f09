"""An office with the shipped articles and any number of made-up documents beside them."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.comparison.documents import Document, distractors
from benchmarks.comparison.prepared_vectors import PreparedVectors, VectorCache
from benchmarks.corpus import SHIPPED
from knowledge import GOLDEN_FILE
from knowledge.evaluation.question_file import read_questions
from knowledge.reload.golden_questions import read_golden_file

if TYPE_CHECKING:
    from pathlib import Path

    from embeddings import Encoder

_SEED = 6
_FOLDER = 1000  # files a folder
CHANGED = "0000/d000001.md"
"""The made-up article that the reloads change."""


@dataclass(frozen=True, slots=True)
class SizedOffice:
    """A folder with `articles/` and `data/`; `made` documents stand beside the shipped articles.

    `others` is a file in SQuAD format, of whose sentences the made-up ones are put together.
    """

    folder: Path
    made: int
    others: Path

    @property
    def articles(self) -> Path:
        """The folder of the articles."""
        return self.folder / "articles"

    @property
    def data_dir(self) -> Path:
        """The bot's data directory."""
        return self.folder / "data"

    @property
    def changed(self) -> Path:
        """The article that a reload changes: a made-up one, else a shipped one."""
        return self.articles / (CHANGED if self.made else "09-moc-lich-su-tinh-lao-cai.md")

    def figures(self, step: str) -> Path:
        """Return the file for what a step measured."""
        return self.folder / f"{step}.json"

    def documents(self) -> list[Document]:
        """Return the made-up documents; a larger office only has more of them."""
        if not self.made:
            return []
        texts = [paragraph.text for paragraph in read_questions(self.others).documents]
        return list(islice(distractors(texts, random.Random(_SEED)), self.made))

    def write_articles(self) -> None:
        """Write all articles and the shipped golden questions, unless they are there."""
        if self.articles.is_dir():
            return
        unfinished = self.articles.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(SHIPPED, unfinished)
        for number, document in enumerate(self.documents()):
            shelf = unfinished / f"{number // _FOLDER:04d}"
            shelf.mkdir(exist_ok=True)
            title = json.dumps(document.title, ensure_ascii=False)
            shelf.joinpath(f"{document.name}.md").write_text(
                f"---\ntitle: {title}\n---\n{document.text}\n", encoding="utf-8"
            )
        unfinished.rename(self.articles)

    def prepared_vectors(self, encoder: Encoder, vectors: Path) -> PreparedVectors | None:
        """Return the vectors of the made-up documents, made of those of their sentences."""
        if not self.made:
            return None
        cache = VectorCache(encoder.model_id, encoder.encode_passages, vectors)
        return PreparedVectors.prepare(self.documents(), cache, sentencewise=True)


def golden_texts() -> list[str]:
    """Return the shipped golden questions, in the order of their file."""
    return [question.text for question in read_golden_file(SHIPPED / GOLDEN_FILE) or ()]
