"""The buttons of learning: what kinds there are and what their data means.

`ln:<owner>:…` is the path: `h` home, `l:<topic>` lesson, `q:<topic>` its quiz, `r:0|1` reminders.
`qz:<owner>:…` are quizzes: `c` go on, `p` pause, `n` choose, `t:<topic>` practise, `m` mixed.
`rv:<owner>:…` are reviews: `g` begin, `k:<answer>` keep an answer, and of a card of one's own
`s:<card>` show, `r:<card>:<rating>` rate, `d:<card>` delete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.quizzes import texts
from bot.limits import BUTTON_CHARACTERS
from bot.telegram.callbacks import owned_button, owned_data
from bot.telegram.formatting import clip

if TYPE_CHECKING:
    from knowledge.quiz.topic import QuizTopic

PATH = "ln"
QUIZ = "qz"
REVIEW = "rv"


def home_data(owner: int) -> str:
    """Return the data of a button that shows the path."""
    return owned_data(PATH, owner, "h")


def review_data(owner: int) -> str:
    """Return the data of a button that begins a review."""
    return owned_data(REVIEW, owner, "g")


def home_button(owner: int) -> InlineKeyboardButton:
    """Return the button that shows the path."""
    return owned_button(texts.HOME_BUTTON, PATH, owner, "h")


def start_button(owner: int) -> InlineKeyboardButton:
    """Return the button with which a newcomer begins."""
    return owned_button(texts.START_BUTTON, PATH, owner, "h")


def lesson_button(label: str, owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return a button that shows a topic's lesson."""
    return owned_button(_short(label.format(title=topic.title)), PATH, owner, "l", topic.topic_id)


def take_button(label: str, owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return a button that begins the quiz of a topic on the path."""
    return owned_button(label, PATH, owner, "q", topic.topic_id)


def reminders_button(owner: int, *, on: bool) -> InlineKeyboardButton:
    """Return the button that turns reminders on or off; `on`: they are on now."""
    label = texts.REMINDERS_OFF_BUTTON if on else texts.REMINDERS_ON_BUTTON
    return owned_button(label, PATH, owner, "r", "0" if on else "1")


def continue_button(owner: int) -> InlineKeyboardButton:
    """Return the button that goes on with an unfinished quiz."""
    return owned_button(texts.CONTINUE_BUTTON, QUIZ, owner, "c")


def pause_keyboard(owner: int) -> InlineKeyboardMarkup:
    """Return the button under a question."""
    return InlineKeyboardMarkup([[owned_button(texts.PAUSE_BUTTON, QUIZ, owner, "p")]])


def continue_keyboard(owner: int) -> InlineKeyboardMarkup:
    """Return the button to go on, alone."""
    return InlineKeyboardMarkup([[continue_button(owner)]])


def choose_button(label: str, owner: int) -> InlineKeyboardButton:
    """Return a button that offers the topics."""
    return owned_button(label, QUIZ, owner, "n")


def practise_button(label: str, owner: int, topic: QuizTopic) -> InlineKeyboardButton:
    """Return a button that begins a quiz for practice."""
    return owned_button(_short(label), QUIZ, owner, "t", topic.topic_id)


def mixed_button(owner: int) -> InlineKeyboardButton:
    """Return the button for a quiz over all topics."""
    return owned_button(texts.MIXED_BUTTON, QUIZ, owner, "m")


def review_button(owner: int, count: int) -> InlineKeyboardButton:
    """Return the button that begins a review of `count` cards."""
    return owned_button(texts.REVIEW_BUTTON.format(count=count), REVIEW, owner, "g")


def keep_button(owner: int, answer_id: str) -> InlineKeyboardButton:
    """Return the button under an answer that makes a card of it."""
    return owned_button(texts.KEEP_BUTTON, REVIEW, owner, "k", answer_id.lower())


def card_keyboard(owner: int, number: str) -> InlineKeyboardMarkup:
    """Return the buttons under the question of a person's own card."""
    return InlineKeyboardMarkup(
        [
            [
                owned_button(texts.SHOW_ANSWER_BUTTON, REVIEW, owner, "s", number),
                owned_button(texts.DELETE_CARD_BUTTON, REVIEW, owner, "d", number),
            ]
        ]
    )


def ratings_keyboard(owner: int, number: str) -> InlineKeyboardMarkup:
    """Return the buttons under the answer of a person's own card."""
    return InlineKeyboardMarkup(
        [
            [
                owned_button(label, REVIEW, owner, "r", number, str(rating))
                for rating, label in texts.RATINGS.items()
            ]
        ]
    )


def _short(label: str) -> str:
    return clip(label, BUTTON_CHARACTERS)
