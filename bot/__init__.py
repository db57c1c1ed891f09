"""Telegram, the command line and the settings of the office's assistant."""
