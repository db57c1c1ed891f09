"""/leaderboard: points within departments and among them, of those who want to be seen."""

from __future__ import annotations

import hashlib
import html
from typing import TYPE_CHECKING

from telegram import ForceReply, InlineKeyboardMarkup
from telegram.ext import MessageHandler, filters

from bot.access.authorisation import Capability
from bot.features.onboarding import leaderboard_texts as texts
from bot.features.onboarding.leaderboard import (
    LEAST_PEOPLE,
    QUESTION_POINTS,
    TOPIC_POINTS,
    DepartmentNameError,
)
from bot.features.quizzes.tables import DEPARTMENT_CHARACTERS
from bot.limits import BUTTON_CHARACTERS
from bot.telegram.callbacks import arguments_of, owned_button
from bot.telegram.formatting import clip
from bot.telegram.gate import Guarded, identity_of, in_private
from bot.telegram.paging import Page
from bot.telegram.sending import acknowledge, edit, reply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Message, Update, User

    from bot.features.onboarding.leaderboard import Department, Leaderboard, Membership, Ranked
    from bot.features.quizzes.learners import Learners
    from bot.telegram.sending import Context

_PAGE, _JOIN, _LEAVE, _CHOOSE, _DEPARTMENT, _TYPE, _CLEAR = (
    "lbp", "lbj", "lbl", "lbc", "lbd", "lbt", "lbx",
)  # fmt: skip
_PEOPLE_SHOWN, _DEPARTMENTS_SHOWN, _CHOICES = 15, 10, 20
_NAME_UNITS = 60
_PROMPT = texts.PROMPT.format(most=DEPARTMENT_CHARACTERS)


class AnsweredPrompt(filters.MessageFilter):
    """Lets through a text that replies to the bot's question for a department."""

    def filter(self, message: Message) -> bool:
        """Tell whether the message replies to that question."""
        asked = message.reply_to_message
        if asked is None or asked.from_user is None:
            return False
        return asked.from_user.id == message.get_bot().id and asked.text == _PROMPT


class LeaderboardHandlers:
    """Shows the leaderboard in private; needs to stand before the handlers of questions."""

    def __init__(self, leaderboard: Leaderboard, learners: Learners) -> None:
        self._leaderboard = leaderboard
        self._learners = learners

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, its buttons and the typed department."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        typed = private & filters.TEXT & ~filters.COMMAND & AnsweredPrompt()
        return [
            *in_private(
                Capability.LEARN,
                {"leaderboard": self.leaderboard},
                {
                    _PAGE: self.turn,
                    _JOIN: self.join,
                    _LEAVE: self.leave,
                    _CHOOSE: self.choose,
                    _DEPARTMENT: self.set_department,
                    _TYPE: self.ask_department,
                    _CLEAR: self.clear_department,
                },
            ),
            Guarded(Capability.LEARN, MessageHandler(typed, self.typed_department)),
        ]

    async def leaderboard(self, update: Update, context: Context) -> None:
        """Send the leaderboard, beginning with the sender's department."""
        if update.effective_user is not None:
            text, keyboard = await self._page(None, update.effective_user)
            await reply(update, context, [text], keyboard)

    async def turn(self, update: Update, _context: Context) -> None:
        """Show another department."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        page = "".join(arguments_of(query.data)[:1]) or None
        await edit(update, *await self._page(page, query.from_user))

    async def join(self, update: Update, _context: Context) -> None:
        """Put the presser on the leaderboard."""
        await self._join(update, on=True)

    async def leave(self, update: Update, _context: Context) -> None:
        """Take the presser off the leaderboard."""
        await self._join(update, on=False)

    async def _join(self, update: Update, *, on: bool) -> None:
        query = update.callback_query
        if query is None:
            return
        await self._learners.meet(identity_of(query.from_user))
        await self._leaderboard.join(query.from_user.id, on=on)
        await acknowledge(query, texts.YOU_IN if on else texts.YOU_OUT)
        await edit(update, *await self._page(None, query.from_user))

    async def choose(self, update: Update, _context: Context) -> None:
        """Offer the departments that there are."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        owner = query.from_user.id
        chosen = (await self._leaderboard.membership(owner)).department
        rows = [
            [owned_button(clip(name, BUTTON_CHARACTERS), _DEPARTMENT, owner, _key(name))]
            for name in (await self._leaderboard.names())[:_CHOICES]
        ]
        last = [owned_button(texts.TYPE_BUTTON, _TYPE, owner)]
        if chosen is not None:
            last.append(owned_button(texts.CLEAR_BUTTON, _CLEAR, owner))
        rows += [last, [owned_button(texts.BACK_BUTTON, _PAGE, owner, "")]]
        text = texts.CHOOSE.format(department=_escaped(chosen or texts.NO_DEPARTMENT))
        await edit(update, text, InlineKeyboardMarkup(rows))

    async def set_department(self, update: Update, _context: Context) -> None:
        """Set the department of the button."""
        query = update.callback_query
        if query is None:
            return
        key = "".join(arguments_of(query.data)[:1])
        name = next((n for n in await self._leaderboard.names() if _key(n) == key), None)
        if name is None:
            await acknowledge(query, texts.DEPARTMENT_GONE, alert=True)
            return
        await acknowledge(query)
        await self._set_department(query.from_user, name)
        await edit(update, *await self._page(None, query.from_user))

    async def clear_department(self, update: Update, _context: Context) -> None:
        """Take the department away."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query, texts.CLEARED)
        await self._set_department(query.from_user, None)
        await edit(update, *await self._page(None, query.from_user))

    async def ask_department(self, update: Update, context: Context) -> None:
        """Ask for a department that is not offered."""
        query, chat = update.callback_query, update.effective_chat
        if query is None or chat is None:
            return
        await acknowledge(query)
        await context.bot.send_message(
            chat.id, _PROMPT, reply_markup=ForceReply(input_field_placeholder=texts.PLACEHOLDER)
        )

    async def typed_department(self, update: Update, context: Context) -> None:
        """Set the department that was typed, or ask again."""
        message, user = update.effective_message, update.effective_user
        if message is None or user is None:
            return
        try:
            await self._set_department(user, message.text or "")
        except DepartmentNameError as error:
            await reply(update, context, [str(error)])
            await context.bot.send_message(message.chat_id, _PROMPT, reply_markup=ForceReply())
            return
        chosen = (await self._leaderboard.membership(user.id)).department or texts.NO_DEPARTMENT
        await reply(update, context, [texts.SET.format(department=_escaped(chosen))])

    async def _set_department(self, user: User, name: str | None) -> None:
        await self._learners.meet(identity_of(user))
        await self._leaderboard.set_department(user.id, name)

    async def _page(self, argument: str | None, user: User) -> tuple[str, InlineKeyboardMarkup]:
        departments = await self._leaderboard.departments()
        own = await self._leaderboard.membership(user.id)
        page = Page.of(argument or "", len(departments), 1)
        if argument is None:
            places = [n for n, found in enumerate(departments) if found.name == own.department]
            page = Page(places[0] if places else 0, len(departments), 1)
        label, kind = (
            (texts.LEAVE_BUTTON, _LEAVE) if own.on_leaderboard else (texts.JOIN_BUTTON, _JOIN)
        )
        rows = [
            page.buttons(_PAGE, user.id),
            [
                owned_button(label, kind, user.id),
                owned_button(texts.DEPARTMENT_BUTTON, _CHOOSE, user.id),
            ],
        ]
        text = "\n".join(_lines(departments, page, own, user.id))
        return text, InlineKeyboardMarkup([row for row in rows if row])


def _lines(
    departments: Sequence[Department], page: Page, own: Membership, person_id: int
) -> Iterator[str]:
    yield texts.TITLE
    yield texts.RULE.format(topic=TOPIC_POINTS, question=QUESTION_POINTS)
    yield ""
    if departments:
        yield from _department_lines(departments)
        yield ""
        yield from _people_lines(departments[page.number], page, person_id)
    else:
        yield texts.EMPTY
    yield ""
    yield texts.YOU_IN if own.on_leaderboard else texts.YOU_OUT


def _department_lines(departments: Sequence[Department]) -> Iterator[str]:
    compared = [department for department in departments if department.shown]
    if not compared:
        yield texts.NO_DEPARTMENTS.format(least=LEAST_PEOPLE)
        return
    yield texts.DEPARTMENTS.format(least=LEAST_PEOPLE)
    for place, department in enumerate(compared[:_DEPARTMENTS_SHOWN], 1):
        yield texts.DEPARTMENT_LINE.format(
            place=_place(place),
            name=_escaped(department.name or ""),
            mean=f"{department.mean:.1f}".replace(".", ","),
            people=len(department.people),
        )


def _people_lines(department: Department, page: Page, person_id: int) -> Iterator[str]:
    yield texts.PEOPLE.format(
        department=_escaped(department.name or texts.NO_DEPARTMENT),
        page=page.number + 1,
        pages=page.pages,
    )
    shown, rest = department.people[:_PEOPLE_SHOWN], department.people[_PEOPLE_SHOWN:]
    for person in shown:
        yield _person_line(person, person_id)
    for person in rest:
        if person.person_id == person_id:
            yield _person_line(person, person_id)
    if rest:
        yield texts.MORE.format(count=len(rest))


def _person_line(person: Ranked, person_id: int) -> str:
    return texts.PERSON_LINE.format(
        place=_place(person.place),
        name=_escaped(person.name),
        points=person.points,
        you=texts.YOU if person.person_id == person_id else "",
    )


def _place(place: int) -> str:
    medals = texts.MEDALS
    return medals[place - 1] if place <= len(medals) else texts.PLACE.format(place=place)


def _escaped(text: str) -> str:
    return html.escape(clip(" ".join(text.split()), _NAME_UNITS), quote=False)


def _key(name: str) -> str:
    """Return what names a department in a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]
