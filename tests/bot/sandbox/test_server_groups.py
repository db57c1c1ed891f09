import pytest

from bot.sandbox.chats import GROUP_ID
from bot.sandbox.group_changes import BASIC_GROUP_ID, begin_as_basic_group, upgrade
from bot.sandbox.membership import set_bot_status
from bot.sandbox.world import SandboxSettings
from tests.bot.sandbox.conftest import GROUP, BotSide, UserApi

GROUP_CHAT = "/staff/chats/group"
BOT = "vanphong_sandbox_bot"


@pytest.mark.parametrize(
    ("text", "privacy", "status", "reaches"),
    [
        ("xin chào", {}, "member", False),
        ("xin chào", {"group_privacy": False}, "member", True),
        ("xin chào", {}, "administrator", True),
        ("/help", {}, "member", True),
        (f"/help@{BOT}", {}, "member", True),
        (f"/help@{BOT.upper()}", {}, "member", True),
        ("/help@other_bot", {}, "member", False),
        (f"@{BOT} trụ sở ở đâu", {}, "member", True),
        (f"@{BOT} trụ sở ở đâu", {"mentions_pass_privacy": False}, "member", False),
        ("@other_bot trụ sở ở đâu", {}, "member", False),
        ("/help", {}, "left", False),
    ],
)
async def test_group_privacy(
    api: BotSide,
    users: UserApi,
    text: str,
    privacy: dict[str, bool],
    status: str,
    *,
    reaches: bool,
) -> None:
    users.world.settings = SandboxSettings(**privacy)
    set_bot_status(users.world, status)
    await api.updates()
    await users.says(text, GROUP_CHAT)
    texts = [update["message"]["text"] for update in await api.updates()]
    assert texts == ([text] if reaches else [])


async def test_replies_to_the_bot_reach_it(api: BotSide, users: UserApi) -> None:
    own = await users.says("của tôi", GROUP_CHAT)
    sent = await api("sendMessage", chat_id=GROUP, text="chào cả nhóm")
    await users.says("không", GROUP_CHAT, reply_to_message_id=own["message_id"])
    await users.says("có", GROUP_CHAT, reply_to_message_id=sent["message_id"])
    (update,) = await api.updates()
    assert update["message"]["text"] == "có"
    assert update["message"]["chat"]["type"] == "supergroup"


async def test_getme_says_what_privacy_is(api: BotSide, users: UserApi) -> None:
    assert (await api("getMe"))["can_read_all_group_messages"] is False
    users.world.settings.group_privacy = False
    assert (await api("getMe"))["can_read_all_group_messages"] is True


async def test_the_bots_standing_changes(api: BotSide, users: UserApi) -> None:
    set_bot_status(users.world, "left")
    (update,) = [u for u in await api.updates() if "my_chat_member" in u]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert update["my_chat_member"]["from"]["id"] == 1003
    refusal = await api.refused("sendMessage", chat_id=GROUP, text="a")
    assert refusal == "403 Forbidden: bot is not a member of the supergroup chat"
    set_bot_status(users.world, "administrator")
    update = [u for u in await api.updates() if "my_chat_member" in u][-1]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    messages = (await users.get(GROUP_CHAT))["messages"]
    assert messages[0]["left_chat_member"]["username"] == BOT
    assert messages[1]["new_chat_members"][0]["username"] == BOT


async def test_people_come_and_go(api: BotSide, users: UserApi) -> None:
    newcomer = "/newcomer/chats/group"
    assert await users.refused("GET", newcomer) == 403
    set_bot_status(users.world, "administrator")
    await api.updates(allowed_updates=["message", "chat_member"])
    await users.post(f"{newcomer}/member", status="member")
    await users.post(f"{newcomer}/member", status="member")
    changed, service = await api.updates()
    assert changed["chat_member"]["old_chat_member"]["status"] == "left"
    assert service["message"]["new_chat_members"][0]["id"] == 1002
    members = (await users.get(newcomer))["members"]
    assert {member["id"] for member in members} == {1001, 1002, 1003, 1005, 700000001}
    await users.post(f"{newcomer}/member", status="left")
    assert (await api("getChatMember", chat_id=GROUP, user_id=1002))["status"] == "left"
    assert (await api("getChatMember", chat_id=GROUP, user_id=1004))["status"] == "left"
    unknown = await api.refused("getChatMember", chat_id=GROUP, user_id=5)
    assert unknown == "400 Bad Request: PARTICIPANT_ID_INVALID"
    changed = [u for u in await api.updates() if "chat_member" in u][-1]
    assert changed["chat_member"]["new_chat_member"]["status"] == "left"
    assert await users.refused("POST", "/admin/chats/group/member", {"status": "left"}) == 409


async def test_an_administrator_deletes_the_messages_of_others(
    api: BotSide, users: UserApi
) -> None:
    said = await users.says("một", GROUP_CHAT)
    delete = {"chat_id": GROUP, "message_id": said["message_id"]}
    refusal = "400 Bad Request: message can't be deleted for everyone"
    assert await api.refused("deleteMessage", **delete) == refusal
    set_bot_status(users.world, "administrator")
    await api("deleteMessage", **delete)
    assert await users.refused("GET", f"{GROUP_CHAT}/messages/{said['message_id']}") == 404


async def test_people_pin_and_delete_by_their_standing(users: UserApi) -> None:
    said = await users.says("một", "/editor/chats/group")
    place = f"/messages/{said['message_id']}"
    assert await users.refused("POST", f"{GROUP_CHAT}{place}/pin", {"pinned": True}) == 403
    assert await users.refused("DELETE", f"{GROUP_CHAT}{place}") == 403
    await users.post(f"/admin/chats/group{place}/pin", pinned=True)
    await users.delete(f"/admin/chats/group{place}")
    assert (await users.get(GROUP_CHAT))["pinned"] == []


async def test_new_people(api: BotSide, users: UserApi) -> None:
    made = await users.post("", key="an", first_name="An", in_group=True)
    assert made["user"]["id"] == 2001
    assert made["chats"] == ["private", "group"]
    await users.says("xin chào", "/an/chats/private")
    sent = await api("sendMessage", chat_id=2001, text="chào")
    assert sent["chat"]["first_name"] == "An"
    assert await users.refused("POST", "", {"key": "an", "first_name": "An"}) == 409
    for wrong in ({"key": "A n"}, {"key": "group"}, {"username": "<b>"}):
        assert await users.refused("POST", "", {"key": "be", "first_name": "Bé", **wrong}) == 400
    taken = {"key": "be", "first_name": "Bé", "username": "Lan_VanPhong"}
    assert await users.refused("POST", "", taken) == 409
    assert await users.refused("GET", "/nobody/chats/private") == 404
    assert await users.refused("GET", "/staff/chats/cellar") == 404
    assert [persona["key"] for persona in (await users.get(""))["personas"]][-1] == "an"


async def test_administrators_add_and_remove_the_bot(api: BotSide, users: UserApi) -> None:
    for place, status in (("staff/chats/group", 403), ("admin/chats/private", 400)):
        assert await users.refused("POST", f"/{place}/bot", {"status": "left"}) == status
    for status in ("left", "member", "administrator"):
        await users.post("/admin/chats/group/bot", status=status)
        update = [u for u in await api.updates() if "my_chat_member" in u][-1]
        assert update["my_chat_member"]["new_chat_member"]["status"] == status
        assert (await users.get(GROUP_CHAT))["bot_status"] == status
    assert (await users.get(GROUP_CHAT))["is_admin"] is False
    assert (await users.get("/admin/chats/group"))["is_admin"] is True


async def test_administrators_write_as_the_group(api: BotSide, users: UserApi) -> None:
    text = {"text": "/help", "anonymous": True}
    assert await users.refused("POST", f"{GROUP_CHAT}/messages", text) == 403
    assert await users.refused("POST", "/admin/chats/private/messages", text) == 403
    await users.post("/admin/chats/group/messages", **text)
    (update,) = await api.updates()
    sender = update["message"]["from"]
    assert (sender["id"], sender["username"]) == (1087968824, "GroupAnonymousBot")
    assert update["message"]["sender_chat"]["id"] == GROUP


async def test_topics(api: BotSide, users: UserApi) -> None:
    assert await users.refused("POST", f"{GROUP_CHAT}/topics", {"title": "Hỏi đáp"}) == 403
    opened = await users.post("/admin/chats/group/topics", title="Hỏi đáp")
    thread = opened["message_id"]
    assert opened["forum_topic_created"]["name"] == "Hỏi đáp"
    assert "reply_to_message" not in opened
    said = await users.post(f"{GROUP_CHAT}/messages", text="/help", thread_id=thread)
    assert "reply_to_message" not in said  # to people it is no reply
    update = (await api.updates())[-1]["message"]
    assert (update["message_thread_id"], update["is_topic_message"]) == (thread, True)
    assert update["reply_to_message"]["forum_topic_created"]["name"] == "Hỏi đáp"
    assert update["chat"]["is_forum"] is True
    answer = await api("sendMessage", chat_id=GROUP, text="a", message_thread_id=thread)
    assert answer["message_thread_id"] == thread
    replied = {"message_id": said["message_id"]}
    answer = await api("sendMessage", chat_id=GROUP, text="a", reply_parameters=replied)
    assert answer["message_thread_id"] == thread
    typing = {"chat_id": GROUP, "action": "typing"}
    assert await api("sendChatAction", **typing, message_thread_id=thread) is True
    for method, asked in (
        ("sendMessage", {"chat_id": GROUP, "text": "a"}),
        ("sendChatAction", typing),
    ):
        refusal = await api.refused(method, **asked, message_thread_id=99)
        assert refusal == "400 Bad Request: message thread not found"
    lost = {"text": "a", "thread_id": 99}
    assert await users.refused("POST", f"{GROUP_CHAT}/messages", lost) == 404


async def test_a_basic_group_is_upgraded(api: BotSide, users: UserApi) -> None:
    begin_as_basic_group(users.world)
    sent = await api("sendMessage", chat_id=BASIC_GROUP_ID, text="a")
    assert sent["chat"]["type"] == "group"
    upgrade(users.world)
    told = await api.updates()
    before, after = [u["message"] for u in told if "message" in u]
    (added,) = [u["my_chat_member"] for u in told if "my_chat_member" in u]
    assert added["chat"]["id"] == GROUP_ID
    assert added["new_chat_member"]["status"] == "member"
    assert (before["chat"]["id"], before["migrate_to_chat_id"]) == (BASIC_GROUP_ID, GROUP_ID)
    assert (after["chat"]["id"], after["migrate_from_chat_id"]) == (GROUP_ID, BASIC_GROUP_ID)
    refusal = await api.refused("sendMessage", chat_id=BASIC_GROUP_ID, text="a")
    assert refusal == "400 Bad Request: group chat was upgraded to a supergroup chat"
    assert (await api("sendMessage", chat_id=GROUP_ID, text="a"))["chat"]["type"] == "supergroup"
