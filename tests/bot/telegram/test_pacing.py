import asyncio
import datetime as dt
from typing import Any

import pytest
from telegram.error import ChatMigrated, RetryAfter

from bot.telegram.pacing import LONGEST_WAIT_SECONDS, Pacing, WaitTooLongError


class Server:
    """Makes one chat wait; another was upgraded to a third."""

    def __init__(self, pause: dt.timedelta, *, times: int = 1) -> None:
        self.pause = pause
        self.times = times
        self.asked = 0
        self.reached: int | None = None
        self.refused = asyncio.Event()
        self.pacing = Pacing()

    async def send(self, chat: int | None, method: str = "sendMessage") -> Any:
        data = {} if chat is None else {"chat_id": chat}

        async def callback(*_args: object, **_kwargs: object) -> bool:
            self.asked += 1
            if data.get("chat_id") == -8:
                raise ChatMigrated(-9)
            if chat == 1 and self.times:
                self.times -= 1
                self.refused.set()
                raise RetryAfter(self.pause)
            self.reached = data.get("chat_id")
            return True

        return await self.pacing.process_request(callback, (), {}, method, data, None)


async def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    server = Server(dt.timedelta(seconds=LONGEST_WAIT_SECONDS))
    waiting = asyncio.create_task(server.send(1))
    await server.refused.wait()
    behind = asyncio.create_task(server.send(1))
    async with asyncio.timeout(20):
        assert await server.send(2)
        assert await server.send(-1003)
        assert await server.send(None, "answerCallbackQuery")
    assert not waiting.done()
    assert not behind.done()
    for task in (waiting, behind):
        task.cancel()
    await asyncio.gather(waiting, behind, return_exceptions=True)


async def test_it_is_sent_again_when_the_time_is_over() -> None:
    server = Server(dt.timedelta(milliseconds=1), times=2)
    assert await server.send(1)
    assert server.times == 0


async def test_who_goes_on_refusing_is_given_up() -> None:
    server = Server(dt.timedelta(0), times=99)
    with pytest.raises(RetryAfter):
        await server.send(1)


async def test_typing_is_not_worth_waiting_for() -> None:
    with pytest.raises(RetryAfter):
        await Server(dt.timedelta(hours=1)).send(1, "sendChatAction")


async def test_for_long_nobody_waits_and_telegram_is_left_alone() -> None:
    server = Server(dt.timedelta(hours=1), times=99)
    for _ in range(3):
        with pytest.raises(WaitTooLongError):
            await server.send(1)
    assert server.asked == 1
    assert await server.send(2)


async def test_what_is_sent_to_a_group_that_moved_follows_it() -> None:
    server = Server(dt.timedelta(0))
    assert await server.send(-8)
    assert (server.asked, server.reached) == (2, -9)
