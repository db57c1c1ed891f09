"""One wording for a question however it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables
from knowledge.answering.question import without_politeness

if TYPE_CHECKING:
    from knowledge.answering.office import Glossary


class QuestionWording:
    """Writes questions out with the office's abbreviations."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def normalised(self, question: str, restored: str | None = None) -> str:
        """Return the question in lower case, written out, without politeness and punctuation.

        `restored` is the assistant's reading of it with diacritics, where they were missing.
        """
        written_out = restored or self._glossary.expand(without_politeness(question))
        return " ".join(syllables(written_out))

    def key(self, normalised: str) -> str:
        """Return what is equal for one wording with and without diacritics."""
        return fold(normalised)
