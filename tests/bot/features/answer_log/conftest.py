from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Update

from bot.access.registry import People
from bot.app import App
from bot.database import Database
from bot.features.answer_log.feature import AnswerLogFeature
from bot.features.answer_log.store import Record
from bot.settings import Settings
from knowledge import KnowledgeBase
from tests.bot.conftest import TOKEN
from tests.bot.features.answer_log.recorded import NOON
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest
from tests.bot.whole_bot import HandClock, offline_bot

ADMIN = 1
"""An admin by ADMIN_IDS."""


class Office:
    """Several people before the bot, each in a private chat or a group."""

    def __init__(
        self,
        application: App,
        request: OfflineRequest,
        record: AnswerLogFeature,
        stored: Record,
        clock: HandClock,
    ) -> None:
        self.application = application
        self.request = request
        self.record = record
        self.stored = stored
        self.clock = clock
        self._updates = 0

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """The names and contents of all files the bot sent."""
        return [(file[0], file[1]) for call in self.request.calls for file in call.files.values()]

    async def sends(
        self, text: str, *, by: int = 1001, chat: dict[str, Any] | None = None
    ) -> list[Call]:
        message: dict[str, Any] = {"chat": chat or private(by), "text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        made = {"message_id": self._updates + 1, "date": DATE, "from": person(by), **message}
        return await self._delivers({"message": made})

    async def presses(
        self, data: str, under: Call, *, by: int = 1001, chat: dict[str, Any] | None = None
    ) -> list[Call]:
        """Press a button of a message as it looks now."""
        message = {
            "message_id": 5,
            "date": DATE,
            "from": BOT,
            "chat": chat or private(by),
            "text": "…",
            "reply_markup": under.parameters["reply_markup"],
        }
        query = {"id": "7", "from": person(by), "chat_instance": "1", "message": message}
        return await self._delivers({"callback_query": {**query, "data": data}})

    async def _delivers(self, update: dict[str, Any]) -> list[Call]:
        self._updates += 1
        before = len(self.request.calls)
        parsed = Update.de_json({"update_id": self._updates, **update}, self.application.bot)
        await self.application.process_update(parsed)
        await self.record.recorder.close()
        return self.request.calls[before:]


def private(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": f"Người {number}"}


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"Người {number}"}


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOON)


@pytest.fixture
async def office(
    settings: Settings,
    shipped_base: KnowledgeBase,
    app_database: Database,
    clock: HandClock,
) -> AsyncIterator[Office]:
    """The bot with its record, as the command line starts it."""
    configured = settings.model_copy(update={"admin_ids": frozenset({ADMIN})})
    request = OfflineRequest()
    await People(app_database, configured.admin_ids).ensure_configured_admins(clock())
    async with offline_bot(configured, app_database, shipped_base, request, clock=clock) as bot:
        record = bot.feature(AnswerLogFeature)
        yield Office(bot.application, request, record, Record(app_database), clock)
    assert TOKEN not in str(request.calls)
