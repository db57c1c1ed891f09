"""Polls and quizzes: their votes, their end, and how the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox.errors import UserApiError
from bot.sandbox.values import Json, without_none

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class PollOption:
    """One answer of a poll; `persistent_id` stays when options are added."""

    persistent_id: str
    text: str
    entities: list[Json]


@dataclass(slots=True, eq=False)
class Poll:
    """A poll with its votes (option numbers by user id)."""

    id: str
    question: str
    question_entities: list[Json]
    options: list[PollOption]
    is_anonymous: bool = True
    is_quiz: bool = False
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    members_only: bool = False
    hides_results: bool = False
    correct_option_ids: list[int] = field(default_factory=list)
    explanation: str = ""
    explanation_entities: list[Json] = field(default_factory=list)
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)

    def vote(self, user_id: int, option_ids: Sequence[int]) -> None:
        """Replace a person's vote; none takes it back.

        Raises UserApiError 409 where the poll doesn't allow it and UserApiError 400 for options
        that are not there.
        """
        if self.is_closed:
            raise UserApiError(409, "the poll is closed")
        chosen = sorted(set(option_ids))
        if any(not 0 <= number < len(self.options) for number in chosen):
            raise UserApiError(
                400, f"options must be numbers of the {len(self.options)} options, got {chosen}"
            )
        if len(chosen) > 1 and not self.allows_multiple_answers:
            raise UserApiError(400, f"the poll takes one answer, got {len(chosen)}")
        if user_id in self.votes and not self.allows_revoting:
            raise UserApiError(
                409, "already voted, and this poll does not allow to change the vote"
            )
        if chosen:
            self.votes[user_id] = chosen
        elif self.votes.pop(user_id, None) is None:
            raise UserApiError(409, "there is no vote to take back")

    def persistent_ids(self, option_ids: Sequence[int]) -> list[str]:
        """Return the lasting ids of options named by their numbers."""
        return [self.options[number].persistent_id for number in option_ids]

    def solution(self) -> Json:
        """Return what a quiz reveals to those who voted."""
        return {
            "correct_option_ids": self.correct_option_ids,
            "explanation": self.explanation,
            "explanation_entities": self.explanation_entities,
        }

    def json(self) -> Json:
        """Return the `Poll` object as the bot that sent it sees it."""
        solution = self.solution() if self.is_quiz else {}
        return without_none(
            {
                "id": self.id,
                "question": self.question,
                "question_entities": self.question_entities or None,
                "options": [self._option_json(n) for n in range(len(self.options))],
                "total_voter_count": len(self.votes),
                "is_closed": self.is_closed,
                "is_anonymous": self.is_anonymous,
                "type": "quiz" if self.is_quiz else "regular",
                "allows_multiple_answers": self.allows_multiple_answers,
                "allows_revoting": self.allows_revoting,
                "members_only": self.members_only,
                "correct_option_ids": solution.get("correct_option_ids"),
                "explanation": solution.get("explanation") or None,
                "explanation_entities": solution.get("explanation_entities") or None,
                "open_period": self.open_period,
                "close_date": self.close_date,
            }
        )

    def without_counts(self) -> Json:
        """Return the `Poll` object as people see it while its results are hidden."""
        shown = self.json()
        shown["options"] = [{**option, "voter_count": 0} for option in shown["options"]]
        return shown

    def _option_json(self, number: int) -> Json:
        option = self.options[number]
        voters = sum(number in chosen for chosen in self.votes.values())
        return without_none(
            {
                "persistent_id": option.persistent_id,
                "text": option.text,
                "text_entities": option.entities or None,
                "voter_count": voters,
            }
        )
