"""Inline mode: `@bot câu hỏi` in any chat, answered while somebody types."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from telegram.ext import InlineQueryHandler

from bot.access.authorisation import Capability
from bot.features.asking import texts
from bot.features.asking.inline_results import MOST_RESULTS, offered_results, question_result
from bot.telegram.gate import Guarded
from bot.telegram.sending import answer_inline
from embeddings.vietnamese import nfc
from knowledge import QuestionError

if TYPE_CHECKING:
    from telegram import InlineQueryResultArticle, Update

    from bot.knowledge_worker import KnowledgeWorker
    from bot.telegram.sending import Context

    Results = tuple[InlineQueryResultArticle, ...]

_REMEMBERED = 500  # queries whose results are kept: of ten results each, about 10 MB


class InlineHandlers:
    """Offers what the base has on a question that is being typed; belongs to one event loop.

    Of one person only the newest query is looked up: whoever types on has no use for the others.
    """

    def __init__(self, worker: KnowledgeWorker) -> None:
        self._worker = worker
        self._newest: dict[int, str] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._known: OrderedDict[tuple[str, str], Results] = OrderedDict()

    def handlers(self) -> list[Guarded]:
        """Return the handler; queries don't wait for each other, so that the newest is known."""
        return [Guarded(Capability.ASK, InlineQueryHandler(self.typed, block=False))]

    async def typed(self, update: Update, _context: Context) -> None:
        """Offer results to a query, unless its person has typed on meanwhile."""
        query = update.inline_query
        if query is None:
            return
        person = query.from_user.id
        self._newest[person] = query.id
        turn = self._turns.get(person) or self._turns.setdefault(person, asyncio.Lock())
        try:
            async with turn:
                if self._newest.get(person) != query.id:
                    return
                results = await self._results(query.query)
        finally:
            is_newest = self._newest.get(person) == query.id
            if is_newest:
                del self._newest[person]
        if is_newest:
            await answer_inline(query, results)

    async def _results(self, typed: str) -> Results:
        """Return the results for what was typed, from memory where the base is the same."""
        asked = " ".join(nfc(typed).split())
        key = self._worker.kb_version, asked.lower()
        results = self._known.get(key)
        if results is None:
            results = await (self._found(asked) if asked else self._suggested())
            self._known[key] = results
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return results

    async def _found(self, asked: str) -> Results:
        try:
            offer = await self._worker.offer(asked, MOST_RESULTS)
        except QuestionError:  # no letter yet
            return ()
        return offered_results(offer, asked)

    async def _suggested(self) -> Results:
        """Return the suggested questions with their answers, for who has typed nothing yet."""
        answers = await asyncio.gather(
            *(self._worker.answer(question) for question in texts.SUGGESTED_QUESTIONS.values())
        )
        return tuple(
            question_result(key, answer)
            for key, answer in zip(texts.SUGGESTED_QUESTIONS, answers, strict=True)
            if not answer.refused
        )
