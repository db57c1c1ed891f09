"""A language model behind the bot: its answer grows in the chat, and nothing invented is seen."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from structlog.testing import capture_logs

from benchmarks.generation.adversary import MODEL
from benchmarks.generation.eager_model import EagerModel
from bot.errors import SettingsError
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from bot.sandbox.persona import SeenMessage
from bot.serving import running_bot
from bot.settings import Settings
from embeddings import Encoder, Reader
from knowledge import Assistant, Ending, Writer, open_language_model
from tests.bot.conversations.conftest import Serve, called
from tests.bot.features.written_answers.conftest import (
    BAD,
    FIRST_SHOWN,
    GOOD,
    QUESTION,
    SECOND,
    SECOND_SHOWN,
)
from tests.bot.features.written_answers.stepwise_model import StepwiseModel
from tests.bot.whole_bot import HandClock
from tests.knowledge.generation.scripted_model import ScriptedModel

MARK = source_texts.WRITTEN_BY_MODEL
SECONDS = 9.0
"""Of each answer of the real model; no other test's: LangChain shares clients by their limit."""
TOKENS = 32  # of its reply
FIGURES = re.compile(r"\d+")


def is_answer(message: SeenMessage) -> bool:
    return message.from_bot and "👍" in message.buttons


async def test_in_a_private_chat(
    sandbox: Sandbox, settings: Settings, serve: Serve, reader: Reader
) -> None:
    model = ScriptedModel(script=[GOOD, "\n", BAD, "\n", SECOND])
    async with serve(settings, writer=Writer(model, reader)):
        staff = sandbox.persona("staff")
        await staff.sends(QUESTION)
        shown = await staff.receives(where=is_answer)
    assert (FIRST_SHOWN in shown.text, SECOND_SHOWN in shown.text) == (True, True)
    assert any(MARK in part for part in shown.marked("italic"))
    drafts = called(sandbox, "sendMessageDraft")
    assert {draft["status"] for draft in drafts} == {200}
    assert all(FIRST_SHOWN in draft["parameters"]["text"] for draft in drafts)
    assert "5.000" not in str(sandbox.world.calls.after(0))


async def test_in_a_group(
    sandbox: Sandbox, settings: Settings, serve: Serve, reader: Reader
) -> None:
    model, clock = StepwiseModel(steps=asyncio.Queue()), HandClock()
    async with serve(settings, clock, Writer(model, reader)):
        staff = sandbox.persona("staff")
        await staff.sends(f"/ask {QUESTION}", chat="group")
        model.says(GOOD, "\n")
        begun = await staff.receives(chat="group")
        assert (FIRST_SHOWN in begun.text, begun.buttons) == (True, [])
        model.says(SECOND, None)
        whole = await begun.changes()
    assert (SECOND_SHOWN in whole.text, is_answer(whole)) == (True, True)
    assert len(called(sandbox, "sendMessage")) == 1


@pytest.fixture
async def inventive(adversary_url: str) -> AsyncIterator[BaseChatModel]:
    """The real model; it is made to cite, so that each of its sentences goes before the judge."""
    opened = open_language_model(MODEL, base_url=adversary_url, seconds=SECONDS)
    assert isinstance(opened, ChatOpenAI)
    yield EagerModel(inner=opened.model_copy(update={"max_tokens": TOKENS}))
    await opened.root_async_client.close()


async def test_a_real_model_that_invents_is_never_seen_inventing(  # noqa: PLR0917 -- the whole house
    sandbox: Sandbox,
    settings: Settings,
    serve: Serve,
    reader: Reader,
    inventive: BaseChatModel,
    shipped_assistant: Assistant,
) -> None:
    with capture_logs() as logs:
        async with serve(settings, writer=Writer(inventive, reader, seconds=SECONDS)):
            staff = sandbox.persona("staff")
            await staff.sends(QUESTION)
            shown = await staff.receives(where=is_answer)
    endings = [log["ending"] for log in logs if log["event"] == "question_answered"]
    assert endings[0] in {Ending.WRITTEN, Ending.UNSUPPORTED, Ending.SLOW}
    documents = "\n".join(chunk.text for chunk in shipped_assistant.corpus.chunks)
    seen = [call["parameters"]["text"] for call in called(sandbox, "sendMessageDraft")]
    figures = {figure for text in [*seen, shown.text] for figure in FIGURES.findall(text)}
    assert figures
    assert figures <= set(FIGURES.findall(documents))


async def test_a_model_that_cannot_be_used_is_told_at_the_start(
    settings: Settings, encoder: Encoder
) -> None:
    wrong = settings.model_copy(update={"llm_model": "nobody:nothing"})
    with pytest.raises(SettingsError, match="LLM_MODEL=nobody:nothing"):
        async with running_bot(wrong, encoder):
            pass


async def test_a_server_that_is_down_changes_nothing(
    sandbox: Sandbox, whole: Settings, encoder: Encoder
) -> None:
    """The bot as `vanphong run` starts it."""
    down = {"llm_model": "openai:gemma", "llm_base_url": "http://127.0.0.1:9/v1"}
    with capture_logs() as logs:
        async with running_bot(whole.model_copy(update=down), encoder):
            staff = sandbox.persona("staff")
            await staff.sends(QUESTION)
            shown = await staff.receives(where=is_answer)
    assert "1/10/1991" in shown.text
    assert MARK not in shown.text
    (failure,) = [log for log in logs if log["event"] == "model_failed"]
    assert "LLM_BASE_URL" in failure["reason"]
