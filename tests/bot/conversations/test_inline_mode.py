from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import App
from bot.features.asking import texts
from bot.features.asking.inline_results import MOST_RESULTS
from bot.limits import MESSAGE_UNITS
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, RefusedError
from bot.settings import Access, Settings
from bot.telegram import texts as telegram_texts
from tests.bot.conversations.conftest import Serve, called


def shown(result: dict[str, Any]) -> str:
    text: str = result["input_message_content"]["message_text"]
    return text


async def test_a_question_gets_its_answer_first_and_passages_below(staff: Persona) -> None:
    offer = await staff.asks_inline("Ngày truyền thống Văn phòng là ngày nào?")
    first, *others = offer["results"]
    assert len(offer["results"]) == MOST_RESULTS
    assert "28/8" in first["title"]
    assert first["description"]
    assert len({shown(result) for result in offer["results"]}) == MOST_RESULTS
    assert all(result["title"] and "Nguồn: " in shown(result) for result in (first, *others))


async def test_a_chosen_result_is_the_answer_with_its_source_in_the_group(staff: Persona) -> None:
    offer = await staff.asks_inline("2 thạo là gì", chat="group")
    sent = await staff.chooses(offer, chat="group")
    assert "❓ 2 thạo là gì" in sent.text
    assert "thạo nghề" in sent.text
    assert "Nguồn: " in sent.text
    assert sent.buttons == []


async def test_half_a_question_gets_passages(staff: Persona) -> None:
    offer = await staff.asks_inline("ngay truyen th")
    assert any("28/8" in shown(result) for result in offer["results"])


async def test_nothing_typed_gets_the_suggested_questions(staff: Persona) -> None:
    offer = await staff.asks_inline("")
    assert [result["title"] for result in offer["results"]] == list(
        texts.SUGGESTED_QUESTIONS.values()
    )


async def test_what_no_document_states_gets_passages_only(staff: Persona) -> None:
    offer = await staff.asks_inline("giá vàng hôm nay")
    assert all("❓" not in shown(result) for result in offer["results"])


@pytest.mark.parametrize("typed", ["???", "👍", "<b>", "a" * 256, "ạ" * 256, "\u202e& <i>"])
async def test_odd_queries_are_answered(staff: Persona, typed: str) -> None:
    offer = await staff.asks_inline(typed)
    assert len(offer["results"]) <= MOST_RESULTS


async def test_messages_fit(staff: Persona) -> None:
    for typed in ("các ngày kỷ niệm trong năm", "2 thạo 3 đúng 3 không", "kết quả"):
        for result in (await staff.asks_inline(typed))["results"]:
            assert len(shown(result)) <= MESSAGE_UNITS


@pytest.fixture
async def closed(settings: Settings, serve: Serve) -> AsyncIterator[App]:
    async with serve(settings.model_copy(update={"access": Access.APPROVAL})) as application:
        yield application


async def test_a_stranger_is_shown_the_way_in(closed: App, sandbox: Sandbox) -> None:
    stranger = sandbox.persona("stranger")
    offer = await stranger.asks_inline("2 thạo là gì")
    assert offer["results"] == []
    assert offer["button"]["text"] == telegram_texts.JOIN_BUTTON
    await stranger.starts(offer["button"]["start_parameter"])
    assert telegram_texts.JOIN_BUTTON in (await stranger.receives()).buttons


async def test_a_query_that_waited_too_long_is_only_logged(
    staff: Persona, sandbox: Sandbox
) -> None:
    await staff.asks_inline("2 thạo là gì")
    with pytest.raises(RefusedError):
        await staff.post("private/inline", {"query": "3 đúng là gì", "wait": 0})
    assert (await staff.asks_inline("3 không là gì"))["results"]
    assert not called(sandbox, "sendMessage")
