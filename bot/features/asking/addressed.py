"""Which messages in a group are for the bot, and what they ask it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from telegram import MessageEntity
from telegram.ext import filters

if TYPE_CHECKING:
    from telegram import Message

_AFTER_A_NAME = " \t\n\xa0,.:;!?-–—…"


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
    if message.forward_origin is not None:
        return None
    words, called = _without_own_name(message)
    if not called:
        is_for_bot = words and _answers_bot(message) and not _names_another_bot(message)
        return words if is_for_bot else None
    if words or _answers_bot(message) or message.reply_to_message is None:
        return words
    quoted = message.quote.text.strip() if message.quote is not None else ""
    return quoted or _without_own_name(message.reply_to_message)[0]


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
        words = _without_what_follows_a_name(words)
    return words, bool(names)


def _without_what_follows_a_name(words: str) -> str:
    """Return the words without the comma and the like; nothing if there is nothing else."""
    if all(unicodedata.category(character)[0] in "PZC" for character in words):
        return ""
    return words.lstrip(_AFTER_A_NAME)


def _mentions(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    if message.text is not None:
        return message.parse_entities(kinds)
    return message.parse_caption_entities(kinds)


def _at(message: Message) -> str:
    return f"@{message.get_bot().username}"
