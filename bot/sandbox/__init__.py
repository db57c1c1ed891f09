"""A strict Bot API on loopback with people in it, to try and test the bot without Telegram."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
