"""Whether what a model wrote tells all that the extracted answer tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.sentences import sentences
from embeddings.vietnamese import syllables
from knowledge.generation.content_words import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import Answer, AnswerSentence

_SHARE = 0.9  # of the words that answer, where it is known which they are
_SHARE_OF_ALL = 0.6  # of each sentence that is shown, where it isn't: any may be what answers


def tells_all(extracted: Answer, written: Sequence[AnswerSentence]) -> bool:
    """Tell whether `written` holds what answers in the `extracted` answer.

    That is what is highlighted, or else every line of several but what leads them in, without the
    question's words.
    """
    told = set(syllables(" ".join(sentence.text for sentence in written)))
    asked = set(syllables(f"{extracted.question} {extracted.restored_question or ''}"))
    lines = [line for line in extracted.sentences if not line.text.endswith(":")]
    highlights = [line.text[start:end] for line in lines for start, end in line.highlights]
    if highlights:
        return all(_share(part, told, asked) >= _SHARE for part in highlights)
    least = _SHARE if len(lines) > 1 else _SHARE_OF_ALL
    parts = [part for line in lines for part in sentences(line.text)]
    return all(_share(part, told, asked) >= least for part in parts)


def _share(part: str, told: set[str], asked: set[str]) -> float:
    stating = content(part)
    words = [word for word in stating if word not in asked] or stating
    return sum(word in told for word in words) / len(words) if words else 1.0
