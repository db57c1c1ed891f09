"""A model's answer grows before people's eyes, and an extracted one comes whatever it does."""

import asyncio
from collections.abc import Sequence

import pytest
from langchain_core.messages import AIMessageChunk
from structlog.testing import capture_logs

from bot.access.registry import People
from bot.database import Database
from bot.features.answer_log.logged_answer import Feedback
from bot.features.answer_log.messages import answer_text
from bot.features.answer_log.personal_data import AnswersOfPerson
from bot.features.answer_log.spreadsheet import spreadsheet
from bot.features.answer_log.store import AnswerLog
from bot.features.sources import answer_messages
from bot.features.sources import texts as source_texts
from bot.office_time import Period
from knowledge import Assistant
from knowledge.generation.circuit_breaker import FAILURES, PAUSE_SECONDS
from tests.bot.conftest import GROUP, Telegram, messages
from tests.bot.features.written_answers.conftest import (
    BAD,
    FIRST_SHOWN,
    GOOD,
    QUESTION,
    SECOND,
    SECOND_SHOWN,
    Opened,
)
from tests.bot.features.written_answers.stepwise_model import StepwiseModel
from tests.bot.offline_request import DATE, Call
from tests.bot.whole_bot import MORNING
from tests.knowledge.generation.scripted_model import Piece, ScriptedModel

MARK = source_texts.WRITTEN_BY_MODEL
GROWING = ("sendMessageDraft", "editMessageText", "sendMessage")


@pytest.fixture
def model() -> StepwiseModel:
    return StepwiseModel(steps=asyncio.Queue())


@pytest.fixture(scope="module")
def extracted(shipped_assistant: Assistant) -> str:
    """What is answered without a model."""
    (text,) = answer_messages(shipped_assistant.answer(QUESTION))
    return text


def shown(calls: Sequence[Call]) -> list[Call]:
    """The calls that show text."""
    return [call for call in calls if call.method in GROWING]


async def test_in_a_private_chat_the_answer_grows_by_drafts(
    opened: Opened, model: StepwiseModel
) -> None:
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(QUESTION))
        model.says(GOOD, "\n")
        (first,) = await office.called("sendMessageDraft")
        assert FIRST_SHOWN in first.text
        assert MARK in first.text
        model.says(BAD, "\n", SECOND, "\n")
        await office.clock.passes(1)
        _, second = await office.called("sendMessageDraft", 2)
        model.says(None)
        calls = shown(await asking)
    assert [call.method for call in calls] == [
        "sendMessageDraft",
        "sendMessageDraft",
        "sendMessage",
    ]
    assert first.parameters["draft_id"] == second.parameters["draft_id"] != 0
    assert all("5.000" not in call.text for call in calls)
    last = calls[-1]
    assert (FIRST_SHOWN in last.text, SECOND_SHOWN in last.text, MARK in last.text) == (True,) * 3
    assert "Nguồn" in last.text
    assert {"👍", "👎"} <= last.buttons.keys()


async def test_drafts_come_no_faster_than_one_a_second(
    opened: Opened, model: StepwiseModel
) -> None:
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(QUESTION))
        model.says(GOOD, "\n")
        await office.called("sendMessageDraft")
        model.says(SECOND, None)
        calls = shown(await asking)
    assert [call.method for call in calls] == ["sendMessageDraft", "sendMessage"]
    assert SECOND_SHOWN in calls[-1].text


@pytest.mark.parametrize("group", [True, False])
async def test_elsewhere_one_message_is_edited(
    opened: Opened, model: StepwiseModel, *, group: bool
) -> None:
    """In groups, and where the server is too old for drafts."""
    async with opened(model) as office:
        if not group:
            office.request.failures["sendMessageDraft"] = (404, "Not Found: method not found")
        chat = {"chat": GROUP} if group else {}
        asking = asyncio.create_task(office.sends(f"/ask {QUESTION}", **chat))
        model.says(GOOD, "\n")
        (begun,) = await office.called("sendMessage")
        assert FIRST_SHOWN in begun.text
        assert not begun.buttons
        model.says(SECOND, "\n")
        await office.clock.passes(5 if group else 1)
        await office.called("editMessageText")
        model.says(None)
        calls = shown(await asking)
    assert [call.method for call in calls] == ["sendMessage", "editMessageText", "editMessageText"]
    assert len({call.parameters["message_id"] for call in calls[1:]}) == 1
    assert not calls[1].buttons
    assert "👍" in calls[2].buttons
    assert SECOND_SHOWN in calls[2].text
    assert ("reply_parameters" in begun.parameters) is group


async def test_a_message_that_was_deleted_while_it_grew_is_sent_anew(
    opened: Opened, model: StepwiseModel
) -> None:
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(f"/ask {QUESTION}", chat=GROUP))
        model.says(GOOD, "\n")
        await office.called("sendMessage")
        gone = (400, "Bad Request: message to edit not found")
        office.request.failures["editMessageText"] = gone
        model.says(None)
        _, last = shown(await asking)
    assert (last.method, FIRST_SHOWN in last.text, "👍" in last.buttons) == (
        "sendMessage",
        True,
        True,
    )


@pytest.mark.parametrize("draft", [(429, "Too Many Requests: retry after 3"), (500, "oops")])
async def test_drafts_that_fail_once_hold_up_nothing(
    opened: Opened, draft: tuple[int, str]
) -> None:
    async with opened(ScriptedModel(script=[GOOD])) as office:
        office.request.failures["sendMessageDraft"] = draft
        (sent,) = shown(await office.sends(QUESTION))
    assert FIRST_SHOWN in sent.text


@pytest.mark.parametrize("chat", [None, GROUP])
@pytest.mark.parametrize(
    ("script", "ending"),
    [
        ([None], "slow"),
        ([BAD, "\n", None], "slow"),
        ([BAD], "unsupported"),
        (["", "  \n"], "empty"),
        (["<script>alert(1)</script><b>5.000</b>"], "unsupported"),
        ([AIMessageChunk(content="", tool_calls=[{"name": "rm", "args": {}, "id": "1"}])], "empty"),
        ([ConnectionError("http://key@secret")], "failed"),
        (["\udcff\ufffd" * 40], "unsupported"),
    ],
)  # fmt: skip
async def test_whatever_a_model_does_the_extracted_answer_is_sent(
    opened: Opened, extracted: str, script: list[Piece], ending: str, chat: dict[str, object] | None
) -> None:
    async with opened(ScriptedModel(script=script), seconds=0.2) as office:
        with capture_logs() as logs:
            (sent,) = shown(await office.sends(f"/ask {QUESTION}", chat=chat))
    assert sent.text == extracted
    (event,) = [log for log in logs if log["event"] == "question_answered"]
    assert (event["generated"], event["ending"]) == (False, ending)
    told = " ".join(str(value) for log in logs for value in log.values())
    assert not any(words in told for words in (QUESTION, "secret", "5.000"))


async def test_an_endless_reply_is_cut(opened: Opened, extracted: str) -> None:
    async with opened(ScriptedModel(endless=BAD + "\n")) as office:
        (sent,) = shown(await office.sends(QUESTION))
    assert sent.text == extracted


async def test_an_answer_that_tells_too_little_gives_way(
    opened: Opened, model: StepwiseModel
) -> None:
    """What grew is replaced."""
    question = "2 thạo là gì"
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(f"/ask {question}", chat=GROUP))
        model.says("2 thạo là thạo nghề [1].\n")
        (begun,) = await office.called("sendMessage")
        model.says(None)
        *_, last = shown(await asking)
    assert "thạo địa bàn" not in begun.text
    assert last.method == "editMessageText"
    assert "thạo địa bàn" in last.text
    assert MARK not in last.text


async def test_typing_is_shown_until_there_is_a_text(opened: Opened, model: StepwiseModel) -> None:
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(QUESTION))
        await office.clock.passes(4)
        assert len(await office.called("sendChatAction", 2)) == 2
        model.says(GOOD, None)
        await asking


async def test_the_model_knows_the_conversation(opened: Opened) -> None:
    model = ScriptedModel(script=[GOOD])
    async with opened(model) as office:
        await office.sends("giá vàng hôm nay")
        await office.sends(QUESTION)
        await office.sends("Tỉnh Lào Cai được tái lập ngày nào?")
    first, second = model.asked
    assert "giá vàng hôm nay" in first[1].text
    assert FIRST_SHOWN in second[1].text  # as it was shown


async def test_the_budget_of_a_day_is_each_person_s_own(opened: Opened, extracted: str) -> None:
    model = ScriptedModel(script=[GOOD])
    async with opened(model, llm_daily=2) as office:

        async def is_written(person: Telegram = office) -> bool:
            (sent,) = messages(await person.sends(QUESTION))
            assert MARK in sent.text or sent.text == extracted
            return MARK in sent.text

        assert [await is_written() for _ in range(3)] == [True, True, False]
        assert await is_written(office.of(1002, "Minh"))
        office.clock.pass_time(hours=14)  # 23:00
        assert not await is_written()
        office.clock.pass_time(hours=1)
        assert await is_written()
    assert len(model.asked) == 4


async def test_after_failures_the_model_is_left_alone_for_a_while(opened: Opened) -> None:
    model = ScriptedModel(script=[ConnectionError()])
    async with opened(model) as office:
        for _ in range(FAILURES + 1):
            await office.sends(QUESTION)
        assert len(model.asked) == FAILURES
        office.clock.pass_time(seconds=PAUSE_SECONDS)
        model.script = [GOOD]
        *_, sent = messages(await office.sends(QUESTION))
        assert MARK in sent.text


async def test_without_a_model_answers_are_extracted(opened: Opened, extracted: str) -> None:
    async with opened(None) as office:
        with capture_logs() as logs:
            (sent,) = shown(await office.sends(QUESTION))
    assert sent.text == extracted
    (event,) = [log for log in logs if log["event"] == "question_answered"]
    assert (event["generated"], event["ending"]) == (False, None)


@pytest.mark.parametrize("name", [None, "openai:gemma"])
async def test_help_tells_whose_words_answers_are(opened: Opened, name: str | None) -> None:
    async with opened(None, llm_model=name) as office:
        (told,) = messages(await office.sends("/help"))
    assert ("mô hình ngôn ngữ" in told.text) is (name is not None)


async def test_an_edited_question_changes_its_answer_once_it_is_whole(opened: Opened) -> None:
    async with opened(ScriptedModel(script=[GOOD])) as office:
        await office.sends("2 thạo là gì")
        asked = {"message_id": 1, "date": DATE, "edit_date": DATE, "from": office.user}
        edited = {**asked, "chat": office.private, "text": QUESTION}
        (changed,) = shown(await office.delivers({"edited_message": edited}))
    assert (changed.method, FIRST_SHOWN in changed.text) == ("editMessageText", True)
    assert MARK in changed.text


async def test_several_questions_at_once_are_answered_by_quotes(opened: Opened) -> None:
    model = ScriptedModel(script=[GOOD])
    async with opened(model) as office:
        (sent,) = messages(await office.sends(f"1. {QUESTION}\n2. 3 đúng là gì?"))
    assert MARK not in sent.text
    assert not model.asked


async def test_refusals_are_not_asked_of_the_model(opened: Opened) -> None:
    model = ScriptedModel(script=[GOOD])
    async with opened(model) as office:
        await office.sends("giá vàng hôm nay bao nhiêu")
    assert not model.asked


async def test_at_the_end_nobody_waits_for_the_model(
    opened: Opened, model: StepwiseModel, extracted: str
) -> None:
    async with opened(model) as office:
        asking = asyncio.create_task(office.sends(QUESTION))
        model.says(GOOD, "\n")
        await office.called("sendMessageDraft")
        for feature in office.bot.features:
            feature.interrupt()
        *_, last = shown(await asking)
    assert last.text == extracted


async def test_the_log_keeps_what_was_shown(opened: Opened, app_database: Database) -> None:
    async with opened(ScriptedModel(script=[GOOD])) as office:
        await office.sends(QUESTION)
    today = Period.up_to(MORNING, 1)
    (kept,) = await AnswerLog(app_database).answers(today)
    assert kept.answer.written == FIRST_SHOWN
    assert FIRST_SHOWN not in kept.answer.passages[0].quote
    assert spreadsheet([kept]).rows[0][13] == FIRST_SHOWN
    assert FIRST_SHOWN in answer_text(kept.answer, Feedback(None, None, 0, 0))
    await AnswersOfPerson(app_database).erase(1001)
    (kept,) = await AnswerLog(app_database).answers(today)
    assert kept.answer.written is None


async def test_what_follows_knows_the_written_answer(opened: Opened) -> None:
    """Its source, more of it, and why."""
    async with opened(ScriptedModel(script=[GOOD]), admin_ids=frozenset({1001})) as office:
        (sent,) = messages(await office.sends(QUESTION))
        (source,) = messages(await office.sends("nguồn đâu"))
        (more,) = messages(await office.sends("chi tiết hơn"))
        await People(office.bot.core.database, {1001}).ensure_configured_admins(MORNING)
        (again,) = messages(await office.sends(QUESTION))
        why = next(data for label, data in again.buttons.items() if "Vì sao" in label)
        (reasons,) = messages(await office.presses(why))
    assert all("1/10/1991" in call.text for call in (sent, source, reasons))
    assert "12/8/1991" in more.text
    assert MARK not in more.text
