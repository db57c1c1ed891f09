"""Who looks after a group, as Telegram knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram.ext import ExtBot

_ADMINS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

_log = structlog.get_logger(__name__)


async def is_chat_admin(bot: ExtBot[Any], chat_id: int, user_id: int) -> bool:
    """Tell whether somebody is an admin of a group now; not where Telegram does not say."""
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except TelegramError as error:
        _log.info("membership_unknown", reason=str(error))
        return False
    return member.status in _ADMINS
