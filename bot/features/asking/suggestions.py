"""The questions that the bot suggests, to begin with and after an answer: checked by asking."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import structlog
from telegram import InlineKeyboardMarkup

from bot.features.asking import texts
from bot.features.asking.buttons import SuggestionPress
from bot.features.asking.question_candidates import all_candidates, bank_questions
from bot.upkeep import Upkeep
from knowledge.conversation.next_questions import CandidateQuestion, NextQuestions, checked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from telegram import InlineKeyboardButton

    from bot.feature import Core
    from bot.features.quizzes import QuestionPool
    from knowledge import Answer
    from knowledge.conversation.next_questions import CheckedQuestion
    from knowledge.conversation.turn import Turn

TICK_SECONDS = 1.0
"""Between two candidates: asking one takes a twentieth of that, so that answers hardly meet it."""

_log = structlog.get_logger(__name__)


class Suggestions:
    """Questions that the live version answers; none after answers until they are checked.

    They are asked one by one, each while nobody waits for an answer, after a start and whenever the
    base or the bank changed.
    """

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self._worker = core.worker
        self._articles_dir = core.settings.articles_dir
        self._pool = pool
        self._upkeep = Upkeep("suggestions", TICK_SECONDS, core.clock)
        self._of: object = None
        self._left: list[CandidateQuestion] = []
        self._found: list[CheckedQuestion] = []
        self._checked = NextQuestions()
        self._version: str | None = None

    def start(self) -> None:
        """Begin to look after them."""
        self._upkeep.start(self.tick, after=TICK_SECONDS)

    async def close(self) -> None:
        """Stop, also in the middle of a check."""
        await self._upkeep.close()

    async def tick(self) -> bool:
        """Ask one candidate, and tell whether others are left.

        Where the base or the bank changed, all are asked anew.
        """
        version = self._worker.kb_version
        if (of := (version, self._pool.bank)) != self._of:
            self._of, self._left, self._found = of, [], []  # what fails is not tried every second
            self._left = list((await self._candidates()).values())
        if self._left:
            question = await self._worker.aside(checked, self._left.pop(0))
            if self._worker.kb_version != version:
                return True  # what was found is of two versions: all begins anew
            if question is not None:
                self._found.append(question)
        if self._found and not self._left:
            self._checked, self._version = NextQuestions(self._found), version
            _log.info("suggestions_checked", kept=len(self._found), kb_version=version)
            self._found = []
        return bool(self._left)

    def keyboard(self, first: InlineKeyboardButton | None = None) -> InlineKeyboardMarkup:
        """Return a button a question to begin with, below `first` if given.

        They are the written ones that are answered, with others in place of those that are not;
        before the check, all that are written.
        """
        questions = dict(texts.SUGGESTED_QUESTIONS)
        if self._is_checked:
            known = self._checked.by_key
            written = {key: CandidateQuestion.key_of(text) for key, text in questions.items()}
            kept = {key: questions[key] for key, own in written.items() if own in known}
            others = {
                one.key: one.text
                for one in self._checked.one_an_article()
                if one.key not in written.values()
            }
            questions = dict(islice(chain(kept.items(), others.items()), len(questions)))
        buttons = [SuggestionPress(key).button(text) for key, text in questions.items()]
        return InlineKeyboardMarkup.from_column(buttons if first is None else [first, *buttons])

    def after(self, answer: Answer, turns: Sequence[Turn]) -> list[InlineKeyboardButton]:
        """Return the buttons of the questions that lead on from an answer; instant."""
        if answer.kb_version != self._version:
            return []
        return [
            SuggestionPress(one.key).button(texts.NEXT_QUESTION.format(question=one.text))
            for one in self._checked.after(answer, turns)
        ]

    async def question(self, key: str) -> str | None:
        """Return the question of a button, or None where it may not be answered any more.

        Soon after a restart, before the check, it is taken from the candidates: it was checked when
        its button was shown.
        """
        if (written := texts.SUGGESTED_QUESTIONS.get(key)) is not None:
            return written
        known = self._checked.by_key if self._is_checked else await self._candidates()
        found = known.get(key)
        return None if found is None else found.text

    @property
    def _is_checked(self) -> bool:
        return self._version == self._worker.kb_version

    async def _candidates(self) -> Mapping[str, CandidateQuestion]:
        return await self._worker.aside(
            all_candidates, bank_questions(self._pool), self._articles_dir
        )
