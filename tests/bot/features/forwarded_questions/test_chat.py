"""Forwarding a question and answering it, as people do it in their chats."""

from typing import Any

import pytest

from bot.access.audit import AuditAction, AuditLog
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.answer_log import texts as vote_texts
from bot.features.answer_log.buttons import Verdict, VotePress
from bot.features.forwarded_questions import texts
from bot.features.forwarded_questions.buttons import ForwardPress, SendPress
from bot.telegram import texts as telegram_texts
from tests.bot.conftest import GROUP, STAFF, Telegram, messages
from tests.bot.offline_request import BOT, DATE, Call
from tests.bot.whole_bot import MORNING

EDITOR, ASKER = 2002, STAFF["id"]
NEAR = "số điện thoại của Văn phòng là gì"
FAR = "giá vàng hôm nay"


@pytest.fixture
async def editor(telegram: Telegram, app_database: Database) -> Telegram:
    """An editor's side of the bot that the `telegram` fixture's person asks as well."""
    await People(app_database).set_role(CLI, EDITOR, Role.EDITOR, MORNING, name="Biên")
    return telegram.of(EDITOR, "Biên")


def to(person: int, calls: list[Call]) -> list[Call]:
    return [one for one in calls if one.parameters.get("chat_id") == person]


def shown(calls: list[Call]) -> Call:
    """The message that was put in the place of the one whose button was pressed."""
    (edited,) = (call for call in calls if call.method == "editMessageText")
    return edited


async def replies(telegram: Telegram, asked: Call, text: str) -> list[Call]:
    """Answer a message of the bot's by replying to it."""
    plain = asked.text.replace("<b>", "").replace("</b>", "")
    original: dict[str, Any] = {
        "message_id": 5, "date": DATE, "from": BOT, "chat": telegram.private, "text": plain,
    }  # fmt: skip
    return await telegram.sends(text, reply_to_message=original)


async def forwarded(telegram: Telegram, question: str = NEAR) -> list[Call]:
    """Ask, press the button under the refusal and agree; what follows the consent."""
    (refusal,) = messages(await telegram.sends(question))
    (consent,) = messages(await telegram.presses(refusal.buttons[texts.FORWARD_BUTTON]))
    return await telegram.presses(consent.buttons[texts.SEND_BUTTON])


@pytest.mark.parametrize("question", [NEAR, FAR])
async def test_a_refused_question_reaches_the_editors_with_consent(
    telegram: Telegram, editor: Telegram, question: str
) -> None:
    (refusal,) = messages(await telegram.sends(question))
    (consent,) = messages(await telegram.presses(refusal.buttons[texts.FORWARD_BUTTON]))
    assert consent.text == texts.CONSENT.format(question=question)
    assert list(consent.buttons) == [texts.SEND_BUTTON, texts.CANCEL_BUTTON]
    assert "❓" not in (await editor.sends("/inbox"))[0].text
    calls = await telegram.presses(consent.buttons[texts.SEND_BUTTON])
    assert shown(calls).text == texts.SENT.format(number=1, question=question)
    assert not shown(calls).buttons
    (news,) = to(EDITOR, calls)
    assert news.text == texts.NEWS.format(number=1, name="Lan", question=question)
    assert list(news.buttons) == [texts.ANSWER_BUTTON, texts.DONE_BUTTON]


async def test_without_consent_nothing_is_sent(telegram: Telegram, editor: Telegram) -> None:
    (refusal,) = messages(await telegram.sends(NEAR))
    (consent,) = messages(await telegram.presses(refusal.buttons[texts.FORWARD_BUTTON]))
    calls = await telegram.presses(consent.buttons[texts.CANCEL_BUTTON])
    assert shown(calls).text == texts.CANCELLED
    (empty,) = await editor.sends("/inbox")
    assert empty.text == texts.EMPTY


async def test_a_repeated_question_is_told_so(telegram: Telegram, editor: Telegram) -> None:
    await forwarded(telegram)
    calls = await forwarded(telegram)
    assert shown(calls).text.startswith("Câu hỏi này đã được chuyển")
    assert not to(EDITOR, calls)


async def test_an_answer_goes_to_whoever_asked_with_question_and_role(
    telegram: Telegram, editor: Telegram, app_database: Database
) -> None:
    (news,) = to(EDITOR, await forwarded(telegram))
    (prompt,) = messages(await editor.presses(news.buttons[texts.ANSWER_BUTTON]))
    assert "biên tập viên" in prompt.text
    told, done = await replies(editor, prompt, "Số là <0214>.")
    assert told.parameters["chat_id"] == ASKER
    assert told.text == texts.REPLY.format(
        role="Biên tập viên", question=NEAR, reply="Số là &lt;0214&gt;."
    )
    assert "Biên " not in told.text.replace("Biên tập viên", "")  # the role, not the name
    assert done.text == texts.ANSWERED.format(number=1)
    (late,) = await replies(editor, prompt, "nữa")
    assert "đã xong" in late.text
    (entry,) = await AuditLog(app_database).page(0, 1)
    assert (entry.action, entry.target) == (AuditAction.ANSWER_FORWARDED.value, "f1")


async def test_an_editor_learns_that_the_asker_could_not_be_told(
    telegram: Telegram, editor: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news,) = to(EDITOR, await forwarded(telegram))
    (prompt,) = messages(await editor.presses(news.buttons[texts.ANSWER_BUTTON]))
    send = telegram.request.do_request

    async def unless_blocked(**request: Any) -> tuple[int, bytes]:
        parameters = request["request_data"].parameters
        if parameters.get("chat_id") == ASKER:
            return 403, b'{"ok": false, "error_code": 403, "description": "Forbidden: blocked"}'
        return await send(**request)

    monkeypatch.setattr(telegram.request, "do_request", unless_blocked)
    (done,) = await replies(editor, prompt, "Đây")
    assert done.text == texts.NOT_REACHED.format(number=1)


async def test_the_list_is_opened_and_marked_as_done(
    telegram: Telegram, editor: Telegram, app_database: Database
) -> None:
    await forwarded(telegram, NEAR)
    await forwarded(telegram, FAR)
    (listed,) = await editor.sends("/inbox")
    assert NEAR in listed.text
    assert list(listed.buttons) == ["1", "2"]
    card = shown(await editor.presses(listed.buttons["1"]))
    assert "Từ: Lan" in card.text
    assert list(card.buttons) == [texts.ANSWER_BUTTON, texts.DONE_BUTTON, texts.BACK_BUTTON]
    back = shown(await editor.presses(card.buttons[texts.BACK_BUTTON]))
    assert back.text == listed.text
    calls = await editor.presses(card.buttons[texts.DONE_BUTTON])
    assert calls[0].parameters["text"] == texts.DONE.format(number=1)
    (told,) = to(ASKER, calls)
    assert told.text == texts.DONE_TOLD.format(question=NEAR)
    assert NEAR not in shown(calls).text
    assert FAR in shown(calls).text
    (entry,) = await AuditLog(app_database).page(0, 1)
    assert (entry.action, entry.target) == (AuditAction.CLOSE_FORWARDED.value, "f1")
    gone, refreshed = await editor.presses(card.buttons[texts.DONE_BUTTON])
    assert gone.parameters["show_alert"]
    assert FAR in refreshed.text


@pytest.mark.parametrize("verdict", [Verdict.WRONG, Verdict.UNCLEAR])
async def test_a_reason_for_a_thumb_down_is_put_before_the_editors(
    telegram: Telegram, editor: Telegram, verdict: Verdict
) -> None:
    (answer,) = messages(await telegram.sends("2 thạo là gì"))
    await telegram.presses(answer.buttons[vote_texts.DOWN_BUTTON])
    (listed,) = await editor.sends("/inbox")
    assert listed.text == texts.EMPTY  # a vote alone says nothing to read
    press = VotePress.read(answer.buttons[vote_texts.DOWN_BUTTON])
    assert press is not None
    why = VotePress(press.answer_id, verdict)
    await telegram.presses(why.data)
    (listed,) = await editor.sends("/inbox")
    card = shown(await editor.presses(listed.buttons["1"]))
    assert "2 thạo là gì" in card.text
    assert "thạo địa bàn" in card.text
    assert "Lan" not in card.text
    assert why.reason is not None
    assert f"Lý do: {texts.REASONS[why.reason]}" in card.text


async def test_a_message_to_the_person_in_charge(telegram: Telegram, editor: Telegram) -> None:
    (ways,) = messages(await telegram.sends("cho gặp người phụ trách"))
    assert ways.text == texts.PERSON_WANTED
    last, write = ways.buttons[texts.LAST_BUTTON], ways.buttons[texts.WRITE_BUTTON]
    (nothing,) = await telegram.presses(last)
    assert nothing.parameters["text"] == texts.NO_QUESTION
    (prompt,) = messages(await telegram.presses(write))
    confirmed, news = await replies(telegram, prompt, "Tôi cần gặp người phụ trách lưu trữ")
    assert "số 1" in confirmed.text
    assert news.parameters["chat_id"] == EDITOR
    assert "Tôi cần gặp người phụ trách lưu trữ" in news.text
    await telegram.sends(NEAR)
    (consent,) = messages(await telegram.presses(last))
    assert NEAR in consent.text


async def test_nobody_forwards_what_another_asked(telegram: Telegram, editor: Telegram) -> None:
    (refusal,) = messages(await telegram.sends(NEAR))
    other = telegram.of(3003, "Kẻ lạ")
    pressed = refusal.buttons[texts.FORWARD_BUTTON]
    (refused,) = await other.presses(pressed)
    assert refused.parameters["text"] == telegram_texts.NOT_YOUR_BUTTON
    stolen = ForwardPress.read(pressed)
    assert stolen is not None
    assert stolen.answer_id is not None
    for forged in (ForwardPress(3003, stolen.answer_id), SendPress(3003, stolen.answer_id)):
        (refused,) = await other.presses(forged.data)
        assert refused.parameters["text"] == texts.QUESTION_GONE


async def test_groups_have_no_such_button(telegram: Telegram) -> None:
    (refusal,) = messages(await telegram.sends(f"/ask {NEAR}", chat=GROUP))
    assert texts.FORWARD_BUTTON not in refusal.buttons


async def test_the_list_is_the_editors_alone(telegram: Telegram, editor: Telegram) -> None:
    (denied,) = await telegram.sends("/inbox")
    assert denied.text == telegram_texts.DENIED.format(role=telegram_texts.ROLES[Role.EDITOR])
