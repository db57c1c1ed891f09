"""/stats, /export and who may see them, as Telegram shows them."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.access.audit import AuditLog
from bot.database import Database
from bot.features.answer_log import store, texts
from bot.features.answer_log.logged_answer import LoggedPassage, Vote, storable
from bot.features.answer_log.messages import caption_of
from bot.features.answer_log.spreadsheet import spreadsheet
from bot.features.answer_log.statistics import DayCounts, LatencyHistogram, TopicCount, summarise
from bot.features.answer_log.statistics_picture import draw
from bot.features.answer_log.store import AnswerLog, ExportedAnswer
from bot.limits import CAPTION_UNITS
from bot.office_time import Period
from bot.spreadsheet import FileKind
from bot.telegram.formatting import utf16_units
from tests.bot.features.answer_log.conftest import ADMIN, Office
from tests.bot.features.answer_log.logged import NOON, PASSAGE, a_refusal, an_answer


async def test_statistics_come_as_a_picture_with_a_short_text(office: Office) -> None:
    for by, question in enumerate(["2 thạo là gì", "3 đúng là gì", "giá vàng hôm nay"], 100):
        await office.sends(question, by=by)
    sent = (await office.sends("/stats", by=ADMIN))[-1]
    assert sent.method == "sendPhoto"
    caption = sent.parameters["caption"]
    assert "3 câu hỏi, trả lời được 67%, từ chối 1" in caption
    assert "3 người hỏi" in caption
    assert "22/10/2026 – 20/11/2026" in caption
    _name, picture = office.files[-1]
    assert Image.open(io.BytesIO(picture)).size == (1080, 1440)
    answered, edited = await office.presses(sent.buttons["1 năm"], sent, by=ADMIN)
    assert (answered.method, edited.method) == ("answerCallbackQuery", "editMessageMedia")
    assert "• 1 năm" in edited.buttons
    wrong = (await office.sends("/stats 0", by=ADMIN))[-1]
    assert "Tôi chưa hiểu" in wrong.text


async def test_an_export_sends_both_files_and_is_audited(
    office: Office, app_database: Database
) -> None:
    await office.sends("2 thạo là gì")
    chosen = (await office.sends("/export", by=ADMIN))[-1]
    calls = await office.presses(chosen.buttons["7 ngày"], chosen, by=ADMIN)
    assert [c.method for c in calls] == ["answerCallbackQuery", "sendDocument", "sendDocument"]
    names = [name for name, _ in office.files]
    assert names == ["hoi-dap-2026-11-14-2026-11-20.xlsx", "hoi-dap-2026-11-14-2026-11-20.csv"]
    book, table = (content for _, content in office.files)
    (row,) = read_xlsx(book)
    assert row["Câu hỏi"] == "2 thạo là gì"
    assert row["Thời điểm"] == dt.datetime(2026, 11, 20, 12)  # noqa: DTZ001 -- as Excel has it
    assert "1001" not in str(row)
    assert read_csv(table)[0]["Câu hỏi"] == "2 thạo là gì"
    (entry,) = await AuditLog(app_database).page(0, 1)
    assert (entry.action, entry.details) == ("record.export", {"days": 7})


async def test_an_empty_export_says_so(office: Office) -> None:
    told = (await office.sends("/export 7", by=ADMIN))[-1]
    assert "Không có câu hỏi nào" in told.text


@pytest.mark.parametrize("command", ["/stats", "/gaps", "/export", "/export 7", "/gaps 0000000"])
async def test_only_who_may_see_statistics_gets_them(office: Office, command: str) -> None:
    await office.sends("số điện thoại của văn phòng")
    calls = await office.sends(command, by=1001)
    assert [call.method for call in calls] == ["sendMessage"]
    assert "số điện thoại" not in calls[0].text
    assert office.files == []


@pytest.mark.parametrize("data", ["gaps:u", "stats:u", "export:u", "gaps:u:0:0000000"])
async def test_somebody_else_presses_a_button_of_the_admin(office: Office, data: str) -> None:
    page = (await office.sends("/gaps", by=ADMIN))[-1]
    (told,) = await office.presses(data, page, by=1001)
    assert told.method == "answerCallbackQuery"
    assert told.parameters["show_alert"]
    assert office.files == []


def read_xlsx(content: bytes) -> list[dict[str, object]]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    names = next(rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def a_row(question: str, title: str = "Bài") -> ExportedAnswer:
    passage = LoggedPassage("0" * 16, title, "", "", title)
    answer = an_answer(question, passages=(passage,))
    return ExportedAnswer(answer, person=1, up=1, down=0, reasons=(), handled_at=None)


FORMULAS = ['=HYPERLINK("http://x","y")', "+84912345678", "-1+2", "@SUM(A1)", "=cmd|'/C calc'!A0"]


@pytest.mark.parametrize("question", FORMULAS)
def test_a_question_never_becomes_a_formula(question: str) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(spreadsheet([a_row(question, question)]).file(FileKind.XLSX))
    )
    for cell in (book.active["E2"], book.active["K2"], book.active["M2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (question, "s", True)
    (row,) = read_csv(spreadsheet([a_row(question, question)]).file(FileKind.CSV))
    assert (row["Câu hỏi"], row["Đoạn trích"]) == (f"'{question}", f"'{question}")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80).map(storable))
def test_any_question_survives_both_files(question: str) -> None:
    (row,) = read_xlsx(spreadsheet([a_row(question)]).file(FileKind.XLSX))
    assert (row["Câu hỏi"] or "") == question
    (plain,) = read_csv(spreadsheet([a_row(question)]).file(FileKind.CSV))
    assert plain["Câu hỏi"].removeprefix("'") == question.removeprefix("'")


@given(st.text())
def test_storable_text_has_nothing_that_databases_and_files_refuse(text: str) -> None:
    kept = storable(text)
    kept.encode()
    assert storable(kept) == kept
    assert kept.isprintable()


async def test_rows_number_people_and_count_votes(database: Database) -> None:
    answer_log = AnswerLog(database)
    first = an_answer(person_id=77)
    second = a_refusal("x", shown_at=NOON + dt.timedelta(minutes=1), person_id=88)
    third = an_answer("y", shown_at=NOON + dt.timedelta(minutes=2), person_id=77)
    erased = an_answer("z", shown_at=NOON + dt.timedelta(minutes=3), person_id=None)
    for answer in (erased, third, second, first):
        await answer_log.add(answer)
    for person, vote in ((1, Vote.UP), (2, Vote.UP), (3, Vote.DOWN)):
        await answer_log.vote(first.answer_id, person, vote, NOON)
    rows = await answer_log.answers(Period.up_to(NOON, 1))
    assert [row.person for row in rows] == [1, 2, 1, None]
    assert [(row.up, row.down) for row in rows] == [(2, 1), (0, 0), (0, 0), (0, 0)]
    assert rows[0].answer.passages == (PASSAGE,)
    assert await answer_log.answers(Period.up_to(NOON - dt.timedelta(days=1), 1)) == []


async def test_many_answers_are_read_whole_and_in_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than are read at one go, some of them shown at the same moment."""
    monkeypatch.setattr(store, "_BATCH", 3)
    answer_log = AnswerLog(database)
    answers = [
        an_answer(str(n), person_id=n % 4, shown_at=NOON + dt.timedelta(minutes=n // 5))
        for n in range(10)
    ]
    for answer in reversed(answers):
        await answer_log.add(answer)
        await answer_log.vote(answer.answer_id, 1, Vote.UP, NOON)
    rows = await answer_log.answers(Period.up_to(NOON, 1))
    assert [row.answer for row in rows] == answers
    assert [row.person for row in rows] == [1, 2, 3, 4, 1, 2, 3, 4, 1, 2]
    assert [row.up for row in rows] == [1] * 10


ODD_NAMES = ["$\\frac{1}{2}$ và $x", "𝔘𝔫𝔦 📄 漢字 ไทย", "A" * 300, "", "\\frac_{", "<b>&"]


@pytest.mark.parametrize(("days", "busy"), [(1, 1), (7, 0), (30, 20_000), (90, 1), (3660, 7)])
def test_any_period_can_be_drawn(days: int, busy: int) -> None:
    """Warnings are errors here, so a letter that the font lacks would be noticed."""
    period = Period.up_to(NOON, days)
    counts = [DayCounts(day, busy, busy // 3, busy, busy // 9, busy) for day in period.days()]
    topics = [TopicCount(name, name, busy) for name in ODD_NAMES] if busy else []
    latencies = LatencyHistogram.of([8_000.0, 12.0][: min(busy, 2)])
    found = summarise(period, counts, topics, latencies, people=busy, people_from=period.first)
    picture = Image.open(io.BytesIO(draw(found)))
    assert (picture.format, picture.size) == ("PNG", (1080, 1440))
    assert utf16_units(caption_of(found)) <= CAPTION_UNITS


def test_texts_of_buttons_are_short() -> None:
    assert all(len(label) <= 20 for label in texts.REASONS.values())
