import json
from typing import Any

import pytest
from telegram import Update
from telegram.error import TelegramError

from bot.telegram.incoming import BotApiRequest, UpdatesRequest
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
    return UpdatesRequest.parse_json_payload(payload)["result"]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_stepped_over_and_only_its_id_logged(
    bad: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert parsed(answered(GOOD, bad, {**GOOD, "update_id": 9})) == [
        GOOD,
        {"update_id": 8},
        {**GOOD, "update_id": 9},
    ]
    logged = capsys.readouterr()
    assert "update_id=8" in logged.out + logged.err
    assert "bí mật" not in logged.out + logged.err


def test_what_has_no_id_is_left_out() -> None:
    assert parsed(answered("x", {"message": MESSAGE}, {"update_id": "8"}, GOOD)) == [GOOD]


@pytest.mark.parametrize(("kind", "content"), OLDER.items())
def test_an_older_server_is_understood(kind: str, content: dict[str, Any]) -> None:
    (update,) = parsed(answered({"update_id": 7, kind: content}))
    read = Update.de_json(update, None)
    assert getattr(read, kind) is not None
    if read.poll_answer is not None:
        assert read.poll_answer.option_ids == (2,)


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
    (update,) = parsed(answered({"update_id": 7, "my_chat_member": changed}))
    assert Update.de_json(update, None).my_chat_member is not None


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


def test_updates_without_any_id_let_it_back_off_too() -> None:
    with pytest.raises(TelegramError):
        parsed(answered({"message": MESSAGE}))


def test_a_refusal_is_handed_on() -> None:
    refusal = {"ok": False, "error_code": 429, "description": "x", "parameters": {}}
    assert UpdatesRequest.parse_json_payload(json.dumps(refusal).encode()) == refusal
