"""Which messages in a group are for the bot, and what they ask it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from telegram import MessageEntity
from telegram.constants import ChatID
from telegram.ext import filters

if TYPE_CHECKING:
    from telegram import Message

_PEOPLE_BEHIND_BOTS = frozenset({int(ChatID.ANONYMOUS_ADMIN), int(ChatID.FAKE_CHANNEL)})
"""Accounts that Telegram shows as bots where people write as the group or as their channel."""


class ForTheBot(filters.MessageFilter):
    """Lets through what is said to the bot among others."""

    def filter(self, message: Message) -> bool:
        """Tell whether a message is for the bot."""
        return asked_of_bot(message) is not None


class CalledByName(filters.MessageFilter):
    """Lets through commands that name the bot, such as /quiz@bot: they are no other bot's."""

    def filter(self, message: Message) -> bool:
        """Tell whether a message begins with such a command."""
        own = _at(message).casefold()
        commands = message.parse_entities([MessageEntity.BOT_COMMAND])
        return any(
            entity.offset == 0 and text.casefold().endswith(own)
            for entity, text in commands.items()
        )


def asked_of_bot(message: Message) -> str | None:
    """Return the words with which somebody asks the bot in a group; None where nobody asks it.

    It is asked by its @name, or in a reply to what it wrote. Its name alone, under what somebody
    else wrote, asks that (or the part that is quoted); empty: its name is all there is.
    """
    if not _is_said_by_somebody_here(message):
        return None
    words, called = _without_own_name(message)
    if not called:
        is_for_bot = words and _answers_bot(message) and not _names_another_bot(message)
        return words if is_for_bot else None
    if words or _answers_bot(message) or message.reply_to_message is None:
        return words
    quoted = message.quote.text.strip() if message.quote is not None else ""
    return quoted or _without_own_name(message.reply_to_message)[0]


def _is_said_by_somebody_here(message: Message) -> bool:
    """Tell whether a person wrote it into this chat: not a bot, nor a channel or forward."""
    sender = message.from_user
    if sender is None or (sender.is_bot and sender.id not in _PEOPLE_BEHIND_BOTS):
        return False
    return message.via_bot is None and message.forward_origin is None


def _answers_bot(message: Message) -> bool:
    replied = message.reply_to_message
    return (
        replied is not None
        and replied.from_user is not None
        and replied.from_user.id == message.get_bot().id
        # each message of a topic replies to the one that opened it
        and replied.forum_topic_created is None
    )


def _names_another_bot(message: Message) -> bool:
    return any(
        entity.type == MessageEntity.MENTION and text.casefold().endswith("bot")
        for entity, text in _mentions(message).items()
    )


def _without_own_name(message: Message) -> tuple[str, bool]:
    """Return a message's words without the bot's @name, and whether it was there."""
    bot_id, own = message.get_bot().id, _at(message).casefold()
    names = [
        entity
        for entity, text in _mentions(message).items()
        if (entity.user.id == bot_id if entity.user is not None else text.casefold() == own)
    ]
    units = (message.text or message.caption or "").encode("utf-16-le")  # offsets count its units
    for name in sorted(names, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * name.offset] + units[2 * (name.offset + name.length) :]
    words = units.decode("utf-16-le").strip()
    if names:
        words = _without_punctuation_before(words)
    return words, bool(names)


def _without_punctuation_before(words: str) -> str:
    """Return what follows a comma and the like after a name; nothing if there is nothing else."""
    start = next(
        (at for at, char in enumerate(words) if unicodedata.category(char)[0] not in "PZC"),
        len(words),
    )
    opening = start
    while opening and unicodedata.category(words[opening - 1]) in {"Ps", "Pi"}:
        opening -= 1  # a quotation mark or bracket belongs to what follows
    return words[opening:] if start < len(words) else ""


def _mentions(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    if message.text is not None:
        return message.parse_entities(kinds)
    return message.parse_caption_entities(kinds)


def _at(message: Message) -> str:
    return f"@{message.get_bot().username}"
