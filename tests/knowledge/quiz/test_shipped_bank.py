import pytest

from knowledge.articles.chunk import Chunk
from knowledge.articles.chunker import chunk_article
from knowledge.documents.loader import article_files, load_article
from knowledge.quiz.bank.passage_check import check_lessons, check_passages
from knowledge.quiz.bank.reading import BankReading, read_bank
from tests.knowledge.small_articles import SHIPPED

QUIZZES = SHIPPED.parents[1] / "quiz" / "office"


@pytest.fixture(scope="module")
def reading() -> BankReading:
    return read_bank(QUIZZES)


@pytest.fixture(scope="module")
def chunks() -> list[Chunk]:
    return [c for file in article_files(SHIPPED) for c in chunk_article(load_article(file))]


def test_there_is_something_to_learn(reading: BankReading) -> None:
    assert len(reading.bank.topics) >= 6
    assert len(reading.bank.questions) >= 60
    assert len(reading.bank.topics) == len(list(QUIZZES.glob("*.yaml")))


def test_nothing_is_wrong_in_the_files(reading: BankReading) -> None:
    assert [str(problem) for problem in reading.problems] == []


def test_every_quote_and_every_lesson_stands(reading: BankReading, chunks: list[Chunk]) -> None:
    findings = check_passages(reading.bank.questions.values(), chunks)
    assert set(findings) == set(reading.bank.questions)
    assert {i: found.reason for i, found in findings.items() if not found.found} == {}
    assert check_lessons(reading.bank.topics, chunks) == ()


def test_every_question_rests_on_a_part_of_its_lesson(reading: BankReading) -> None:
    for topic in reading.bank.topics:
        read = {part.article for part in topic.lesson}
        assert {question.article for question in topic.questions} <= read, topic.topic_id
