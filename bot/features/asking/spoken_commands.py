"""Commands that are asked for in words: run as if they had been typed, through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import MessageEntity, Update
from telegram.constants import ChatType

from bot.features.asking import texts
from bot.telegram.sending import reply
from knowledge.conversation.intent import Intent

if TYPE_CHECKING:
    from bot.telegram.sending import Context

COMMANDS = {
    Intent.HELP: "help",
    Intent.MENU: "help",
    Intent.QUIZ: "quiz",
    Intent.CONTINUE: "quiz",  # offers to go on with what is unfinished
    Intent.LEARN: "learn",
    Intent.REVIEW: "review",
    Intent.PROGRESS: "progress",
    Intent.LEADERBOARD: "leaderboard",
    Intent.CERTIFICATE: "certificate",
    Intent.NEW: "new",
    Intent.MY_DATA: "mydata",
    Intent.FORGET_ME: "forgetme",
}
"""What is typed for each; whatever erases something asks once more before it does."""
_IN_GROUPS = frozenset({Intent.HELP, Intent.MENU, Intent.NEW})


async def run_command(update: Update, context: Context, intent: Intent) -> None:
    """Let the command of `intent` be done for whoever wrote `update`, where it may be done.

    The update is processed again with the command for its text, so that who may do what is judged
    where it always is. What one person may send is not counted twice: that is before processing.
    """
    message, chat = update.message, update.effective_chat
    if message is None or chat is None:
        return
    if chat.type != ChatType.PRIVATE and intent not in _IN_GROUPS:
        await reply(update, context, [texts.IN_PRIVATE.format(command=COMMANDS[intent])])
        return
    typed = f"/{COMMANDS[intent]}"
    entity = MessageEntity(MessageEntity.BOT_COMMAND, 0, len(typed))
    said = message.to_dict()
    for name in ("reply_to_message", "quote", "external_reply"):
        said.pop(name, None)
    said |= {"text": typed, "entities": [entity.to_dict()]}
    spoken = Update.de_json({"update_id": update.update_id, "message": said}, context.bot)
    await context.application.process_update(spoken)
