"""Who sends too much is slowed down politely, and nobody else waits for it."""

import asyncio

from bot.sandbox import Sandbox
from bot.sandbox.persona import ChatName, Persona, SeenMessage
from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.flood import PERSON_LIMITS, Kind
from tests.bot.conversations.conftest import Serve, called
from tests.bot.whole_bot import HandClock

BURST = PERSON_LIMITS[Kind.MESSAGE].burst


async def floods(person: Persona, chat: ChatName = "private", count: int = 50) -> list[SeenMessage]:
    """Send many messages at once; return all that comes of the first, the slow-down among them."""
    await asyncio.gather(*(person.sends("/help", chat=chat) for _ in range(count)))
    return [await person.receives(chat=chat) for _ in range(BURST + 1)]


async def test_fifty_messages_at_once_get_one_line_and_others_their_answers(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    clock = HandClock()
    staff, newcomer = sandbox.persona("staff"), sandbox.persona("newcomer")
    async with serve(settings, clock):
        for _ in range(2):
            told = [reply for reply in await floods(staff) if reply.text == texts.SLOW_DOWN]
            assert len(told) == 1
            await newcomer.sends("/help")
            assert (await newcomer.receives()).text.startswith("Cách hỏi")
            clock.pass_time(minutes=1)  # all is calm again
        to_staff = [c for c in called(sandbox, "sendMessage") if c["parameters"]["chat_id"] == 1001]
        assert len(to_staff) == 2 * (BURST + 1)


async def test_a_flood_in_a_group_holds_up_no_private_chat(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff, newcomer = sandbox.persona("staff"), sandbox.persona("newcomer")
    async with serve(settings, HandClock()):
        replies = await floods(staff, "group", 200)
        (told,) = [reply for reply in replies if reply.text == texts.SLOW_DOWN]
        assert told.data["reply_to_message"]["from"]["id"] == 1001  # who it is meant for
        await newcomer.sends("/help")
        assert (await newcomer.receives()).text.startswith("Cách hỏi")


async def test_the_talk_of_a_group_is_no_flood(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    sandbox.world.settings.group_privacy = False  # the bot overhears all
    staff = sandbox.persona("staff")
    async with serve(settings, HandClock()):
        for number in range(3 * BURST):
            await staff.sends(f"câu {number}", chat="group")
        await staff.sends("/help", chat="group")
        assert (await staff.receives(chat="group")).text != texts.SLOW_DOWN
    assert len(called(sandbox, "sendMessage")) == 1


async def test_who_hammers_a_button_is_told_there(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    async with serve(settings, HandClock()):
        await staff.starts()
        welcome = await staff.receives()
        query = {
            "id": "1",
            "from": staff_user(sandbox),
            "chat_instance": "1",
            "message": welcome.data,
            "data": "zz",
        }
        for _ in range(PERSON_LIMITS[Kind.PRESS].burst):
            sandbox.world.updates.add("callback_query", query)
        assert (await welcome.press(welcome.buttons[0])).text == texts.SLOW_DOWN
        await staff.sends("/help")
        assert (await staff.receives()).text.startswith("Cách hỏi")


def staff_user(sandbox: Sandbox) -> dict[str, object]:
    """The staff persona as the Bot API shows it."""
    return next(p.user.json() for p in sandbox.world.people.all() if p.key == "staff")
