"""The exam of a new version: the golden questions, asked of it and of the live one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knowledge.reload.outcome import Candidate, Progress, ReloadProgress, ReloadReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import Answer
    from knowledge.index.manifest import IndexVersion
    from knowledge.reload.cached_answers import AnswerSheet
    from knowledge.reload.golden_questions import GoldenQuestion

_STAGE = "Hỏi câu mẫu"
# A folder that is not mounted, or half copied, loses many articles at once; editors take out few.
_MANY_REMOVED = 2
_REMOVED_SHARE = 0.25


class Change(StrEnum):
    """What became of a golden question's answer."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    LOST = "lost"
    GAINED = "gained"


@dataclass(frozen=True, slots=True)
class GoldenResult:
    """A golden question's answers of the live version (None: there is none) and of the new one.

    LOST was right and is not any more, GAINED the other way round; CHANGED is as right as before,
    in other words. Without a live version a right answer is GAINED and a wrong one UNCHANGED.
    """

    question: str
    change: Change
    right: bool
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class ExamReport:
    """What the exam of `version` against `compared_with` found.

    `results` is None when there is no file of golden questions: then only the articles were
    compared. `newly_failed` are articles of the live version that can't be read any more (their
    earlier text stays in use); `too_many_removed`: over a quarter of the articles went at once;
    `live_changed`: the live version is not the one any more that the new one was built upon.
    """

    version: str
    compared_with: str | None
    articles: ReloadReport
    newly_failed: tuple[str, ...]
    too_many_removed: bool
    live_changed: bool
    results: tuple[GoldenResult, ...] | None
    seconds: float

    def having(self, change: Change) -> tuple[GoldenResult, ...]:
        """Return the results of one kind."""
        return tuple(result for result in self.results or () if result.change is change)

    @property
    def wrong(self) -> tuple[GoldenResult, ...]:
        """The golden questions that the new version does not answer rightly."""
        return tuple(result for result in self.results or () if not result.right)

    @property
    def passed(self) -> bool:
        """Whether nothing gets worse, so that nobody needs to be asked before promoting.

        A first version has nothing to be worse than: it passes whatever it answers.
        """
        return not (
            (self.compared_with and self.having(Change.LOST))
            or self.newly_failed
            or self.too_many_removed
            or self.live_changed
        )


def examine(
    candidate: Candidate,
    sheet: AnswerSheet,
    live: tuple[IndexVersion, AnswerSheet] | None,
    questions: Sequence[GoldenQuestion] | None,
    notify: Progress,
) -> ExamReport:
    """Ask `questions` of `candidate`, through its `sheet`, and of the live version; compare both.

    `live` is None when there is no version that can be asked, `questions` None when there is no
    file of them. Takes milliseconds a question.
    """
    begun = time.perf_counter()
    results: list[GoldenResult] = []
    for number, question in enumerate(questions or ()):
        before = live[1].answer(question.text) if live is not None else None
        results.append(_compare(question, before, sheet.answer(question.text)))
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
