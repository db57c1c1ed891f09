"""The exam of a new version: the golden questions, asked of it and of the live one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from knowledge.reload.outcome import (
    Candidate,
    Change,
    ExamReport,
    GoldenResult,
    Progress,
    ReloadProgress,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant
    from knowledge.index.manifest import IndexVersion
    from knowledge.reload.golden_questions import GoldenQuestion

_STAGE = "Hỏi câu mẫu"
# A folder that is not mounted, or half copied, loses many articles at once; editors take out few.
_MANY_REMOVED = 2
_REMOVED_SHARE = 0.25


class CachedAnswers:
    """Asks one version's assistant, and remembers the answers: a version never changes its mind.

    The version that passed an exam is the live one of the next, which then need not ask it again.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._answers: dict[str, Answer] = {}

    def answer(self, question: str) -> Answer:
        """Return the version's answer; raises QuestionError."""
        if (known := self._answers.get(question)) is None:
            known = self._answers[question] = self.assistant.answer(question)
        return known

    def keep_only(self, questions: set[str]) -> None:
        """Forget the answers to questions that are asked no more."""
        self._answers = {text: a for text, a in self._answers.items() if text in questions}


def examine(
    candidate: Candidate,
    answers: CachedAnswers,
    live: tuple[IndexVersion, CachedAnswers] | None,
    questions: Sequence[GoldenQuestion] | None,
    notify: Progress,
) -> ExamReport:
    """Ask `questions` of `candidate`, through its `answers`, and of the live version; compare both.

    `live` is None when there is no version that can be asked, `questions` None when there is no
    file of them. Takes milliseconds a question.
    """
    begun = time.perf_counter()
    results: list[GoldenResult] = []
    for number, question in enumerate(questions or ()):
        before = live[1].answer(question.text) if live is not None else None
        results.append(_compare(question, before, answers.answer(question.text)))
        notify(ReloadProgress(_STAGE, number + 1, len(questions or ())))
    newly_failed: tuple[str, ...] = ()
    too_many = False
    if live is not None:
        manifest = live[0]
        readable = {entry.article_id for entry in manifest.articles} - set(manifest.failed)
        newly_failed = tuple(b.path for b in candidate.report.failed if b.path in readable)
        removed = len(candidate.report.removed)
        too_many = removed >= _MANY_REMOVED and removed > _REMOVED_SHARE * len(manifest.articles)
    return ExamReport(
        version=candidate.version,
        compared_with=live[0].version if live is not None else None,
        articles=candidate.report,
        newly_failed=newly_failed,
        too_many_removed=too_many,
        live_changed=live is not None and live[0].version != candidate.base,
        results=None if questions is None else tuple(results),
        seconds=time.perf_counter() - begun,
    )


def _compare(question: GoldenQuestion, before: Answer | None, after: Answer) -> GoldenResult:
    right = question.is_right(after)
    was_right = before is not None and question.is_right(before)
    if right != was_right:
        change = Change.GAINED if right else Change.LOST
    elif before is None or before.text == after.text:
        change = Change.UNCHANGED
    else:
        change = Change.CHANGED
    text = before.text if before is not None else None
    return GoldenResult(question.text, change, right, text, after.text)
