import asyncio
import datetime as dt
import html
import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.registry import People
from bot.app import build_application
from bot.database import Database
from bot.feature import Core, Feature
from bot.features.answer_log.feature import AnswerLogFeature
from bot.features.asking.feature import AskingFeature
from bot.features.forwarded_questions import Inbox
from bot.features.knowledge_versions import texts as version_texts
from bot.features.knowledge_versions import updates
from bot.features.knowledge_versions.decisions import VersionDecisions
from bot.features.knowledge_versions.reload_handlers import ReloadHandlers
from bot.features.knowledge_versions.version_handlers import VersionHandlers
from bot.features.quizzes import Study
from bot.features.written_answers.feature import WrittenAnswersFeature
from bot.limits import MESSAGE_UNITS
from bot.settings import Settings
from bot.telegram.formatting import utf16_units
from embeddings import Encoder
from knowledge.reload.reload_lock import ReloadLock
from tests.bot.conftest import STAFF, Telegram, messages
from tests.bot.features.knowledge_versions.knowledge_at_work import (
    KnowledgeAtWork,
    knowledge_at_work,
)
from tests.bot.offline_request import Call, OfflineRequest
from tests.bot.whole_bot import HandClock
from tests.knowledge.small_articles import PARKING, PARKING_QUESTION, write


@pytest.fixture
async def work(tmp_path: Path, encoder: Encoder) -> AsyncIterator[KnowledgeAtWork]:
    async with knowledge_at_work(tmp_path, encoder) as at_work:
        yield at_work


@pytest.fixture
async def telegram(
    settings: Settings, work: KnowledgeAtWork, app_database: Database
) -> AsyncIterator[Telegram]:
    """An administrator's side of a bot with the handlers of reloads and versions."""
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    await People(app_database, {STAFF["id"]}).ensure_configured_admins(now)
    request = OfflineRequest()
    core = Core.of(settings, app_database, work.base, work.worker, clock=HandClock(now))
    seconds = itertools.count(step=10)
    versions, answer_log = (
        Feature(),
        AnswerLogFeature(core, Inbox(app_database, core.marks).take_feedback),
    )
    decisions = VersionDecisions(work.updates, core.deeds)
    versions.handler_groups = (
        ReloadHandlers(work.updates, decisions, work.articles, clock=lambda: next(seconds)),
        VersionHandlers(work.updates, decisions),
    )
    written = WrittenAnswersFeature(core, None).answers
    asking = AskingFeature(
        core, answer_log.recorder, answer_log.keyboards, Study(core).pool, written
    )
    features = [versions, asking]
    application = build_application(core, features, request=request)
    async with application:
        yield Telegram(application, request)
    await answer_log.close()


def edits(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method == "editMessageText"]


async def test_reload_says_how_long_it_will_still_take(
    telegram: Telegram, work: KnowledgeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "_PROGRESS_SECONDS", 0.0)
    seconds = itertools.count(step=60)  # a minute for each sign of life
    noon = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)
    loop = asyncio.get_running_loop()

    async def shown() -> None:
        for _ in range(50):  # what is sent offline takes some rounds of the loop
            await asyncio.sleep(0)

    def minutes() -> dt.datetime:
        asyncio.run_coroutine_threadsafe(shown(), loop).result()
        return noon + dt.timedelta(seconds=next(seconds))

    work.base._reload_lock = ReloadLock(minutes)
    sections = "\n\n".join(f"## Mục {n}\n\nViệc {n} do phòng {n} làm." for n in range(20))
    write(work.articles, "long.md", f"# Dài\n\n{sections}\n")
    *progress, _ = edits(await telegram.sends("/reload"))
    assert any(
        re.search(r"Nhúng và ghi: \d+/40 \(còn khoảng \d+ phút\)$", p.text) for p in progress
    )


async def test_reload_edits_one_message_into_the_report(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    write(work.articles, "parking.md", PARKING)
    calls = await telegram.sends("/reload")
    (sent,) = messages(calls)
    assert sent.text == version_texts.RELOAD_STARTED
    *progress, report = edits(calls)
    assert progress
    assert all(version_texts.RELOAD_STARTED in call.text for call in progress)
    assert "Đã chuyển sang bản <b>v0002</b>" in report.text
    assert "thêm 1, sửa 0, bỏ 0, giữ nguyên 2, lỗi 0" in report.text
    assert "• Nội quy bãi xe (parking.md)" in report.text
    assert "Câu hỏi mẫu: đúng 1/1" in report.text
    assert not report.buttons
    (answer,) = messages(await telegram.sends(PARKING_QUESTION))
    assert "6 giờ 30" in answer.text


async def test_nothing_changed(telegram: Telegram) -> None:
    report = edits(await telegram.sends("/reload"))[-1]
    assert "không có gì thay đổi" in report.text


async def test_worse_version_is_used_at_the_press_of_a_button(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    work.lose_the_day()
    report = edits(await telegram.sends("/reload"))[-1]
    assert "1 câu hỏi mẫu không còn được trả lời đúng" in report.text
    assert "Mất câu trả lời đúng: Ngày truyền thống" in report.text
    assert "Trước: Ngày truyền thống" in report.text
    assert list(report.buttons) == [version_texts.USE_BUTTON, version_texts.DISCARD_BUTTON]
    assert work.worker.kb_version == "v0001"
    use = report.buttons[version_texts.USE_BUTTON]
    calls = await telegram.presses(use)
    assert [call.method for call in calls if call.method != "answerCallbackQuery"] == [
        "sendMessage",
        "editMessageReplyMarkup",
    ]
    assert messages(calls)[0].text == version_texts.USED.format(version="v0002")
    assert work.worker.kb_version == "v0002"
    (late,) = messages(await telegram.presses(use))
    assert "không còn chờ quyết định" in late.text


async def test_worse_version_is_discarded_at_the_press_of_a_button(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    work.lose_the_day()
    report = edits(await telegram.sends("/reload"))[-1]
    drop = report.buttons[version_texts.DISCARD_BUTTON]
    (told,) = messages(await telegram.presses(drop))
    assert told.text == version_texts.DISCARDED.format(version="v0002")
    assert [info.name for info in work.base.versions()] == ["v0001"]


async def test_errors_become_the_message(telegram: Telegram, work: KnowledgeAtWork) -> None:
    write(work.articles, "golden.yaml", "answered:\n  - <b>: 1\n")
    report = edits(await telegram.sends("/reload"))[-1]
    assert "golden.yaml', dòng 2: không có mục “&lt;b&gt;”" in report.text


async def test_progress_message_that_was_deleted_is_sent_anew(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    telegram.request.failures["editMessageText"] = (400, "Bad Request: message to edit not found")
    write(work.articles, "parking.md", PARKING)
    sent = messages(await telegram.sends("/reload"))
    assert "v0002" in sent[-1].text


async def test_long_report_keeps_within_the_limit(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    questions = [f"“{'rất dài ' * 20}” số {number} <là> & gì" for number in range(30)]
    golden = "refused:\n" + "".join(f"  - '{question}'\n" for question in questions)
    write(work.articles, "golden.yaml", golden + "answered: [ask: Ngày truyền thống là gì]\n")
    for number in range(60):
        write(work.articles, f"{'tên-dài-' * 8}{number}.md", f"# Bài <{number}>\n\nNội dung.\n")
        work.articles.joinpath(f"hỏng-{number}.md").write_bytes(b"\x00")
    work.articles.joinpath("day.md").unlink()
    work.articles.joinpath("principle.md").unlink()
    calls = await telegram.sends("/reload")
    shown = [*edits(calls)[-1:], *messages(calls)[1:]]
    for message in shown:
        shown_text = html.unescape(message.text.replace("<b>", "").replace("</b>", ""))
        assert utf16_units(shown_text) <= MESSAGE_UNITS
    assert "… và 45 mục nữa" in "".join(message.text for message in shown)
    assert version_texts.USE_BUTTON in shown[-1].buttons


async def test_versions_lists_and_offers_the_way_back(
    telegram: Telegram, work: KnowledgeAtWork
) -> None:
    write(work.articles, "parking.md", PARKING)
    await telegram.sends("/reload")
    (listed,) = messages(await telegram.sends("/versions"))
    assert "<b>v0002: 3 bài, 7 đoạn" in listed.text
    assert "– đang dùng</b>" in listed.text
    assert "v0001: 2 bài" in listed.text
    assert "– bản trước" in listed.text
    ((label, data),) = listed.buttons.items()
    assert label == "↩️ Quay lại v0001"
    (question,) = messages(await telegram.presses(data))
    assert "Quay lại bản <b>v0001</b>?" in question.text
    confirm, cancel = question.buttons.values()
    await telegram.presses(cancel)
    assert work.worker.kb_version == "v0002"
    (done,) = messages(await telegram.presses(confirm))
    assert done.text == version_texts.ROLLED_BACK.format(version="v0001")
    assert work.worker.kb_version == "v0001"


async def test_rollback_asks_first(telegram: Telegram, work: KnowledgeAtWork) -> None:
    (nothing,) = messages(await telegram.sends("/rollback"))
    assert "Không có phiên bản nào trước" in nothing.text
    write(work.articles, "parking.md", PARKING)
    await telegram.sends("/reload")
    (question,) = messages(await telegram.sends("/rollback"))
    assert work.worker.kb_version == "v0002"
    await telegram.presses(question.buttons["↩️ Quay lại v0001"])
    assert work.worker.kb_version == "v0001"


@pytest.mark.parametrize("data", ["va:v9999", "vb:etc", "vu:v9999", "vd:v0001"])
async def test_forged_buttons_change_nothing(
    telegram: Telegram, work: KnowledgeAtWork, data: str
) -> None:
    (told,) = messages(await telegram.presses(data))
    assert told.text.startswith("⛔")
    assert "<b>" not in told.text
    assert [(info.name, info.active) for info in work.base.versions()] == [("v0001", True)]
