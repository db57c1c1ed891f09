import asyncio
import datetime as dt
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.telegram.pacing import ChatPacing


class Server:
    """Makes one chat wait an hour, or as long as it is told."""

    def __init__(self, pause: dt.timedelta, *, times: int = 1) -> None:
        self.pause = pause
        self.times = times
        self.refused = asyncio.Event()
        self.pacing = ChatPacing()

    async def send(self, chat: int | None, method: str = "sendMessage") -> Any:
        async def callback(*_args: object, **_kwargs: object) -> bool:
            if chat == 1 and self.times:
                self.times -= 1
                self.refused.set()
                raise RetryAfter(self.pause)
            return True

        data = {} if chat is None else {"chat_id": chat}
        return await self.pacing.process_request(callback, (), {}, method, data, None)


async def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    server = Server(dt.timedelta(hours=1))
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
