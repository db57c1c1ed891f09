from typing import Any

import pytest
from telegram import Bot

from tests.bot.sandbox.conftest import BotSide, MovableClock, UserApi

PRIVATE = "/staff/chats/private"
GROUP_CHAT = "/staff/chats/group"
QUIZ: dict[str, Any] = {
    "question": "Trụ sở ở đâu?",
    "options": [{"text": "Yên Bái"}, {"text": "Lào Cai"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "explanation": "Xem <b>Điều 1</b>",
    "explanation_parse_mode": "HTML",
    "is_anonymous": False,
}


async def test_a_quiz_is_answered_once(
    ptb: Bot, api: BotSide, users: UserApi, staff_started: int
) -> None:
    sent = await api("sendPoll", chat_id=staff_started, **QUIZ)
    assert sent["poll"]["correct_option_ids"] == [1]
    place = f"{PRIVATE}/messages/{sent['message_id']}"
    seen = await users.get(place)
    assert seen["sandbox"]["votes"] == {}
    assert seen["sandbox"]["quiz"]["explanation"] == "Xem Điều 1"
    voted = await users.post(f"{place}/vote", options=[0])
    assert voted["sandbox"]["votes"] == {"1001": [0]}
    answer, state = await ptb.get_updates()
    assert answer.poll_answer is not None
    assert answer.poll_answer.poll_id == sent["poll"]["id"]
    assert answer.poll_answer.option_ids == (0,)
    assert answer.poll_answer.user is not None
    assert answer.poll_answer.user.id == 1001
    assert state.poll is not None
    assert state.poll.total_voter_count == 1
    assert await users.refused("POST", f"{place}/vote", {"options": [1]}) == 409
    assert await users.refused("POST", f"{place}/vote", {"options": []}) == 409
    stopped = await api("stopPoll", chat_id=staff_started, message_id=sent["message_id"])
    assert stopped["is_closed"]
    twice = await api.refused("stopPoll", chat_id=staff_started, message_id=sent["message_id"])
    assert twice == "400 Bad Request: poll has already been closed"


async def test_an_anonymous_poll_names_nobody(
    api: BotSide, users: UserApi, staff_started: int
) -> None:
    options = [{"text": "a"}, {"text": "b"}, {"text": "c"}]
    sent = await api(
        "sendPoll",
        chat_id=staff_started,
        question="?",
        options=options,
        allows_multiple_answers=True,
    )
    place = f"{PRIVATE}/messages/{sent['message_id']}/vote"
    await users.post(place, options=[2, 0])
    (update,) = await api.updates()
    assert [option["voter_count"] for option in update["poll"]["options"]] == [1, 0, 1]
    await users.post(place, options=[])
    (update,) = await api.updates()
    assert update["poll"]["total_voter_count"] == 0
    assert await users.refused("POST", place, {"options": [3]}) == 400
    assert await users.refused("POST", f"{PRIVATE}/messages/1/vote", {"options": [0]}) == 400


async def test_a_poll_in_the_group(api: BotSide, users: UserApi) -> None:
    poll = {**QUIZ, "type": "regular", "correct_option_ids": None, "explanation": None}
    sent = await api("sendPoll", chat_id=-1001000000001, **poll)
    place = f"{GROUP_CHAT}/messages/{sent['message_id']}/vote"
    await users.post(place, options=[0])
    await users.post(place.replace("staff", "admin"), options=[1])
    await users.post(place, options=[1])
    updates = await api.updates(allowed_updates=["poll_answer"])
    answers = [u["poll_answer"] for u in updates if "poll_answer" in u]
    assert [(answer["user"]["id"], answer["option_ids"]) for answer in answers] == [
        (1001, [0]),
        (1003, [1]),
        (1001, [1]),
    ]
    assert await users.refused("POST", place, {"options": [0, 1]}) == 400
    assert await users.refused("POST", place.replace("staff", "stranger"), {"options": [0]}) == 403


@pytest.mark.parametrize("end", ["open_period", "close_date"])
async def test_a_poll_ends_by_the_clock(
    api: BotSide, users: UserApi, staff_started: int, clock: MovableClock, end: str
) -> None:
    value = 60 if end == "open_period" else int(clock.now.timestamp()) + 60
    sent = await api("sendPoll", chat_id=staff_started, **QUIZ, **{end: value})
    place = f"{PRIVATE}/messages/{sent['message_id']}/vote"
    clock.passes(60)
    assert await users.refused("POST", place, {"options": [1]}) == 409
    (update,) = await api.updates()
    assert update["poll"]["is_closed"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"question": "a" * 301}, "poll question length must not exceed 300"),
        ({"question": ""}, "question must be non-empty"),
        ({"options": [{"text": "a" * 101}]}, "poll options length must not exceed 100"),
        ({"options": []}, "1-12 options"),
        ({"options": [{"text": "a"}] * 13}, "1-12 options"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"correct_option_ids": []}, "wrong correct option ID specified"),
        ({"correct_option_ids": [0, 1]}, "wrong number of correct options specified"),
        ({"explanation": "a" * 201}, "explanation is too long"),
        ({"explanation": "a\nb\nc\nd"}, "explanation has too many line feeds"),
        ({"open_period": 4}, "a poll must be open for"),
        ({"open_period": 60, "close_date": 1}, "can't be used together"),
    ],
)
async def test_refused_polls(
    api: BotSide, staff_started: int, changes: dict[str, Any], refusal: str
) -> None:
    assert refusal in await api.refused("sendPoll", chat_id=staff_started, **{**QUIZ, **changes})


async def test_hidden_results_are_shown_at_the_end(
    api: BotSide, users: UserApi, staff_started: int
) -> None:
    poll = {"question": "?", "options": [{"text": "a"}], "hide_results_until_closes": True}
    sent = await api("sendPoll", chat_id=staff_started, **poll)
    place = f"{PRIVATE}/messages/{sent['message_id']}"
    voted = await users.post(f"{place}/vote", options=[0])
    assert voted["poll"]["options"][0]["voter_count"] == 0
    await api("stopPoll", chat_id=staff_started, message_id=sent["message_id"])
    assert (await users.get(place))["poll"]["options"][0]["voter_count"] == 1
