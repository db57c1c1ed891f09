import pytest

from bot.features.asking.texts import TOPICS
from bot.features.sources import texts
from tests.bot.conftest import Telegram, messages

AMBIGUOUS = "đảng thành lập ngày mấy"
UNDERSTOOD = "<i>Hiểu là: 3 không là gì</i>"


async def asked(telegram: Telegram, text: str) -> str:
    (message,) = messages(await telegram.sends(text))
    return message.text


async def test_follow_up_is_answered_and_tells_what_it_was_taken_for(telegram: Telegram) -> None:
    assert "Hiểu là" not in await asked(telegram, "3 đúng là gì")
    answer = await asked(telegram, "thế còn 3 không?")
    assert answer.startswith(UNDERSTOOD)
    assert "không vô cảm" in answer


async def test_what_was_understood_is_what_the_next_message_follows(telegram: Telegram) -> None:
    for text in ("2 thao la gi", "thế còn 3 không?"):
        await asked(telegram, text)
    assert "đúng chính sách" in await asked(telegram, "3 đúng thì sao")


async def test_topic_word_after_a_question_asks_again_what_was_asked(telegram: Telegram) -> None:
    await asked(telegram, "3 đúng là gì")
    assert (await asked(telegram, "3 không")).startswith(UNDERSTOOD)


@pytest.mark.parametrize(
    ("question", "looks_like_small_talk", "shown"),
    [
        ("Chức năng của văn phòng là gì", "còn vai trò?", "gắn liền với"),
        ("Tỉnh Hoàng Liên Sơn hình thành khi nào", "theo nghị quyết nào", "cuối năm 1975"),
    ],
)
async def test_what_speaks_of_the_last_answer_is_looked_up(
    telegram: Telegram, question: str, looks_like_small_talk: str, shown: str
) -> None:
    await asked(telegram, question)
    assert shown in await asked(telegram, looks_like_small_talk)


@pytest.mark.parametrize("text", ["cảm ơn nhé", "👍"])
async def test_small_talk_after_a_question_stays_small_talk(telegram: Telegram, text: str) -> None:
    await asked(telegram, "3 đúng là gì")
    assert "Nguồn:" not in await asked(telegram, text)


async def test_nothing_follows_a_conversation_begun_anew(telegram: Telegram) -> None:
    await asked(telegram, "3 đúng là gì")
    await telegram.sends("/new")
    assert "Hiểu là" not in await asked(telegram, "thế còn 3 không?")


async def test_strangers_conversations_stay_apart(telegram: Telegram) -> None:
    await asked(telegram, "3 đúng là gì")
    other = telegram.of(telegram.user["id"] + 1, "Bình")
    assert "Hiểu là" not in await asked(other, "thế còn 3 không?")


async def test_short_question_can_be_asked_of_another_heading(telegram: Telegram) -> None:
    """Answered from one heading, with a button that asks the same of the other."""
    (answer,) = messages(await telegram.sends(AMBIGUOUS))
    assert texts.ALTERNATIVES in answer.text
    button = next(data for data in answer.buttons.values() if data.startswith("alt:"))
    _, (clarified,) = await telegram.presses(button), messages(telegram.request.calls[-1:])
    assert clarified.text.startswith("<i>Hiểu là: ")
    assert AMBIGUOUS in clarified.text
    assert clarified.text != answer.text


async def test_alternative_of_a_forgotten_question_says_so(telegram: Telegram) -> None:
    (answer,) = messages(await telegram.sends(AMBIGUOUS))
    button = next(data for data in answer.buttons.values() if data.startswith("alt:"))
    await telegram.sends("/new")
    (told,) = await telegram.presses(button)
    assert told.parameters["show_alert"]


async def test_a_bare_topic_of_other_documents_is_listed(telegram: Telegram) -> None:
    await asked(telegram, "3 đúng là gì")
    assert await asked(telegram, "lịch sử") == TOPICS.format(topic="lịch sử")
    assert "Hiểu là" not in await asked(telegram, "khen thưởng")
