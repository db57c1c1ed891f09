"""What a reload is told, tells on its way and reports in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReloadRequest:
    """What to reload and how.

    `full` embeds everything again. Without `exam` a version goes live unexamined, with `force`
    although something got worse. `background` leaves the processors to answers given meanwhile.
    `only_new` leaves out what was set aside: changes of versions that were discarded or left.
    `started_by` is told to whoever wants to reload at the same time.
    """

    articles_dir: Path
    full: bool = False
    exam: bool = True
    force: bool = False
    background: bool = False
    only_new: bool = False
    started_by: str = "một người khác"


@dataclass(frozen=True, slots=True)
class FailedArticle:
    """An article that could not be read, and why; its earlier chunks, if any, stay in use."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReloadProgress:
    """How far a reload has come: `done` of `total` files or texts of the named stage.

    `remaining` estimates the seconds until the stage ends, None while that can't be told.
    """

    stage: str
    done: int
    total: int
    remaining: float | None = None


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did; the tuples hold article ids.

    `version` is the one that was built, or the live one when nothing had to be built. `titles` are
    those of the articles added, changed, removed or failed, by id, where they are known.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[FailedArticle, ...]
    version: str | None
    seconds: float
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version that was built beside the live one, `base` (None: there was none)."""

    version: str
    base: str | None
    report: ReloadReport


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


@dataclass(frozen=True, slots=True)
class ReloadOutcome:
    """How a reload with an exam ended.

    `exam` is None when nothing was built or no exam was wanted. Without `promoted`, a built version
    waits as a candidate, `waiting`, to be promoted or discarded.
    """

    report: ReloadReport
    exam: ExamReport | None
    promoted: bool
    waiting: str | None


@dataclass(frozen=True, slots=True)
class ReloadStatus:
    """The reload under way: who started it, when (UTC) and how far it is."""

    started_by: str
    started: dt.datetime
    progress: ReloadProgress | None


Progress = Callable[[ReloadProgress], None]
