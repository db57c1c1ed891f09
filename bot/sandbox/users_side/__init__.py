"""The users' side: what people do in their Telegram app, as a small HTTP interface."""
