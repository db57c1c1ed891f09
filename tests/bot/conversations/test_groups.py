"""The bot among people: in the sandbox's group and its topics."""

import re
from typing import Any

import pytest

from bot.app import App
from bot.features.asking import texts
from bot.features.sources import texts as source_texts
from bot.sandbox import Sandbox
from bot.sandbox.bot_profile import DEFAULT_USERNAME
from bot.sandbox.group_changes import begin_as_basic_group, upgrade
from bot.sandbox.persona import Persona, SeenMessage
from bot.settings import Access, Settings
from bot.telegram import texts as telegram_texts
from tests.bot.conversations.conftest import called

AT = f"@{DEFAULT_USERNAME}"
QUESTION, PART = "2 thạo là gì", "thạo nghề"
OTHER, OTHER_PART = "3 đúng là gì", "đúng thẩm quyền"

pytestmark = pytest.mark.usefixtures("bot")
closed = pytest.mark.parametrize("access", [Access.APPROVAL, Access.INVITE])


@pytest.fixture
def access() -> Access:
    """Who may ask; a test of a closed office parametrises this."""
    return Access.OPEN


@pytest.fixture
def settings(settings: Settings, access: Access) -> Settings:
    return settings.model_copy(update={"access": access})


async def answered(person: Persona, text: str, **how: Any) -> SeenMessage:
    """What the bot replies to a message in the group."""
    sent = await person.sends(text, chat="group", **how)

    def is_reply(message: SeenMessage) -> bool:
        return message.data.get("reply_to_message", {}).get("message_id") == sent.message_id

    return await person.receives(chat="group", where=is_reply)


async def quiet_until(person: Persona, sandbox: Sandbox) -> None:
    """See that nothing was said: the answer to the next question is all there is."""
    assert OTHER_PART in (await answered(person, f"/ask {OTHER}")).text
    assert len(called(sandbox, "sendMessage")) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{AT} {QUESTION}",
        f"{AT.upper()}, {QUESTION}?",
        f"{QUESTION} {AT}",
        f"😀😀 {AT}: {QUESTION}",
        f"{AT}\n{QUESTION}",
        f"Nhờ {AT} cho biết {QUESTION}",
    ],
)
async def test_who_calls_the_bot_is_answered(staff: Persona, text: str) -> None:
    reply = await answered(staff, text)
    assert PART in reply.text
    assert source_texts.SOURCE_BUTTON in reply.buttons


async def test_who_replies_to_the_bot_is_answered(staff: Persona, sandbox: Sandbox) -> None:
    first = await answered(staff, f"/ask {QUESTION}")
    assert OTHER_PART in (await answered(staff, OTHER, reply_to=first)).text
    other = sandbox.persona("editor")
    reply = await answered(other, QUESTION, reply_to=first)
    assert PART in reply.text


async def test_a_caption_asks_too(staff: Persona) -> None:
    caption = f"{AT} {QUESTION}"
    await staff.sends_files(("a.txt", b"a"), caption=caption, chat="group")
    assert PART in (await staff.receives(chat="group")).text


async def test_the_bots_name_under_a_question_asks_that(staff: Persona, sandbox: Sandbox) -> None:
    asked = await sandbox.persona("editor").sends(QUESTION, chat="group")
    assert PART in (await answered(staff, AT, reply_to=asked)).text
    assert PART in (await answered(staff, f"{AT} ?", reply_to=asked)).text
    assert OTHER_PART in (await answered(staff, f"{AT} {OTHER}", reply_to=asked)).text


async def test_the_bots_name_alone_gets_a_line_on_how_to_ask(staff: Persona) -> None:
    usage = re.sub(r"<[^>]+>", "", texts.GROUP_USAGE.format(bot=DEFAULT_USERNAME))
    hint = await answered(staff, AT)
    assert hint.text == usage
    assert (await answered(staff, f"{AT}!", reply_to=hint)).text == usage


@pytest.mark.parametrize("text", ["xin chào", "cảm ơn bạn nhé"])
async def test_small_talk_with_the_bot(staff: Persona, text: str) -> None:
    assert (await answered(staff, f"{AT} {text}")).text in {texts.GREETING, texts.THANKS}


async def test_what_is_private_is_not_done_in_the_group_when_asked_in_words(
    staff: Persona, sandbox: Sandbox
) -> None:
    for words, command in (("làm trắc nghiệm", "quiz"), ("xem tiến độ của tôi", "progress")):
        assert f"/{command}" in (await answered(staff, f"{AT} {words}")).text
    assert called(sandbox, "sendPoll") == []
    assert "Hỏi tôi trong nhóm" in (await answered(staff, f"{AT} giúp tôi")).text


async def test_the_list_of_documents_turns_its_pages_in_the_group(staff: Persona) -> None:
    listed = await answered(staff, f"{AT} có những tài liệu nào")
    for button in listed.buttons[-1:]:
        assert (await listed.press(button)).answered
        assert (await listed.changes()).text != listed.text


async def test_all_else_is_let_pass(staff: Persona, sandbox: Sandbox) -> None:
    sandbox.world.settings.group_privacy = False  # the bot sees all of it
    editor = sandbox.persona("editor")
    said = await editor.sends(QUESTION, chat="group")
    await staff.sends(QUESTION, chat="group", reply_to=said)
    await staff.sends(f"@other_bot {QUESTION}", chat="group")
    await staff.sends(f"mail{AT} {QUESTION}", chat="group")
    await staff.sends("/reload", chat="group")
    await staff.sends("/quiz@other_bot", chat="group")
    await staff.sends_files(("a.txt", b"a"), chat="group")
    await quiet_until(staff, sandbox)


async def test_replies_that_ask_nothing_are_let_pass(staff: Persona, sandbox: Sandbox) -> None:
    first = await answered(staff, f"/ask {QUESTION}")
    await staff.sends("@other_bot dịch giúp", chat="group", reply_to=first)
    await staff.sends_sticker("👍", chat="group")
    assert OTHER_PART in (await answered(staff, f"/ask {OTHER}")).text
    assert len(called(sandbox, "sendMessage")) == 2


async def test_in_a_topic_typing_and_answer_stay_there(staff: Persona, sandbox: Sandbox) -> None:
    topic = await sandbox.persona("admin").opens_topic("Hỏi đáp")
    for text in (f"/ask {QUESTION}", f"{AT} {QUESTION}"):
        reply = await answered(staff, text, topic=topic)
        assert PART in reply.text
        assert reply.data["message_thread_id"] == topic.message_id
    hint = await answered(staff, AT, topic=topic)  # not a reply to what opened the topic
    assert DEFAULT_USERNAME in hint.text
    assert hint.data["message_thread_id"] == topic.message_id
    threads = {
        call["parameters"].get("message_thread_id") for call in called(sandbox, "sendChatAction")
    }
    assert threads == {topic.message_id}
    assert "message_thread_id" not in (await answered(staff, f"{AT} {QUESTION}")).data


async def test_a_person_has_a_conversation_of_their_own_in_each_topic(
    staff: Persona, sandbox: Sandbox
) -> None:
    topic = await sandbox.persona("admin").opens_topic("Hỏi đáp")
    assert PART in (await answered(staff, f"{AT} {QUESTION}", topic=topic)).text
    assert (await answered(staff, "/new", topic=topic)).text == texts.NEW


@pytest.mark.parametrize(("privacy", "told"), [(True, texts.SEES_LITTLE), (False, texts.SEES_ALL)])
async def test_the_bot_introduces_itself_once(
    staff: Persona, sandbox: Sandbox, *, privacy: bool, told: str
) -> None:
    sandbox.world.settings.group_privacy = privacy
    admin = sandbox.persona("admin")
    await admin.sets_bot("left")
    await admin.sets_bot("member")
    introduction = await staff.receives(chat="group")
    assert introduction.text.startswith("Chào cả nhóm!")
    assert AT in introduction.text
    assert told.partition(":")[0] in introduction.text
    assert re.findall(r"^/(\w+) – ", introduction.text, re.MULTILINE) == ["ask", "new", "challenge"]
    await admin.sends(f"/start{AT}", chat="group")  # as a link that adds the bot does
    await admin.sets_bot("administrator")
    assert PART in (await answered(staff, f"{AT} {QUESTION}")).text
    assert "Hỏi tôi trong nhóm" in (await answered(staff, "/help")).text


async def test_to_an_admin_of_the_group_the_bot_says_that_it_sees_all(
    staff: Persona, sandbox: Sandbox
) -> None:
    admin = sandbox.persona("admin")
    await admin.sets_bot("left")
    await admin.sets_bot("administrator")
    assert texts.SEES_ALL in (await staff.receives(chat="group")).text


async def test_a_command_for_the_private_chat_points_there(staff: Persona) -> None:
    for command in ("reload", "docs", "people", "mydata", "quiz", "khong_co"):
        pointer = await answered(staff, f"/{command}{AT}")
        assert "chat riêng" in pointer.text
        assert pointer.url_of(texts.PRIVATE_CHAT_BUTTON) == f"https://t.me/{DEFAULT_USERNAME}"


async def test_nothing_that_admins_see_lands_in_the_group(bot: App, sandbox: Sandbox) -> None:
    admin = sandbox.persona("admin")
    for command in bot.bot_data["menus"].commands:
        if not command.in_groups and command.name not in {"start", "help", "verify"}:
            await admin.sends(f"/{command.name}", chat="group")
    await quiet_until(admin, sandbox)


async def test_the_menu_of_groups_has_what_works_there(bot: App, staff: Persona) -> None:
    menu = (await staff.chat("group"))["commands"]
    assert [command["command"] for command in menu] == ["ask", "new", "challenge"]
    for command in menu:
        reply = await answered(staff, f"/{command['command']}")
        assert "chat riêng" not in reply.text


async def test_removed_from_the_group_there_is_nothing_to_say(
    staff: Persona, sandbox: Sandbox
) -> None:
    await sandbox.persona("admin").sets_bot("left")
    await staff.sends(f"/ask {QUESTION}", chat="group")
    await staff.sends(QUESTION)
    assert PART in (await staff.receives()).text
    assert [call["parameters"]["chat_id"] for call in called(sandbox, "sendMessage")] == [1001]


@closed
async def test_an_unknown_member_gets_one_line(staff: Persona, sandbox: Sandbox) -> None:
    line = await answered(staff, f"{AT} {QUESTION}")
    assert "chỉ phục vụ cán bộ" in line.text
    for text in (f"{AT} {QUESTION}", f"/ask {QUESTION}", AT, "/challenge"):
        await staff.sends(text, chat="group", reply_to=line)
    admin = sandbox.persona("admin")
    assert PART in (await answered(admin, f"{AT} {QUESTION}")).text
    assert len(called(sandbox, "sendMessage")) == 2


@closed
async def test_the_introduction_says_for_whom_it_is(staff: Persona, sandbox: Sandbox) -> None:
    admin = sandbox.persona("admin")
    await admin.sets_bot("left")
    await admin.sets_bot("member")
    assert texts.STAFF_ONLY in (await staff.receives(chat="group")).text


@closed
async def test_to_the_gate_an_anonymous_admin_is_nobody(sandbox: Sandbox) -> None:
    admin = sandbox.persona("admin")  # the bot's own administrator, unrecognised
    refusal = await answered(admin, f"{AT} {QUESTION}", anonymous=True)
    assert refusal.text in {telegram_texts.DENIED_APPROVAL, telegram_texts.DENIED_CLOSED}


async def test_an_anonymous_admin_asks_as_everybody(sandbox: Sandbox) -> None:
    admin = sandbox.persona("admin")
    reply = await answered(admin, f"{AT} {QUESTION}", anonymous=True)
    assert PART in reply.text


async def test_the_bot_goes_on_in_an_upgraded_group(staff: Persona, sandbox: Sandbox) -> None:
    begin_as_basic_group(sandbox.world)
    assert PART in (await answered(staff, f"{AT} {QUESTION}")).text
    upgrade(sandbox.world)
    assert PART in (await answered(staff, f"{AT} {QUESTION}")).text
    assert len(called(sandbox, "sendMessage")) == 2  # it does not introduce itself anew
