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
    from knowledge.conversation.turn import Turn

LOOK_SECONDS = 10.0
"""How often it is looked whether the base or the bank changed, and how long after a start first."""

_log = structlog.get_logger(__name__)


class Suggestions:
    """Questions that the live version answers; none after answers until they are checked.

    They are asked one by one, each when nobody waits for an answer, after a start and whenever the
    base or the bank changed.
    """

    def __init__(self, core: Core, pool: QuestionPool) -> None:
        self._worker = core.worker
        self._articles_dir = core.settings.articles_dir
        self._pool = pool
        self._upkeep = Upkeep("suggestions", LOOK_SECONDS, core.clock)
        self._checked = NextQuestions()
        self._of: object = None
        self._version: str | None = None

    def start(self) -> None:
        """Begin to look after them."""
        self._upkeep.start(self.refresh, first=_wait)

    async def close(self) -> None:
        """Stop, also in the middle of a check."""
        await self._upkeep.close()

    async def refresh(self) -> None:
        """Ask the candidates of the live version, where they may have changed."""
        version, bank = self._worker.kb_version, self._pool.bank
        if (version, bank) == self._of:
            return
        candidates = await self._candidates()
        found = []
        for candidate in candidates.values():
            question = await self._worker.aside(checked, candidate)
            if self._worker.kb_version != version:
                return  # what was found is of two versions: the next round begins anew
            if question is not None:
                found.append(question)
        self._checked, self._version, self._of = NextQuestions(found), version, (version, bank)
        _log.info("suggestions_checked", asked=len(candidates), kept=len(found), version=version)

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


async def _wait() -> None:
    """Leave the processors to the start."""
