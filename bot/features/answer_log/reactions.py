"""Which reactions of Telegram count as 👍 or 👎; the others say nothing of an answer's worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ReactionTypeEmoji

from bot.features.answer_log.logged_answer import Vote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import ReactionType

_EMOJI = {
    Vote.UP: "👍 ❤ 🔥 🥰 👏 🎉 🤩 🙏 👌 🕊 😍 ❤‍🔥 💯 ⚡ 🏆 🍾 💋 😇 🤝 🤗 🆒 💘 😘 😎",
    Vote.DOWN: "👎 💩 🤬 🤮 🥱 🥴 💔 🤨 😐 🖕 😴 🙈 🙊 😡",
}
"""Of those that ReactionTypeEmoji lists (Bot API)."""
_VOTES = {emoji: vote for vote, those in _EMOJI.items() for emoji in those.split()}


def vote_of(reactions: Iterable[ReactionType]) -> Vote | None:
    """Return what a person's reactions to a message say, by the first that says something."""
    emoji = (each.emoji for each in reactions if isinstance(each, ReactionTypeEmoji))
    return next((_VOTES[each] for each in emoji if each in _VOTES), None)
