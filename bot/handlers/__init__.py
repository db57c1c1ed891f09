"""One handler class a file; each returns its python-telegram-bot handlers from `handlers()`."""
