"""Spaced reviews of what was learned, and reminders."""
