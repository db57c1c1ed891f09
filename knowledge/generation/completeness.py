"""Whether what a model wrote tells all that the extracted answer tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import syllables
from knowledge.generation.claims import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.answering.answer import Answer, AnswerSentence

_SHARE = 0.9  # of the words that answer, where it is known which they are
_SHARE_OF_ALL = 0.6  # of all that is shown, where it isn't: what answers is somewhere in it


def tells_all(extracted: Answer, written: Sequence[AnswerSentence]) -> bool:
    """Tell whether `written` holds what answers in each sentence of the `extracted` answer.

    That is the highlighted part, or else all of a line of several, but not the question's words.
    """
    told = set(syllables(" ".join(sentence.text for sentence in written)))
    asked = set(syllables(f"{extracted.question} {extracted.restored_question or ''}"))
    several = len(extracted.sentences) > 1
    for sentence in extracted.sentences:
        parts = [sentence.text[start:end] for start, end in sentence.highlights]
        wanted = content(" ".join(parts) or sentence.text)
        words = [word for word in wanted if word not in asked] or wanted
        least = _SHARE if parts or several else _SHARE_OF_ALL
        if sum(word in told for word in words) < least * len(words):
            return False
    return True
