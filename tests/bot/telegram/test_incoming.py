import json
from collections.abc import Sequence
from typing import Any

import pytest
from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.incoming import BotApiRequest, UpdatesRequest, read_update
from tests.bot.offline_request import DATE

MESSAGE = {"message_id": 1, "date": DATE, "chat": {"id": 1, "type": "private"}, "text": "bí mật"}
GOOD = {"update_id": 7, "message": MESSAGE}
USER = {"id": 1, "is_bot": False, "first_name": "Lan"}
BAD = {
    "a list for an object": {"update_id": 8, "message": ["bí mật"]},
    "a field lacking": {"update_id": 8, "callback_query": {"id": "1", "data": "bí mật"}},
    "a date that is none": {"update_id": 8, "message": {**MESSAGE, "date": "hôm qua"}},
    "a date out of bounds": {"update_id": 8, "message": {**MESSAGE, "date": 10**20}},
}
POLL = {
    "id": "1",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": False,
    "type": "quiz",
    "allows_multiple_answers": False,
}
OLDER = {
    "poll_answer": {"poll_id": "1", "user": USER, "option_ids": [2]},
    "poll": POLL,
    "message": {**MESSAGE, "poll": POLL},
}


def answered(*updates: Any) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


def parsed(payload: bytes) -> Any:
    return BotApiRequest.parse_json_payload(payload)["result"]


def read(*updates: Any) -> list[Update]:
    found = [read_update(update, None) for update in parsed(answered(*updates))]
    return [update for update in found if update is not None]


async def polled(payload: bytes, take: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the polling gets where a server answers with `payload`."""

    async def answer(*_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, payload

    monkeypatch.setattr(HTTPXRequest, "do_request", answer)
    return await UpdatesRequest(take).post("http://127.0.0.1/getUpdates")


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_stepped_over_and_only_its_id_logged(
    bad: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    found = read(GOOD, bad, {**GOOD, "update_id": 9})
    assert [update.to_dict() for update in found] == [
        Update.de_json(GOOD, None).to_dict(),
        {"update_id": 8},
        Update.de_json({**GOOD, "update_id": 9}, None).to_dict(),
    ]
    logged = capsys.readouterr()
    assert "update_id=8" in logged.out + logged.err
    assert "bí mật" not in logged.out + logged.err


def test_what_has_no_id_is_left_out() -> None:
    assert [
        each.update_id for each in read("x", {"message": MESSAGE}, {"update_id": "8"}, GOOD)
    ] == [7]


@pytest.mark.parametrize(("kind", "content"), OLDER.items())
def test_an_older_server_is_understood(kind: str, content: dict[str, Any]) -> None:
    (update,) = read({"update_id": 7, kind: content})
    assert getattr(update, kind) is not None
    if update.poll_answer is not None:
        assert update.poll_answer.option_ids == (2,)


def test_an_older_servers_restricted_member_is_understood() -> None:
    rights = dict.fromkeys(
        "is_member can_change_info can_invite_users can_pin_messages can_send_messages "
        "can_send_polls can_send_other_messages can_add_web_page_previews can_manage_topics "
        "can_send_audios can_send_documents can_send_photos can_send_videos can_send_video_notes "
        "can_send_voice_notes".split(),
        True,
    )
    member = {"status": "restricted", "user": USER, "until_date": 0, **rights}
    changed = {
        "chat": {"id": -1, "type": "supergroup", "title": "G"},
        "from": USER,
        "date": DATE,
        "old_chat_member": member,
        "new_chat_member": {"status": "member", "user": USER},
    }
    (update,) = read({"update_id": 7, "my_chat_member": changed})
    assert update.my_chat_member is not None


@pytest.mark.parametrize(
    "payload",
    [b"", b"<html>", b"[]", b"null", b"{}", b'{"ok": true}', b"[" * 100_000, b"\xff\xfe"],
)
def test_what_is_no_answer_lets_the_polling_back_off(
    payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    for kind in (BotApiRequest, UpdatesRequest):
        with pytest.raises(TelegramError):
            kind.parse_json_payload(payload)
    assert caplog.text == ""  # the library would log what it got


async def test_updates_without_any_id_let_it_back_off_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def take(_found: Sequence[object]) -> None:
        return None

    with pytest.raises(TelegramError):
        await polled(answered({"message": MESSAGE}), take, monkeypatch)


async def test_the_polling_sees_the_last_id_once_all_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[object] = []

    async def take(found: Sequence[object]) -> int:
        taken.extend(found)
        return 9

    updates = (GOOD, {**GOOD, "update_id": 9})
    assert await polled(answered(*updates), take, monkeypatch) == [{"update_id": 9}]
    assert taken == [*updates]
    assert await polled(answered(), take, monkeypatch) == []


def test_a_refusal_is_handed_on() -> None:
    refusal = {"ok": False, "error_code": 429, "description": "x", "parameters": {}}
    assert UpdatesRequest.parse_json_payload(json.dumps(refusal).encode()) == refusal
