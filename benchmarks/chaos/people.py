"""What the people of a trial office do, and the ledger of what Telegram took from them.

They go on while the bot is away, as people do, but nobody asks for a third thing before the first
was answered. What a person does is in the ledger once the Bot API server has it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.features.answer_log.buttons import Verdict, VotePress
from bot.features.documents.buttons import DraftAction, DraftPress
from bot.features.documents.texts import TOO_MANY_ATTEMPTS
from bot.sandbox.persona import RefusedError
from bot.telegram.callbacks import Press, read_press
from knowledge.quiz.bank.reading import read_bank

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from bot.sandbox import Sandbox
    from bot.sandbox.chats import Message
    from bot.sandbox.persona import Persona

P = TypeVar("P", bound=Press)

_QUESTIONS = (
    "2 thạo là gì",
    "3 không là gì",
    "3 đúng là gì",
    "Tỉnh Lào Cai tái lập ngày nào?",
    "Ngày truyền thống Văn phòng là ngày nào?",
    "2 thạo 3 đúng 3 không gồm những gì?",
    "giá vàng hôm nay",
)
_VOTES = 0.35  # share of answers that somebody votes on
_WRONG = 0.2
_MOST_WAITING = 2
_GIVEN_UP = TOO_MANY_ATTEMPTS.partition("{count}")[2]
_ROOT = Path(__file__).parents[2]
_NUMBER = re.compile(r"^Câu \d+/\d+\. ")
BANK = {
    question.text: question
    for question in read_bank(_ROOT / "knowledge" / "quiz" / "office").bank.questions.values()
}


@dataclass
class Ledger:
    """What Telegram took from one person."""

    questions: list[str] = field(default_factory=list)
    votes: dict[str, str] = field(default_factory=dict)
    """By answer: "up" or "down"."""
    chosen: list[tuple[str, list[frozenset[str]]]] = field(default_factory=list)
    """Answers to quiz questions, in order: several to one that was sent once more."""
    sent_files: list[str] = field(default_factory=list)
    kept_files: list[str] = field(default_factory=list)
    given_up_files: list[str] = field(default_factory=list)
    """Those whose sender was told that they could not be read, and why."""
    reloads: int = 0


class Person:
    """Somebody with the bot's chat before their eyes."""

    def __init__(self, sandbox: Sandbox, key: str, rng: random.Random) -> None:
        profile = sandbox.world.people.persona(key)
        self.persona: Persona = sandbox.persona(key)
        self.user_id = profile.user.id
        self.rng = rng
        self.ledger = Ledger()
        self._world = sandbox.world
        self._pressing: set[asyncio.Task[object]] = set()

    def seen(self) -> list[Message]:
        """Return what the bot wrote to them, oldest first."""
        chat = self._world.private_chat(self.user_id)
        messages = () if chat is None else chat.messages.values()
        return [message for message in messages if message.sender.is_bot]

    def answers(self) -> dict[str, list[Message]]:
        """Return the messages that show answers, by the answer's id."""
        found: dict[str, list[Message]] = {}
        for message in self.seen():
            for answer_id in {press.answer_id for press in _presses(message, VotePress)}:
                found.setdefault(answer_id, []).append(message)
        return found

    async def act(self) -> None:
        """Do the next thing, if it is time for it."""
        waiting = len(self.ledger.questions) - len(self.answers())
        unvoted = [key for key in self.answers() if key not in self.ledger.votes]
        if unvoted and self.rng.random() < _VOTES:
            self._vote(self.rng.choice(unvoted))
        elif waiting < _MOST_WAITING:
            question = self.rng.choice(_QUESTIONS)
            await self.persona.sends(question)
            self.ledger.questions.append(question)

    def waits(self) -> list[str]:
        """Tell what has not come yet."""
        missing = len(self.ledger.questions) - len(self.answers())
        return [f"{missing} answers"] if missing else []

    def _vote(self, answer_id: str) -> None:
        message = self.answers()[answer_id][-1]
        verdict = self.rng.choice((Verdict.UP, Verdict.DOWN))
        self.press(message, lambda press: press == VotePress(answer_id, verdict))
        self.ledger.votes[answer_id] = "up" if verdict is Verdict.UP else "down"

    def press(self, message: Message, which: Callable[[object], bool]) -> None:
        """Press a button, without waiting for what the bot says to it."""
        for row, buttons in enumerate(_keyboard(message)):
            for column, button in enumerate(buttons):
                if which(read_press(button.get("callback_data"))):
                    self._press(message, row, column)
                    return
        raise AssertionError(f"no such button under {message.text!r}")

    def _press(self, message: Message, row: int, column: int) -> None:
        path = f"private/messages/{message.message_id}/press"
        task = asyncio.ensure_future(self.persona.post(path, {"row": row, "column": column}))
        self._pressing.add(task)
        task.add_done_callback(self._pressing.discard)

    async def leaves(self) -> None:
        """Close the chat."""
        for task in self._pressing:
            task.cancel()
        await asyncio.gather(*self._pressing, return_exceptions=True)
        await self.persona.close()


class Pupil(Person):
    """Somebody who takes one quiz after another."""

    def __init__(self, sandbox: Sandbox, key: str, rng: random.Random) -> None:
        super().__init__(sandbox, key, rng)
        self._voted: set[int] = set()
        self._asked_for_quiz = 0
        """The number of messages seen when a quiz was asked for; 0: it has come."""

    async def act(self) -> None:
        """Answer the question that is open, or ask for a quiz."""
        polls = [message for message in self.seen() if message.poll is not None]
        newest = polls[-1] if polls else None
        if newest is not None and newest.message_id not in self._voted and newest.poll is not None:
            if not newest.poll.is_closed:
                await self._answer(newest)
            return
        after = [m for m in self.seen() if newest is None or m.message_id > newest.message_id]
        ended = any(_is_result(message) for message in after)
        if (newest is None or ended) and not self._waits_for_quiz(len(polls)):
            topic = self.rng.randint(1, 9)
            await self.persona.sends(f"/quiz {topic}")
            self._asked_for_quiz = len(polls) + 1

    def waits(self) -> list[str]:
        """Tell what has not come yet: after an answer comes a question or a result."""
        seen = self.seen()
        polls = [message for message in seen if message.poll is not None]
        if self._waits_for_quiz(len(polls)):
            return ["a quiz"]
        if not polls or polls[-1].message_id not in self._voted:
            return []
        after = [message for message in seen if message.message_id > polls[-1].message_id]
        return [] if any(_is_result(message) for message in after) else ["what follows an answer"]

    def _waits_for_quiz(self, polls: int) -> bool:
        return self._asked_for_quiz > polls

    async def _answer(self, message: Message) -> None:
        poll = message.poll
        if poll is None:
            return
        options = [option["text"] for option in poll.json()["options"]]
        text = _NUMBER.sub("", poll.json()["question"])
        question = BANK[text]
        right = {question.options[index] for index in question.correct}
        places = [place for place, option in enumerate(options) if option in right]
        if self.rng.random() < _WRONG:
            places = [next(place for place in range(len(options)) if place not in places)]
        chosen = frozenset(options[place] for place in places)
        path = f"private/messages/{message.message_id}/vote"
        try:
            await self.persona.post(path, {"options": places})
        except RefusedError:  # it was closed at this moment
            return
        if self._is_asked_again(message):
            self.ledger.chosen[-1][1].append(chosen)
        else:
            self.ledger.chosen.append((text, [chosen]))
        self._voted.add(message.message_id)

    def asked_again(self) -> int:
        """Return how many questions were sent once more."""
        return sum(map(self._is_asked_again, self.seen()))

    def _is_asked_again(self, message: Message) -> bool:
        """Tell whether a poll was sent before, and answered: with the same options in their order.

        Nothing but what was wrong about its answer stands between the two.
        """
        before = [each for each in self.seen() if each.message_id < message.message_id]
        asked = next((each for each in reversed(before) if each.poll or _is_result(each)), None)
        return (
            asked is not None
            and asked.message_id in self._voted
            and _asks(asked) is not None
            and _asks(asked) == _asks(message)
        )


class Editor(Person):
    """Somebody who sends documents and has them stored."""

    async def act(self) -> None:
        """Send a document, or store the one that was read."""
        cards = {name: message for message in self.seen() if (name := self._draft(message))}
        for name, message in cards.items():
            if name not in self.ledger.kept_files:
                self.press(message, _keeps)
                self.ledger.kept_files.append(name)
                return
        self.ledger.given_up_files = self._given_up()
        over = {*self.ledger.kept_files, *self.ledger.given_up_files}
        if over.issuperset(self.ledger.sent_files):
            number = f"{self.user_id}-{len(self.ledger.sent_files) + 1}"
            name = f"thong-bao-{number}.txt"
            text = (
                f"Thông báo số {number} về phòng họp\n\nPhòng họp mang mã {number} mở cửa lúc 7 "
                f"giờ 30 phút và đóng cửa lúc 17 giờ vào các ngày làm việc trong tuần."
            )
            await self.persona.sends_files((name, text.encode()))
            self.ledger.sent_files.append(name)

    def waits(self) -> list[str]:
        """Tell what has not come yet."""
        cards = {name for message in self.seen() if (name := self._draft(message))}
        self.ledger.given_up_files = self._given_up()
        told = {*cards, *self.ledger.given_up_files}
        return [f"the card of {name}" for name in self.ledger.sent_files if name not in told]

    def _given_up(self) -> list[str]:
        """Return the files of which the bot said that each reading of them was cut off."""
        said = [message.text for message in self.seen() if _GIVEN_UP in message.text]
        return [name for name in self.ledger.sent_files if any(name in text for text in said)]

    def _draft(self, message: Message) -> str:
        """Return the name of the file whose card a message is; empty for any other.

        What was stored has no buttons any more, so its card is remembered by the ledger.
        """
        newest = reversed(self.ledger.sent_files)  # a card names likely duplicates, too
        name = next((name for name in newest if _number(name) in message.text), "")
        if name in self.ledger.kept_files:
            return name
        return name if any(map(_keeps, _presses(message, DraftPress))) else ""


class Admin(Person):
    """Somebody who changes an article and reloads."""

    def __init__(self, sandbox: Sandbox, key: str, rng: random.Random, articles: Path) -> None:
        super().__init__(sandbox, key, rng)
        self._article = articles / "phong-hop.md"
        self._reports = 0

    async def act(self) -> None:
        """Reload, once what was asked for before is told."""
        if self.waits():
            return
        number = self.ledger.reloads + 1
        self._article.write_text(
            f"---\ntitle: Lịch trực lần {number}\nsource: Văn phòng\n---\n\n"
            f"Lịch trực lần {number} có {number} người trực ban tại trụ sở.\n",
            "utf-8",
        )
        await self.persona.sends("/reload")
        self.ledger.reloads = number

    def waits(self) -> list[str]:
        """Tell what has not come yet."""
        missing = self.ledger.reloads - sum(map(_is_report, self.seen()))
        return [f"{missing} reports"] if missing > 0 else []


def _number(name: str) -> str:
    """Return what stands in a file of that name and in no other."""
    return f"số {name.removeprefix('thong-bao-').removesuffix('.txt')} "


def _keyboard(message: Message) -> list[list[dict[str, str]]]:
    keyboard: list[list[dict[str, str]]] = (message.reply_markup or {}).get("inline_keyboard", [])
    return keyboard


def _presses(message: Message, kind: type[P]) -> Iterator[P]:
    for row in _keyboard(message):
        for button in row:
            press = read_press(button.get("callback_data"))
            if isinstance(press, kind):
                yield press


def _keeps(press: object) -> bool:
    return isinstance(press, DraftPress) and press.action is DraftAction.KEEP


def _asks(message: Message) -> list[str] | None:
    if message.poll is None:
        return None
    poll = message.poll.json()
    return [poll["question"], *(option["text"] for option in poll["options"])]


def _is_result(message: Message) -> bool:
    return message.text.startswith("🏁")


def _is_report(message: Message) -> bool:
    return message.text.startswith(("✅ Đã chuyển", "✅ Tài liệu", "⚠️ Bản", "⛔"))
