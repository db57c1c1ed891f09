"""Challenges of anonymous admins, and in groups that are upgraded meanwhile."""

from bot.features.challenges import texts
from bot.sandbox.group_changes import begin_as_basic_group, upgrade
from bot.sandbox.persona import SeenMessage
from bot.telegram import texts as telegram_texts
from tests.bot.features.challenges.conftest import WHOLE_QUESTION, Group
from tests.bot.features.challenges.test_challenge import right


async def offered_anonymously(group: Group) -> SeenMessage:
    """The topics that an anonymous admin is offered."""
    admin = group.persona("admin")
    await admin.sends("/challenge", chat="group", anonymous=True)
    await group.deliver()
    return await admin.receives(chat="group")


async def test_an_anonymous_admin_chooses_and_stops(group: Group) -> None:
    offer = await offered_anonymously(group)
    refused = await group.while_delivering(group.persona("staff").press(offer, 0, 0))
    assert refused.text == telegram_texts.NOT_YOUR_BUTTON
    await group.while_delivering(offer.press(texts.ALL_BUTTON))
    begun = await offer.changes()
    assert "Thử thách: Tổng hợp" in begun.text
    await group.next_poll()
    refused = await group.while_delivering(group.persona("staff").press(begun, 0, 0))
    assert refused.text == texts.NOT_YOURS_TO_STOP
    stopped = await group.while_delivering(begun.press(texts.STOP_BUTTON))
    assert stopped.text == texts.STOPPED


async def test_what_an_anonymous_admin_began_any_admin_stops(group: Group) -> None:
    admin = group.persona("admin")
    await admin.sends("/challenge 1", chat="group", anonymous=True)
    await group.deliver()
    begun = await admin.receives(chat="group")
    await group.next_poll("admin")
    assert (await group.while_delivering(begun.press(texts.STOP_BUTTON))).text == texts.STOPPED


async def test_a_challenge_goes_on_in_the_upgraded_group(group: Group) -> None:
    begin_as_basic_group(group.sandbox.world)
    begun = await group.command(group.persona("staff"), "/challenge 1")
    first = await group.next_poll()
    upgrade(group.sandbox.world)
    await group.deliver()
    await group.votes("staff", first, *right(group, first))
    for _ in range(4):
        await group.timer.passes(WHOLE_QUESTION)
        await group.next_poll()
    stopped = await group.while_delivering(begun.press(texts.STOP_BUTTON))
    assert stopped.text == texts.STOPPED
    text = await group.result()
    assert "🥇 Lan Nguyễn – 1/5" in text


async def test_a_question_follows_before_the_bot_hears_of_the_upgrade(group: Group) -> None:
    begin_as_basic_group(group.sandbox.world)
    await group.command(group.persona("staff"), "/challenge 1")
    await group.next_poll()
    upgrade(group.sandbox.world)
    for _ in range(4):
        await group.timer.passes(WHOLE_QUESTION)
        await group.next_poll()
    calls = [call for call in group.sandbox.world.calls.after(0) if call["method"] == "sendPoll"]
    assert [call["status"] for call in calls] == [200, 400, 200, 200, 200, 200]
    await group.deliver()  # now it hears, and nothing changes
    await group.timer.passes(WHOLE_QUESTION)
    assert texts.NOBODY in await group.result()


async def test_a_result_of_before_is_told_in_the_upgraded_group(group: Group) -> None:
    begin_as_basic_group(group.sandbox.world)
    begun = await group.command(group.persona("staff"), "/challenge 1")
    poll = await group.next_poll()
    await group.votes("staff", poll, *right(group, poll))
    await group.challenges.close()  # the bot is away when it happens
    upgrade(group.sandbox.world)
    await group.restart()
    await group.deliver()
    await group.while_delivering(begun.press(texts.STOP_BUTTON))
    assert "🥇 Lan Nguyễn – 1/1" in await group.result()
