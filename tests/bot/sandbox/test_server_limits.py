"""Limits that have no feature's test of their own."""

from typing import Any

import pytest

from tests.bot.sandbox.conftest import BotSide, UsersSide

CHAT = {"chat_id": 1001}
COPY = {**CHAT, "from_chat_id": 1001}


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("deleteMessages", {**CHAT, "message_ids": []}, "message identifiers are not specified"),
        (
            "deleteMessages",
            {**CHAT, "message_ids": list(range(101))},
            "too many message identifiers specified",
        ),
        (
            "forwardMessages",
            {**COPY, "message_ids": list(range(101))},
            "too many message identifiers specified",
        ),
        (
            "copyMessages",
            {**COPY, "message_ids": [2, 1]},
            "message identifiers must be in a strictly increasing order",
        ),
        ("sendLocation", {**CHAT, "latitude": 91, "longitude": 0}, "wrong location specified"),
        ("sendDice", {**CHAT, "emoji": "x"}, "DICE_EMOJI_INVALID"),
        (
            "sendContact",
            {**CHAT, "phone_number": " ", "first_name": "An"},
            "phone number must be non-empty",
        ),
        ("getUserProfilePhotos", {"user_id": 5}, "user not found"),
    ],
)
async def test_calls_out_of_bounds_are_refused(
    api: BotSide, staff_started: int, method: str, parameters: dict[str, Any], reason: str
) -> None:
    assert await api.refused(method, **parameters) == f"400 Bad Request: {reason}"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "a", "start_parameter": "x" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        (
            {"button": {"text": "a"}},
            "can't parse InlineQueryResultsButton: Can't find field \"start_parameter\"",
        ),
    ],
)
async def test_inline_answers_out_of_bounds_are_refused(
    api: BotSide, users: UsersSide, staff_started: int, answer: dict[str, Any], reason: str
) -> None:
    await users.raw("POST", "/staff/chats/private/inline", {"query": "a", "wait": 0})
    query = (await api.updates())[-1]["inline_query"]["id"]
    refused = await api.refused("answerInlineQuery", inline_query_id=query, results=[], **answer)
    assert refused == f"400 Bad Request: {reason}"


async def test_default_rights_are_kept_for_groups_and_channels_apart(api: BotSide) -> None:
    before = await api("getMyDefaultAdministratorRights")
    assert not any(before.values())
    rights = {**before, "can_delete_messages": True}
    await api("setMyDefaultAdministratorRights", rights=rights)
    assert await api("getMyDefaultAdministratorRights") == rights
    assert await api("getMyDefaultAdministratorRights", for_channels=True) == before
    await api("setMyDefaultAdministratorRights")
    assert await api("getMyDefaultAdministratorRights") == before


async def test_invite_links_need_the_right_to_invite(api: BotSide, users: UsersSide) -> None:
    group = {"chat_id": -1_001_000_000_001}
    refused = await api.refused("createChatInviteLink", **group)
    assert refused == "400 Bad Request: not enough rights to manage chat invite link"
    await users.patch("/settings", bot_group_status="administrator")
    first = await api("createChatInviteLink", **group, name="Phòng")
    assert first["name"] == "Phòng"
    assert await api("exportChatInviteLink", **group) != first["invite_link"]
    assert "too long" in await api.refused("createChatInviteLink", **group, name="x" * 33)
    assert "member limit" in await api.refused(
        "createChatInviteLink", **group, member_limit=100_000
    )
