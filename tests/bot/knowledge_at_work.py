"""A knowledge base that a bot works with, over small articles that a test may change."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.knowledge_worker import KnowledgeWorker
from embeddings import Encoder
from knowledge import KnowledgeBase, ReloadRequest
from tests.knowledge.small_articles import DATE_QUESTION, write, write_small_articles


@dataclass(frozen=True, slots=True)
class KnowledgeAtWork:
    """What a running bot has: the base it owns, its worker and its updates."""

    base: KnowledgeBase
    worker: KnowledgeWorker
    updates: KnowledgeUpdates
    articles: Path
    data_dir: Path

    async def says(self, question: str) -> str:
        return (await self.worker.answer(question)).text

    def lose_the_day(self) -> None:
        """Change an article so that the golden question about the day is lost."""
        text = self.articles.joinpath("day.md").read_text(encoding="utf-8")
        write(self.articles, "day.md", text.replace("28/8", "ấy"))

    @property
    def request(self) -> ReloadRequest:
        return ReloadRequest(self.articles)


@asynccontextmanager
async def knowledge_at_work(folder: Path, encoder: Encoder) -> AsyncIterator[KnowledgeAtWork]:
    """Build a first version from two articles and a golden question, and work with it."""
    articles = write_small_articles(folder / "articles")
    write(articles, "golden.yaml", f"answered:\n  - ask: {DATE_QUESTION}\n    contains: 28/8\n")
    with KnowledgeBase(folder / "data", encoder) as base:
        base.reload(articles)
        worker = KnowledgeWorker(base.assistant(), threads=2)
        try:
            yield KnowledgeAtWork(
                base, worker, KnowledgeUpdates(base, worker), articles, folder / "data"
            )
        finally:
            worker.close()
