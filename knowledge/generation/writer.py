"""Lets a language model write an answer from the evidence, on a lead."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from knowledge.generation.attempt import Attempt
from knowledge.generation.circuit_breaker import CircuitBreaker
from knowledge.generation.draft import Draft, Ending
from knowledge.generation.prompt import messages
from knowledge.generation.reply import Reply, ReplyError
from knowledge.generation.sentence_cutter import written_sentences

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import RunnableConfig

    from embeddings.reader import Reader
    from knowledge.answering.answer import Answer
    from knowledge.conversation.turn import Turn
    from knowledge.generation.passages import Passage

SECONDS = 20.0
_FAILURES = frozenset({Ending.SLOW, Ending.FAILED, Ending.EMPTY})


class Writer:
    """Writes answers with one chat model; `seconds` limit a whole answer.

    Without a `reader` sentences are checked by rule alone. Safe for several answers at once on one
    event loop.
    """

    def __init__(
        self,
        model: BaseChatModel,
        reader: Reader | None,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._reader = reader
        self._seconds = seconds
        self._breaker = CircuitBreaker(clock)
        self._ending: set[asyncio.Task[None]] = set()

    def would_write(self, answer: Answer) -> bool:
        """Tell whether the model would be asked: there is evidence, and it hasn't failed just now.

        What is shown as a whole (a table, a part that was named, sources that differ, what the
        office says itself) stays as it is.
        """
        curated = answer.reasons is not None and answer.reasons.curated
        extracted = bool(answer.sentences) and not (answer.refused or answer.generated)
        whole = answer.table is not None or answer.notice is not None or curated
        return extracted and not whole and self._breaker.is_closed

    async def write(
        self,
        answer: Answer,
        passages: Sequence[Passage],
        turns: Sequence[Turn] = (),
        config: RunnableConfig | None = None,
    ) -> AsyncGenerator[Draft, None]:
        """Yield drafts of the answer to `answer.question` as it grows, the last with its ending.

        `answer` is the extracted one, `passages` are `passages_of` it. Whatever the model does, it
        raises nothing, and the last draft comes within a second of the time limit. `config` is
        LangChain's: its callbacks see the model's run.
        """
        if not passages or not self.would_write(answer):
            yield Draft(answer, ending=Ending.NOT_ASKED)
            return
        attempt = Attempt(answer, passages, self._reader)
        reply = Reply(self._model, messages(answer.question, turns, passages), config)
        loop = asyncio.get_running_loop()
        limit = loop.time() + self._seconds
        taken = 0
        ending = Ending.WRITTEN
        error: BaseException | None = None
        try:
            growing = True
            while growing and not attempt.is_long:
                growing = await reply.grows(limit)
                written = written_sentences(reply.text, finished=not growing)
                for sentence in written[taken:]:
                    if await attempt.takes(sentence):
                        yield attempt.draft
                    if attempt.is_long:
                        break
                    if loop.time() >= limit:
                        raise TimeoutError  # noqa: TRY301 -- as a reply that takes too long
                taken = len(written)
            if not reply.text.strip():
                ending = Ending.EMPTY
        except TimeoutError as failure:
            ending, error = Ending.SLOW, failure
        except ReplyError as failure:
            ending, error = Ending.FAILED, failure.__cause__
        finally:
            self._leave(reply.close())
        last = attempt.result(ending, error)
        self._breaker.failed() if last.ending in _FAILURES else self._breaker.succeeded()
        yield last

    def _leave(self, reading: asyncio.Task[None]) -> None:
        """Keep hold of a task that was told to end; nobody waits for it."""
        self._ending.add(reading)
        reading.add_done_callback(self._ending.discard)
