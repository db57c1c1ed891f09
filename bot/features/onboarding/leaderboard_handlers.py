"""/leaderboard: points within departments and among them, of those who want to be seen."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from telegram import ForceReply, InlineKeyboardMarkup

from bot.access.authorisation import Capability
from bot.features.onboarding import leaderboard_texts as texts
from bot.features.onboarding.leaderboard import (
    LEAST_PEOPLE,
    QUESTION_POINTS,
    TOPIC_POINTS,
    DepartmentNameError,
)
from bot.features.quizzes import DEPARTMENT_CHARACTERS
from bot.telegram.callbacks import PersonalPress
from bot.telegram.formatting import escape_line
from bot.telegram.gate import Guarded, Tap, identity_of, in_private, on_press, on_reply
from bot.telegram.paging import Page
from bot.telegram.sending import acknowledge, ask_for_reply, edit, reply
from bot.vietnamese_numbers import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import Update, User

    from bot.features.onboarding.leaderboard import Department, Leaderboard, Membership, Ranked
    from bot.features.quizzes import Learners
    from bot.telegram.sending import Context

_PEOPLE_SHOWN, _DEPARTMENTS_SHOWN, _CHOICES = 15, 10, 20
_NAME_UNITS = 60
_PROMPT = texts.PROMPT.format(most=DEPARTMENT_CHARACTERS)
_PROMPTED = re.compile(rf"{re.escape(_PROMPT)}\Z")


class LeaderboardPage(PersonalPress, kind="lbp"):
    """Shows a department; None for the presser's own."""

    page: int | None


class JoinPress(PersonalPress, kind="lbj"):
    """Puts the presser on the leaderboard."""


class LeavePress(PersonalPress, kind="lbl"):
    """Takes the presser off the leaderboard."""


class ChoosePress(PersonalPress, kind="lbc"):
    """Offers the departments that there are."""


class DepartmentPress(PersonalPress, kind="lbd"):
    """Sets the presser's department."""

    key: str


class TypePress(PersonalPress, kind="lbt"):
    """Asks for a department that is not offered."""


class ClearPress(PersonalPress, kind="lbx"):
    """Takes the presser's department away."""


class LeaderboardHandlers:
    """Shows the leaderboard in private; needs to stand before the handlers of questions."""

    def __init__(self, leaderboard: Leaderboard, learners: Learners) -> None:
        self._leaderboard = leaderboard
        self._learners = learners

    def handlers(self) -> list[Guarded]:
        """Return the handlers of the command, its buttons and the typed department."""
        gone = texts.DEPARTMENT_GONE
        return [
            *in_private(Capability.LEARN, leaderboard=self.leaderboard),
            on_press(Capability.LEARN, LeaderboardPage, self.turn, gone),
            on_press(Capability.LEARN, JoinPress, self.join, gone),
            on_press(Capability.LEARN, LeavePress, self.leave, gone),
            on_press(Capability.LEARN, ChoosePress, self.choose, gone),
            on_press(Capability.LEARN, DepartmentPress, self.set_department, gone),
            on_press(Capability.LEARN, TypePress, self.ask_department, gone),
            on_press(Capability.LEARN, ClearPress, self.clear_department, gone),
            on_reply(Capability.LEARN, _PROMPTED, self.typed_department),
        ]

    async def leaderboard(self, update: Update, context: Context) -> None:
        """Send the leaderboard, beginning with the sender's department."""
        if update.effective_user is not None:
            text, keyboard = await self._page(None, update.effective_user)
            await reply(update, context, [text], keyboard)

    async def turn(self, tap: Tap, press: LeaderboardPage) -> None:
        """Show another department."""
        await acknowledge(tap.query)
        await edit(tap.update, *await self._page(press.page, tap.query.from_user))

    async def join(self, tap: Tap, _press: JoinPress) -> None:
        """Put the presser on the leaderboard."""
        await self._join(tap, on=True)

    async def leave(self, tap: Tap, _press: LeavePress) -> None:
        """Take the presser off the leaderboard."""
        await self._join(tap, on=False)

    async def _join(self, tap: Tap, *, on: bool) -> None:
        user = tap.query.from_user
        await self._learners.meet(identity_of(user))
        await self._leaderboard.join(user.id, on=on)
        await acknowledge(tap.query, texts.YOU_IN if on else texts.YOU_OUT)
        await edit(tap.update, *await self._page(None, user))

    async def choose(self, tap: Tap, press: ChoosePress) -> None:
        """Offer the departments that there are."""
        await acknowledge(tap.query)
        owner = press.owner
        chosen = (await self._leaderboard.membership(owner)).department
        rows = [
            [DepartmentPress(owner, _key(name)).button(name)]
            for name in (await self._leaderboard.names())[:_CHOICES]
        ]
        last = [TypePress(owner).button(texts.TYPE_BUTTON)]
        if chosen is not None:
            last.append(ClearPress(owner).button(texts.CLEAR_BUTTON))
        rows += [last, [LeaderboardPage(owner, None).button(texts.BACK_BUTTON)]]
        text = texts.CHOOSE.format(
            department=escape_line(chosen or texts.NO_DEPARTMENT, _NAME_UNITS)
        )
        await edit(tap.update, text, InlineKeyboardMarkup(rows))

    async def set_department(self, tap: Tap, press: DepartmentPress) -> None:
        """Set the department of the button."""
        name = next((n for n in await self._leaderboard.names() if _key(n) == press.key), None)
        if name is None:
            await acknowledge(tap.query, texts.DEPARTMENT_GONE, alert=True)
            return
        await acknowledge(tap.query)
        await self._set_department(tap.query.from_user, name)
        await edit(tap.update, *await self._page(None, tap.query.from_user))

    async def clear_department(self, tap: Tap, _press: ClearPress) -> None:
        """Take the department away."""
        await acknowledge(tap.query, texts.CLEARED)
        await self._set_department(tap.query.from_user, None)
        await edit(tap.update, *await self._page(None, tap.query.from_user))

    async def ask_department(self, tap: Tap, _press: TypePress) -> None:
        """Ask for a department that is not offered."""
        await acknowledge(tap.query)
        await ask_for_reply(tap.update, tap.context, _PROMPT, texts.PLACEHOLDER)

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
        await reply(
            update, context, [texts.SET.format(department=escape_line(chosen, _NAME_UNITS))]
        )

    async def _set_department(self, user: User, name: str | None) -> None:
        await self._learners.meet(identity_of(user))
        await self._leaderboard.set_department(user.id, name)

    async def _page(self, number: int | None, user: User) -> tuple[str, InlineKeyboardMarkup]:
        departments = await self._leaderboard.departments()
        own = await self._leaderboard.membership(user.id)
        if number is None:
            places = [n for n, found in enumerate(departments) if found.name == own.department]
            number = places[0] if places else 0
        page = Page.of(number, len(departments), 1)
        change = (
            LeavePress(user.id).button(texts.LEAVE_BUTTON)
            if own.on_leaderboard
            else JoinPress(user.id).button(texts.JOIN_BUTTON)
        )
        rows = [
            page.buttons(LeaderboardPage, user.id),
            [change, ChoosePress(user.id).button(texts.DEPARTMENT_BUTTON)],
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
            name=escape_line(department.name or "", _NAME_UNITS),
            mean=decimal(department.mean),
            people=len(department.people),
        )


def _people_lines(department: Department, page: Page, person_id: int) -> Iterator[str]:
    yield texts.PEOPLE.format(
        department=escape_line(department.name or texts.NO_DEPARTMENT, _NAME_UNITS),
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
        name=escape_line(person.name, _NAME_UNITS),
        points=person.points,
        you=texts.YOU if person.person_id == person_id else "",
    )


def _place(place: int) -> str:
    medals = texts.MEDALS
    return medals[place - 1] if place <= len(medals) else texts.PLACE.format(place=place)


def _key(name: str) -> str:
    """Return what names a department in a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]
