"""What every feature gets from Telegram in groups: pace, upgrades, and chats that are closed."""

import asyncio
from typing import Any

import pytest
from telegram import Chat
from telegram.error import BadRequest

from bot.log import configure_logging
from bot.settings import Settings
from bot.telegram.closed_chats import ClosedChats, is_closed
from tests.bot.conftest import GROUP, Telegram, messages
from tests.bot.offline_request import BOT, DATE

MUTED = (400, "Bad Request: not enough rights to send text messages to the chat")
UPGRADED = {"id": -1005, "type": "supergroup", "title": "A"}


@pytest.mark.parametrize("failure", [MUTED, (403, "Forbidden: bot was kicked from the group chat")])
@pytest.mark.usefixtures("fresh_logging")
async def test_a_closed_group_is_logged_once_and_left_alone(
    telegram: Telegram,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    failure: tuple[int, str],
) -> None:
    configure_logging(settings)
    telegram.request.failures = {"sendMessage": failure, "sendChatAction": failure}
    for _ in range(3):
        assert await telegram.sends("/ask 2 thạo là gì", chat=GROUP) == []
    log = capsys.readouterr().err
    assert log.count("chat_closed_to_the_bot") == 1
    assert "update_failed" not in log
    assert "typing_not_shown" not in log
    telegram.request.failures = {}
    assert messages(await telegram.sends("/ask 2 thạo là gì", chat=GROUP))


def test_other_refusals_are_no_closed_chat() -> None:
    assert not is_closed(BadRequest("Message is not modified"))
    assert not is_closed(None)
    assert is_closed(BadRequest("CHAT_WRITE_FORBIDDEN"))


def test_the_memory_of_closed_chats_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.closed_chats._MOST", 2)
    closed = ClosedChats()
    news = [closed.is_news(Chat(number, "group")) for number in (1, 2, 1, 3, 1)]
    assert news == [True, True, False, True, True]


async def test_typing_takes_nothing_of_what_a_group_may_get(telegram: Telegram) -> None:
    bot = telegram.application.bot
    for _ in range(20):
        await bot.send_chat_action(GROUP["id"], "typing")
    async with asyncio.timeout(2):  # after 20 messages the next waits for 3 seconds
        for _ in range(20):
            await bot.send_message(GROUP["id"], "a")
    waiting = asyncio.ensure_future(bot.send_message(GROUP["id"], "a"))
    await bot.send_message(1001, "a")
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


@pytest.mark.parametrize(
    "told",
    [
        {"chat": {"id": -5, "type": "group", "title": "A"}, "migrate_to_chat_id": -1005},
        {"chat": UPGRADED, "migrate_from_chat_id": -5},
    ],
)
async def test_an_upgraded_group_knows_the_bot(telegram: Telegram, told: dict[str, Any]) -> None:
    assert await telegram.sends(**told) == []
    old, new = ({"user": BOT, "status": status} for status in ("left", "member"))
    change = {"chat": UPGRADED, "from": telegram.user, "date": DATE}
    change |= {"old_chat_member": old, "new_chat_member": new}
    assert messages(await telegram.delivers({"my_chat_member": change})) == []


async def test_the_bots_standing_elsewhere_is_no_reason_to_speak(telegram: Telegram) -> None:
    left, member, kicked = (
        {"user": BOT, "status": status} for status in ("left", "member", "kicked")
    )
    admin_of_channel = {**BOT_RIGHTS, "user": BOT, "status": "administrator"}
    muted = {**MUTED_RIGHTS, "user": BOT, "status": "restricted"}
    channel = {"id": -1007, "type": "channel", "title": "Kênh"}
    for chat, old, new in (
        (telegram.private, kicked, {**member}),
        (telegram.private, member, {**kicked, "until_date": 0}),
        (channel, left, admin_of_channel),
        (GROUP, member, left),
        (GROUP, member, admin_of_channel),
        (GROUP, left, muted),
        (GROUP, member, muted),
    ):
        before = {**old, "until_date": 0} if old["status"] == "kicked" else old
        change = {"chat": chat, "from": telegram.user, "date": DATE}
        change |= {"old_chat_member": before, "new_chat_member": new}
        assert await telegram.delivers({"my_chat_member": change}) == []


BOT_RIGHTS = dict.fromkeys(
    """can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats
    can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories
    can_edit_stories can_delete_stories""".split(),
    False,
)
MUTED_RIGHTS = dict.fromkeys(
    """can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos
    can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages
    can_add_web_page_previews can_change_info can_invite_users can_pin_messages can_manage_topics
    can_edit_tag can_react_to_messages""".split(),
    False,
) | {"is_member": True, "until_date": 0}
