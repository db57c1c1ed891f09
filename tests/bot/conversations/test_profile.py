from bot.app import App
from bot.sandbox import Sandbox
from bot.sandbox.faults import FaultRequest
from bot.sandbox.persona import Persona
from bot.telegram import texts
from bot.telegram.profile import publish_profile


async def test_the_profile_is_set_once_and_then_left_alone(bot: App, sandbox: Sandbox) -> None:
    first = [call["method"] for call in sandbox.world.calls.after(0)]
    assert {"setMyCommands", "setMyDescription", "setMyShortDescription"} <= set(first)
    await publish_profile(bot.bot, bot.bot_data["menus"])
    again = [call["method"] for call in sandbox.world.calls.after(len(first))]
    assert again
    assert not [method for method in again if method.startswith("set")]


async def test_people_see_the_menu_and_the_description(staff: Persona) -> None:
    private, group = await staff.chat(), await staff.chat("group")
    assert {"start", "ask", "help"} <= {command["command"] for command in private["commands"]}
    assert [command["command"] for command in group["commands"]] == ["ask", "new", "challenge"]


async def test_a_refused_profile_does_not_stop_the_bot(bot: App, sandbox: Sandbox) -> None:
    await bot.bot.set_my_description("khác")
    sandbox.world.faults.add(FaultRequest(kind="server_error", method="setMyDescription"))
    await publish_profile(bot.bot, bot.bot_data["menus"])
    assert sandbox.world.calls.after(0)[-1]["status"] == 500


def test_profile_texts_fit_telegrams_limits() -> None:
    assert len(texts.DESCRIPTION) <= 512
    assert len(texts.SHORT_DESCRIPTION) <= 120
