import datetime as dt

import pytest
from telegram import Chat, Contact, Location, Message, Update, User

from bot.app import App
from bot.features.asking import texts
from bot.sandbox import Sandbox
from bot.sandbox.persona import Persona
from tests.bot.conversations.conftest import called
from tests.bot.conversations.test_questions import answer

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


async def test_help_explains(staff: Persona) -> None:
    shown = (await answer(staff, "/help")).text
    assert shown.startswith("Cách hỏi")
    assert "/ask" in shown


async def test_an_unknown_command(staff: Persona, sandbox: Sandbox) -> None:
    assert (await answer(staff, "/xyz")).text == texts.UNKNOWN_COMMAND
    sandbox.world.settings.group_privacy = False
    await staff.sends("/xyz", chat="group")
    await staff.sends("/ask 2 thạo là gì", chat="group")
    assert "thạo nghề" in (await staff.receives(chat="group")).text


async def test_a_sticker_gets_a_friendly_line(staff: Persona) -> None:
    await staff.sends_sticker("👍")
    assert (await staff.receives()).text == texts.STICKER


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_other_kinds_of_message_get_one_line(staff: Persona, kind: str) -> None:
    if kind == "photo":
        await staff.sends_files(("a.png", PIXEL), kind="photo", caption="2 thạo là gì")
    else:
        await staff.sends_files(("a.ogg", b"OggS"), kind="voice")
    assert (await staff.receives()).text == texts.OTHER_KINDS[kind]


async def test_an_editor_is_asked_for_a_file(bot: App, sandbox: Sandbox) -> None:
    admin = sandbox.persona("admin")
    await admin.sends_files(("a.png", PIXEL), kind="photo")
    assert (await admin.receives()).text == texts.PHOTO_TO_EDITOR


def update(bot: App, **content: object) -> Update:
    user = User(1001, "Lan", is_bot=False)
    message = Message(
        900, dt.datetime.now(dt.UTC), Chat(1001, "private"), from_user=user, **content
    )  # type: ignore[arg-type]
    message.set_bot(bot.bot)
    return Update(900, message=message)


@pytest.mark.parametrize(
    "content", [{"location": Location(104.0, 22.3)}, {"contact": Contact("1", "A")}]
)
async def test_places_and_contacts_get_it_too(
    bot: App, staff: Persona, content: dict[str, object]
) -> None:
    await staff.starts()
    await staff.receives()
    await bot.process_update(update(bot, **content))
    (kind,) = content
    assert (await staff.receives()).text == texts.OTHER_KINDS[kind]


async def test_service_messages_are_ignored(bot: App, sandbox: Sandbox, staff: Persona) -> None:
    await sandbox.persona("stranger").joins()
    await staff.sends("/ask 2 thạo là gì", chat="group")
    assert "thạo nghề" in (await staff.receives(chat="group")).text
    assert len(called(sandbox, "sendMessage")) == 1
