"""The Telegram bot, its settings and its command line."""
