"""Kills the bot again and again while people use it, and counts what was lost or came twice."""
