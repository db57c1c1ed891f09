from datetime import UTC, datetime, timedelta

import pytest

from knowledge.quiz.retention import TopicMemory, retrievability_by_topic
from knowledge.quiz.schedule import Rating, ReviewCard, Schedule

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
NOW = START + timedelta(days=9)


def reviewed(question_id: str, topic: str | None, *ratings: Rating) -> ReviewCard:
    schedule = Schedule()
    card = schedule.new_card(question_id, topic, START)
    for rating in ratings:
        card = schedule.review(card, rating, START)
    return card


def test_each_topic_by_itself() -> None:
    good = reviewed("q1", "chung", Rating.Good, Rating.Good)
    again = reviewed("q2", "chung", Rating.Again)
    easy = reviewed("q3", "lich-su", Rating.Easy)
    own = reviewed("own:1", None)
    memory = retrievability_by_topic([good, easy, own, again], NOW)
    schedule = Schedule()
    mean = (schedule.retrievability(good, NOW) + schedule.retrievability(again, NOW)) / 2
    assert memory["chung"] == TopicMemory(pytest.approx(mean), due=2, cards=2)
    assert memory["lich-su"] == TopicMemory(schedule.retrievability(easy, NOW), due=1, cards=1)
    assert memory[None] == TopicMemory(0.0, due=1, cards=1)
    assert memory["lich-su"].mean > memory["chung"].mean > 0


def test_nothing_is_due_and_all_is_known_right_after_reviewing() -> None:
    cards = [reviewed("q1", "chung", Rating.Good), reviewed("q2", "chung", Rating.Easy)]
    assert retrievability_by_topic(cards, START) == {"chung": TopicMemory(1.0, due=0, cards=2)}


def test_a_card_is_due_from_its_moment_on() -> None:
    card = reviewed("q1", "chung", Rating.Good)
    assert retrievability_by_topic([card], card.due)["chung"].due == 1
    just_before = card.due - timedelta(microseconds=1)
    assert retrievability_by_topic([card], just_before)["chung"].due == 0


def test_no_cards_no_topics() -> None:
    assert retrievability_by_topic([], NOW) == {}
