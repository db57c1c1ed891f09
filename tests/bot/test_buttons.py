import pytest

from bot import texts
from tests.bot.conftest import Telegram, messages


async def test_source_button_shows_the_passage(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("Quyết định 828 ký ngày nào"))
    answered, source = await telegram.presses(answer.buttons[texts.SOURCE_BUTTON])
    assert answered.method == "answerCallbackQuery"
    assert "<b>📄 Ngày truyền thống Văn phòng" in source.text
    assert "<blockquote expandable>" in source.text
    assert "ngày 22/7/2004" in source.text
    assert "Nguồn: Quyết định số 828/QĐ-TTg" in source.text
    assert "Ngày đăng: 24/11/2026" in source.text


async def test_sources_of_two_articles_are_both_shown(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends("Văn phòng thành lập ngày nào"))
    assert "Không tài liệu nào nêu ngày thành lập" in answer.text
    _, source = await telegram.presses(answer.buttons[texts.SOURCE_BUTTON])
    assert source.text.count("📄") == 2


async def test_suggested_questions_are_answered(telegram: Telegram) -> None:
    (welcome,) = messages(await telegram.sends("/start"))
    assert len(welcome.buttons) == len(texts.SUGGESTED_QUESTIONS)
    for question, data in welcome.buttons.items():
        calls = await telegram.presses(data)
        assert calls[0].method == "answerCallbackQuery"  # before the answer is looked up
        (answer,) = messages(calls)
        assert question in answer.text
        assert "không nêu điều này" not in answer.text


@pytest.mark.parametrize("data", ["s:0000000000000000", "t:0000000000000000", "x:1"])
async def test_a_button_whose_passage_is_gone_says_so(telegram: Telegram, data: str) -> None:
    (answered,) = await telegram.presses(data)
    assert answered.parameters["text"] == texts.SOURCE_GONE
    assert answered.parameters["show_alert"]


async def test_an_old_suggestion_gets_a_greeting(telegram: Telegram) -> None:
    _, reply = await telegram.presses("q:gone")
    assert reply.text == texts.GREETING
