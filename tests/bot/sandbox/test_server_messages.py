import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.bot.sandbox.conftest import GROUP, BotSide, MovableClock, UserApi

PRIVATE = "/staff/chats/private"
BUTTON = {"inline_keyboard": [[{"text": "Nguồn", "callback_data": "source"}]]}


async def test_a_person_writes_and_the_bot_answers(ptb: Bot, users: UserApi) -> None:
    sent = await users.says("/start xin chào")
    (update,) = await ptb.get_updates()
    assert update.message is not None
    assert update.message.text == sent["text"] == "/start xin chào"
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nguồn", callback_data="source")]])
    answer = await update.message.reply_html("Chào <b>anh</b>", do_quote=True, reply_markup=markup)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == sent["message_id"]
    chat = await users.get(PRIVATE)
    assert chat["started"]
    assert [message["text"] for message in chat["messages"]] == ["/start xin chào", "Chào anh"]
    assert chat["messages"][1]["entities"] == [{"type": "bold", "offset": 5, "length": 3}]
    edited = await answer.edit_text("Chào chị")
    assert edited is not True
    assert edited.reply_markup is None
    assert (await users.get(f"{PRIVATE}/messages/2"))["text"] == "Chào chị"
    await answer.delete()
    assert [m["message_id"] for m in (await users.get(PRIVATE))["messages"]] == [1]


async def test_refusals_of_sending(api: BotSide, users: UserApi, staff_started: int) -> None:
    chat = staff_started
    table: list[tuple[dict[str, object], str]] = [
        ({"chat_id": 77, "text": "a"}, "400 Bad Request: chat not found"),
        ({"chat_id": "@nobody_there", "text": "a"}, "400 Bad Request: chat not found"),
        ({"chat_id": 1004, "text": "a"}, "400 Bad Request: chat not found"),
        (
            {"chat_id": 1003, "text": "a"},
            "403 Forbidden: bot can't initiate conversation with a user",
        ),
        ({"chat_id": chat, "text": "a" * 4097}, "400 Bad Request: message is too long"),
        (
            {"chat_id": chat, "text": "a", "reply_parameters": {"message_id": 99}},
            "400 Bad Request: message to be replied not found",
        ),
    ]
    for parameters, refusal in table:
        assert await api.refused("sendMessage", **parameters) == refusal
    assert "message text is empty" in await api.refused("sendMessage", chat_id=chat, text="")
    await users.post(f"{PRIVATE}/block", blocked=True)
    blocked = "403 Forbidden: bot was blocked by the user"
    assert await api.refused("sendMessage", chat_id=chat, text="a") == blocked
    assert await users.refused("POST", f"{PRIVATE}/messages", {"text": "a"}) == 409
    (update,) = await api.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await users.post(f"{PRIVATE}/start", parameter="quiz-7")
    unblocked, start = await api.updates()
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start quiz-7"
    assert (await api("sendMessage", chat_id=chat, text="a" * 4096))["text"] == "a" * 4096


async def test_replies(api: BotSide, users: UserApi, staff_started: int) -> None:
    answer = await api(
        "sendMessage", chat_id=staff_started, text="a", reply_parameters={"message_id": 1}
    )
    assert answer["reply_to_message"]["text"] == "xin chào"
    without = await api(
        "sendMessage",
        chat_id=staff_started,
        text="a",
        reply_parameters={"message_id": 99, "allow_sending_without_reply": True},
    )
    assert "reply_to_message" not in without
    await users.says("trả lời", reply_to_message_id=answer["message_id"])
    (update,) = await api.updates()
    assert update["message"]["reply_to_message"]["message_id"] == answer["message_id"]
    assert (
        await users.refused("POST", f"{PRIVATE}/messages", {"text": "a", "reply_to_message_id": 9})
        == 404
    )


async def test_refusals_of_editing(api: BotSide, users: UserApi, staff_started: int) -> None:
    chat = staff_started
    own = await api("sendMessage", chat_id=chat, text="một", reply_markup=BUTTON)
    number = own["message_id"]
    same = await api.refused(
        "editMessageText", chat_id=chat, message_id=number, text="một", reply_markup=BUTTON
    )
    assert same.startswith("400 Bad Request: message is not modified: specified new message")
    edit = "editMessageText"
    assert (
        await api.refused(edit, chat_id=chat, message_id=99, text="a")
        == "400 Bad Request: message to edit not found"
    )
    assert (
        await api.refused(edit, chat_id=chat, message_id=1, text="a")
        == "400 Bad Request: message can't be edited"
    )
    cleared = await api("editMessageReplyMarkup", chat_id=chat, message_id=number)
    assert "reply_markup" not in cleared
    assert cleared["text"] == "một"
    poll = await api("sendPoll", chat_id=chat, question="?", options=[{"text": "a"}, {"text": "b"}])
    refusal = await api.refused(edit, chat_id=chat, message_id=poll["message_id"], text="a")
    assert refusal == "400 Bad Request: there is no text in the message to edit"


async def test_deleting(
    api: BotSide, users: UserApi, staff_started: int, clock: MovableClock
) -> None:
    chat = staff_started
    first = await api("sendMessage", chat_id=chat, text="một")
    await api("deleteMessage", chat_id=chat, message_id=first["message_id"])
    gone = await api.refused("deleteMessage", chat_id=chat, message_id=first["message_id"])
    assert gone == "400 Bad Request: message to delete not found"
    second = await api("sendMessage", chat_id=chat, text="hai")
    clock.passes(48 * 3600 + 1)
    old = await api.refused("deleteMessage", chat_id=chat, message_id=second["message_id"])
    assert old == "400 Bad Request: message can't be deleted for everyone"
    third = await api("sendMessage", chat_id=chat, text="ba")
    await api("deleteMessage", chat_id=chat, message_id=third["message_id"])
    kept = [m["message_id"] for m in (await users.get(PRIVATE))["messages"]]
    assert kept == [1, second["message_id"]]


async def test_people_edit_and_delete_their_own(api: BotSide, users: UserApi) -> None:
    await users.says("một")
    answer = await api("sendMessage", chat_id=1001, text="hai")
    await api.updates()
    changed = await users.patch(f"{PRIVATE}/messages/1", text="  một sửa ")
    assert changed["text"] == "một sửa"
    assert "edit_date" in changed
    (update,) = await api.updates()
    assert update["edited_message"]["text"] == "một sửa"
    other = f"{PRIVATE}/messages/{answer['message_id']}"
    assert await users.refused("PATCH", other, {"text": "a"}) == 403
    await users.delete(other)
    assert await users.refused("GET", other) == 404


async def test_buttons_are_answered_once_and_in_time(
    ptb: Bot, api: BotSide, users: UserApi, staff_started: int, clock: MovableClock
) -> None:
    sent = await api("sendMessage", chat_id=staff_started, text="một", reply_markup=BUTTON)
    press = f"{PRIVATE}/messages/{sent['message_id']}/press"
    unanswered = await users.post(press, row=0, column=0, wait=0)
    assert unanswered["answered"] is False
    (update,) = await ptb.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "source"
    assert update.callback_query.id == unanswered["callback_query_id"]
    await update.callback_query.answer("Đây", show_alert=True)
    too_old = (
        "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
    twice = await api.refused("answerCallbackQuery", callback_query_id=update.callback_query.id)
    assert twice == too_old
    late = await users.post(press, row=0, column=0, wait=0)
    clock.passes(901)
    query = late["callback_query_id"]
    assert await api.refused("answerCallbackQuery", callback_query_id=query) == too_old
    assert await api.refused("answerCallbackQuery", callback_query_id="7") == too_old
    assert await users.refused("POST", press, {"row": 1, "column": 0}) == 400


async def test_pins(api: BotSide, users: UserApi, staff_started: int) -> None:
    for text in ("một", "hai"):
        sent = await api("sendMessage", chat_id=staff_started, text=text)
        await users.post(f"{PRIVATE}/messages/{sent['message_id']}/pin", pinned=True)
    loaded = await users.get(PRIVATE)
    assert loaded["pinned"] == [4, 2]
    assert loaded["messages"][-1]["pinned_message"]["text"] == "hai"
    assert loaded["messages"][1]["sandbox"]["pinned"] is True
    assert await users.refused("POST", f"{PRIVATE}/messages/3/pin", {"pinned": True}) == 409
    await users.post(f"{PRIVATE}/messages/4/pin", pinned=False)
    assert (await users.get(PRIVATE))["pinned"] == [2]
    await users.post(f"{PRIVATE}/messages/2/pin", pinned=True)
    assert (await users.get(PRIVATE))["pinned"] == [2]


async def test_what_passes_by_itself(
    api: BotSide, users: UserApi, staff_started: int, clock: MovableClock
) -> None:
    chat = staff_started
    await api("sendChatAction", chat_id=chat, action="typing")
    await api(
        "sendMessageDraft", chat_id=chat, draft_id=5, text="Đang <b>viết</b>", parse_mode="HTML"
    )
    loaded = await users.get(PRIVATE)
    assert loaded["action"] == "typing"
    assert loaded["draft"]["text"] == "Đang viết"
    clock.passes(6)
    await api("getMe")
    assert (await users.get(PRIVATE))["action"] is None
    clock.passes(25)
    await api("getMe")
    assert (await users.get(PRIVATE))["draft"] is None
    await api("sendMessageDraft", chat_id=chat, draft_id=6, text="a")
    await api("sendMessage", chat_id=chat, text="xong")
    assert (await users.get(PRIVATE))["draft"] is None
    refusal = await api.refused("sendMessageDraft", chat_id=GROUP, draft_id=1, text="a")
    assert refusal == "400 Bad Request: drafts can be sent to private chats only"


async def test_reply_keyboards(api: BotSide, users: UserApi, staff_started: int) -> None:
    chat = staff_started
    keyboard = {"keyboard": [[{"text": "Có"}]], "one_time_keyboard": True}
    sent = await api("sendMessage", chat_id=chat, text="?", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert (await users.get(PRIVATE))["keyboard"] == keyboard
    refusal = await api.refused(
        "editMessageText", chat_id=chat, message_id=sent["message_id"], text="a"
    )
    assert refusal == "400 Bad Request: message can't be edited"
    await users.says("Có")
    assert (await users.get(PRIVATE))["keyboard"] is None
    await api("sendMessage", chat_id=chat, text="?", reply_markup={"force_reply": True})
    assert (await users.get(PRIVATE))["keyboard"] == {"force_reply": True}
    await api("sendMessage", chat_id=chat, text="?", reply_markup={"remove_keyboard": True})
    assert (await users.get(PRIVATE))["keyboard"] is None


async def test_reactions(api: BotSide, users: UserApi, staff_started: int) -> None:
    await users.post(f"{PRIVATE}/messages/1/reaction", emoji=["👍"])
    message = await users.get(f"{PRIVATE}/messages/1")
    assert message["sandbox"]["reactions"] == [{"emoji": "👍", "user_ids": [1001]}]
    assert await api.updates(allowed_updates=["message_reaction"]) == []
    await users.post(f"{PRIVATE}/messages/1/reaction", emoji=[])
    (update,) = await api.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == []


async def test_the_preview_of_a_text_without_links_is_nothing_to_edit(
    api: BotSide, staff_started: int
) -> None:
    hidden = {"link_preview_options": {"is_disabled": True}}
    for text, changes in (("Không có", False), ("Xem laocai.gov.vn", True)):
        sent = await api("sendMessage", chat_id=staff_started, text=text, **hidden)
        place = {"chat_id": staff_started, "message_id": sent["message_id"]}
        status, _ = await api.raw("editMessageText", **place, text=text)
        assert (status == 200) is changes


@pytest.mark.parametrize("before", [None, 21])
async def test_a_long_chat_is_loaded_in_pages(users: UserApi, before: int | None) -> None:
    for number in range(30):
        await users.says(str(number + 1))
    page = await users.get(f"{PRIVATE}?limit=10" + (f"&before={before}" if before else ""))
    last = 30 if before is None else 20
    assert [message["message_id"] for message in page["messages"]] == [*range(last - 9, last + 1)]
    assert page["has_more"]
    assert await users.refused("GET", f"{PRIVATE}?limit=0") == 400
