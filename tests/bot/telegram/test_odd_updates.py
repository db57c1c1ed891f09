"""What comes that no person's app sends on an ordinary day: each is survived, most in silence."""

import dataclasses
from collections.abc import Iterator
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pytest
from telegram import Update

from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.settings import Settings
from bot.telegram.callbacks import Press
from bot.telegram.gate import GuardedApplication
from tests.bot.access.office import NOW
from tests.bot.conftest import GROUP, STAFF, Telegram, messages
from tests.bot.offline_request import BOT, DATE

CHANNEL = {"id": -1002, "type": "channel", "title": "Tin tức"}
OTHER_BOT = {"id": 555, "is_bot": True, "first_name": "Bot khác"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
GONE = (400, "Bad Request: message to edit not found")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"admin_ids": frozenset({STAFF["id"]})})


@pytest.fixture
def errors(telegram: Telegram) -> list[BaseException | None]:
    """What went wrong while updates were handled."""
    found: list[BaseException | None] = []

    async def failed(_update: object, context: Any) -> None:
        found.append(context.error)

    telegram.application.error_handlers.clear()
    telegram.application.add_error_handler(failed)
    return found


def help_in(chat: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entity = {"type": "bot_command", "offset": 0, "length": 5}
    message = {"message_id": 9, "date": DATE, "chat": chat, "text": "/help", "entities": [entity]}
    return message | fields


NOBODYS = {
    "another bot": {"message": help_in(GROUP, **{"from": OTHER_BOT})},
    "this bot, as it seems": {"message": help_in(GROUP, **{"from": BOT})},
    "by way of an inline bot": {
        "message": help_in({"id": 1001, "type": "private"}, via_bot=OTHER_BOT, **{"from": STAFF})
    },
    "this bot's inline answer": {
        "message": help_in({"id": 1001, "type": "private"}, via_bot=BOT, **{"from": STAFF})
    },
    "from the linked channel": {
        "message": help_in(
            GROUP, sender_chat=CHANNEL, is_automatic_forward=True, **{"from": SERVICE}
        )
    },
    "another bot in a channel's name": {
        "message": help_in(GROUP, sender_chat=CHANNEL, **{"from": OTHER_BOT})
    },
    "from nobody": {"message": help_in(GROUP)},
    "channel post": {"channel_post": help_in(CHANNEL, sender_chat=CHANNEL)},
    "edited channel post": {"edited_channel_post": help_in(CHANNEL, edit_date=DATE)},
    "a vote of a channel": {
        "poll_answer": {
            "poll_id": "1",
            "voter_chat": CHANNEL,
            "option_ids": [0],
            "option_persistent_ids": ["0"],
        }
    },
    "an edited command": {"edited_message": help_in(GROUP, edit_date=DATE, **{"from": STAFF})},
    "nothing": {},
    "what a later server sends": {"telepathy": {"thought": "/help"}},
}


@pytest.mark.parametrize("update", NOBODYS.values(), ids=NOBODYS)
async def test_what_no_person_says_is_passed_over(
    telegram: Telegram, errors: list[BaseException | None], update: dict[str, Any]
) -> None:
    assert await telegram.delivers(update) == []
    assert errors == []


async def test_an_anonymous_admin_is_a_person(telegram: Telegram) -> None:
    said = {"message": help_in(GROUP, sender_chat=GROUP, **{"from": ANONYMOUS})}
    assert messages(await telegram.delivers(said))


async def test_a_message_of_the_wrong_types_is_reported_and_ends_nothing(
    telegram: Telegram, errors: list[BaseException | None]
) -> None:
    application = telegram.application
    message = help_in(telegram.private, text=5, **{"from": STAFF})
    update = Update.de_json({"update_id": 1, "message": message}, application.bot)
    assert isinstance(application, GuardedApplication)
    assert application.takes(update)
    handled = application.process_update(update)
    await application.update_processor.process_update(update, handled)
    assert [type(error) for error in errors] == [TypeError]


def samples(hint: Any) -> list[Any]:
    """Some values that a field of a button may have."""
    if hint is int:
        return [STAFF["id"], 1]
    if hint is str:
        return ["x1"]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)
    (inner,) = (part for part in get_args(hint) if part not in {NoneType, Ellipsis})
    return samples(inner)[:1] if isinstance(hint, UnionType) else [tuple(samples(inner)[:1])]


def presses(kind: type[Press] = Press) -> Iterator[Press]:
    """Buttons of every kind, each with all values of its enumerations."""
    for each in kind.__subclasses__():
        yield from presses(each)
        if not each.kind:
            continue
        hints = get_type_hints(each)
        fields = {field.name: samples(hints[field.name]) for field in dataclasses.fields(each)}  # type: ignore[arg-type]
        for number in range(max(map(len, fields.values()), default=1)):
            said = {name: found[number % len(found)] for name, found in fields.items()}
            try:
                press = each(**(said | {"owner": STAFF["id"]} if "owner" in said else said))
            except ValueError:  # what is never offered
                continue
            yield press


async def test_every_button_under_a_message_that_is_gone(
    telegram: Telegram, errors: list[BaseException | None], app_database: Database
) -> None:
    await People(app_database).set_role(CLI, STAFF["id"], Role.ADMIN, NOW, name="Lan")
    methods = ("editMessageText", "editMessageReplyMarkup", "editMessageMedia", "deleteMessage")
    telegram.request.failures = dict.fromkeys(methods, GONE)
    message = {"message_id": 5, "date": 0, "chat": telegram.private}  # an InaccessibleMessage
    query = {"id": "7", "from": STAFF, "chat_instance": "1", "message": message}
    for press in presses():
        await telegram.delivers({"callback_query": {**query, "data": press.data}})
        assert errors == [], press


async def test_a_message_that_was_deleted_meanwhile_is_sent_anew(
    telegram: Telegram, app_database: Database
) -> None:
    await People(app_database).set_role(CLI, STAFF["id"], Role.ADMIN, NOW, name="Lan")
    (listed,) = messages(await telegram.sends("/people"))
    telegram.request.failures = {"editMessageText": GONE}
    (label, data) = next(iter(listed.buttons.items()))
    (anew,) = messages(await telegram.presses(data))
    assert "Lan" in label + anew.text
    assert anew.buttons


NAMES = {
    "turned round": ("Lan\u202egnp.exe", "Langnp.exe"),
    "piled up": ("Z" + "\u0301\u0302\u0303" * 20 + "oe", "Ź\u0302\u0303oe"),
    "nothing visible": ("\u3164\u200b\u2800", str(STAFF["id"])),
    "marks alone": ("\u0301\u0302", str(STAFF["id"])),
    "many lines": ("Lan\n\n\n  Anh\u2028Chị", "Lan Anh Chị"),
    "in pieces": ("Tie\u0302\u0301n \u0110a\u0323\u0306ng", "Tiến Đặng"),
    "other scripts": ("กำ่ 😀 Lan", "กำ่ 😀 Lan"),
}


@pytest.mark.parametrize(("given", "shown"), NAMES.values(), ids=NAMES)
async def test_names_are_shown_so_that_they_disturb_nobody(
    telegram: Telegram, app_database: Database, given: str, shown: str
) -> None:
    await People(app_database).set_role(CLI, STAFF["id"], Role.ADMIN, NOW, name="Lan")
    telegram.user = {**STAFF, "first_name": given}
    (listed,) = messages(await telegram.sends("/people"))
    assert any(label.startswith(f"{shown} –") for label in listed.buttons)
