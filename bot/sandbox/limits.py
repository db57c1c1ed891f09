"""Telegram's limits as the sandbox enforces them.

From https://core.telegram.org/bots/api, the method or object named behind each. The bot's own table
(`bot/limits.py`) is not used here on purpose: a wrong number there has to be noticed. Lengths of
texts are UTF-16 code units after entities are parsed, unless it says characters or bytes.
"""

from __future__ import annotations

import re
from datetime import timedelta

# -- Texts ---------------------------------------------------------------------------------------
TEXT_UNITS = 4096  # a message's text (sendMessage)
CAPTION_UNITS = 1024  # a caption (sendPhoto)
ENTITIES = 100
"""Entities of one message that a bot may set; those after them are dropped (Telegram's servers)."""

# -- Keyboards -----------------------------------------------------------------------------------
CALLBACK_DATA_BYTES = 64  # bytes of a button's data (InlineKeyboardButton)
COPY_TEXT_CHARACTERS = 256  # text that a button copies (CopyTextButton)
PLACEHOLDER_CHARACTERS = 64  # placeholder of the input field (ReplyKeyboardMarkup, ForceReply)
BUTTONS = 100  # buttons of one keyboard (Telegram's servers)
CALLBACK_ANSWER_CHARACTERS = 200  # the notification that answers a button (answerCallbackQuery)

# -- Polls ---------------------------------------------------------------------------------------
POLL_QUESTION_UNITS = 300  # a poll's question (sendPoll)
POLL_OPTIONS = 12  # options of a poll (sendPoll)
POLL_OPTION_UNITS = 100  # one option (InputPollOption)
POLL_EXPLANATION_UNITS = 200  # a quiz's explanation (sendPoll)
POLL_EXPLANATION_LINE_FEEDS = 2  # line feeds of an explanation (sendPoll)
POLL_OPEN_SECONDS = (5, 2_628_000)  # how long a poll is open (sendPoll, `open_period`)

# -- Files ---------------------------------------------------------------------------------------
UPLOAD_BYTES = 50 * 1024 * 1024  # a file that a bot sends ("Sending files")
PHOTO_BYTES = 10 * 1024 * 1024  # a photo that a bot sends ("Sending files")
DOWNLOAD_BYTES = 20 * 1024 * 1024  # a file that a bot can download (getFile)
PHOTO_SIDES_TOGETHER = 10_000  # width and height of a photo together, in pixels (sendPhoto)
PHOTO_SIDES_RATIO = 20  # how many times longer than the other a side of a photo may be (sendPhoto)
ALBUM_FILES = 10  # files of an album

# -- What passes ---------------------------------------------------------------------------------
ACTION_SECONDS = 5  # how long a chat action shows (sendChatAction)
DRAFT_SECONDS = 30  # how long a streamed text stays without news (sendMessageDraft)
DELETABLE_HOURS = 48  # how old a message may be that a bot deletes (deleteMessage)

# -- Links and inline mode -----------------------------------------------------------------------
TOPIC_CHARACTERS = 128  # a topic's name (createForumTopic)
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""The parameter of a deep link ("Deep linking", InlineQueryResultsButton)."""
INLINE_RESULTS = 50  # results of one answer (answerInlineQuery)
INLINE_RESULT_ID_BYTES = 64  # a result's id (InlineQueryResult)
INLINE_OFFSET_BYTES = 64  # the next offset of an answer (answerInlineQuery)
INLINE_LIFETIME = timedelta(seconds=30)  # how long an inline query can be answered
INLINE_QUERY_CHARACTERS = 256  # what a person types (InlineQuery)

# -- The bot's profile ---------------------------------------------------------------------------
COMMANDS = 100  # commands of one scope and language (setMyCommands)
COMMAND_CHARACTERS = 32  # a command, of `a-z0-9_` (BotCommand)
COMMAND_DESCRIPTION_CHARACTERS = 256  # what a command does (BotCommand)
BOT_DESCRIPTION_CHARACTERS = 512  # what an empty chat shows (setMyDescription)
BOT_SHORT_DESCRIPTION_CHARACTERS = 120  # what the profile page shows (setMyShortDescription)

# -- Updates -------------------------------------------------------------------------------------
UPDATES = 100  # updates of one call (getUpdates)
POLL_SECONDS = 50  # longest wait of one call; Telegram cuts longer ones (getUpdates)
UPDATE_HOURS = 24  # how long an update is kept ("Getting updates")
SECRET_TOKEN_CHARACTERS = 256  # a webhook's secret, of `A-Za-z0-9_-` (setWebhook)
