import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat

from tests.bot.sandbox.conftest import GROUP, BotSide, UserApi

PRIVATE = "/staff/chats/private"


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name} for name in names]


async def names(users: UserApi, place: str) -> list[str]:
    return [command["command"] for command in (await users.get(place))["commands"]]


async def test_commands_by_scope_and_language(
    ptb: Bot, api: BotSide, users: UserApi, staff_started: int
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


async def test_descriptions(api: BotSide, users: UserApi) -> None:
    await api("setMyDescription", description="Hỏi đáp", language_code="vi")
    await api("setMyShortDescription", short_description="Ngắn")
    assert await api("getMyDescription") == {"description": ""}
    assert await api("getMyDescription", language_code="vi") == {"description": "Hỏi đáp"}
    assert await api("getMyShortDescription") == {"short_description": "Ngắn"}
    bot = (await users.get(""))["bot"]
    assert (bot["description"], bot["short_description"]) == ("Hỏi đáp", "Ngắn")
    await api("setMyDescription", language_code="vi")
    assert await api("getMyDescription", language_code="vi") == {"description": ""}
    too_long = {"short_description": "a" * 121}
    assert (await api.refused("setMyShortDescription", **too_long)).startswith("400 ")
    assert (await api.refused("setMyDescription", description="a" * 513)).startswith("400 ")
