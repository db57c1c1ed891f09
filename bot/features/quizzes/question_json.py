"""Quiz questions as the plain values that a JSON column keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledge.quiz.question import Difficulty, QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping


def question_to_json(question: QuizQuestion) -> dict[str, Any]:
    """Return the question's fields but its id, which its row gives."""
    return {
        "topic": question.topic,
        "text": question.text,
        "options": list(question.options),
        "correct": list(question.correct),
        "explanation": question.explanation,
        "article": question.article,
        "quote": question.quote,
        "difficulty": question.difficulty.value,
        "tags": list(question.tags),
    }


def question_from_json(question_id: str, fields: Mapping[str, Any]) -> QuizQuestion:
    """Return the question of what `question_to_json` gave."""
    return QuizQuestion(
        question_id=question_id,
        topic=fields["topic"],
        text=fields["text"],
        options=tuple(fields["options"]),
        correct=tuple(fields["correct"]),
        explanation=fields["explanation"],
        article=fields["article"],
        quote=fields["quote"],
        difficulty=Difficulty(fields["difficulty"]),
        tags=tuple(fields["tags"]),
    )
