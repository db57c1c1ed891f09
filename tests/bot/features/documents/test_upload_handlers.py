import asyncio
import dataclasses
import datetime as dt
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.asking import texts as general
from bot.features.documents import texts
from bot.features.documents.buttons import DraftAction, DraftPress, ListPress
from bot.features.documents.messages import StoreFindings, draft_card, inspection_report
from bot.features.documents.pending_uploads import MAX_DRAFTS, UPLOADS_FOLDER, Draft, PendingUploads
from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import utf16_units
from bot.telegram.texts import BUTTON_NOT_HERE, NOT_YOUR_BUTTON
from knowledge.articles.article import Paragraph
from knowledge.articles.reading import LeftOut
from knowledge.documents.details import DetailField, DocumentDetails
from knowledge.documents.inspection import Inspection
from knowledge.documents.near_duplicates import NearDuplicate
from knowledge.documents.personal_data import PersonalData, PersonalDataKind
from knowledge.documents.text_comparison import LineChange, TextComparison
from knowledge.entities.amendments import Amendment
from knowledge.errors import KnowledgeError
from tests import office_files
from tests.bot.conftest import GROUP
from tests.bot.features.documents.document_chat import OTHER, DocumentChat, document_chat
from tests.bot.offline_request import Call
from tests.office_files import PARAGRAPH, word

RULES = word([("Title", "Quy chế <mới>"), ("Heading 1", "Chương I"), ("", PARAGRAPH)])


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    folder.joinpath("cu.md").write_text(f"# Quy chế cũ\n\n{PARAGRAPH}\n", encoding="utf-8")
    return folder


@pytest.fixture
async def chat(tmp_path: Path, articles: Path) -> AsyncIterator[DocumentChat]:
    async with document_chat(tmp_path, articles) as opened:
        yield opened


@pytest.fixture
def real_article(real_articles: Path) -> bytes:
    (path,) = real_articles.glob("000_*.txt")
    return path.read_bytes()


def card(calls: list[Call]) -> Call:
    """The last message with the buttons of a draft."""
    return next(call for call in reversed(calls) if texts.BUTTON_KEEP in call.buttons)


def token(shown_card: Call) -> str:
    """The draft whose card it is."""
    press = DraftPress.read(shown_card.buttons[texts.BUTTON_KEEP])
    assert press is not None
    return press.token


def shown(calls: list[Call]) -> str:
    return calls[-1].text or str(calls[-1].parameters)


async def test_a_file_is_read_shown_and_stored_on_confirmation(chat: DocumentChat) -> None:
    calls = await chat.sends_file(
        word([("Title", "Quy chế <mới>"), ("Heading 1", "Chương I"), ("", PARAGRAPH),
              ("", "Gọi 0912345678 & hỏi.")]),
        "../Quy chế.docx",
    )  # fmt: skip
    assert [call.method for call in calls] == ["sendMessage", "getFile", "editMessageText"]
    shown_card = card(calls)
    for part in (
        "Tệp: Quy chế.docx",
        "<b>Quy chế &lt;mới&gt;</b>",
        "1 đoạn",
        "• Chương I",
        "Quy chế cũ (cu.md)",
        "số điện thoại: 1 chỗ, ví dụ 09••••••78",
        "<blockquote expandable><b>Chương I</b>",
        "Gọi 0912345678 &amp; hỏi.",
    ):
        assert part in shown_card.text
    assert chat.store.documents() == ()
    answered, edited = await chat.presses(shown_card.buttons[texts.BUTTON_KEEP])
    assert answered.method == "answerCallbackQuery"
    assert edited.text == "Đã lưu D1: <b>Quy chế &lt;mới&gt;</b>."
    (stored,) = chat.store.documents()
    assert (stored.name, stored.added_by) == ("Quy chế.docx", "1001")
    assert chat.changes == ["D1 active"]
    again = await chat.presses(shown_card.buttons[texts.BUTTON_KEEP])
    assert again[-1].parameters["text"] == texts.DRAFT_GONE
    assert len(chat.store.documents()) == 1


async def test_title_source_and_date_are_typed(chat: DocumentChat) -> None:
    calls = await chat.sends_file(RULES)
    for button, wrong, right in (
        (texts.BUTTON_TITLE, "…", "Quy chế & nội quy"),
        (texts.BUTTON_SOURCE, "x" * 301, "Quyết định số 12/QĐ-UBND"),
        (texts.BUTTON_PUBLISHED, "31/2/2024", "5/8/2024"),
    ):
        (_, menu) = await chat.presses(card(calls).buttons[texts.BUTTON_EDIT])
        (_, question) = await chat.presses(menu.buttons[button])
        assert texts.BUTTON_BACK in question.buttons
        (refused,) = await chat.sends(wrong)
        assert "anh/chị" in refused.text.lower()
        calls = await chat.sends(right)
    await chat.presses(card(calls).buttons[texts.BUTTON_KEEP])
    (stored,) = chat.store.documents()
    assert stored.details == DocumentDetails(
        "Quy chế & nội quy", "Quyết định số 12/QĐ-UBND", "2024-08-05"
    )
    (unrelated,) = await chat.sends("một câu hỏi")
    assert unrelated.text == general.NOT_TEXT  # nothing is awaited any more


async def test_a_question_can_be_taken_back_and_grows_old(chat: DocumentChat) -> None:
    shown_card = card(await chat.sends_file(RULES))
    (_, menu) = await chat.presses(shown_card.buttons[texts.BUTTON_EDIT])
    (_, question) = await chat.presses(menu.buttons[texts.BUTTON_TITLE])
    await chat.presses(question.buttons[texts.BUTTON_BACK])
    assert (await chat.sends("không phải tiêu đề"))[-1].text == general.NOT_TEXT
    await chat.presses(menu.buttons[texts.BUTTON_TITLE])
    chat.now += dt.timedelta(minutes=16)
    assert (await chat.sends("không phải tiêu đề"))[-1].text == general.NOT_TEXT


async def test_nothing_of_another_person_can_be_touched(chat: DocumentChat) -> None:
    buttons = card(await chat.sends_file(RULES)).buttons
    (_, menu) = await chat.presses(buttons[texts.BUTTON_EDIT])
    for data in [*buttons.values(), *menu.buttons.values()]:
        (answered,) = await chat.presses(data, person=OTHER)
        assert answered.parameters["text"] in {texts.NOT_YOURS, NOT_YOUR_BUTTON}
    for data in menu.buttons.values():
        (answered,) = await chat.presses(data, chat=GROUP)
        assert answered.parameters["text"] == BUTTON_NOT_HERE["PRIVATE"]
    await chat.presses(menu.buttons[texts.BUTTON_TITLE])
    (reply,) = await chat.sends("của người khác", **{"from": OTHER})
    assert reply.text == general.NOT_TEXT
    assert chat.store.documents() == ()


@pytest.mark.parametrize(
    "data", ["du:", "du:000000000000:k", "du:../../etc:k", "du:0123456789ab:z", "du:" + "9" * 60]
)
async def test_forged_buttons_are_answered(chat: DocumentChat, data: str) -> None:
    (answered,) = await chat.presses(data)
    assert answered.parameters["text"] == texts.DRAFT_GONE


async def test_a_draft_can_be_dropped(chat: DocumentChat, tmp_path: Path) -> None:
    shown_card = card(await chat.sends_file(RULES))
    await chat.presses(shown_card.buttons[texts.BUTTON_DROP])
    assert chat.store.documents() == ()
    assert not [p for p in tmp_path.joinpath("documents/pending").iterdir() if p.is_dir()]


async def test_two_presses_at_once_store_once(chat: DocumentChat) -> None:
    data = card(await chat.sends_file(RULES)).buttons[texts.BUTTON_KEEP]
    await asyncio.gather(chat.presses(data), chat.presses(data))
    assert len(chat.store.documents()) == 1
    assert chat.changes == ["D1 active"]


async def test_a_restart_loses_no_draft_and_a_day_ends_it(
    chat: DocumentChat, tmp_path: Path, articles: Path
) -> None:
    shown_card = card(await chat.sends_file(RULES))
    await chat.presses(DraftPress(token(shown_card), DraftAction.TITLE).data)
    tmp_path.joinpath("documents/pending/bbbbbbbbbbbb").mkdir()  # a crash left it unfinished
    async with document_chat(tmp_path, articles) as after:
        calls = await after.sends("Tiêu đề sau khi khởi động lại")
        await after.presses(card(calls).buttons[texts.BUTTON_KEEP])
        (stored,) = after.store.documents()
        assert stored.details.title == "Tiêu đề sau khi khởi động lại"
        late = card(await after.sends_file(word()))
        after.now += dt.timedelta(hours=25)
        (answered,) = await after.presses(late.buttons[texts.BUTTON_KEEP])
        assert answered.parameters["text"] == texts.DRAFT_GONE
    assert not tmp_path.joinpath("documents/pending/bbbbbbbbbbbb").exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docm", office_files.macro_document(), "macro"),
        ("a.pdf", office_files.encrypted_pdf(), "mật khẩu"),
        ("<b>.exe", b"MZ\x00", "chương trình"),
        ("a.docx", b"", "tệp trống"),
        ("x" * 300 + ".png", b"\x89PNG\r\n", "tệp ảnh"),
    ],
)
async def test_what_cannot_be_read_is_said(
    chat: DocumentChat, name: str, data: bytes, says: str
) -> None:
    calls = await chat.sends_file(data, name)
    assert says in shown(calls)
    assert "<b.exe" not in shown(calls)
    assert chat.pending.count(1001, chat.now) == 0


async def test_too_large_a_file_is_refused_before_the_download(chat: DocumentChat) -> None:
    (call,) = await chat.sends_file(RULES, size=21 * 1024 * 1024)
    assert "tệp 21.0 MB, Telegram chỉ cho tôi tải tối đa 20 MB" in call.text


async def test_a_file_larger_than_said_is_not_downloaded(chat: DocumentChat) -> None:
    calls = await chat.sends_file(bytes(21 * 1024 * 1024), size=10)
    assert "tối đa 20 MB" in shown(calls)


async def test_a_download_that_fails_is_said(chat: DocumentChat) -> None:
    chat.request.failures["getFile"] = (400, "Bad Request: file is temporarily unavailable")
    assert "gửi lại tệp" in shown(await chat.sends_file(RULES))


async def test_files_in_groups_are_left_alone(chat: DocumentChat) -> None:
    assert await chat.sends_file(RULES, chat=GROUP) == []


async def test_files_that_come_at_once_never_pass_the_limit(
    chat: DocumentChat, tmp_path: Path
) -> None:
    first = token(card(await chat.sends_file(RULES)))
    for number in range(MAX_DRAFTS - 3):
        name = f"{number:012x}"
        shutil.copytree(tmp_path / UPLOADS_FOLDER / first, tmp_path / UPLOADS_FOLDER / name)
        chat.pending.update(dataclasses.replace(chat.pending.get(first, chat.now), token=name))
    chat.reader.open.clear()
    await asyncio.gather(*[chat.puts_file(RULES, f"{n}.docx") for n in range(8)])
    refused = [call for call in chat.request.sent() if "tối đa 20" in call.text]
    assert len(refused) == 6
    chat.reader.open.set()
    await chat.queue.join()
    assert chat.pending.count(1001, chat.now) == MAX_DRAFTS
    chat.now += dt.timedelta(hours=25)
    assert card(await chat.sends_file(RULES))


async def test_the_same_file_again_is_told_and_not_stored(chat: DocumentChat) -> None:
    await chat.presses(card(await chat.sends_file(RULES)).buttons[texts.BUTTON_KEEP])
    again = card(await chat.sends_file(RULES, "tên khác.docx"))
    assert "Chính tệp này đã có trong kho: D1" in again.text
    calls = await chat.presses(again.buttons[texts.BUTTON_KEEP])
    assert "đã có trong kho: D1" in shown(calls)
    assert len(chat.store.documents()) == 1
    await chat.presses(again.buttons[texts.BUTTON_DROP])  # the draft is still there to drop


async def test_a_caption_replaces_a_document(chat: DocumentChat) -> None:
    await chat.presses(card(await chat.sends_file(RULES)).buttons[texts.BUTTON_KEEP])
    new = card(await chat.sends_file(word(), caption="Thay cho d1 nhé"))
    assert "Thay cho D1" in new.text
    assert "Quy chế &lt;mới&gt;" in new.text  # the new file states none
    calls = await chat.presses(new.buttons[texts.BUTTON_KEEP])
    assert "thay cho D1" in shown(calls)
    assert [(d.document_id, d.is_active) for d in chat.store.documents()] == [
        ("D2", True),
        ("D1", False),
    ]
    assert "không có tài liệu “D9”" in shown(await chat.sends_file(word(), caption="thay D9"))


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
async def test_the_real_article_goes_in(
    chat: DocumentChat, real_article: bytes, suffix: str
) -> None:
    lines = real_article.decode().split("\n")
    data = real_article if suffix == ".txt" else word([("", line) for line in lines])
    shown_card = card(await chat.sends_file(data, f"bai-viet{suffix}"))
    assert "<b>Cán bộ CCVC Văn phòng UBND tỉnh Lào Cai phát huy truyền thống" in shown_card.text
    await chat.presses(shown_card.buttons[texts.BUTTON_KEEP])
    assert chat.store.original("D1") == data


def test_the_fullest_card_fits_a_message() -> None:
    long = "Ữ" * 400
    inspection = Inspection(
        guess=DocumentDetails(
            long[:300], long[:300], "2024-08-05", *[long[:300]] * 4,
            amends=(Amendment("thay thế", long[:50]),) * 20,
        ),
        headings=(long,) * 30,
        heading_count=500,
        chunks=10**6,
        characters=10**8,
        preview=long * 10,
        duplicates=(NearDuplicate(long, long, 1.0),) * 5,
        personal_data=tuple(PersonalData(kind, 999, (long,) * 3) for kind in PersonalDataKind),
        notes=(long,) * 20,
        left_out=(LeftOut("bình luận", 7, (long, long)),) * 5,
        comparison=TextComparison(9, 9, 9, (LineChange(long, long[1:]),) * 20),
    )  # fmt: skip
    report = inspection_report(inspection, (Paragraph(long),) * 20, StoreFindings())
    draft = Draft(
        token="0" * 12,
        chat_id=1,
        user_id=1,
        name=long[:100],
        details=inspection.guess,
        report=report.html,
        report_units=report.units,
        created_at="2026-11-24T00:00:00+00:00",
        replaces="D999999",
        offered=dict.fromkeys(DetailField, long),
    )
    text = draft_card(draft)
    for tag in ("<b>", "</b>", "<i>", "</i>", "<blockquote expandable>", "</blockquote>"):
        text = text.replace(tag, "")
    assert utf16_units(text) <= MESSAGE_UNITS


@pytest.mark.parametrize(
    "data", ["dd:1:x:D1:1", "dd:1:v::1", "dd:1:l:D1:1", "dd:!:v:D1:1", "dd:1:v:D1:-1", "dd:"]
)
def test_forged_list_data_is_none_of_ours(data: str) -> None:
    assert ListPress.read(data) is None
    assert DraftPress.read(data) is None


def test_a_lost_list_of_expected_files_is_no_failure(tmp_path: Path, articles: Path) -> None:
    folder = tmp_path / "documents" / "pending"
    folder.mkdir(parents=True)
    folder.joinpath("expected.json").write_text(json.dumps([1]), encoding="utf-8")
    pending = PendingUploads(tmp_path)
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    try:
        pending.load(now)
    except KnowledgeError as error:
        pytest.fail(str(error))
    assert pending.replacement_expected(1, 1, now) is None
