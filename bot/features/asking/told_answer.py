"""Answers on the terminal: for people, and as JSON for programs; told by a running bot alike."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.text import Span, Text

from bot.article_name import source_line
from bot.features.asking.explanation import stages
from bot.features.sources import notice_of, source_names, topic_label, understood_of
from bot.terminal.console import out, picked
from knowledge.conversation.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge import Answer
    from knowledge.answering.explanation import Explanation

    Line = Sequence[Any]
    """A text, its style, and (start, end, style) of each part that has a style of its own."""

_SOURCE = "Nguồn"


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer as plain values, so that it can come from another process."""

    values: dict[str, Any]
    """The object that `ask --json` prints."""
    lines: Sequence[Line]
    """What people read."""
    passages: Sequence[Line]
    """The passages behind the answer in full."""
    meant: str
    """The question in words that stand by themselves, which the next one may follow."""


def told(answer: Answer, *, explained: bool = False) -> ToldAnswer:
    """Return the answer as the command line prints it; `explained`: with what led to it."""
    values, lines = _values(answer), list(_lines(answer))
    if explained and answer.reasons is not None:
        values["reasons"] = asdict(answer.reasons)
        lines += _reasons(answer, answer.reasons)
    return ToldAnswer(
        values,
        [(line.plain, line.style, line.spans) for line in lines],
        [(line.plain, line.style, line.spans) for line in _passages(answer)],
        Turn.of(answer.question, answer).question,
    )


def print_lines(lines: Iterable[Line]) -> None:
    """Print the lines or the passages of an answer."""
    for text, style, parts in lines:
        out.print(Text(text, style, spans=[Span(*part) for part in parts]))


def print_answers(questions: Sequence[str], answers: Sequence[ToldAnswer]) -> None:
    """Print answers; where there are several, each below its numbered question."""
    for number, (question, answer) in enumerate(zip(questions, answers, strict=True), 1):
        if len(answers) > 1:
            out.print(Text(f"{number}. {question}", "bold"))
        print_lines(answer.lines)


def values_of(question: str, answers: Sequence[ToldAnswer]) -> dict[str, Any]:
    """Return the one object for a question; of several in one message they are its `parts`."""
    parts = [told.values for told in answers]
    if len(parts) == 1:
        return parts[0]
    numbered = [f"{number}. {part['answer']}" for number, part in enumerate(parts, 1)]
    return {
        "question": question,
        "answer": "\n".join(numbered),
        "refused": all(part["refused"] for part in parts),
        "citations": [citation for part in parts for citation in part["citations"]],
        "parts": parts,
    }


def _values(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "answer": answer.text,
        **picked(answer, "refused confidence"),
        "citations": [picked(one, "title source heading quote") for one in answer.citations],
        **picked(answer, "restored_question kb_version latency_ms"),
    }


def _lines(answer: Answer) -> Iterator[Text]:
    """Yield the answer with its highlights in bold, and a line a source."""
    if answer.understood is not None:
        yield Text(understood_of(answer.understood), style="italic")
    if answer.notice:
        yield Text(notice_of(answer))
    bullet = "• " if len(answer.sentences) > 1 else ""
    for sentence in answer.sentences:
        line = Text(bullet + sentence.text)
        for start, end in sentence.highlights:
            line.stylize("bold", start + len(bullet), end + len(bullet))
        line.append(sentence.shown_note, style="italic")
        yield line
    for name in source_names(answer.citations):
        yield Text(f"  {name}", style="dim")
    if answer.refused:
        for topic in answer.topics:
            yield Text(f"  • {topic_label(topic)}", style="dim")


def _reasons(answer: Answer, reasons: Explanation) -> Iterator[Text]:
    """Yield the stages that led to the answer, each under its title."""
    for number, stage in enumerate(stages(answer, reasons), 1):
        yield Text(f"\n{number}. {stage.title}", style="bold")
        for line in stage.lines:
            shown = Text(line.text)
            if line.bold is not None:
                shown.stylize("bold", *line.bold)
            yield Text("   ").append_text(shown)


def _passages(answer: Answer) -> Iterator[Text]:
    passages = {citation.chunk_id: citation for citation in answer.citations}
    for citation in passages.values():
        yield Text(f"📄 {citation.title}", style="bold")
        yield Text(f"{_SOURCE}: {source_line(citation)}", style="dim")
        yield Text(citation.passage)
