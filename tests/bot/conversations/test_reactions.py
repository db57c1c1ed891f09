import pytest

from bot.app import App
from bot.database import Database
from bot.features.answer_log import texts
from bot.features.answer_log.buttons import VotePress
from bot.features.answer_log.logged_answer import Vote
from bot.features.answer_log.store import AnswerLog
from bot.sandbox import Sandbox
from bot.sandbox.people import Member
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Settings
from tests.bot.conversations.conftest import Serve, called
from tests.bot.conversations.test_questions import answer

UP, DOWN, CHOSEN = texts.UP_BUTTON, texts.DOWN_BUTTON, texts.CHOSEN


@pytest.mark.parametrize(
    ("emoji", "button"), [("👍", UP), ("❤", UP), ("🔥", UP), ("👎", DOWN), ("💩", DOWN)]
)
async def test_a_reaction_counts_and_is_shown(staff: Persona, emoji: str, button: str) -> None:
    shown = await answer(staff, "2 thạo là gì")
    await shown.react(emoji)
    voted = await shown.persona.sees_change(
        shown, where=lambda m: f"{button} {CHOSEN}" in m.buttons
    )
    await voted.react()
    await voted.persona.sees_change(voted, where=lambda m: button in m.buttons)


async def test_one_reaction_takes_the_place_of_another(staff: Persona, sandbox: Sandbox) -> None:
    shown = await answer(staff, "2 thạo là gì")
    await shown.react("👍")
    await staff.sees_change(shown, where=lambda m: f"{UP} {CHOSEN}" in m.buttons)
    await shown.react("💩")
    await staff.sees_change(shown, where=lambda m: f"{DOWN} {CHOSEN}" in m.buttons)
    assert len(called(sandbox, "sendMessage")) == 1


async def test_other_reactions_say_nothing(staff: Persona, sandbox: Sandbox) -> None:
    asked = await staff.sends("2 thạo là gì")
    shown = await staff.receives()
    await shown.react("🤔")
    await asked.react("👍")
    await answer(staff, "3 đúng là gì")
    assert called(sandbox, "editMessageReplyMarkup") == []


async def test_a_group_sees_them_counted(staff: Persona, sandbox: Sandbox, bot: App) -> None:
    world = sandbox.world
    world.group.members[bot.bot.id] = Member(world.bot.user(), "administrator")
    shown = await answer(staff, "/ask 2 thạo là gì", chat="group")
    await shown.react("👍")
    await staff.sees_change(shown, where=lambda m: f"{UP} 1" in m.buttons)


async def test_a_reaction_after_a_restart_is_counted(
    settings: Settings, serve: Serve, sandbox: Sandbox
) -> None:
    staff = sandbox.persona("staff")
    async with serve(settings):
        shown = await answer(staff, "2 thạo là gì")
    async with serve(settings):
        await shown.react("👍")
        await answer(staff, "3 đúng là gì")
    assert await vote(settings, shown, 1001) is Vote.UP


async def vote(settings: Settings, shown: SeenMessage, person_id: int) -> Vote | None:
    rows = shown.data["reply_markup"]["inline_keyboard"]
    presses = [VotePress.read(button["callback_data"]) for row in rows for button in row]
    (answer_id,) = {press.answer_id for press in presses if press is not None}
    database = Database.of(settings)
    await database.connect()
    feedback = await AnswerLog(database).feedback(answer_id, person_id)
    await database.close()
    return None if feedback is None else feedback.own
