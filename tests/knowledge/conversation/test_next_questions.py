import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import Answer, Assistant, KnowledgeBase
from knowledge.conversation.heading_questions import heading_questions
from knowledge.conversation.next_questions import (
    CandidateQuestion,
    CheckedQuestion,
    NextQuestions,
    as_question,
    checked,
    from_passages,
)
from knowledge.conversation.turn import Turn
from tests.knowledge.small_articles import DATE_QUESTION

RIGHT, NO = "3 đúng là gì?", "3 không là gì?"
SIGNED = "Quyết định số 828/QĐ-TTg ký ngày nào?"
REGULATION = """\
---
title: Quy chế tiếp khách
source: Văn phòng
---
## Chương I. Quy định chung

### Điều 1. Thẻ khách

Khách đến làm việc đeo thẻ màu xanh. Thẻ khách do phòng bảo vệ cấp.

### Điều 2. Gửi xe

Khách gửi xe ở bãi xe phía sau trụ sở, không mất tiền.

## Quà lưu niệm

Quà lưu niệm là tranh thổ cẩm.

## Khách nước ngoài đeo thẻ màu gì

Khách nước ngoài đeo thẻ màu vàng.

## Những việc khác

Phòng Hành chính lo nước uống cho khách.
"""


def anything(_answer: Answer) -> bool:
    return True


def asked(assistant: Assistant, *questions: str) -> NextQuestions:
    found = (checked(assistant, CandidateQuestion(text, anything)) for text in questions)
    return NextQuestions(question for question in found if question is not None)


def offered(questions: NextQuestions, answer: Answer, *before: Answer) -> list[str]:
    turns = [Turn(each.question, each) for each in before]
    return [question.text for question in questions.after(answer, turns)]


def test_only_what_is_answered_as_it_should_be_is_kept(assistant: Assistant) -> None:
    (day,) = {citation.chunk_id for citation in assistant.answer(DATE_QUESTION).citations}
    assert checked(assistant, CandidateQuestion("Giá vàng hôm nay?", anything)) is None
    assert checked(assistant, CandidateQuestion("?!", anything)) is None
    assert checked(assistant, CandidateQuestion(RIGHT, from_passages([day]))) is None
    kept = checked(assistant, CandidateQuestion(DATE_QUESTION, from_passages([day])))
    assert kept is not None
    assert kept.key == CandidateQuestion.key_of(DATE_QUESTION.upper())


def test_near_questions_follow_an_answer_and_none_a_refusal(assistant: Assistant) -> None:
    questions = asked(assistant, DATE_QUESTION, SIGNED, RIGHT, NO)
    assert offered(questions, assistant.answer("3 đúng gồm những gì?")) == [NO]
    assert offered(questions, assistant.answer("3 không gồm những gì?")) == [RIGHT]
    assert not offered(questions, assistant.answer("Giá vàng hôm nay?"))


def test_what_the_last_turns_asked_or_told_is_not_offered_again(assistant: Assistant) -> None:
    questions, answer = asked(assistant, RIGHT, NO), assistant.answer(RIGHT)
    assert offered(questions, answer, assistant.answer(DATE_QUESTION)) == [NO]
    assert not offered(questions, answer, assistant.answer("3 không gồm những gì?"))
    refusal = assistant.answer("Giá vàng hôm nay?")
    assert not offered(questions, answer, dataclasses.replace(refusal, question="3 khong la gi"))


@pytest.mark.parametrize("again", ["3 không là những gì?", "Trong nguyên tắc thì 3 không là gì?"])
def test_no_two_ask_for_the_same(assistant: Assistant, again: str) -> None:
    questions = asked(assistant, again, NO)
    assert offered(questions, assistant.answer(RIGHT)) == [NO]


def test_the_nearest_three_that_tell_something_else_are_offered(assistant: Assistant) -> None:
    answer = assistant.answer(RIGHT)
    here, title = answer.citations[0].chunk_id, answer.citations[0].title
    rows = [
        # text, article, how near, what tells the answer
        ("Xa nhất?", title, 1.0, {"a"}),
        ("Gần nhất?", "Bài khác", 9.0, {"b"}),
        ("Cũng hỏi điều gần nhất, dài hơn?", title, 8.0, {"b", "c"}),
        ("Gần nhì?", title, 7.0, {"d"}),
        ("Đã nêu rồi?", title, 6.0, {"đúng thẩm quyền"}),
        ("Ở bài khác thì phải gần hơn?", "Bài khác", 2.9, {"e"}),
        ("Gần ba?", title, 2.0, {"f"}),
    ]
    questions = NextQuestions(
        CheckedQuestion(text, text, article, {here: near}, frozenset(told))
        for text, article, near, told in rows
    )
    assert offered(questions, answer) == ["Gần nhất?", "Gần nhì?", "Gần ba?"]


def test_another_article_far_away_offers_nothing(assistant: Assistant) -> None:
    questions = asked(assistant, DATE_QUESTION)
    assert not offered(questions, assistant.answer(NO))


def test_each_article_gives_one_to_begin_with(assistant: Assistant) -> None:
    titles = [one.title for one in asked(assistant, SIGNED, RIGHT, NO).one_an_article()]
    assert sorted(titles) == ["Nguyên tắc 2 thạo, 3 đúng, 3 không", "Ngày truyền thống"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ai ký  quyết định 828", "Ai ký quyết định 828?"),
        ("Ngày nào ? ", "Ngày nào?"),
        ("đoàn thể gồm gì:", "Đoàn thể gồm gì?"),
    ],
)
def test_a_question_is_written_as_one(typed: str, shown: str) -> None:
    assert as_question(typed) == shown


def test_headings_that_ask_define_or_regulate_become_questions(
    base: KnowledgeBase, article: Callable[[str, str], Path]
) -> None:
    base.reload(article("quy-che.md", REGULATION))
    assistant = base.assistant()
    candidates = list(heading_questions(assistant.corpus))
    assert [candidate.text for candidate in candidates] == [
        "Thẻ khách được quy định thế nào?",
        "Gửi xe được quy định thế nào?",
        "Quà lưu niệm là gì?",
        "Khách nước ngoài đeo thẻ màu gì?",
    ]
    assert all(checked(assistant, candidate) is not None for candidate in candidates)


def test_a_heading_that_two_documents_have_asks_for_neither(
    base: KnowledgeBase, article: Callable[[str, str], Path]
) -> None:
    article("quy-che.md", REGULATION)
    base.reload(article("noi-quy.md", REGULATION.replace("Quy chế", "Nội quy")))
    assert not list(heading_questions(base.assistant().corpus))
