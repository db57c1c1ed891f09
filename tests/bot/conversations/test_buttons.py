import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.app import App
from bot.features.asking import texts
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from bot.sandbox.persona import Persona, SeenMessage
from tests.bot.conversations.conftest import called
from tests.bot.conversations.test_questions import answer


async def test_the_source_button_shows_the_passage(staff: Persona) -> None:
    reply = await answer(staff, "Quyết định 828 ký ngày nào")
    assert (await reply.press(source_texts.SOURCE_BUTTON)).answered
    source = await staff.receives()
    assert source.marked("bold")[0].startswith("📄 Ngày truyền thống Văn phòng")
    assert "ngày 22/7/2004" in source.marked("expandable_blockquote")[0]
    assert "Nguồn: Quyết định số 828/QĐ-TTg" in source.text
    assert "Ngày ban hành: 24/11/2026" in source.text


async def test_sources_of_several_passages_are_all_shown(staff: Persona) -> None:
    reply = await answer(staff, "Văn phòng thành lập ngày nào")
    assert "Không nguồn nào nêu ngày thành lập" in reply.text
    await reply.press(source_texts.SOURCE_BUTTON)
    assert (await staff.receives()).text.count("📄") == 3


async def test_suggested_questions_are_answered(staff: Persona, sandbox: Sandbox) -> None:
    await staff.starts()
    welcome = await staff.receives()
    assert welcome.buttons == list(texts.SUGGESTED_QUESTIONS.values())
    for question in welcome.buttons:
        assert (await welcome.press(question)).answered
        reply = await staff.receives()
        assert question in reply.text
        assert "Nguồn: " in reply.text
    # a button stops spinning before its answer is looked up
    methods = [call["method"] for call in sandbox.world.calls.after(0)]
    assert methods.index("answerCallbackQuery") < methods.index("sendChatAction")
    assert len(called(sandbox, "answerCallbackQuery")) == len(welcome.buttons)


async def old_button(bot: App, staff: Persona, data: str) -> SeenMessage:
    """A message that an older version of the bot could have left, with a button under it."""
    await staff.starts()
    await staff.receives()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Xem", callback_data=data)]])
    await bot.bot.send_message(1001, "cũ", reply_markup=keyboard)
    return await staff.receives()


@pytest.mark.parametrize("data", ["s:0000000000000000", "t:0000000000000000", "x:1"])
async def test_a_button_whose_passage_is_gone_says_so(bot: App, staff: Persona, data: str) -> None:
    pressed = await (await old_button(bot, staff, data)).press("Xem")
    assert (pressed.text, pressed.show_alert) == (source_texts.SOURCE_GONE, True)


async def test_a_suggestion_that_is_gone_says_so(bot: App, staff: Persona) -> None:
    pressed = await (await old_button(bot, staff, "q:gone")).press("Xem")
    assert (pressed.text, pressed.show_alert) == (texts.SUGGESTION_GONE, True)


async def test_a_button_pressed_too_long_ago_still_does_its_work(
    staff: Persona, sandbox: Sandbox
) -> None:
    await staff.starts()
    welcome = await staff.receives()
    fault = FaultRequest(kind="server_error", method="answerCallbackQuery")
    sandbox.world.faults.add(fault)
    await staff.post(
        f"private/messages/{welcome.message_id}/press", {"row": 0, "column": 0, "wait": 0}
    )
    assert "28/8" in (await staff.receives()).text
