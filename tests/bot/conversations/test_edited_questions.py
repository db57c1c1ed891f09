import pytest

from bot.app import App
from bot.features.asking import texts
from bot.features.asking.shown_answers import FRESH
from bot.features.sources.texts import SOURCE_BUTTON
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from tests.bot.conversations.conftest import called


async def test_an_edited_question_changes_its_answer(staff: Persona, sandbox: Sandbox) -> None:
    asked = await staff.sends("2 thạo là gì")
    answer = await staff.receives()
    await staff.edits(asked, "3 đúng là gì")
    changed = await answer.changes()
    assert "đúng thẩm quyền" in changed.text
    assert "thạo nghề" not in changed.text
    assert SOURCE_BUTTON in changed.buttons
    await staff.edits(asked, "3 không là gì")
    assert "không vô cảm" in (await answer.changes()).text
    assert len(called(sandbox, "sendMessage")) == 1


async def test_in_a_group_too(staff: Persona, bot: App) -> None:
    asked = await staff.sends("/ask 2 thạo là gì", chat="group")
    answer = await staff.receives(chat="group")
    await staff.edits(asked, f"/ask@{bot.bot.username} 3 đúng là gì")
    assert "đúng thẩm quyền" in (await answer.changes()).text


async def test_an_answer_that_was_deleted_meanwhile_is_sent_anew(staff: Persona) -> None:
    asked = await staff.sends("2 thạo là gì")
    await staff.deletes(await staff.receives())
    await staff.edits(asked, "3 đúng là gì")
    assert "đúng thẩm quyền" in (await staff.receives()).text


async def test_the_same_words_change_nothing(staff: Persona, sandbox: Sandbox) -> None:
    asked = await staff.sends("2 thạo là gì")
    await staff.receives()
    await staff.edits(asked, "2 thạo là gì ")
    await staff.sends("3 đúng là gì")
    assert "đúng thẩm quyền" in (await staff.receives()).text
    assert called(sandbox, "editMessageText") == []


@pytest.mark.parametrize("minutes", [0, FRESH.total_seconds() // 60 + 1])
async def test_what_had_no_answer_gets_one_for_some_minutes(
    staff: Persona, sandbox: Sandbox, minutes: int
) -> None:
    """An unknown command stands for whatever was no question."""
    asked = await staff.sends("/xyz")
    assert (await staff.receives()).text == texts.UNKNOWN_COMMAND
    message = sandbox.world.private_chat(1001).messages[asked.message_id]  # type: ignore[union-attr]
    message.date -= int(minutes * 60)
    await staff.edits(asked, "2 thạo là gì")
    await staff.sends("3 đúng là gì")
    replies = [(await staff.receives()).text]
    if minutes == 0:
        replies.append((await staff.receives()).text)
    assert any("thạo nghề" in text for text in replies) is (minutes == 0)


async def test_commands_are_not_done_again(staff: Persona, sandbox: Sandbox) -> None:
    asked = await staff.sends("2 thạo là gì")
    await staff.receives()
    await staff.edits(asked, "/help")
    await staff.sends("3 đúng là gì")
    assert "đúng thẩm quyền" in (await staff.receives()).text
    assert len(called(sandbox, "sendMessage")) == 2
