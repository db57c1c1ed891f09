"""“Vì sao?” under an answer: an editor sees what led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.authorisation import Capability
from bot.features.asking import explanation_texts as texts
from bot.features.asking.buttons import WhyPress
from bot.features.asking.explanation import stages
from bot.limits import MESSAGE_UNITS
from bot.telegram.formatting import HtmlBlock, clip, escape
from bot.telegram.gate import Guarded, Tap, on_press
from bot.telegram.sending import acknowledge, reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.features.answer_log import Recorder
    from bot.features.asking.explanation import Stage, StageLine
    from bot.knowledge_worker import KnowledgeWorker

_PASSAGES = 4
_READ = 3
_LINE_UNITS = (600, 400, 250, 150, 80, 40)  # the first with which the message is short enough


class ExplanationHandlers:
    """Asks a question that was answered once more, and tells stage by stage what came of it."""

    def __init__(self, worker: KnowledgeWorker, recorder: Recorder) -> None:
        self._worker = worker
        self._recorder = recorder

    def handlers(self) -> list[Guarded]:
        """Return the handler of the button."""
        return [on_press(Capability.SEE_REASONS, WhyPress, self.why, texts.WHY_GONE)]

    async def why(self, tap: Tap, press: WhyPress) -> None:
        """Explain the answer that the live version gives to the same question."""
        question = await self._recorder.question(press.answer_id)
        if question is None:
            await acknowledge(tap.query, texts.WHY_GONE, alert=True)
            return
        await acknowledge(tap.query)
        answer = await self._worker.answer(question)
        if answer.reasons is not None:
            found = stages(answer, answer.reasons, passages=_PASSAGES, read=_READ)
            head = texts.WHY_TITLE.format(version=answer.kb_version)
            await reply(tap.update, tap.context, [explanation_message(head, found)])


def explanation_message(head: str, found: Iterable[Stage]) -> str:
    """Return the stages (HTML) in one message; long lines are cut until it is short enough."""
    found = tuple(found)
    for limit in _LINE_UNITS:
        shown = [f"<i>{escape(head)}</i>"]
        for number, stage in enumerate(found, 1):
            lines = (_shown(line, limit) for line in stage.lines)
            shown.append("\n".join([f"<b>{number}. {escape(stage.title)}</b>", *lines]))
        message = HtmlBlock.of("\n\n".join(shown))
        if message.units <= MESSAGE_UNITS:
            return message.html
    raise ValueError(f"the stages have too many lines for a message of {MESSAGE_UNITS} units")


def _shown(line: StageLine, limit: int) -> str:
    """Return a line of at most `limit` units as HTML."""
    text = clip(line.text, limit)
    start, end = line.bold or (0, 0)
    if not text[start:end]:
        return escape(text)
    return f"{escape(text[:start])}<b>{escape(text[start:end])}</b>{escape(text[end:])}"
