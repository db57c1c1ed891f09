"""/certificate, /verify and the links of certificates, in chats."""

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, update
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import AIORateLimiter, Application

from bot.access.audit import AuditLog
from bot.access.errors import NameRequestError, UnknownPersonError
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.asking.start_handlers import StartHandlers
from bot.features.certificates import texts
from bot.features.certificates.certificate import PathResult
from bot.features.certificates.certificate_code import link_of, shown_code
from bot.features.certificates.certificate_handlers import CertificateHandlers
from bot.features.certificates.drawing import draw_certificate
from bot.features.certificates.name_handlers import NameHandlers
from bot.features.certificates.name_requests import NameRequests
from bot.features.certificates.personal_data import CertificatesOfPerson, NameRequestsOfPerson
from bot.features.certificates.tables import CertificateRow
from bot.features.certificates.wrong_tries import TRIES, WINDOW
from bot.settings import Access
from bot.telegram.admin_notices import Notice
from bot.telegram.gate import Gate, GuardedApplication
from bot.telegram.menus import CommandMenus
from bot.telegram.sending import DEFAULTS
from tests.bot.conftest import GROUP, TOKEN, Telegram, messages
from tests.bot.features.certificates.conftest import NAME, NOW, TOPICS, Office
from tests.bot.offline_request import BOT, DATE, Call, OfflineRequest

DONE = PathResult(complete=True, score=0.925, topics=TOPICS)
NOT_BEGUN = PathResult(complete=False, score=0, topics=())
HALF = PathResult(complete=False, score=0.5, topics=TOPICS[:1], missing=("Lịch sử <1945>", "B"))
LEARNER, GUEST, ADMIN, OTHER_ADMIN = 7, 50, 1, 2


def no_suggestions(_first: InlineKeyboardButton | None) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(())


class Chat:
    """The bot's handlers of certificates behind the gate of a closed office."""

    def __init__(self, database: Database, folder: Path, access: Access = Access.INVITE) -> None:
        self.office = Office(database, folder)
        self.now = NOW
        self.results: dict[int, PathResult] = {}
        self.request = OfflineRequest()
        self.people, self.names = People(database), NameRequests(database)
        gate = Gate(self.people, AuditLog(database), access, lambda: self.now)
        core: Any = SimpleNamespace(people=self.people, gate=gate, now=lambda: self.now)
        self.room = CertificateHandlers(core, self.office.register, self.names, self.path_result)
        names = NameHandlers(core, self.names, self.room.confirmed)
        self.application = (
            Application.builder()
            .token(TOKEN)
            .defaults(DEFAULTS)
            .rate_limiter(AIORateLimiter())
            .application_class(GuardedApplication, {"gate": gate})
            .request(self.request)
            .get_updates_request(self.request)
            .build()
        )
        self.application.add_handlers(self.room.handlers())
        self.application.add_handlers(names.handlers())
        menus = CommandMenus(Access.INVITE)
        start = StartHandlers(gate, menus, no_suggestions, with_model=False)
        self.application.add_handlers(start.handlers())

    async def path_result(self, person_id: int) -> PathResult:
        return self.results.get(person_id, NOT_BEGUN)

    def person(self, number: int, name: str = NAME) -> Telegram:
        return Telegram(self.application, self.request).of(number, name)

    async def says(self, number: int, text: str, chat: dict[str, Any] | None = None) -> str:
        """What the bot answers, in one message."""
        (answer,) = messages(await self.person(number).sends(text, chat=chat))
        return answer.text


@pytest.fixture
async def chat(app_database: Database, tmp_path: Path) -> AsyncIterator[Chat]:
    made = Chat(app_database, tmp_path)
    for person, role in ((LEARNER, Role.NEWCOMER), (ADMIN, Role.ADMIN), (OTHER_ADMIN, Role.ADMIN)):
        await made.people.set_role(CLI, person, role, NOW, name=f"Người {person}")
    await made.people.confirm_name(CLI, LEARNER, NAME, NOW)
    async with made.application:
        yield made


def sent_files(calls: list[Call]) -> dict[str, bytes]:
    return {file[0]: file[1] for call in calls for file in call.files.values()}


async def test_who_completed_the_path_gets_picture_and_pdf(chat: Chat) -> None:
    chat.results[LEARNER] = DONE
    calls = await chat.person(LEARNER).sends("/certificate")
    assert [call.method for call in calls] == ["sendPhoto", "sendDocument"]
    issued = await chat.office.register.find(LEARNER)
    assert issued is not None
    code = shown_code(issued.code)
    drawn = draw_certificate(issued, "vanphong_bot")
    assert sent_files(calls) == {
        f"chung-nhan-{code}.png": drawn.png,
        f"chung-nhan-{code}.pdf": drawn.pdf,
    }
    assert code in calls[0].parameters["caption"]
    chat.results[LEARNER] = HALF  # a topic was added to the path: what was earned stays
    again = await chat.person(LEARNER, "Tên mới").sends("/certificate")
    assert sent_files(again) == sent_files(calls)


async def test_who_did_not_is_told_what_is_missing(chat: Chat) -> None:
    assert await chat.says(LEARNER, "/certificate") == texts.NOT_BEGUN
    chat.results[LEARNER] = HALF
    text = await chat.says(LEARNER, "/certificate")
    assert "Còn lại 2 chủ đề:\n• Lịch sử &lt;1945&gt;\n• B" in text
    chat.results[LEARNER] = dataclasses.replace(HALF, missing=("Đ" * 500,) * 40)
    text = await chat.says(LEARNER, "/certificate")
    assert "… và 28 chủ đề nữa" in text
    assert len(text) < 4096
    assert len(await chat.office.register.entries()) == 0


async def test_certificates_stay_out_of_groups_and_with_learners(chat: Chat) -> None:
    chat.results[LEARNER] = chat.results[GUEST] = DONE
    assert await chat.person(LEARNER).sends("/certificate", chat=GROUP) == []
    assert "liên kết mời" in await chat.says(GUEST, "/certificate")
    assert len(await chat.office.register.entries()) == 0


async def test_an_award_comes_by_itself_and_once(chat: Chat) -> None:
    chat.results[LEARNER] = HALF
    await chat.room.award(chat.application.bot, LEARNER, NAME)
    assert chat.request.calls[1:] == []
    chat.results[LEARNER] = DONE
    await chat.room.award(chat.application.bot, LEARNER, NAME)
    await chat.room.award(chat.application.bot, LEARNER, "Khác")
    assert len(await chat.office.register.entries()) == 1
    chat.request.failures["sendPhoto"] = (403, "Forbidden: bot was blocked by the user")
    await chat.room.award(chat.application.bot, LEARNER, NAME)  # only logged
    issued = await chat.office.register.find(LEARNER)
    assert issued is not None
    assert issued.name == NAME


@pytest.mark.parametrize("place", [None, GROUP])
async def test_everybody_verifies_with_the_code(chat: Chat, place: dict[str, Any] | None) -> None:
    issued = await chat.office.issue(LEARNER, "Lan <b>& Co</b>")
    for typed in (
        shown_code(issued.code),
        issued.code.lower(),
        link_of(issued.code, "vanphong_bot"),
    ):
        text = await chat.says(GUEST, f"/verify {typed}", place)
        assert "hợp lệ" in text
        assert "Lan &lt;b&gt;&amp; Co&lt;/b&gt;" in text
        for told in ("25/11/2026", "92,5%", texts.OFFICE):
            assert told in text
        assert TOPICS[0] not in text
        assert str(LEARNER) not in text.replace(shown_code(issued.code), "").replace("25/11", "")


async def test_a_scanned_link_verifies(chat: Chat) -> None:
    issued = await chat.office.issue(LEARNER)
    parameter = link_of(issued.code, "vanphong_bot").partition("start=")[2]
    assert NAME in await chat.says(GUEST, f"/start {parameter}")
    assert "không phải mã" in await chat.says(GUEST, "/start v_<b>")
    assert "trợ lý" in await chat.says(GUEST, "/start")  # the plain welcome is as it was
    assert await chat.person(GUEST).sends(f"/start {parameter}", chat=GROUP) == []


async def test_what_does_not_hold_is_told_without_the_name(chat: Chat) -> None:
    issued = await chat.office.issue(LEARNER)
    code = shown_code(issued.code)
    assert await chat.says(GUEST, "/verify") == texts.VERIFY_USAGE
    assert await chat.says(GUEST, "/verify xin chào") == texts.MALFORMED
    other = issued.code[:-1] + ("0" if issued.code[-1] != "0" else "1")
    assert "Không có chứng nhận" in await chat.says(GUEST, f"/verify {other}")
    await chat.office.register.revoke(CLI, code, NOW)
    text = await chat.says(GUEST, f"/verify {code}")
    assert "đã bị thu hồi ngày 25/11/2026" in text
    assert NAME not in text
    chat.results[LEARNER] = DONE
    assert "đã bị thu hồi" in await chat.says(LEARNER, "/certificate")
    await CertificatesOfPerson(chat.office.database, chat.office.marks, lambda: NOW).erase(LEARNER)
    text = await chat.says(GUEST, f"/verify {code}")
    assert "đã xóa theo yêu cầu" in text
    assert NAME not in text


async def test_a_forged_row_is_called_so(chat: Chat) -> None:
    issued = await chat.office.issue(LEARNER)
    async with chat.office.database.transaction() as session:
        await session.execute(update(CertificateRow).values(name="Kẻ Mạo Danh"))
    text = await chat.says(GUEST, f"/verify {issued.code}")
    assert "chữ ký không khớp" in text
    assert "Mạo Danh" not in text
    assert await chat.says(LEARNER, "/certificate") == texts.ALTERED


async def test_who_tries_wrong_codes_waits(chat: Chat) -> None:
    issued = await chat.office.issue(LEARNER)
    for _ in range(TRIES):
        assert "Không có chứng nhận" in await chat.says(GUEST, "/verify LC-0000-0000-0000")
    assert "sau 10 phút" in await chat.says(GUEST, f"/verify {issued.code}")
    assert "sau 10 phút" in await chat.says(GUEST, f"/start v_{issued.code}")
    assert NAME in await chat.says(51, f"/verify {issued.code}")
    chat.now += WINDOW - dt.timedelta(minutes=3)
    assert "sau 3 phút" in await chat.says(GUEST, f"/verify {issued.code}")
    chat.now += dt.timedelta(minutes=3)
    for _ in range(2 * TRIES):  # right ones don't count
        assert NAME in await chat.says(GUEST, f"/verify {issued.code}")


async def test_a_lost_key_is_told_kindly(chat: Chat) -> None:
    chat.results[LEARNER] = DONE
    issued = await Office(chat.office.database, chat.office.folder).issue(99)
    chat.office.key.unlink()
    assert await chat.says(GUEST, f"/verify {issued.code}") == texts.NOT_NOW
    assert await chat.says(LEARNER, "/certificate") == texts.NOT_NOW
    await chat.room.award(chat.application.bot, LEARNER, NAME)
    async with chat.office.database.session() as session:
        assert (await session.scalars(select(CertificateRow.code))).all() == [issued.code]


NEWCOMER = 8  # no confirmed name yet


async def newcomer(chat: Chat, name: str = "Chủ tịch UBND tỉnh") -> Telegram:
    await chat.people.set_role(CLI, NEWCOMER, Role.NEWCOMER, NOW, name=name)
    chat.results[NEWCOMER] = DONE
    return chat.person(NEWCOMER, name)


async def test_no_certificate_bears_a_name_that_nobody_confirmed(chat: Chat) -> None:
    person = await newcomer(chat)
    (offer,) = messages(await person.sends("/certificate"))
    assert "Chủ tịch UBND tỉnh" in offer.text
    await chat.room.award(chat.application.bot, NEWCOMER, "Chủ tịch UBND tỉnh")
    assert await chat.office.register.entries() == []
    calls = await person.presses(offer.buttons[texts.NAME_SEND])
    asked = {call.parameters["chat_id"]: call for call in messages(calls)}
    assert set(asked) == {ADMIN, OTHER_ADMIN}
    assert "đang chờ" in (await chat.says(NEWCOMER, "/certificate"))
    refused = await chat.person(ADMIN).presses(asked[ADMIN].buttons[texts.NAME_REFUSE])
    told = [call for call in messages(refused) if call.parameters["chat_id"] == NEWCOMER]
    assert "chưa được xác nhận" in told[0].text
    late = await chat.person(OTHER_ADMIN).presses(asked[OTHER_ADMIN].buttons[texts.NAME_CONFIRM])
    assert late[0].parameters["text"] == texts.NAME_IS_OVER
    assert await chat.office.register.entries() == []


async def test_a_confirmed_name_brings_the_certificate(chat: Chat) -> None:
    person = await newcomer(chat)
    await chat.room.award(chat.application.bot, NEWCOMER, "Cún con")
    await person.presses(chat.request.sent()[-1].buttons[texts.NAME_WRITE])
    prompt = chat.request.sent()[-1].text
    (wrong,) = messages(await person.sends("Lan 123", reply_to_message=asked_by_bot(prompt)))
    assert "chữ cái" in wrong.text
    calls = await person.sends("  Trần  Thị B ", reply_to_message=asked_by_bot(prompt))
    (asked,) = (call for call in messages(calls) if call.parameters["chat_id"] == ADMIN)
    assert "Trần Thị B" in asked.text
    decided = await chat.person(ADMIN).presses(asked.buttons[texts.NAME_CONFIRM])
    assert {"sendPhoto", "sendDocument"} <= {call.method for call in decided}
    others = [call for call in decided if call.method == "editMessageText"]
    assert {call.parameters["chat_id"] for call in others} >= {ADMIN, OTHER_ADMIN}
    issued = await chat.office.register.find(NEWCOMER)
    assert issued is not None
    assert (issued.name, issued.name_confirmed) == ("Trần Thị B", True)


async def test_a_corrected_name_replaces_the_certificate(chat: Chat) -> None:
    chat.results[LEARNER] = DONE
    person = chat.person(LEARNER)
    document = (await person.sends("/certificate"))[-1]
    before = await chat.office.register.find(LEARNER)
    assert before is not None
    await person.presses(document.buttons[texts.NAME_FIX])
    prompt = asked_by_bot(chat.request.sent()[-1].text)
    calls = await person.sends("Nguyễn Thị Phương Thúy", reply_to_message=prompt)
    (asked,) = (call for call in messages(calls) if call.parameters["chat_id"] == ADMIN)
    assert NAME in asked.text  # the name so far
    chat.now += dt.timedelta(days=1)
    await chat.person(ADMIN).presses(asked.buttons[texts.NAME_CONFIRM])
    after = await chat.office.register.find(LEARNER)
    assert after is not None
    assert (after.name, after.score, after.topics) == ("Nguyễn Thị Phương Thúy", 0.925, TOPICS)
    old = await chat.says(GUEST, f"/verify {before.code}")
    assert "đã được thay bằng tờ khác ngày 26/11/2026" in old
    assert NAME not in old
    assert after.code not in old
    assert "Phương Thúy" in await chat.says(GUEST, f"/verify {after.code}")
    again = await person.sends("/certificate")
    assert shown_code(after.code) in again[0].parameters["caption"]


async def test_a_name_of_an_earlier_release_is_told_to_be_unconfirmed(chat: Chat) -> None:
    issued = await chat.office.issue(LEARNER, "Chủ tịch UBND tỉnh")
    async with chat.office.database.transaction() as session:
        row = await session.get_one(CertificateRow, issued.code)
        row.name_confirmed = False
        row.signature = chat.office.signature(row)
    text = await chat.says(GUEST, f"/verify {issued.code}")
    assert "tên chưa được xác nhận" in text
    async with chat.office.database.transaction() as session:
        await session.execute(update(CertificateRow).values(name_confirmed=True))
    assert "chữ ký không khớp" in await chat.says(GUEST, f"/verify {issued.code}")


async def test_who_was_not_let_in_earns_none_where_all_may_learn(
    app_database: Database, tmp_path: Path
) -> None:
    chat = Chat(app_database, tmp_path, Access.OPEN)
    chat.results[GUEST] = DONE
    async with chat.application:
        assert "đã được nhận" in await chat.says(GUEST, "/certificate")
        await chat.room.award(chat.application.bot, GUEST, "Khách")
        assert chat.request.sent()[-1].text == texts.GUEST_COMPLETED
        assert await chat.office.register.entries() == []


async def test_a_wish_for_a_name_is_shown_and_erased(chat: Chat) -> None:
    await chat.names.make(LEARNER, "Trần Thị B", NOW)
    store = NameRequestsOfPerson(chat.office.database)
    (kept,) = await store.export(LEARNER) or []
    assert kept["Họ tên"] == "Trần Thị B"
    await store.erase(LEARNER)
    assert await store.export(LEARNER) is None
    with pytest.raises(NameRequestError):
        await chat.names.decide(CLI, 1, NOW, confirmed=True)


async def test_a_name_waits_once_an_admin_was_told(chat: Chat) -> None:
    first = await chat.names.make(LEARNER, "Trần Thị A", NOW)
    second = await chat.names.make(LEARNER, "Trần Thị B", NOW)
    assert (second.id, second.name) == (first.id, "Trần Thị B")
    await chat.names.add_notices(first.id, [Notice(ADMIN, 5)])
    with pytest.raises(NameRequestError):
        await chat.names.make(LEARNER, "Trần Thị C", NOW)


async def test_who_was_removed_gets_no_name(chat: Chat) -> None:
    request = await chat.names.make(LEARNER, "Trần Thị B", NOW)
    await chat.people.remove(CLI, LEARNER, NOW)
    with pytest.raises(UnknownPersonError):
        await chat.names.decide(CLI, request.id, NOW, confirmed=True)


def asked_by_bot(text: str) -> dict[str, Any]:
    return {
        "message_id": 4,
        "date": DATE,
        "from": BOT,
        "chat": {"id": 1, "type": "private"},
        "text": text,
    }
