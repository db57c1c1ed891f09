"""Every handler of the application, tried with real updates by people of every role."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import (
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    PollAnswerHandler,
    PollHandler,
)

from bot.access.audit import AuditAction
from bot.access.audit_throttle import WINDOW
from bot.access.authorisation import LEAST_ROLE, Capability, may
from bot.access.person import CLI
from bot.access.roles import ASSIGNABLE, Role
from bot.database import Database
from bot.features.certificates import texts as certificates
from bot.features.documents.feature import DocumentsFeature
from bot.features.documents.pending_uploads import UPLOADS_FOLDER, AskedEdit, Draft, new_token
from bot.features.drafts import texts as drafts
from bot.features.forwarded_questions import texts as forwarded
from bot.features.onboarding import leaderboard_texts as leaderboard
from bot.features.people import texts as people
from bot.features.people.people_handlers import RolePress
from bot.settings import Access, Settings
from bot.telegram import texts as telegram_texts
from bot.telegram.callbacks import Press, to_base36
from bot.telegram.gate import ANONYMOUS_ADMIN, Guarded, UnguardedHandlerError, Where
from bot.telegram.menus import CommandMenus
from bot.telegram.texts import ROLES
from knowledge import KnowledgeBase
from knowledge.documents.details import DetailField, DocumentDetails
from tests.bot.access.office import NOW, Office, somebody
from tests.bot.conftest import GROUP, TOKEN, Telegram, messages
from tests.bot.offline_request import BOT, DATE, OfflineRequest
from tests.bot.whole_bot import HandClock, whole_bot

TRIED = 4321
PROMPTS = (
    drafts.EDIT_TITLE.format(number=1),
    leaderboard.PROMPT.format(most=80),
    forwarded.WRITE_TITLE,
    forwarded.ANSWER_TITLE.format(number=1),
    certificates.NAME_TITLE,
    people.INVITE_NAME_TITLE.format(id=1),
)
"""What the bot asks to have a reply to."""
PRIVATE = {"id": TRIED, "type": "private", "first_name": "Thử"}
USER = {"id": TRIED, "is_bot": False, "first_name": "Thử"}
AT = f"@{BOT['username']}"
FILE = {"file_id": "f", "file_unique_id": "f"}


class Bot:
    """The whole bot under one ACCESS, and the office behind it."""

    def __init__(
        self, database: Database, base: KnowledgeBase, data_dir: Path, access: Access
    ) -> None:
        self.office = Office(database, data_dir)
        self.access = access
        self.clock = HandClock(NOW)
        self.request = OfflineRequest()
        settings = Settings(
            telegram_bot_token=TOKEN, access=access, data_dir=data_dir, _env_file=None
        )
        self.whole = whole_bot(settings, database, base, clock=self.clock, request=self.request)
        self.application = self.whole.application
        self.service = self.whole.feature(DocumentsFeature).service

    async def close(self) -> None:
        await self.whole.close()

    def person(self, user_id: int) -> Telegram:
        return Telegram(self.application, self.request).of(user_id, f"Người {user_id}")


@pytest.fixture(params=list(Access))
async def bot(
    request: pytest.FixtureRequest,
    app_database: Database,
    shipped_base: KnowledgeBase,
    tmp_path: Path,
) -> Any:
    made = Bot(app_database, shipped_base, tmp_path, request.param)
    async with made.application:
        yield made
    await made.close()


@pytest.fixture
async def approving(app_database: Database, shipped_base: KnowledgeBase, tmp_path: Path) -> Any:
    made = Bot(app_database, shipped_base, tmp_path, Access.APPROVAL)
    async with made.application:
        yield made
    await made.close()


def candidates(handler: object) -> Iterator[dict[str, Any]]:
    """Updates that may reach a handler."""
    message = {"message_id": 1, "date": DATE, "from": USER, "chat": PRIVATE}
    if isinstance(handler, CommandHandler):
        for command in handler.commands:
            for text in (f"/{command} inv_x", f"/{command} v_x", f"/{command}"):
                length = len(text.split()[0])
                entity = {"type": "bot_command", "offset": 0, "length": length}
                for chat in (PRIVATE, GROUP):
                    where = {**message, "chat": chat}
                    yield {"message": {**where, "text": text, "entities": [entity]}}
    elif isinstance(handler, CallbackQueryHandler):
        pattern = handler.pattern
        kind = "zz" if pattern is None else re.match(r"[a-z]+", pattern.pattern)[0]  # type: ignore[union-attr,index]
        shown = {"message_id": 5, "date": DATE, "from": BOT, "chat": PRIVATE, "text": "…"}
        query = {"id": "1", "from": USER, "chat_instance": "1", "message": shown}
        for data in (f"{kind}:{to_base36(TRIED)}", kind):
            yield {"callback_query": {**query, "data": data}}
    elif isinstance(handler, PollAnswerHandler):
        yield {
            "poll_answer": {
                "poll_id": "1",
                "user": USER,
                "option_ids": [0],
                "option_persistent_ids": ["0"],
            }
        }
    elif isinstance(handler, MessageHandler):
        entity = {"type": "bot_command", "offset": 0, "length": 5}
        prompt = {"message_id": 4, "date": DATE, "from": BOT, "chat": PRIVATE}
        for text in PROMPTS:
            asked = {**prompt, "text": text}
            yield {"message": {**message, "text": "Chữ", "reply_to_message": asked}}
        yield {"message": {**message, "text": "2 thạo là gì"}}
        yield {"message": {**message, "text": "/none", "entities": [entity]}}
        yield {"message": {**message, "voice": {**FILE, "duration": 1}}}
        yield {"message": {**message, "document": FILE}}
        sticker = {**FILE, "type": "regular", "is_animated": False, "is_video": False}
        yield {"message": {**message, "sticker": {**sticker, "width": 1, "height": 1}}}
        yield {"message": {**message, "photo": [{**FILE, "width": 1, "height": 1}]}}
        edited = {**message, "date": 2_000_000_000, "edit_date": 2_000_000_000}
        yield {"edited_message": {**edited, "text": "2 thạo là gì"}}
        yield from candidates_in_a_group()
    else:
        yield from candidates_without_message(handler)


def candidates_without_message(handler: object) -> Iterator[dict[str, Any]]:
    """Updates that tell of no message."""
    if isinstance(handler, InlineQueryHandler):
        yield {"inline_query": {"id": "1", "from": USER, "query": "2 thạo", "offset": ""}}
    elif isinstance(handler, MessageReactionHandler):
        old, new = [], [{"type": "emoji", "emoji": "👍"}]
        change = {"old_reaction": old, "new_reaction": new}
        reaction = {"chat": PRIVATE, "message_id": 5, "user": USER, "date": DATE}
        yield {"message_reaction": {**reaction, **change}}
    elif isinstance(handler, ChatMemberHandler):
        old, new = ({"user": BOT, "status": status} for status in ("left", "member"))
        change = {"old_chat_member": old, "new_chat_member": new}
        yield {"my_chat_member": {"chat": GROUP, "from": USER, "date": DATE, **change}}


def candidates_in_a_group() -> Iterator[dict[str, Any]]:
    """Messages in a group that may reach a handler."""
    message = {"message_id": 1, "date": DATE, "from": USER, "chat": GROUP}
    for kind, text in (("mention", AT), ("bot_command", f"/none{AT}")):
        entity = {"type": kind, "offset": 0, "length": len(text)}
        yield {"message": {**message, "text": f"{text} 2 thạo", "entities": [entity]}}
    yield {"message": {**message, "migrate_to_chat_id": -1002}}


def update_for(bot: Bot, handler: Guarded) -> Update:
    """An update that the application gives to this very handler."""
    for number, candidate in enumerate(candidates(handler.handler), 1):
        update = Update.de_json({"update_id": number, **candidate}, bot.application.bot)
        takers = (
            one
            for one in chain(*bot.application.handlers.values())
            if one.check_update(update) not in (None, False)
        )
        if next(takers, None) is handler:
            return update
    raise AssertionError(f"teach candidates() how to reach {handler.callback}")


@contextmanager
def awaited_title(bot: Bot) -> Iterator[None]:
    """Let a document wait for which a text of the person who tries is an answer."""
    now = bot.service.now().isoformat()
    draft = Draft(
        token=new_token(),
        chat_id=TRIED,
        user_id=TRIED,
        name="a.txt",
        details=DocumentDetails("A"),
        report="A",
        report_units=1,
        created_at=now,
        awaited=DetailField.TITLE,
        awaited_at=now,
    )
    folder = bot.whole.core.settings.data_dir / UPLOADS_FOLDER / draft.token
    folder.mkdir(parents=True)
    bot.service.pending.update(draft)
    yield
    bot.service.pending.drop(draft.token)


@contextmanager
def asked_detail(bot: Bot) -> Iterator[None]:
    """Let a text of the person who tries be a detail of a stored document."""
    edit = AskedEdit("D1", DetailField.TITLE, 1, bot.service.now().isoformat())
    bot.service.pending.ask_edit(TRIED, TRIED, edit)
    yield
    bot.service.pending.forget_edit(TRIED, TRIED)


AWAITING = {"detail": awaited_title, "typed": asked_detail}
"""What must be awaited for a text to reach a handler, by the handler's name."""


async def test_every_handler_refuses_who_may_not(bot: Bot) -> None:
    await bot.office.has(Role.ADMIN, 1, 2)
    # what Telegram itself says of a poll has no sender who could be refused
    found = [one for group in bot.application.handlers.values() for one in group]
    handlers = [one for one in found if not isinstance(one.handler, PollHandler)]  # type: ignore[attr-defined]
    tried = set()
    for role in Role:
        await become(bot.office, role)
        before = await bot.office.audit.count()
        refused = []
        for handler in handlers:
            assert isinstance(handler, Guarded)
            if await refuses(bot, role, handler):
                refused.append(handler.capability)
        assert await bot.office.role(TRIED) is role
        noted = (await bot.office.log())[before:]
        assert {entry.action for entry in noted} <= {AuditAction.DENIED}
        assert [entry.details["capability"] for entry in noted] == refused
        tried |= {(capability, role) for capability in refused}
    expected = {
        (capability, role)
        for capability in {one.capability for one in bot.application.handlers[0]}  # type: ignore[attr-defined]
        for role in Role
        if not may(role, capability, bot.access)
    }
    assert tried == expected
    assert (Capability.MANAGE_PEOPLE, Role.STAFF) in tried
    assert (Capability.MANAGE_PEOPLE, Role.STRANGER) in tried


async def refuses(bot: Bot, role: Role, handler: Guarded) -> bool:
    """Whether somebody with `role` is refused, as they should or should not be.

    Where they are not, only the gate is tried: what handlers do is for their own tests.
    """
    bot.clock.moment += WINDOW  # within it, the log does not repeat itself
    calls = len(bot.request.calls)
    awaiting = AWAITING.get(handler.callback.__name__)
    with awaiting(bot) if awaiting else nullcontext():
        update = update_for(bot, handler)
        allowed = may(role, handler.capability, bot.access)
        context = CallbackContext.from_update(update, bot.application)
        if allowed:
            admitted = await bot.application.gate.admits(update, context, handler.capability)
            assert admitted, (handler.callback, role)
        elif handler.block:
            await bot.application.process_update(update)
        else:  # the application would not wait for it
            taken = handler.check_update(update)
            await handler.handle_update(update, bot.application, taken, context)
    answers = []  # to an edit, a reaction, an answer to a poll
    if update.message is not None:
        answers = ["sendMessage"]
    elif update.callback_query is not None:
        answers = ["answerCallbackQuery"]
    elif update.inline_query is not None:
        answers = ["answerInlineQuery"]
    done = [call.method for call in bot.request.calls[calls:]]
    assert done == ([] if allowed else answers), (handler.callback, role)
    return not allowed and update.message_reaction is None  # which is not noted


async def become(office: Office, role: Role) -> None:
    """Give the person who tries a role, whatever came before."""
    if await office.people.get(TRIED) is not None:
        await office.people.remove(CLI, TRIED, NOW)
    if role is Role.PENDING:
        await office.requests.make(somebody(TRIED), NOW)
    elif role is not Role.STRANGER:
        await office.people.set_role(CLI, TRIED, role, NOW, name="Thử")


async def test_who_is_refused_again_and_again_does_not_fill_the_log(approving: Bot) -> None:
    guest = approving.person(99)
    for _ in range(25):
        assert messages(await guest.sends("2 thạo là gì"))  # the answer stays the same
    assert [entry.details.get("times") for entry in await approving.office.log()] == [None, 10]
    await guest.sends("/people")  # something else
    approving.clock.moment += WINDOW
    await guest.sends("2 thạo là gì")
    newest = (await approving.office.log())[-2:]
    assert [entry.details["capability"] for entry in newest] == ["manage_people", "ask"]
    assert "times" not in newest[-1].details


@pytest.mark.parametrize("jump", [dt.timedelta(days=1), dt.timedelta(hours=-1)])
async def test_a_clock_that_is_put_on_or_back_hides_no_denial(
    approving: Bot, jump: dt.timedelta
) -> None:
    guest = approving.person(99)
    moments = []
    for _ in range(2):
        await guest.sends("2 thạo là gì")
        moments.append(approving.clock.moment)
        approving.clock.moment += jump
    assert [entry.at for entry in await approving.office.log()] == moments  # as it happened


async def test_an_unguarded_handler_is_refused(bot: Bot) -> None:
    async def callback(_update: object, _context: object) -> None:
        raise AssertionError("never reached")

    with pytest.raises(UnguardedHandlerError, match="capability"):
        bot.application.add_handler(CommandHandler("secret", callback))
    with pytest.raises(UnguardedHandlerError):
        bot.application.add_handlers([CommandHandler("secret", callback)])


@pytest.mark.parametrize("capability", Capability)
def test_every_capability_has_a_least_role(capability: Capability) -> None:
    assert capability in LEAST_ROLE
    ranks = [may(role, capability, Access.INVITE) for role in Role]
    assert ranks == sorted(ranks)  # whoever is above may all that those below may
    assert may(Role.ADMIN, capability, Access.INVITE)


async def test_every_command_of_a_menu_has_a_handler_that_needs_the_same(bot: Bot) -> None:
    needs = {
        command: handler.capability
        for handler in bot.application.handlers[0]
        if isinstance(handler, Guarded) and isinstance(handler.handler, CommandHandler)
        for command in handler.handler.commands
    }
    for command in bot.whole.core.menus.commands:
        assert needs[command.name] is command.capability
        assert len(command.description) <= 256


def menus_of(bot: Bot, access: Access) -> CommandMenus:
    menus = CommandMenus(access)
    menus.commands = bot.whole.core.menus.commands
    return menus


async def test_menus_grow_with_the_role(bot: Bot) -> None:
    menus = menus_of(bot, Access.INVITE)
    sizes = [len(menus.of(role)) for role in (Role.STRANGER, *ASSIGNABLE)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 0
    open_to_all = menus_of(bot, Access.OPEN)
    assert "people" in {command.name for command in open_to_all.of(Role.ADMIN)}


async def test_the_menus_keep_their_order(bot: Bot) -> None:
    menus = menus_of(bot, Access.INVITE)
    assert " ".join(command.name for command in menus.everybodys) == (
        "start ask new learn quiz review progress leaderboard certificate verify help mydata "
        "forgetme"
    )
    assert " ".join(command.name for command in menus.groups) == "ask new challenge"
    assert " ".join(command.name for command in menus.of(Role.ADMIN)) == (
        "drafts cohort items docs reload versions rollback inbox gaps stats export people invite "
        "audit"
    )


async def test_a_demoted_admin_is_refused_at_the_next_step(approving: Bot) -> None:
    await approving.office.has(Role.ADMIN, 1, 2)
    admin = approving.person(1)
    (asked,) = messages(await admin.sends("/invite"))
    step = asked.buttons[ROLES[Role.STAFF].capitalize()]
    assert (await admin.presses(step))[-1].method == "editMessageText"
    await approving.office.has(Role.EDITOR, 1)
    (answered,) = await admin.presses(step)
    assert answered.parameters["text"] == telegram_texts.DENIED.format(role=ROLES[Role.ADMIN])
    assert await approving.office.invitations.count() == 0


async def test_a_button_shown_to_somebody_else_is_refused(approving: Bot) -> None:
    await approving.office.has(Role.ADMIN, 1, 2)
    await approving.office.has(Role.STAFF, 3)
    (listed,) = messages(await approving.person(1).sends("/people"))
    button = listed.buttons[f"Người 3 – {ROLES[Role.STAFF]}"]
    for other in (2, 3, 99):
        (answered,) = await approving.person(other).presses(button, chat=GROUP)
        assert answered.parameters["text"] == telegram_texts.NOT_YOUR_BUTTON
        last = (await approving.office.log())[-1]
        assert (last.denied, last.details["why"]) == (True, "not_your_button")
        assert last.actor is not None
        assert last.actor.person_id == other
    # A changed client may put itself into the data: then the role decides.
    forged = RolePress(3, 3, Role.ADMIN).data
    (answered,) = await approving.person(3).presses(forged)
    assert answered.parameters["text"] == telegram_texts.DENIED.format(role=ROLES[Role.ADMIN])
    assert await approving.office.role(3) is Role.STAFF


@pytest.mark.parametrize(
    "data",
    ["pr:1:1:admin:x", "pr:1", "pr:1:zz:admin", "pr:1::", "pr:1:2:boss", "pl:1:zzzzzzzzzzzz",
     "in:1:admin:9999:9999", "ir:1:zz", "au:1:zzzz", "ax:1:exe", "jd:1:s", "jd:1:q:3"],
)  # fmt: skip
async def test_odd_buttons_do_no_harm(approving: Bot, data: str) -> None:
    await approving.office.has(Role.ADMIN, 1)
    failures: list[object] = []

    async def failed(_update: object, context: Any) -> None:
        failures.append(context.error)

    approving.application.error_handlers.clear()
    approving.application.add_error_handler(failed)
    await approving.person(1).presses(data)
    assert failures == []
    assert await approving.office.invitations.count() == 0
    assert [person.id for person in await approving.office.people.page(0, 9)] == [1]


def kinds_of_buttons(base: type[Press] = Press) -> Iterator[type[Press]]:
    """Every kind of button that there is."""
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of_buttons(kind)


WORK_IN_GROUPS = {
    "SourcesPress", "TopicPress", "TablePress", "VotePress", "SuggestionPress", "ChoosePress",
    "StopPress", "JoinPress", "DocumentsPage", "AlternativePress",
}  # fmt: skip
"""Buttons under what everybody in a group may see; any other is for its person's private chat."""


async def test_buttons_work_where_they_belong(approving: Bot) -> None:
    await approving.office.has(Role.ADMIN, TRIED)
    kinds = {press.kind: press for press in kinds_of_buttons()}
    working = set()
    for handler in approving.application.handlers[0]:
        assert isinstance(handler, Guarded)
        if not isinstance(handler.handler, CallbackQueryHandler) or not handler.handler.pattern:
            continue
        kind = re.match(r"[a-z]+", handler.handler.pattern.pattern)[0]  # type: ignore[union-attr,index]
        data = f"{kind}:{to_base36(TRIED)}"
        calls = await approving.person(TRIED).presses(data, chat=GROUP)
        if handler.where is Where.PRIVATE:
            (answer,) = calls
            assert answer.method == "answerCallbackQuery"
            assert answer.parameters["text"] == telegram_texts.BUTTON_NOT_HERE["PRIVATE"]
        else:
            working.add(kinds[kind].__name__)
    assert working == WORK_IN_GROUPS
    assert (await approving.office.log())[-1].details["why"] == "not_in_this_chat"


async def test_a_button_of_groups_does_nothing_in_private(approving: Bot) -> None:
    await approving.office.has(Role.ADMIN, 1)
    (answer,) = await approving.person(1).presses("ch:1:")
    assert answer.parameters["text"] == telegram_texts.BUTTON_NOT_HERE["GROUPS"]


async def test_an_anonymous_admin_has_no_role_whatever_is_stored(approving: Bot) -> None:
    await approving.office.has(Role.ADMIN, ANONYMOUS_ADMIN)
    anonymous = approving.person(ANONYMOUS_ADMIN)
    (refusal,) = messages(await anonymous.sends("/ask 2 thạo là gì", chat=GROUP))
    assert refusal.text == telegram_texts.DENIED_APPROVAL
    assert await approving.whole.core.gate.role_of(ANONYMOUS_ADMIN) is Role.STRANGER


async def test_in_a_group_somebody_is_refused_once_an_hour(approving: Bot) -> None:
    one, two = approving.person(98), approving.person(99)
    for person in (one, two):
        assert messages(await person.sends("/ask 2 thạo là gì", chat=GROUP))
        assert await person.sends("/challenge", chat=GROUP) == []
        assert messages(await person.sends("2 thạo là gì"))  # in private, always
    assert messages(await one.sends("/ask a", chat={**GROUP, "id": -1009}))
    approving.clock.moment += WINDOW
    assert messages(await one.sends("/ask 2 thạo là gì", chat=GROUP))
