from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, MenuButtonCommands

from tests.bot.sandbox.conftest import GROUP, BotSide, UsersSide

PRIVATE = "/staff/chats/private"


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name} for name in names]


async def names(users: UsersSide, place: str) -> list[str]:
    return [command["command"] for command in (await users.get(place))["commands"]]


async def test_commands_by_scope_and_language(
    ptb: Bot, api: BotSide, users: UsersSide, staff_started: int
) -> None:
    assert await names(users, PRIVATE) == []
    await ptb.set_my_commands([BotCommand("start", "Bắt đầu")])
    assert await names(users, PRIVATE) == ["start"]
    assert await names(users, "/staff/chats/group") == ["start"]
    for scope, language, command in [
        ({"type": "all_private_chats"}, "", "private"),
        ({"type": "all_private_chats"}, "vi", "rieng"),
        ({"type": "all_group_chats"}, "", "group"),
        ({"type": "all_chat_administrators"}, "", "admins"),
        ({"type": "chat_member", "chat_id": GROUP, "user_id": 1005}, "", "editor"),
    ]:
        await api("setMyCommands", commands=menu(command), scope=scope, language_code=language)
    assert await names(users, PRIVATE) == ["rieng"]
    assert await names(users, "/staff/chats/group") == ["group"]
    assert await names(users, "/admin/chats/group") == ["admins"]
    assert await names(users, "/editor/chats/group") == ["editor"]
    scope = BotCommandScopeChat(staff_started)
    await ptb.set_my_commands([BotCommand("own", "Riêng")], scope=scope)
    assert await names(users, PRIVATE) == ["own"]
    (own,) = await ptb.get_my_commands(scope=scope)
    assert own.description == "Riêng"
    await ptb.delete_my_commands(scope=scope)
    assert await names(users, PRIVATE) == ["rieng"]


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        (menu("Start!"), "BOT_COMMAND_INVALID"),
        (menu("a" * 33), "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "a" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (menu(*(f"c{n}" for n in range(101))), "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_refused_commands(api: BotSide, commands: list[dict[str, str]], refusal: str) -> None:
    assert refusal in await api.refused("setMyCommands", commands=commands)


async def test_names_and_descriptions(api: BotSide, users: UsersSide) -> None:
    await api("setMyName", name="Trợ lý")
    await api("setMyDescription", description="Hỏi đáp", language_code="vi")
    await api("setMyShortDescription", short_description="Ngắn")
    assert await api("getMyName", language_code="en") == {"name": "Trợ lý"}
    assert await api("getMyDescription") == {"description": ""}
    assert await api("getMyDescription", language_code="vi") == {"description": "Hỏi đáp"}
    assert await api("getMyShortDescription") == {"short_description": "Ngắn"}
    bot = (await users.get(""))["bot"]
    assert (bot["first_name"], bot["description"]) == ("Trợ lý", "Hỏi đáp")
    assert (await api("getMe"))["first_name"] == "Trợ lý"
    assert (await api.refused("setMyName", name="a" * 65)).startswith("400 ")
    assert (await api.refused("setMyDescription", description="a" * 513)).startswith("400 ")


async def test_menu_buttons(ptb: Bot, api: BotSide, users: UsersSide, staff_started: int) -> None:
    button: dict[str, Any] = {"type": "web_app", "text": "Mở", "web_app": {"url": "https://a.vn"}}
    await api("setChatMenuButton", chat_id=staff_started, menu_button=button)
    assert await api("getChatMenuButton", chat_id=staff_started) == button
    assert (await users.get(PRIVATE))["menu_button"] == button
    await ptb.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await ptb.get_chat_menu_button()).type == "commands"
    await api("setChatMenuButton", chat_id=staff_started, menu_button={"type": "default"})
    assert (await users.get(PRIVATE))["menu_button"] == {"type": "commands"}
    assert (await api.refused("setChatMenuButton", chat_id=GROUP)).startswith("400 ")


async def test_saying_goodbye(api: BotSide) -> None:
    assert await api("logOut") is True
    assert await api("close") is True
