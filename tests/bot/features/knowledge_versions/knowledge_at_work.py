"""A knowledge base that a bot works with, over small articles that a test may change."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram.ext import ExtBot

from bot.database import Database
from bot.database.url import parse_url
from bot.feature import Core
from bot.features.knowledge_versions.feature import KnowledgeVersionsFeature
from bot.features.knowledge_versions.updates import KnowledgeUpdates
from bot.knowledge_worker import KnowledgeWorker
from bot.settings import Settings
from bot.telegram.sending import DEFAULTS
from embeddings import Encoder
from knowledge import KnowledgeBase, ReloadOutcome, ReloadRequest
from tests.bot.conftest import TOKEN
from tests.bot.offline_request import OfflineRequest
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

    @asynccontextmanager
    async def running(
        self,
        database: Database | None = None,
        tell: Callable[[ReloadOutcome | Exception], Awaitable[None]] | None = None,
        *,
        watch: bool = False,
    ) -> AsyncIterator[None]:
        """Run what a bot does for its knowledge base; `tell` hears of the watched folder."""
        feature = KnowledgeVersionsFeature(self.core(database, watch=watch))
        if tell is not None:
            feature.tell = lambda _bot, outcome: tell(outcome)
        await feature.start(ExtBot(TOKEN, request=OfflineRequest(), defaults=DEFAULTS))
        assert feature.caught_up is not None
        await feature.caught_up
        try:
            yield
        finally:
            await feature.close()

    def core(self, database: Database | None = None, *, watch: bool = False) -> Core:
        settings = Settings(
            data_dir=self.data_dir,
            articles_dir=self.articles,
            watch_articles=watch,
            _env_file=None,
        )
        database = database or Database(parse_url(f"sqlite:///{self.data_dir}/vanphong.db"))
        return Core.of(settings, database, self.base, self.worker)

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
