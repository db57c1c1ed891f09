"""Servers on loopback that answer OpenAI's real client with rubbish, or never."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from langchain_openai import ChatOpenAI

from knowledge import Draft, Ending, open_language_model
from tests.knowledge.generation.conftest import Writing

QUESTION = "Tỉnh Lào Cai tái lập ngày nào?"
GOOD = "Tỉnh Lào Cai được tái lập và hoạt động từ ngày 1/10/1991 [1].\n"
SECONDS = 1.0
Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]
Ask = Callable[[Respond], Awaitable[tuple[Draft, float]]]


def event(text: str) -> bytes:
    """A piece of a reply as OpenAI's API streams it."""
    delta = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps(body | {'choices': [delta]})}\n\n".encode()


DONE = b"data: [DONE]\n\n"


def streaming(*parts: bytes, then: str = "end") -> Respond:
    """Stream `parts`, and then end, hang, break off or repeat the last for ever."""

    async def respond(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for part in parts:
            await response.write(part)
        while then == "repeat":
            await response.write(parts[-1])
        if then == "hang":
            await asyncio.Event().wait()
        if then == "break" and request.transport:
            request.transport.abort()
        return response

    return respond


def plain(status: int, body: bytes, kind: str = "text/html") -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body, content_type=kind)

    return respond


@pytest.fixture
async def ask(writing: Writing) -> AsyncIterator[Ask]:
    """Asks with a server that responds as told; gives how many seconds the answer took, too."""
    runners: list[web.AppRunner] = []
    models: list[ChatOpenAI] = []

    async def asked(respond: Respond) -> tuple[Draft, float]:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", respond)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        url = f"http://{host}:{port}/v1"
        model = open_language_model("openai:m", base_url=url, seconds=SECONDS)
        assert isinstance(model, ChatOpenAI)
        models.append(model)
        loop = asyncio.get_running_loop()
        begun = loop.time()
        return await writing.last(QUESTION, model, seconds=SECONDS), loop.time() - begun

    yield asked
    for model in models:
        await model.root_async_client.close()
    for runner in runners:
        await runner.cleanup()


RUBBISH = {
    "HTML": (plain(200, b"<html><body>Bad gateway</body></html>"), {Ending.FAILED, Ending.EMPTY}),
    "500": (plain(500, b"oops"), {Ending.FAILED}),
    "429": (plain(429, b"{}", "application/json"), {Ending.FAILED}),
    "not UTF-8": (streaming(b"data: \xff\xfe\xfa\n\n", DONE), {Ending.FAILED, Ending.EMPTY}),
    "not JSON": (streaming(b"data: {nope\n\n", DONE), {Ending.FAILED}),
    "other JSON": (streaming(b'data: {"a": [1]}\n\n', DONE), {Ending.FAILED, Ending.EMPTY}),
    "nothing": (streaming(DONE), {Ending.FAILED, Ending.EMPTY}),
    "breaks off": (streaming(event("Tỉnh Lào"), then="break"), {Ending.FAILED}),
    "hangs": (streaming(event("Tỉnh Lào"), then="hang"), {Ending.SLOW, Ending.FAILED}),
    "endless": (streaming(event("la la " * 50), then="repeat"), {Ending.UNSUPPORTED, Ending.SLOW}),
    "keeps silent": (streaming(then="hang"), {Ending.SLOW, Ending.FAILED}),
}


@pytest.mark.parametrize("case", RUBBISH)
async def test_rubbish_leaves_the_extracted_answer_in_time(
    writing: Writing, ask: Ask, case: str
) -> None:
    respond, endings = RUBBISH[case]
    last, seconds = await ask(respond)
    assert seconds < SECONDS + 1
    assert last.ending in endings
    assert last.answer.text == writing.extracted(QUESTION)[0].text


@pytest.mark.parametrize("then", ["end", "break", "hang"])
async def test_what_stood_before_is_kept(ask: Ask, then: str) -> None:
    last, _ = await ask(streaming(event(GOOD[:20]), event(GOOD[20:]), then=then))
    assert last.ending is Ending.WRITTEN
    assert last.answer.text == GOOD.replace(" [1].\n", ".")
