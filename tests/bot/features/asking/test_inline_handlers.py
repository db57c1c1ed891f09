import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from telegram import Update

from bot.features.asking.inline_handlers import InlineHandlers
from knowledge import Answer, Offer
from tests.bot.conftest import STAFF, Telegram
from tests.bot.offline_request import Call

if TYPE_CHECKING:
    from bot.knowledge_worker import KnowledgeWorker

NOTHING = Offer(Answer("", (), None, True, 0.0, None, "v1", 0.0), ())  # noqa: FBT003


class SlowWorker:
    """A base that answers when it is told to."""

    kb_version = "v1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ready = asyncio.Event()

    async def offer(self, question: str, _count: int) -> Offer:
        self.asked.append(question)
        await self.ready.wait()
        return NOTHING


@pytest.fixture
def worker() -> SlowWorker:
    return SlowWorker()


@pytest.fixture
def inline(worker: SlowWorker) -> InlineHandlers:
    return InlineHandlers(cast("KnowledgeWorker", worker))


def typed(telegram: Telegram, number: int, query: str, person: int = 1001) -> Update:
    user: dict[str, Any] = {**STAFF, "id": person}
    content = {"id": str(number), "from": user, "query": query, "offset": ""}
    update = Update.de_json(
        {"update_id": number, "inline_query": content}, telegram.application.bot
    )
    assert update is not None
    return update


async def all_typed(
    inline: InlineHandlers, worker: SlowWorker, telegram: Telegram, *updates: Update
) -> list[Call]:
    """What is answered when all come while the first is looked up."""
    before = len(telegram.request.calls)
    context = cast("Any", None)
    tasks = [asyncio.create_task(inline.typed(update, context)) for update in updates]
    await asyncio.sleep(0)  # each has come
    worker.ready.set()
    await asyncio.gather(*tasks)
    return telegram.request.calls[before:]


async def test_of_a_hurry_only_the_newest_is_looked_up(
    inline: InlineHandlers, worker: SlowWorker, telegram: Telegram
) -> None:
    long = "chức năng của văn phòng " * 11
    queries = [long[: 236 + n] for n in range(20)]
    updates = [typed(telegram, number, query) for number, query in enumerate(queries, 1)]
    (answer,) = await all_typed(inline, worker, telegram, *updates)
    assert answer.parameters["inline_query_id"] == "20"
    assert worker.asked == [queries[0].strip(), queries[-1].strip()]


async def test_people_do_not_wait_for_each_other(
    inline: InlineHandlers, worker: SlowWorker, telegram: Telegram
) -> None:
    updates = [typed(telegram, n, f"câu {n}", person=1000 + n) for n in range(1, 4)]
    calls = await all_typed(inline, worker, telegram, *updates)
    assert len(calls) == 3


async def test_the_same_query_is_looked_up_once(
    inline: InlineHandlers, worker: SlowWorker, telegram: Telegram
) -> None:
    for number, query in enumerate(("2 Thạo", " 2  thạo ", "2 thạo"), 1):
        await all_typed(inline, worker, telegram, typed(telegram, number, query, 1000 + number))
    worker.kb_version = "v2"
    await all_typed(inline, worker, telegram, typed(telegram, 9, "2 thạo"))
    assert worker.asked == ["2 Thạo", "2 thạo"]


async def test_a_stale_query_is_only_logged(
    inline: InlineHandlers, worker: SlowWorker, telegram: Telegram
) -> None:
    telegram.request.failures["answerInlineQuery"] = (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    assert await all_typed(inline, worker, telegram, typed(telegram, 1, "2 thạo")) == []
