"""What the Bot API's methods do, grouped by what they are about."""

from bot.sandbox.methods import answers, editing, members, polls, profile, sending, updates
from bot.sandbox.methods.registry import Call, find_method

__all__ = [
    "Call",
    "answers",
    "editing",
    "find_method",
    "members",
    "polls",
    "profile",
    "sending",
    "updates",
]
