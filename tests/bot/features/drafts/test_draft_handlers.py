import datetime as dt
import html
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.ext import Application

from bot.access.audit import AuditLog
from bot.access.audit_notes import AuditNotes
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.database.url import parse_url
from bot.features.asking import texts as general
from bot.features.asking.other_message_handlers import OtherMessageHandlers
from bot.features.drafts import texts
from bot.features.drafts.draft_handlers import DraftsHandlers
from bot.features.quizzes.question_store import QuestionStore
from bot.limits import MESSAGE_UNITS
from bot.settings import Access
from bot.telegram.formatting import utf16_units
from bot.telegram.gate import Gate, GuardedApplication
from bot.telegram.sending import DEFAULTS
from knowledge.articles.chunk import Chunk
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.topic import LessonPart, QuizTopic
from tests.bot.conftest import GROUP, TOKEN, Telegram
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest
from tests.knowledge.quiz.passages import SHIPPED, passages_of, written

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
LAN = {"id": 1001, "is_bot": False, "first_name": "Lan"}
MINH = {"id": 2002, "is_bot": False, "first_name": "Minh"}
HISTORY = QuizTopic("lich_su", "Lịch sử & truyền thống", 1, (LessonPart("a.md"),), ())
ROLE = QuizTopic("vai_tro", "Vai trò", 2, (), ())
ARTICLES = {
    "a": "Kho lưu trữ <A> & B mở cửa ngày 12/7/1987.",
    "b": "Trường Tiểu học khai giảng ngày 5/9/1990. Thư viện giữ 12.500 cuốn sách.",
}


class DraftsChat(Telegram):
    """An editor's chat with a bot that knows /drafts alone, over these passages and questions."""

    def __init__(self, database: Database, chunks: list[Chunk], bank: QuestionBank) -> None:
        self.chunks, self.bank = chunks, bank
        self.audit = AuditLog(database)
        self.store = QuestionStore(database)
        request = OfflineRequest()
        gate = Gate(People(database), self.audit, Access.OPEN, lambda: NOW)
        builder = Application.builder().token(TOKEN).defaults(DEFAULTS).request(request)
        application = builder.application_class(GuardedApplication, {"gate": gate}).build()
        core = SimpleNamespace(
            notes=AuditNotes(self.audit, lambda: NOW),
            now=lambda: NOW,
            rng=random.Random(3),  # noqa: S311 -- to be repeatable
        )
        drafts = DraftsHandlers(core, SimpleNamespace(questions=self.store, pool=self))
        for room in (drafts, OtherMessageHandlers(gate)):
            application.add_handlers(room.handlers())
        super().__init__(application, request, LAN)

    @property
    def everything(self) -> QuestionBank:
        return self.bank

    async def draft(self) -> Call:
        """Draft from the passages and return the message with the first draft."""
        (empty,) = await self.sends("/drafts")
        assert list(empty.buttons) == [texts.BUTTON_MORE]
        return (await self.presses(empty.buttons[texts.BUTTON_MORE]))[-1]

    async def replies(self, asked: str, text: str, **fields: Any) -> list[Call]:
        """Reply to one of the bot's messages, given as HTML."""
        shown = html.unescape(re.sub(r"</?(?:b|pre|i)>", "", asked))
        message = {"message_id": 4, "date": DATE, "from": BOT, "text": shown, "chat": self.private}
        return await self.sends(text, reply_to_message={**message, **fields})

    async def noted(self) -> list[tuple[str, str | None]]:
        return [(entry.action, entry.target) for entry in reversed(await self.audit.page(0, 50))
                if entry.action.startswith("quiz.")]  # fmt: skip


@asynccontextmanager
async def drafts_chat(
    url: str, chunks: list[Chunk], *topics: QuizTopic
) -> AsyncIterator[DraftsChat]:
    database = Database(parse_url(url))
    await database.connect()
    for person in (LAN, MINH):
        name = str(person["first_name"])
        await People(database).set_role(CLI, int(person["id"]), Role.EDITOR, NOW, name=name)
    chat = DraftsChat(database, chunks, QuestionBank(topics))
    async with chat.application:
        yield chat
    await database.close()


@pytest.fixture
async def chat(sqlite_url: str, tmp_path: Path) -> AsyncIterator[DraftsChat]:
    folder = tmp_path / "articles"
    folder.mkdir()
    async with drafts_chat(sqlite_url, written(folder, **ARTICLES), HISTORY, ROLE) as opened:
        yield opened


def number_of(call: Call) -> int:
    found = re.search(r"Câu soạn (\d+)", call.text)
    assert found is not None
    return int(found[1])


async def test_a_draft_is_made_shown_and_approved(chat: DraftsChat) -> None:
    shown = await chat.draft()
    assert shown.text.startswith("Đã soạn thêm 3 câu.\n\n📝 Còn <b>3</b> câu chờ duyệt")
    for part in (
        "<i>Câu soạn 1 · hỏi ngày tháng · vừa</i>",
        "<b>Kho lưu trữ &lt;A&gt; &amp; B mở cửa ngày nào?</b>",
        "\n✅ 12/7/1987\n",
        "\n▫️ 5/9/1990\n",
        "Giải thích: Theo bài “Bài a”.",
        "Chủ đề: Lịch sử &amp; truyền thống",
        "📄 Bài a",
        f"<b>{html.escape(ARTICLES['a'])}</b></blockquote>",
    ):
        assert part in shown.text
    answered, following = await chat.presses(shown.buttons[texts.BUTTON_APPROVE])
    assert answered.parameters["text"] == "Đã duyệt câu d1."
    assert "Còn <b>2</b> câu" in following.text
    (approved,) = await chat.store.approved()
    assert (approved.question_id, approved.topic) == ("d1", "lich_su")
    assert approved.options[approved.correct[0]] == "12/7/1987"
    assert await chat.noted() == [("quiz.approve", "d1")]


async def test_a_topic_is_chosen_where_none_is_known(chat: DraftsChat) -> None:
    await chat.draft()
    second = await chat.store.next_draft(1)
    assert second is not None
    shown = (await chat.sends("/drafts"))[-1]
    shown = (await chat.presses(shown.buttons[texts.BUTTON_LATER]))[-1]
    assert "Chủ đề: chưa có" in shown.text
    asked = (await chat.presses(shown.buttons[texts.BUTTON_APPROVE]))[-1]
    assert texts.CHOOSE_TOPIC in asked.text
    assert list(asked.buttons) == ["Lịch sử & truyền thống", "Vai trò", texts.BUTTON_BACK]
    back = (await chat.presses(asked.buttons[texts.BUTTON_BACK]))[-1]
    assert back.text == shown.text
    assert await chat.store.approved() == []
    await chat.presses(asked.buttons["Vai trò"])
    (approved,) = await chat.store.approved()
    assert (approved.question_id, approved.topic) == (f"d{second.draft_id}", "vai_tro")


async def test_without_topics_nothing_is_approved(chat: DraftsChat) -> None:
    shown = await chat.draft()
    chat.bank = QuestionBank()
    (answered,) = await chat.presses(shown.buttons[texts.BUTTON_APPROVE])
    assert answered.parameters["text"].startswith("Bộ câu hỏi chưa có chủ đề nào")
    assert "lich_su (không còn trong bộ câu hỏi)" in (await chat.sends("/drafts"))[-1].text
    assert await chat.store.waiting() == 3


async def test_drafts_are_put_off_rejected_and_not_made_again(chat: DraftsChat) -> None:
    shown = await chat.draft()
    numbers = []
    for _ in range(4):
        numbers.append(number_of(shown))
        shown = (await chat.presses(shown.buttons[texts.BUTTON_LATER]))[-1]
    assert numbers == [1, 2, 3, 1]
    for _ in range(3):
        answered, shown = await chat.presses(shown.buttons[texts.BUTTON_REJECT])
        assert answered.parameters["text"].startswith("Đã bỏ câu soạn")
    assert shown.text == texts.NONE_WAITING
    again = (await chat.presses(shown.buttons[texts.BUTTON_MORE]))[-1]
    assert again.text == f"{texts.NOTHING_NEW}\n\n{texts.NONE_WAITING}"
    assert [action for action, _ in await chat.noted()] == ["quiz.reject"] * 3


async def test_a_draft_is_changed_by_a_reply_across_a_restart(
    chat: DraftsChat, sqlite_url: str
) -> None:
    shown = await chat.draft()
    asked = (await chat.presses(shown.buttons[texts.BUTTON_EDIT]))[-1]
    assert asked.parameters["reply_markup"]["force_reply"] is True
    template = html.unescape(re.findall(r"<pre>(.*)</pre>", asked.text, re.DOTALL)[0])
    changed = template.replace("mở cửa", "bắt đầu đón bạn đọc").replace(
        "* 12/7/1987", "* 12-7-1987"
    )
    async with drafts_chat(sqlite_url, chat.chunks, HISTORY, ROLE) as restarted:
        (refused,) = await restarted.replies(asked.text, changed.replace("* 12", "12"))
        assert refused.text.startswith("Chưa sửa câu soạn 1: dòng ")
        assert "phải bắt đầu bằng dấu *" in refused.text
        (refused,) = await restarted.replies(asked.text, changed.replace("* 12", "- 12"))
        assert "không có phương án đúng" in refused.text
        assert (await restarted.store.waiting_draft(1)).question.options.count("12/7/1987") == 1
        done, card = await restarted.replies(asked.text, changed)
        assert done.text == "Đã sửa câu soạn 1."
        assert "<b>Kho lưu trữ &lt;A&gt; &amp; B bắt đầu đón bạn đọc ngày nào?</b>" in card.text
        assert "✅ 12-7-1987" in card.text
        await restarted.presses(card.buttons[texts.BUTTON_APPROVE])
        (approved,) = await restarted.store.approved()
        assert "bắt đầu đón bạn đọc" in approved.text
        assert approved.quote == ARTICLES["a"]
        assert await restarted.noted() == [("quiz.change", "d1"), ("quiz.approve", "d1")]
        (late,) = await restarted.replies(asked.text, changed)
        assert "đã được Lan duyệt lúc 10:00 24/11/2026" in late.text


async def test_only_a_reply_to_the_bots_own_question_changes_a_draft(chat: DraftsChat) -> None:
    await chat.draft()
    (elsewhere,) = await chat.replies("một tin khác", "Câu hỏi: x")
    assert elsewhere.text == general.NOT_TEXT
    title = texts.EDIT_TITLE.format(number=1)
    (forged,) = await chat.replies(title, "Câu hỏi: x", **{"from": MINH})
    assert forged.text == general.NOT_TEXT
    (unknown,) = await chat.replies(texts.EDIT_TITLE.format(number=10**14), "Câu hỏi: x")
    assert "Không có câu soạn số" in unknown.text


async def test_the_second_editor_hears_who_was_first(chat: DraftsChat) -> None:
    mine = await chat.draft()
    other = chat.of(int(MINH["id"]), "Minh")
    (theirs,) = await other.sends("/drafts")
    assert number_of(theirs) == number_of(mine)
    await other.presses(theirs.buttons[texts.BUTTON_REJECT])
    for button in (texts.BUTTON_APPROVE, texts.BUTTON_REJECT, texts.BUTTON_EDIT):
        answered, following = await chat.presses(mine.buttons[button])
        assert answered.parameters["text"] == (
            "Câu soạn số 1 đã được Minh bỏ lúc 10:00 24/11/2026."
        )
        assert answered.parameters["show_alert"] is True
        assert number_of(following) == 2
    assert await chat.noted() == [("quiz.reject", "d1")]
    (denied,) = await chat.presses(theirs.buttons[texts.BUTTON_APPROVE])
    assert denied.parameters["show_alert"] is True
    assert await chat.store.approved() == []


async def test_a_passage_that_went_is_told(chat: DraftsChat) -> None:
    await chat.draft()
    chat.chunks = chat.chunks[1:]
    (shown,) = await chat.sends("/drafts")
    assert texts.PASSAGE_GONE in shown.text
    assert html.escape(ARTICLES["a"], quote=False) in shown.text


@pytest.mark.parametrize(
    "data", ["qd:rt", "qd:rt:a", "qd:rt:z:1", "qd:rt:a:zzzzzzz", "qd:rt:t:1:khac"]
)
async def test_forged_and_old_buttons_are_answered(chat: DraftsChat, data: str) -> None:
    await chat.draft()
    answered = (await chat.presses(data))[0]
    assert answered.method == "answerCallbackQuery"
    assert await chat.store.approved() == []


async def test_others_and_groups_get_nothing(chat: DraftsChat) -> None:
    stranger = chat.of(3003, "Khách")
    (denied,) = await stranger.sends("/drafts")
    assert not denied.buttons
    assert await chat.sends("/drafts", chat=GROUP) == []


async def test_every_card_of_the_shipped_articles_fits(sqlite_url: str) -> None:
    async with drafts_chat(sqlite_url, passages_of(SHIPPED), ROLE) as chat:
        shown = await chat.draft()
        waiting = await chat.store.waiting()
        assert waiting >= 45
        for _ in range(waiting):
            plain = html.unescape(re.sub(r"<[^>]+>", "", shown.text))
            assert utf16_units(plain) <= MESSAGE_UNITS
            assert texts.PASSAGE_GONE not in shown.text
            asked = (await chat.presses(shown.buttons[texts.BUTTON_EDIT]))[-1]
            template = html.unescape(re.findall(r"<pre>(.*)</pre>", asked.text, re.DOTALL)[0])
            done, card = await chat.replies(asked.text, template)
            assert done.text.startswith("Đã sửa"), done.text
            shown = (await chat.presses(card.buttons[texts.BUTTON_LATER]))[-1]
