"""Answers on the terminal: for people, and as JSON lines for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from bot.features.asking import texts
from bot.terminal.console import out

if TYPE_CHECKING:
    from knowledge import Answer, Citation


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return the answer as the plain values of one JSON line."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "refused": answer.refused,
        "confidence": answer.confidence,
        "citations": [
            {
                "title": citation.title,
                "source": citation.source,
                "heading": citation.heading,
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "restored_question": answer.restored_question,
        "kb_version": answer.kb_version,
        "latency_ms": answer.latency_ms,
    }


def print_answer(answer: Answer) -> None:
    """Print the answer with its highlights in bold and a line a source."""
    if answer.notice:
        out.print(Text(answer.notice))
    bullet = "• " if len(answer.sentences) > 1 else ""
    for sentence in answer.sentences:
        line = Text(bullet + sentence.text)
        for start, end in sentence.highlights:
            line.stylize("bold", start + len(bullet), end + len(bullet))
        line.append(sentence.shown_note, style="italic")
        out.print(line)
    for name in dict.fromkeys(_short_source(citation) for citation in answer.citations):
        out.print(Text(f"  {texts.SOURCE}: {name}", style="dim"))
    if answer.refused and answer.topics:
        titles = "; ".join(topic.title for topic in answer.topics)
        out.print(Text(f"  Mục gần nhất: {titles}", style="dim"))


def print_passages(answer: Answer) -> None:
    """Print the passages behind an answer in full."""
    passages = {citation.chunk_id: citation for citation in answer.citations}
    for citation in passages.values():
        out.print(Text(f"📄 {citation.title}", style="bold"))
        out.print(Text(f"{texts.SOURCE}: {citation.source}", style="dim"))
        out.print(Text(citation.passage))


def _short_source(citation: Citation) -> str:
    return f"{citation.title} › {citation.heading}" if citation.heading else citation.title
