import pytest

from bot import texts
from bot.limits import MESSAGE_UNITS
from tests.bot.conftest import GROUP, Telegram, messages


async def test_text_in_a_private_chat_is_answered_with_a_source_button(telegram: Telegram) -> None:
    calls = await telegram.sends("ngay truyen thong vp la ngay nao")
    assert [call.method for call in calls] == ["sendChatAction", "sendMessage"]
    (answer,) = messages(calls)
    assert "<b>28/8</b>" in answer.text
    assert answer.parameters["parse_mode"] == "HTML"
    assert list(answer.buttons) == [texts.SOURCE_BUTTON]


async def test_all_eight_members_are_bold(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("2 thao 3 dung 3 khong gom nhung gi"))
    assert answer.text.count("<b>") == 8


async def test_two_versions_are_listed(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("Truyền thống của Văn phòng là gì?"))
    assert answer.text.count("• ") == 2
    assert "không hoàn toàn giống nhau" in answer.text


async def test_refusal_offers_topics_that_open(telegram: Telegram) -> None:
    (refusal,) = messages(await telegram.sends("giá vàng hôm nay"))
    assert "Tài liệu hiện có không nêu điều này" in refusal.text
    assert 1 <= len(refusal.buttons) <= 3
    for data in refusal.buttons.values():
        answered, topic = await telegram.presses(data)
        assert answered.method == "answerCallbackQuery"
        assert topic.text.startswith("<b>")
        assert texts.SOURCE_BUTTON in topic.buttons


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("xin chào", texts.GREETING),
        ("Chào bạn ạ!", texts.GREETING),
        ("hello bot", texts.GREETING),
        ("cảm ơn bạn nhiều nhé", texts.THANKS),
        ("cam on", texts.THANKS),
        ("bạn là ai?", texts.ABOUT_ME),
    ],
)
async def test_small_talk(telegram: Telegram, text: str, reply: str) -> None:
    (answer,) = messages(await telegram.sends(text))
    assert answer.text == reply


async def test_a_greeting_with_a_question_is_a_question(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("xin chào, 2 thạo là gì"))
    assert "thạo địa bàn" in answer.text


@pytest.mark.parametrize("command", ["/ask 2 thạo là gì", "/ask@vanphong_bot 2 thạo là gì"])
async def test_ask_command_answers_in_private_and_group(telegram: Telegram, command: str) -> None:
    for chat in (None, GROUP):
        (answer,) = messages(await telegram.sends(command, chat=chat))
        assert "thạo nghề" in answer.text
    assert answer.parameters["reply_parameters"]["message_id"]


async def test_ask_command_answers_the_message_replied_to(telegram: Telegram) -> None:
    replied = {"message_id": 1, "date": 1, "chat": GROUP, "text": "3 đúng là gì"}
    (answer,) = messages(await telegram.sends("/ask", chat=GROUP, reply_to_message=replied))
    assert "đúng thẩm quyền" in answer.text


async def test_ask_without_a_question_explains(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("/ask   "))
    assert answer.text == texts.ASK_USAGE


async def test_plain_text_in_a_group_is_left_alone(telegram: Telegram) -> None:
    assert await telegram.sends("2 thạo là gì", chat=GROUP) == []
    assert await telegram.sends(chat=GROUP, voice=VOICE) == []


VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("😀😀😀", "chưa có chữ nào"),
        ("?!…", "chưa có chữ nào"),
        ("a" * 4096, "tối đa là 1000"),
        ("\x00\x01", "đang trống"),
    ],
)
async def test_bad_questions_get_a_hint(telegram: Telegram, text: str, part: str) -> None:
    (answer,) = messages(await telegram.sends(text))
    assert part in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<b>2 thạo</b> là gì & sao?",
        "*2 thạo* _là_ [gì](http://x)",
        "2 tha\u0323o la\u0300 gi\u0300",
    ],
)
async def test_markup_and_decomposed_letters_are_plain_text(telegram: Telegram, text: str) -> None:
    (answer,) = messages(await telegram.sends(text))
    assert "<b>thạo nghề</b>" in answer.text


async def test_long_citations_split_within_the_limit(telegram: Telegram) -> None:
    for question in texts.SUGGESTED_QUESTIONS.values():
        for answer in messages(await telegram.sends(question)):
            assert len(answer.text) <= MESSAGE_UNITS
