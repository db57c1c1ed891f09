"""What an index version answers to the golden questions, each asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answering.answer import Answer
    from knowledge.answering.assistant import Assistant


class AnswerSheet:
    """Asks one version's assistant, and remembers the answers: a version never changes its mind.

    The version that passed an exam is the live one of the next, which then need not ask it again.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._answers: dict[str, Answer] = {}

    def answer(self, question: str) -> Answer:
        """Return the version's answer; raises QuestionError."""
        if (known := self._answers.get(question)) is None:
            known = self._answers[question] = self._assistant.answer(question)
        return known

    def keep_only(self, questions: set[str]) -> None:
        """Forget the answers to questions that are asked no more."""
        self._answers = {text: a for text, a in self._answers.items() if text in questions}
