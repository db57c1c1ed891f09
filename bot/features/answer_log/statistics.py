"""What a period adds up to: counts by day, topics, people and how long answers took."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from bot.office_time import Period

_GROWTH = 1.02
"""How much wider each bucket is than the one before: a percentile is at most 1 % off."""
_LEAST_MS = 0.01
_LOG_GROWTH = math.log(_GROWTH)
TOP = 5
"""How many topics and articles are named."""
_HEADING_SEPARATOR = " › "  # between the headings above a passage (`knowledge.articles.chunk`)


@dataclass(frozen=True, slots=True)
class LatencyHistogram:
    """Latencies counted in buckets that grow by 2 %, so that days add up without their answers.

    Bucket b holds what is above 1.02^(b-1) and up to 1.02^b milliseconds.
    """

    counts: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, latencies_ms: Iterable[float]) -> LatencyHistogram:
        """Return the histogram of latencies in milliseconds."""
        return cls(
            Counter(math.ceil(math.log(max(ms, _LEAST_MS)) / _LOG_GROWTH) for ms in latencies_ms)
        )

    @classmethod
    def read(cls, stored: Mapping[str, int]) -> LatencyHistogram:
        """Return the histogram that `stored` holds, by buckets in words as JSON has them."""
        return cls({int(bucket): count for bucket, count in stored.items()})

    def __add__(self, other: LatencyHistogram) -> LatencyHistogram:
        return LatencyHistogram(Counter(self.counts) + Counter(other.counts))

    def percentile(self, percent: float) -> float | None:
        """Return the nearest-rank percentile in milliseconds, at most 1 % off; None when empty."""
        if not 0 < percent <= 100:
            raise ValueError(f"percent must be above 0 and at most 100, got {percent}")
        rank = math.ceil(percent / 100 * sum(self.counts.values()))
        passed = 0
        for bucket in sorted(self.counts):
            passed += self.counts[bucket]
            if passed >= rank:
                return float(2 * _GROWTH**bucket / (1 + _GROWTH))
        return None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day: `up` and `down` are votes on that day's answers, `people` asked on it."""

    day: dt.date
    answered: int = 0
    refused: int = 0
    up: int = 0
    down: int = 0
    people: int = 0

    @property
    def questions(self) -> int:
        """All questions, answered or refused."""
        return self.answered + self.refused

    def __add__(self, other: DayCounts) -> DayCounts:
        return DayCounts(
            self.day,
            self.answered + other.answered,
            self.refused + other.refused,
            self.up + other.up,
            self.down + other.down,
            self.people + other.people,
        )


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many answers rest on a heading of an article."""

    title: str
    heading: str
    answers: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A name and how many answers it stands for."""

    name: str
    answers: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What happened in a period. `days` has every day of it, in order.

    `people` counts whoever asked in the days whose answers are still kept; `people_from` is the
    first such day when the period begins earlier, else None. Latencies are milliseconds, None
    without answers. An answer counts for the passage it quotes first.
    """

    period: Period
    days: tuple[DayCounts, ...]
    people: int
    people_from: dt.date | None
    articles: tuple[Ranked, ...]
    topics: tuple[Ranked, ...]
    latency_p50: float | None
    latency_p95: float | None

    @property
    def total(self) -> DayCounts:
        """The sums over the period; who asked on two days counts twice among its `people`."""
        return sum(self.days, DayCounts(self.period.first))

    @property
    def questions(self) -> int:
        """All questions of the period."""
        return self.total.questions

    @property
    def answered_share(self) -> float | None:
        """The share of questions that were answered, 0..1; None without questions."""
        return self.total.answered / self.questions if self.questions else None


def summarise(  # noqa: PLR0913 -- each is one source of the summary
    period: Period,
    days: Iterable[DayCounts],
    topics: Iterable[TopicCount],
    latencies: LatencyHistogram,
    *,
    people: int,
    people_from: dt.date | None,
) -> Statistics:
    """Put a period together; counts of one day or topic may come in several parts.

    What lies outside the period is left out.
    """
    by_day = {day: DayCounts(day) for day in period.days()}
    for part in days:
        if part.day in by_day:
            by_day[part.day] += part
    articles: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    for topic in topics:
        articles[topic.title] += topic.answers
        if topic.heading:
            headings[topic.heading.rsplit(_HEADING_SEPARATOR, 1)[-1]] += topic.answers
    return Statistics(
        period=period,
        days=tuple(by_day.values()),
        people=people,
        people_from=people_from,
        articles=_top(articles),
        topics=_top(headings),
        latency_p50=latencies.percentile(50),
        latency_p95=latencies.percentile(95),
    )


def _top(counts: Mapping[str, int]) -> tuple[Ranked, ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Ranked(name, count) for name, count in ranked[:TOP])
