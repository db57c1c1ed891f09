"""Limits that Telegram sets (Bot API, https://core.telegram.org/bots/api)."""

from __future__ import annotations

MESSAGE_UNITS = 4096
"""UTF-16 code units of a message's text after its entities are parsed (sendMessage)."""

CALLBACK_DATA_BYTES = 64
"""Bytes of a button's callback data (InlineKeyboardButton)."""

CALLBACK_ANSWER_UNITS = 200
"""UTF-16 code units, at most, of the notification that answers a callback (answerCallbackQuery)."""

BUTTON_UNITS = 60
"""UTF-16 code units of a button that a phone still shows on one or two lines; a choice of ours."""

CAPTION_UNITS = 1024
"""UTF-16 code units of a caption after its entities are parsed (sendPhoto, sendDocument)."""

UPLOAD_BYTES = 50_000_000
"""Bytes of a file that a bot may send (sendDocument: 50 MB)."""

DOWNLOAD_BYTES = 20 * 1024 * 1024
"""Bytes of a file that a bot may download (getFile)."""
