"""Errors about drafted questions.

QuestionDraftError (a BotError)
├── UnknownDraftError    there is no draft with this number
├── DecidedDraftError    somebody decided it already; says who, what and when
├── NoTopicError         a question needs a topic before it can be used
└── DraftTextError       what an editor sent back can't be read; names the line

Messages are Vietnamese: they reach users as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import BotError
from bot.features.quizzes.tables import DraftState
from bot.office_time import shown

if TYPE_CHECKING:
    import datetime as dt

_DONE = {DraftState.APPROVED: "duyệt", DraftState.REJECTED: "bỏ"}


class QuestionDraftError(BotError):
    """Something about a drafted question can't be done."""


class UnknownDraftError(QuestionDraftError):
    """There is no draft with this number."""

    def __init__(self, draft_id: int) -> None:
        super().__init__(f"Không có câu soạn số {draft_id}. Gõ /drafts để xem các câu đang chờ.")


class DecidedDraftError(QuestionDraftError):
    """Somebody decided the draft already."""

    def __init__(
        self, draft_id: int, state: DraftState, decided_at: dt.datetime | None, who: str | None
    ) -> None:
        moment = f" lúc {shown(decided_at)}" if decided_at else ""
        super().__init__(
            f"Câu soạn số {draft_id} đã được {who or 'người khác'} {_DONE[state]}{moment}."
        )
        self.state = state


class NoTopicError(QuestionDraftError):
    """A question needs a topic of the bank before it can be used."""

    def __init__(self, draft_id: int) -> None:
        super().__init__(f"Câu soạn số {draft_id} chưa có chủ đề. Hãy chọn chủ đề trước khi duyệt.")


class DraftTextError(QuestionDraftError):
    """What an editor sent back can't be read; the message names the line and the rule."""
