import pytest

from bot.database import Database
from bot.features.answer_log import texts as log_texts
from bot.features.asking import texts
from bot.features.sources import texts as source_texts
from bot.settings import Access, Settings
from bot.telegram import texts as telegram_texts
from knowledge import KnowledgeBase
from knowledge.answering.assistant import OFF_TOPIC
from knowledge.conversation.intent import Intent
from tests.bot.conftest import Telegram, messages
from tests.bot.offline_request import Call, OfflineRequest
from tests.bot.whole_bot import offline_bot

QUESTION = "2 thạo là gì"


async def said(telegram: Telegram, text: str) -> Call:
    (message,) = messages(await telegram.sends(text))
    return message


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("xin chào", Intent.GREETING),
        ("tạm biệt nhé", Intent.GOODBYE),
        ("cam on ban nhieu", Intent.THANKS),
        ("trả lời hay quá", Intent.PRAISE),
        ("👍", Intent.EMOJI_ONLY),
        ("🙂🙂🙂", Intent.EMOJI_ONLY),
        ("đồ ngu", Intent.INSULT),
        ("trả lời sai rồi", Intent.COMPLAINT),
        ("đúng rồi", Intent.YES),
        ("không cần đâu", Intent.NO),
        ("bạn là ai?", Intent.WHO_ARE_YOU),
    ],
)
async def test_small_talk_gets_a_line(telegram: Telegram, text: str, intent: Intent) -> None:
    assert (await said(telegram, text)).text == texts.SMALL_TALK[intent]


async def test_thumbs_up_is_thanked(telegram: Telegram) -> None:
    assert (await said(telegram, "👍")).text == "Cảm ơn anh/chị!"


async def test_a_complaint_about_an_answer_leads_to_its_vote(telegram: Telegram) -> None:
    answer = await said(telegram, QUESTION)
    complaint = await said(telegram, "sai rồi")
    assert complaint.text == texts.COMPLAINT_ON_ANSWER
    down = next(data for label, data in complaint.buttons.items() if "👎" in label)
    assert down in answer.buttons.values()
    acknowledged, *_ = await telegram.presses(down)
    assert acknowledged.parameters["text"] == log_texts.ASK_WHY.format(answer_id=down.split(":")[1])


async def test_the_documents_are_listed_with_their_dates(telegram: Telegram) -> None:
    listed = await said(telegram, "có những tài liệu nào")
    assert listed.text.startswith("<b>Tôi trả lời từ 10 tài liệu")
    assert listed.text.count("\n") == 10
    assert "/20" in listed.text


async def test_the_source_is_that_of_the_last_answer(telegram: Telegram) -> None:
    assert (await said(telegram, "nguồn đâu")).text == texts.NOTHING_ASKED
    await telegram.sends(QUESTION)
    source = await said(telegram, "nguồn đâu")
    assert "<blockquote expandable>" in source.text
    assert "thạo địa bàn" in source.text
    await telegram.sends("giá vàng hôm nay")
    assert (await said(telegram, "nguồn đâu")).text == texts.NO_SOURCE


async def test_more_shows_the_passage_and_then_what_follows_it(telegram: Telegram) -> None:
    assert (await said(telegram, "nói rõ hơn")).text == texts.NOTHING_ASKED
    answer = await said(telegram, QUESTION)
    shown = [answer.text]
    while (more := await said(telegram, "chi tiết hơn")).text != texts.NO_MORE:
        assert more.text not in shown
        assert source_texts.SOURCE_BUTTON in more.buttons
        assert not any("👎" in label for label in more.buttons)
        shown.append(more.text)
    assert len(shown) > 1


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("cho làm trắc nghiệm", "quiz"),
        ("câu tiếp đi", "quiz"),
        ("huong dan su dung", "help"),
        ("bạn làm được gì", "help"),
        ("học chặng làm quen", "learn"),
        ("ôn tập", "review"),
        ("cho xem bảng xếp hạng", "leaderboard"),
        ("tiến độ của tôi", "progress"),
        ("cho tôi xin chứng nhận", "certificate"),
        ("bot lưu gì về tôi", "mydata"),
        ("xóa dữ liệu của tôi", "forgetme"),
        ("hỏi chuyện khác", "new"),
    ],
)
async def test_commands_can_be_asked_for_in_words(
    telegram: Telegram, text: str, command: str
) -> None:
    typed = await telegram.sends(f"/{command}")
    spoken = await telegram.sends(text)
    assert [(call.method, call.text) for call in spoken] == [
        (call.method, call.text) for call in typed
    ]
    assert spoken


@pytest.mark.parametrize("text", ["cho làm trắc nghiệm", "xin chào", "nguồn đâu", QUESTION])
async def test_who_may_not_ask_gets_nothing_by_words(
    text: str, settings: Settings, shipped_base: KnowledgeBase, app_database: Database
) -> None:
    closed = settings.model_copy(update={"access": Access.APPROVAL})
    request = OfflineRequest()
    async with offline_bot(closed, app_database, shipped_base, request) as bot:
        refused = await said(Telegram(bot.application, request), text)
    assert refused.text == telegram_texts.DENIED_APPROVAL


async def test_new_forgets_the_last_answer(telegram: Telegram) -> None:
    await telegram.sends(QUESTION)
    await telegram.sends("hỏi chuyện khác")
    assert (await said(telegram, "nguồn đâu")).text == texts.NOTHING_ASKED


@pytest.mark.parametrize("text", ["truyền thống", "lich su", "ngày truyền thống"])
async def test_a_topic_gets_what_the_base_has_on_it(telegram: Telegram, text: str) -> None:
    offered = await said(telegram, text)
    assert offered.text == texts.TOPICS.format(topic=text)
    assert offered.buttons
    _, opened = await telegram.presses(next(iter(offered.buttons.values())))
    assert source_texts.SOURCE_BUTTON in opened.buttons


async def test_a_topic_that_is_none_is_answered_as_a_question(telegram: Telegram) -> None:
    assert (await said(telegram, "bảo hiểm thất nghiệp")).text == OFF_TOPIC


async def test_a_sticker_gets_a_friendly_line(telegram: Telegram) -> None:
    sticker = {
        "file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    (answer,) = messages(await telegram.sends(sticker=sticker))
    assert answer.text == texts.STICKER
