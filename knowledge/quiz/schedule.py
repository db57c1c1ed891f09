"""The schedule of reviews: FSRS, over cards that are values.

The algorithm is py-fsrs's (https://github.com/open-spaced-repetition/py-fsrs), its parameters the
ones that it ships. Its fuzz is off, so that the same ratings at the same times always give the
same schedule: an office's handful of cards needs no spreading out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler, State

from knowledge.errors import QuizError

if TYPE_CHECKING:
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.scoring import Score

DESIRED_RETENTION = 0.9
"""A card falls due when the chance of recalling it has sunk to this."""

READING_SYLLABLES_PER_MINUTE = 200
READING_TIMES = 2
SETTLING_SECONDS = 10.0

__all__ = ["DESIRED_RETENTION", "Rating", "ReviewCard", "Schedule", "rating_of", "slow_after"]


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """What FSRS knows of one question for one person; the fields of py-fsrs's Card.

    `state` is 1 learning, 2 review or 3 relearning; `step` the learning step or None in review;
    `stability` is in days, `difficulty` 1–10, both None before the first review. Times are UTC.
    """

    question_id: str
    topic: str | None
    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    last_review: datetime | None


def slow_after(question: QuizQuestion) -> float:
    """Return after how many seconds a right answer to `question` counts as slow.

    Time for reading the question and its options twice, and 10 s for opening the chat, thinking
    and tapping. Reading goes at 200 syllables a minute: silent readers of English non-fiction do
    238 words (Brysbaert 2019, doi:10.1016/j.jml.2019.104047), Vietnamese writes every syllable
    apart, and a choice is read more slowly than a story. Twice and 10 s are a choice of ours.
    """
    syllables = sum(len(text.split()) for text in (question.text, *question.options))
    return SETTLING_SECONDS + READING_TIMES * 60 * syllables / READING_SYLLABLES_PER_MINUTE


def rating_of(score: Score, seconds: float | None, slow_after: float) -> Rating:
    """Return FSRS's rating of an answer: wrong Again, right but slow Hard, right Good.

    `seconds` is the time that the answer took, None where unknown, which is not slow. A partly
    right answer is wrong: what was left out has to be seen again.
    """
    if not score.correct:
        return Rating.Again
    if seconds is not None and seconds > slow_after:
        return Rating.Hard
    return Rating.Good


class Schedule:
    """Says when a card is to be reviewed, and how well it is remembered until then.

    Times are passed in with their zone; all that is returned is in UTC.
    """

    def __init__(self) -> None:
        self._scheduler = Scheduler(desired_retention=DESIRED_RETENTION, enable_fuzzing=False)

    def new_card(self, question_id: str, topic: str | None, now: datetime) -> ReviewCard:
        """Return a card that was never reviewed and is due at once."""
        return ReviewCard(question_id, topic, State.Learning.value, 0, None, None, _utc(now), None)

    def review(self, card: ReviewCard, rating: Rating, now: datetime) -> ReviewCard:
        """Return `card` as it is after being rated at `now`.

        Under a clock set back, `now` before the last review is taken for the last review. Raises
        QuizError for a damaged card.
        """
        moment = _utc(now)
        if card.last_review is not None:
            moment = max(moment, _utc(card.last_review))
        reviewed, _ = self._scheduler.review_card(_fsrs_card(card), rating, moment)
        return replace(
            card,
            state=int(reviewed.state),
            step=reviewed.step,
            stability=reviewed.stability,
            difficulty=reviewed.difficulty,
            due=reviewed.due,
            last_review=reviewed.last_review,
        )

    def retrievability(self, card: ReviewCard, now: datetime) -> float:
        """Return the chance, 0–1, that `card` is recalled at `now`; 0 when never reviewed.

        FSRS counts whole days since the last review, so that it is 1 on the first.
        """
        return float(self._scheduler.get_card_retrievability(_fsrs_card(card), _utc(now)))


def _fsrs_card(card: ReviewCard) -> Card:
    """Return py-fsrs's card, or raise QuizError for one that py-fsrs would stumble over."""
    if card.state not in {state.value for state in State}:
        raise _damaged(card, f"trạng thái phải là 1, 2 hoặc 3, đang là {card.state}")
    state = State(card.state)
    known = card.stability is not None and card.difficulty is not None
    if state is not State.Learning and not known:
        raise _damaged(card, "đã ôn nhưng thiếu độ bền (stability) hoặc độ khó (difficulty)")
    if state is State.Relearning and card.step is None:
        raise _damaged(card, "đang học lại nhưng thiếu bước (step)")
    return Card(
        card_id=0,  # py-fsrs would sleep a millisecond to make one up
        state=state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_utc(card.due),
        last_review=None if card.last_review is None else _utc(card.last_review),
    )


def _damaged(card: ReviewCard, problem: str) -> QuizError:
    return QuizError(f"Thẻ ôn {card.question_id} bị hỏng: {problem}; hãy bỏ thẻ và học lại từ đầu.")


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise QuizError(f"Thời điểm ôn phải kèm múi giờ, nhận được {moment.isoformat()}.")
    return moment.astimezone(UTC)
