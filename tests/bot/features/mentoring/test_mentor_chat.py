"""/progress, /cohort and /items as Telegram shows them."""

import io
from collections.abc import AsyncIterator

import openpyxl
import pytest

from bot.database import Database
from bot.features.onboarding.path_progress import learner_progress
from bot.features.quizzes.tables import AttemptRow
from tests.bot.features.mentoring.mentor_chat import MentorChat, caption, mentor_chat
from tests.bot.features.quizzes.learners import BANK, DAY, NOW, Learning, an_office
from tests.bot.offline_request import Call


@pytest.fixture
async def chat(app_database: Database) -> AsyncIterator[MentorChat]:
    async with mentor_chat(app_database) as opened:
        yield opened


async def press(chat: MentorChat, call: Call, label: str) -> list[Call]:
    return await chat.presses(call.buttons[label])


async def test_progress_says_how_to_begin(chat: MentorChat) -> None:
    newcomer = chat.of(600, "Lan")
    (told,) = await newcomer.sends("/progress")
    assert "chưa bắt đầu" in told.text
    assert told.buttons == {"▶️ Học tiếp": "ln:go:h", "🔁 Ôn tập": "rv:go:g"}


async def test_progress_is_a_picture_with_what_comes_next(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(600, "Lan", deadline=NOW + 3 * DAY)
    learning.quiz(600, "t0", [True] * 8)
    learning.quiz(600, "t1", [True] * 4 + [False] * 4)
    learning.card(600, "t0_1", due=NOW)
    await learning.store(chat.database)
    (sent,) = await chat.of(600, "Lan").sends("/progress")
    assert sent.method == "sendPhoto"
    text = caption(sent)
    assert "đạt 1/6 chủ đề" in text
    assert "Tiếp theo: <b>Lịch sử hình thành và phát triển</b> (tốt nhất 50%, cần 80%)" in text
    assert "Hạn: 27/11/2026 (còn 3 ngày)" in text
    assert "1 câu cần ôn" in text
    assert "Ngày truyền thống Văn phòng 93%" in text  # (1 + 0.980 · 2/3)^−0.1542


async def test_progress_without_questions(chat: MentorChat) -> None:
    chat.holds(type(BANK)())
    (told,) = await chat.of(600, "Lan").sends("/progress")
    assert "Chưa có bộ câu hỏi" in told.text


@pytest.mark.parametrize("command", ["/cohort", "/items"])
async def test_a_newcomer_sees_nobody_else(chat: MentorChat, command: str) -> None:
    await an_office(3).store(chat.database)
    (told,) = await chat.of(600, "Lan").sends(command)
    assert told.method == "sendMessage"
    assert "cần quyền" in told.text
    assert await chat.sends(command, chat={"id": -5, "type": "group", "title": "Nhóm"}) == []


async def test_the_cohort_is_turned_and_a_learner_looked_at(chat: MentorChat) -> None:
    await an_office(30).store(chat.database)
    (sent,) = await chat.sends("/cohort")
    assert sent.method == "sendPhoto"
    assert "30 người" in caption(sent)
    assert list(sent.buttons) == [*map(str, range(1, 13)), "▶", "📥 XLSX"]
    _, second = await press(chat, sent, "▶")
    assert second.method == "editMessageMedia"
    assert list(second.buttons) == [*map(str, range(13, 25)), "◀", "▶", "📥 XLSX"]
    assert "13. " in caption(second)
    _, learner = await press(chat, second, "13")
    assert "• Chặng làm quen:" in caption(learner)
    _, back = await press(chat, learner, "◀ Danh sách")
    assert next(iter(back.buttons)) == "13"


async def test_an_empty_cohort(chat: MentorChat) -> None:
    (sent,) = await chat.sends("/cohort")
    assert caption(sent) == "Chưa có ai trong chặng làm quen."
    assert sent.buttons == {}


async def test_a_name_is_shown_as_it_is(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(1, "<b>Lan</b> & " + "x" * 140, department="<i>Phòng</i>")
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    assert "&lt;b&gt;Lan&lt;/b&gt; &amp;" in caption(sent)
    _, learner = await press(chat, sent, "1")
    assert "&lt;i&gt;Phòng&lt;/i&gt;" in caption(learner)


async def test_a_deadline_is_moved_and_the_learner_told(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(600, "Lan", deadline=NOW - DAY)
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    assert "⏰ 1. Lan" in caption(sent)
    _, learner = await press(chat, sent, "1")
    assert "⏰ đã quá hạn mà chưa xong" in caption(learner)
    answered, edited, told = await press(chat, learner, "⏳ Hạn +14 ngày")
    assert "08/12/2026" in answered.text
    assert "Hạn: 08/12/2026" in caption(edited)
    assert (told.parameters["chat_id"], "08/12/2026" in told.text) == (600, True)
    found = await learner_progress(chat.database, BANK, 600, NOW)
    assert found is not None
    assert found.deadline == NOW + 14 * DAY
    (entry,) = await chat.log()
    assert (entry.action, entry.details) == ("learning.deadline", {"days": 14})
    assert entry.subject is not None
    assert entry.subject.person_id == 600


@pytest.mark.parametrize("days", ["0", "1", "zz", "", "-7"])
async def test_only_offered_days_are_taken(chat: MentorChat, days: str) -> None:
    learning = Learning()
    learning.learner(600, deadline=NOW)
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    _, learner = await press(chat, sent, "1")
    data = learner.buttons["⏳ Hạn +7 ngày"].rpartition(":")[0]
    calls = await chat.presses(f"{data}:{days}")
    assert [call.method for call in calls] in ([], ["answerCallbackQuery"])
    assert await chat.log() == []


async def test_a_learner_who_left_meanwhile(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(600)
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    data = sent.buttons["1"].replace(":go:", ":gp:")
    (told,) = await chat.presses(data)
    assert told.parameters["show_alert"]
    assert "không còn trong chặng làm quen" in told.text


async def test_somebody_else_s_buttons_do_nothing(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(600)
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    newcomer = chat.of(600, "Lan")
    for data in sent.buttons.values():
        (told,) = await newcomer.presses(data)
        assert told.method == "answerCallbackQuery"
        assert told.parameters["show_alert"]
    assert {entry.action for entry in await chat.log()} == {"denied"}


async def test_the_cohort_is_exported_and_noted(chat: MentorChat) -> None:
    learning = an_office(4)
    learning.learner(1, "=cmd|'/C calc'!A0", department="+1", deadline=NOW - DAY)
    learning.learner(2, "Lan\x01Anh")
    await learning.store(chat.database)
    (sent,) = await chat.sends("/cohort")
    _, document = await press(chat, sent, "📥 XLSX")
    ((name, content),) = document.files.values()
    assert name == "hoc-tap-2026-11-24.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    heads, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == 6
    assert len(heads) == len(set(heads)) == 15 + 12
    table = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert table["=cmd|'/C calc'!A0"]["Tình trạng"] == "quá hạn"
    assert "LanAnh" in table
    (cell,) = [c for c in sheet["A"] if str(c.value).startswith("=")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    (entry,) = await chat.log()
    assert (entry.action, entry.details) == ("learning.export", {"learners": 6})


def many_answers() -> Learning:
    """Sixty people: t0_0 is answered wrong by the good, t0_1 right by all, the rest as befits."""
    learning = Learning()
    for person in range(60):
        good = person % 2 == 0
        answers: list[bool | int] = [not good, True, good, good, 2 if person % 3 else 0]
        learning.learner(person)
        learning.quiz(person, "t0", answers)
        learning.quiz(person, "t0", [1, 1, 1, 1, 1], kind="practice")  # not the first: no matter
    return learning


async def test_items_come_worst_first_with_their_figures(chat: MentorChat) -> None:
    await many_answers().store(chat.database)
    (sent,) = await chat.sends("/items")
    first, *_rest = [line for line in sent.text.splitlines() if line.startswith(("1.", "2."))]
    assert first.startswith("1. ⚠️ Câu hỏi 0 của t0")
    assert "60 lượt · đúng 50%" in sent.text
    _, detail = await press(chat, sent, "1")
    assert "phân biệt âm" in detail.text
    assert "Chỉ số dễ (tỷ lệ điểm): 50%" in detail.text
    assert "✅ 50% Phương án A" in detail.text
    assert "▫️ 50% Phương án B" in detail.text
    assert "▫️ 0% Phương án &lt;C&gt; – <i>không ai chọn</i>" in detail.text
    assert "ℹ️" not in detail.text


async def test_few_answers_are_warned_about(chat: MentorChat) -> None:
    learning = Learning()
    learning.learner(1)
    learning.quiz(1, "t0", [True, False])
    await learning.store(chat.database)
    (sent,) = await chat.sends("/items")
    assert "⚠️" not in sent.text
    _, detail = await press(chat, sent, "1")
    assert "cần 20 lượt" in detail.text
    assert "cần 50" in detail.text


async def test_answers_to_another_wording_are_another_item(chat: MentorChat) -> None:
    learning = many_answers()
    for row in learning.rows[AttemptRow]:
        if row["question_id"] == "t0_0":
            row["content_hash"] = "0" * 16
    await learning.store(chat.database)
    (sent,) = await chat.sends("/items")
    assert "phân biệt -100" not in sent.text
    assert "1. ⚠️ Câu hỏi 0" not in sent.text


async def test_a_question_is_retired_and_brought_back(chat: MentorChat) -> None:
    await many_answers().store(chat.database)
    (sent,) = await chat.sends("/items")
    _, detail = await press(chat, sent, "1")
    answered, retired = await press(chat, detail, "🗄 Ngừng dùng")
    assert "Đã ngừng dùng" in answered.text
    assert "🗄 Đang ngừng dùng." in retired.text
    assert BANK.questions.keys() - chat.pool.bank.questions == {"t0_0"}
    (again,) = await chat.sends("/items")
    assert "1. ⚠️ Câu hỏi 0 của t0" not in again.text  # the retired come last
    await press(chat, detail, "🗄 Ngừng dùng")  # pressed twice: noted once
    answered, back = await press(chat, retired, "♻️ Dùng lại")
    assert "dùng lại" in answered.text
    assert "🗄 Ngừng dùng" in back.buttons
    assert [(e.action, e.target) for e in await chat.log()] == [
        ("quiz.retire", "t0_0"),
        ("quiz.restore", "t0_0"),
    ]


async def test_a_question_that_went_meanwhile(chat: MentorChat) -> None:
    (sent,) = await chat.sends("/items")
    chat.holds(type(BANK)(BANK.topics[5:]))
    (told,) = await press(chat, sent, "1")
    assert "không còn trong bộ câu hỏi" in told.text
    (empty,) = await chat.sends("/items")
    assert "Chất lượng câu hỏi" in empty.text
