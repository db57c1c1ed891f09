"""What is done on a message that is no question: a friendly line, a list, a command, more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.features.answer_log import with_votes
from bot.features.asking import texts
from bot.features.asking.conversation_memory import Place
from bot.features.asking.spoken_commands import COMMANDS, run_command
from bot.features.forwarded_questions import person_wanted
from bot.features.sources import (
    answer_messages,
    source_messages,
    sources_keyboard,
    topics_keyboard,
)
from bot.telegram.formatting import escape
from bot.telegram.sending import reply
from knowledge.conversation.intent import Intent
from knowledge.conversation.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update

    from bot.features.asking.conversation_memory import ConversationMemory
    from bot.features.asking.document_list import DocumentList
    from bot.knowledge_worker import KnowledgeWorker
    from bot.telegram.sending import Context
    from knowledge import Answer
    from knowledge.conversation.intent_recogniser import IntentRecogniser

_TOPIC_UNITS = 100
_LEAST_AMID_TURNS = 0.9  # of small talk: what is said after an answer is mostly about it
_BEYOND_DOUBT = 0.995  # "nguồn đâu", also where the answer has the word "nguồn"


class IntentReplies:
    """Replies to whatever is not to be looked up. None of it is recorded: it is no answer."""

    def __init__(
        self,
        recogniser: IntentRecogniser,
        worker: KnowledgeWorker,
        memory: ConversationMemory,
        documents: DocumentList,
    ) -> None:
        self._recogniser = recogniser
        self._worker = worker
        self._memory = memory
        self._documents = documents

    async def meant(self, text: str) -> Intent:
        """Return what `text` is meant as; off the event loop, since the encoder may be asked."""
        return await asyncio.to_thread(self._recogniser.recognise, text)

    async def is_follow_up(self, update: Update, text: str, intent: Intent) -> bool:
        """Tell whether `text` goes on with what was asked, though `intent` is what it looks like.

        "chủ nhật?" is a topic and asks again; small talk it is only where that is very sure.
        """
        turns = self._memory.turns(Place.of(update))
        if not turns or intent in {Intent.QUESTION, Intent.EMOJI_ONLY}:
            return False
        if intent is Intent.TOPIC:
            return True
        found = await asyncio.to_thread(self._recogniser.probabilities, text)
        sure = float(found.max())
        in_words = sure < _BEYOND_DOUBT
        return sure < _LEAST_AMID_TURNS or self._worker.leans(text, turns, in_words=in_words)

    async def reply_instead(
        self, update: Update, context: Context, text: str, intent: Intent, answers: Sequence[Answer]
    ) -> bool:
        """Do what a follow-up looks like where its answers don't go on with the last one.

        So where they are refusals, and where a bare topic leads to other documents.
        """
        turns = self._memory.turns(Place.of(update))
        bare = intent is Intent.TOPIC and not text.rstrip().endswith("?")
        spoken_of = {c.title for turn in turns[-1:] for c in turn.answer.citations}
        titles = {c.title for answer in answers for c in answer.citations}
        if titles and not (bare and titles.isdisjoint(spoken_of)):
            return False
        return await self.reply(update, context, text, intent)

    async def reply(self, update: Update, context: Context, text: str, intent: Intent) -> bool:
        """Do what `text` is meant as; tell whether that is done: else it is to be looked up."""
        if intent in COMMANDS:
            await run_command(update, context, intent)
            return True
        match intent:
            case Intent.QUESTION:
                return False
            case Intent.TOPIC:
                return await self._topics(update, context, text)
            case Intent.DOCUMENTS:
                await self._documents.pages.send(update, context)
            case Intent.SOURCE:
                await self._source(update, context)
            case Intent.MORE:
                await self._more(update, context)
            case Intent.COMPLAINT | Intent.INSULT:
                await self._complaint(update, context, intent)
            case Intent.PERSON:
                await self._person(update, context)
            case _:
                await reply(update, context, [texts.SMALL_TALK[intent]])
        return True

    async def _topics(self, update: Update, context: Context, text: str) -> bool:
        topics = self._worker.topics_about(text)
        if topics:
            said = texts.TOPICS.format(topic=escape(text.strip(), _TOPIC_UNITS))
            await reply(update, context, [said], topics_keyboard(topics))
        return bool(topics)

    async def _source(self, update: Update, context: Context) -> None:
        turns = self._memory.turns(Place.of(update))
        citations = turns[-1].answer.citations if turns else ()
        passages = self._worker.citations(list(dict.fromkeys(one.chunk_id for one in citations)))
        if passages:
            await reply(update, context, source_messages(passages))
        else:
            await reply(update, context, [texts.NO_SOURCE if turns else texts.NOTHING_ASKED])

    async def _more(self, update: Update, context: Context) -> None:
        place = Place.of(update)
        turns = self._memory.turns(place)
        more = self._worker.more_of(turns[-1].answer) if turns else None
        if more is None:
            await reply(update, context, [texts.NO_MORE if turns else texts.NOTHING_ASKED])
            return
        await reply(update, context, answer_messages(more), sources_keyboard(more.citations))
        self._memory.add(place, Turn(turns[-1].question, more))

    async def _person(self, update: Update, context: Context) -> None:
        """Show the ways to the person in charge: in private, as a question and a name are sent."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None or chat.type != ChatType.PRIVATE:
            await reply(update, context, [texts.SMALL_TALK[Intent.PERSON]])
            return
        said, keyboard = person_wanted(user.id)
        await reply(update, context, [said], keyboard)

    async def _complaint(self, update: Update, context: Context, intent: Intent) -> None:
        answer_id = self._memory.last_answer_id(Place.of(update))
        if answer_id is None:
            await reply(update, context, [texts.SMALL_TALK[intent]])
            return
        votes = with_votes(None, answer_id, beside=False)
        await reply(update, context, [texts.COMPLAINT_ON_ANSWER], votes)
