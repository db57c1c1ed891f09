"""A Bot API on loopback, with people in it: for trying the bot and for testing it."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
