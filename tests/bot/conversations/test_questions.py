import asyncio
from typing import Any

import pytest

from bot.app import App
from bot.features.asking import texts
from bot.features.sources import texts as source_texts
from bot.limits import MESSAGE_UNITS
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona, SeenMessage
from knowledge.answering.assistant import NOT_FOUND
from knowledge.conversation.intent import Intent
from tests.bot.conversations.conftest import called


async def answer(person: Persona, text: str, **where: Any) -> SeenMessage:
    await person.sends(text, **where)
    return await person.receives(**where)


async def test_text_in_a_private_chat_is_answered_with_a_source_button(
    staff: Persona, sandbox: Sandbox
) -> None:
    reply = await answer(staff, "ngay truyen thong vp la ngay nao")
    assert "28/8" in reply.text
    assert source_texts.SOURCE_BUTTON in reply.buttons
    (action,) = called(sandbox, "sendChatAction")
    assert action["parameters"]["action"] == "typing"


async def test_all_eight_members_are_told(staff: Persona) -> None:
    reply = await answer(staff, "2 thao 3 dung 3 khong gom nhung gi")
    members = "thạo nghề, thạo địa bàn; đúng chính sách, đúng thẩm quyền, đúng thời gian; "
    members += "không vô cảm, không sách nhiễu, không né tránh"
    assert all(member in reply.text for part in members.split("; ") for member in part.split(", "))


async def test_a_list_is_told_line_by_line(staff: Persona) -> None:
    reply = await answer(staff, "các ngày kỷ niệm trong năm")
    assert reply.text.count("• ") == 9


async def test_a_refusal_offers_topics_that_open(staff: Persona) -> None:
    refusal = await answer(staff, "số điện thoại của Văn phòng là gì")
    assert refusal.text == f"{NOT_FOUND} {source_texts.NEAREST_TOPICS}"
    topics = [row[0] for row in refusal.data["reply_markup"]["inline_keyboard"][:3]]
    assert all(" › " in button["text"] for button in topics)
    for button in topics:
        assert (await refusal.press(button["text"])).answered
        topic = await staff.receives()
        assert topic.marked("bold")[0] == topic.text.splitlines()[0]
        assert source_texts.SOURCE_BUTTON in topic.buttons


async def test_an_english_question_gets_the_vietnamese_passage_and_an_english_lead(
    staff: Persona,
) -> None:
    reply = await answer(staff, "When did Uncle Ho visit Lao Cai?")
    assert reply.text.startswith("From “")
    assert "23/9/1958" in reply.text
    refusal = await answer(staff, "Who is the chief of the office?")
    assert refusal.text.startswith("I could not find this in the office's documents.")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("xin chào", texts.GREETING),
        ("Chào bạn ạ!", texts.GREETING),
        ("hello bot", texts.GREETING),
        ("cảm ơn bạn nhiều nhé", texts.THANKS),
        ("cam on", texts.THANKS),
        ("bạn là ai?", texts.ABOUT_ME),
        ("😀😀😀", texts.SMALL_TALK[Intent.EMOJI_ONLY]),
        ("👍", "Cảm ơn anh/chị!"),
    ],
)
async def test_small_talk(staff: Persona, text: str, reply: str) -> None:
    assert (await answer(staff, text)).text == reply


async def test_a_greeting_with_a_question_is_a_question(staff: Persona) -> None:
    assert "thạo địa bàn" in (await answer(staff, "xin chào, 2 thạo là gì")).text


async def test_the_ask_command_answers_in_private_and_in_the_group(
    staff: Persona, bot: App
) -> None:
    for command in ("/ask 2 thạo là gì", f"/ask@{bot.bot.username} 2 thạo là gì"):
        assert "thạo nghề" in (await answer(staff, command)).text
        sent = await staff.sends(command, chat="group")
        reply = await staff.receives(chat="group")
        assert "thạo nghề" in reply.text
        assert reply.data["reply_to_message"]["message_id"] == sent.message_id


async def test_the_ask_command_answers_the_message_replied_to(
    staff: Persona, sandbox: Sandbox
) -> None:
    asked = await sandbox.persona("admin").sends("3 đúng là gì", chat="group")
    await staff.sends("/ask", chat="group", reply_to=asked)
    assert "đúng thẩm quyền" in (await staff.receives(chat="group")).text


async def test_ask_without_a_question_explains(staff: Persona) -> None:
    assert (await answer(staff, "/ask   ")).text.startswith("Anh/chị gõ câu hỏi ngay sau lệnh")


async def test_plain_text_in_a_group_is_left_alone(staff: Persona, sandbox: Sandbox) -> None:
    sandbox.world.settings.group_privacy = False  # the bot sees it and still keeps quiet
    await staff.sends("2 thạo là gì", chat="group")
    await staff.sends_sticker("👍", chat="group")
    await staff.sends("/ask 3 đúng là gì", chat="group")
    assert "đúng thẩm quyền" in (await staff.receives(chat="group")).text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("?!…", "chưa có chữ nào"),
        ("a" * 4096, "tối đa là 1000"),
    ],
)
async def test_bad_questions_get_a_hint(staff: Persona, text: str, part: str) -> None:
    assert part in (await answer(staff, text)).text


@pytest.mark.parametrize(
    "text",
    [
        "<b>2 thạo</b> là gì & sao?",
        "*2 thạo* _là_ [gì](http://x)",
        "2 tha\u0323o la\u0300 gi\u0300",
        "2 thạo\x00 là\x01 gì",
    ],
)
async def test_markup_and_decomposed_letters_are_plain_text(staff: Persona, text: str) -> None:
    assert (await answer(staff, text)).marked("bold") == ["thạo nghề, thạo địa bàn"]


async def test_answers_fit_in_a_message(staff: Persona) -> None:
    for question in texts.SUGGESTED_QUESTIONS.values():
        reply = await answer(staff, question)
        assert len(reply.text.encode("utf-16-le")) // 2 <= MESSAGE_UNITS


async def test_an_edited_question_is_not_answered_again(staff: Persona) -> None:
    first = await staff.sends("2 thạo là gì")
    await staff.receives()
    await staff.edits(first, "3 không là gì")
    assert "đúng thẩm quyền" in (await answer(staff, "3 đúng là gì")).text


async def test_many_people_at_once_each_get_their_answer(sandbox: Sandbox, bot: App) -> None:
    people = [sandbox.persona(key) for key in ("staff", "newcomer", "admin", "editor", "stranger")]
    questions = ("2 thạo là gì", "3 đúng là gì", "3 không là gì", "Quốc khánh ngày nào")
    parts = ("thạo nghề", "đúng thẩm quyền", "không né tránh", "2/9/1945")
    await asyncio.gather(*(person.sends(text) for person in people for text in questions))
    for person in people:
        replies = " ".join([(await person.receives()).text for _ in questions])
        assert all(part in replies for part in parts)
