"""Small questions and topics to test the learning core with."""

from knowledge.quiz.question import Difficulty, QuizQuestion
from knowledge.quiz.topic import QuizTopic


def question(
    question_id: str = "q1",
    *,
    options: int = 4,
    correct: tuple[int, ...] = (0,),
    difficulty: Difficulty = Difficulty.MEDIUM,
    text: str = "Ngày truyền thống của Văn phòng là ngày nào?",
) -> QuizQuestion:
    """A sound question with as many options as asked for."""
    return QuizQuestion(
        question_id=question_id,
        topic="chung",
        text=text,
        options=tuple(f"Phương án {number}" for number in range(1, options + 1)),
        correct=correct,
        explanation="Theo bài giới thiệu.",
        article="gioi-thieu",
        quote="ngày truyền thống",
        difficulty=difficulty,
    )


def topic(topic_id: str, order: int = 1) -> QuizTopic:
    """A topic of one question."""
    return QuizTopic(topic_id, f"Chủ đề {topic_id}", order, (), (question(f"{topic_id}-1"),))
