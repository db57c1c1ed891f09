"""What can be set while the sandbox runs."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class SandboxSettings(BaseModel):
    """Rules that tests and demonstrations change (`/users/settings`)."""

    model_config = ConfigDict(extra="forbid", strict=True)

    group_privacy: bool = True
    """The bot sees only what concerns it in the group, as BotFather sets by default."""
    mentions_pass_privacy: bool = True
    """A plain @mention concerns the bot; on Telegram that is not certain."""
    rate_limits: bool = False
    callback_lifetime: float = Field(default=900, gt=0)
    """Seconds in which a pressed button can be answered."""
    bot_group_status: Literal["member", "administrator", "left"] = "member"
