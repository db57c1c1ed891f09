"""Errors of group challenges.

ChallengeError (a BotError)
├── ChallengeRunningError  the chat has a challenge already
└── NoQuestionsError       there is nothing to ask

The messages are Vietnamese: they reach users as they are.
"""

from __future__ import annotations

from bot.errors import BotError


class ChallengeError(BotError):
    """A challenge can't be held."""


class ChallengeRunningError(ChallengeError):
    """The chat has a challenge already: one at a time."""

    def __init__(self) -> None:
        super().__init__(
            "Nhóm đang có một thử thách. "
            "Anh/chị chờ xong, hoặc bấm ⏹ Dừng, rồi gõ lại /challenge nhé."
        )


class NoQuestionsError(ChallengeError):
    """There is nothing to ask about a topic, or at all."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” chưa có câu hỏi nào. Anh/chị chọn chủ đề khác giúp nhé.")
