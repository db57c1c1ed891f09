import shutil
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import cast

import pytest

from embeddings import Encoder, Reader
from embeddings.reader import Reading
from embeddings.vietnamese import fold
from knowledge import Answer, Assistant, KnowledgeBase, QuestionError
from knowledge.answering.assistant import NOT_FOUND, OFF_TOPIC
from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS
from knowledge.retrieval.typed_question import MAX_QUESTION_CHARACTERS
from tests.knowledge.small_articles import DATE_QUESTION, write

MOTTO_QUESTION = "2 thạo, 3 đúng, 3 không gồm những gì?"
ANSWERED = [
    (DATE_QUESTION, {"28/8"}, "Ngày truyền thống"),
    ("Quyết định số bao nhiêu?", {"Quyết định số 828/QĐ-TTg"}, "Ngày truyền thống"),
    ("Thủ tướng ký Quyết định 828 ngày nào?", {"22/7/2004"}, "Ngày truyền thống"),
    (
        "3 đúng là gì?",
        {"đúng chính sách", "đúng thẩm quyền", "đúng thời gian"},
        "Nguyên tắc 2 thạo, 3 đúng, 3 không",
    ),
]
NEAR = ["Số điện thoại Văn phòng là gì?", "Vi phạm 3 không bị phạt bao nhiêu?"]
FAR = [
    "Giá vàng hôm nay bao nhiêu?",
    "Ai là giám đốc bệnh viện tỉnh?",
    "Cách nấu phở bò?",
    "Đội nào vô địch cúp C1 năm ngoái?",
]


def bold(answer: Answer) -> set[str]:
    return {s.text[start:end] for s in answer.sentences for start, end in s.highlights}


def content(answer: Answer) -> tuple[object, ...]:
    """All that an answer says, whatever the question's spelling and the time it took."""
    return answer.sentences, answer.notice, answer.refused, answer.topics


@pytest.mark.parametrize(("question", "shown", "title"), ANSWERED)
def test_answer_highlights_and_cites(
    assistant: Assistant, question: str, shown: set[str], title: str
) -> None:
    answer = assistant.answer(question)
    assert not answer.refused
    assert all(words.casefold() in answer.text.casefold() for words in shown)
    assert {citation.title for citation in answer.citations} == {title}
    assert (answer.question, answer.kb_version) == (question, "v0001")
    assert (answer.restored_question, answer.topics) == (None, ())
    assert 0.5 <= answer.confidence <= 1
    assert answer.latency_ms > 0
    for sentence in answer.sentences:
        assert sentence.citation.quote in sentence.citation.passage
        assert sentence.citation.quote in sentence.text


@pytest.mark.parametrize(("question", "shown", "title"), ANSWERED)
def test_same_answer_without_diacritics(
    assistant: Assistant, question: str, shown: set[str], title: str
) -> None:
    answer = assistant.answer(fold(question))
    assert all(words.casefold() in answer.text.casefold() for words in shown)
    assert answer.citations[0].title == title
    assert answer.restored_question == question


def test_citation_carries_what_the_article_says_of_itself(assistant: Assistant) -> None:
    (citation,) = assistant.answer(DATE_QUESTION).citations
    assert citation.source == "Quyết định số 828/QĐ-TTg"
    assert citation.heading == "Ngày 28/8"
    assert (citation.author, citation.published) == ("Ban biên soạn", "2026-11-23")
    assert citation.quote == (
        "Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày 28/8 hằng năm."
    )


@pytest.mark.parametrize("question", [*FAR, *map(fold, FAR)])
def test_refusal_of_something_else_offers_no_topics(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert (answer.refused, answer.text, answer.topics) == (True, OFF_TOPIC, ())


@pytest.mark.parametrize("question", [*NEAR, *map(fold, NEAR)])
def test_refusal_of_a_near_question_offers_topics_that_open(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.answer(question)
    assert answer.refused
    assert (answer.text, answer.sentences, answer.notice) == (NOT_FOUND, (), NOT_FOUND)
    assert 1 <= len(answer.topics) <= 3
    assert len({(topic.article, topic.title) for topic in answer.topics}) == len(answer.topics)
    for topic in answer.topics:
        opened = assistant.topic(topic.chunk_id)
        assert opened is not None
        assert opened.question == topic.title
        assert not opened.refused
        assert opened.citations[0].chunk_id == topic.chunk_id
        assert opened.citations[0].title == topic.article


def test_citation_by_id(assistant: Assistant) -> None:
    (cited,) = assistant.answer(DATE_QUESTION).citations
    whole = assistant.citation(cited.chunk_id)
    assert whole == replace(cited, quote=cited.passage)


@pytest.mark.parametrize("chunk_id", ["", "0" * 16, "x", "../../etc/passwd", "\x00", "é" * 999])
def test_unknown_ids(assistant: Assistant, chunk_id: str) -> None:
    assert assistant.topic(chunk_id) is None
    assert assistant.citation(chunk_id) is None


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "trống"),
        (" \n\t\u3000 ", "trống"),
        ("\x00\x07\x1b", "trống"),
        ("\u200b\u200d\ufeff", "trống"),
        ("\ud83d", "trống"),
        ("😀👍🏽🇻🇳", "chưa có chữ"),
        ("?!… — “”", "chưa có chữ"),
        ("• → ·", "chưa có chữ"),
        ("a" * 10_000, "dài 10000 ký tự"),
        ("ngày nào " * 5_000, f"tối đa là {MAX_QUESTION_CHARACTERS}"),
    ],
)
def test_question_that_cannot_be_asked(assistant: Assistant, question: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        assistant.answer(question)


@pytest.mark.parametrize(
    "question",
    [
        unicodedata.normalize("NFD", DATE_QUESTION),
        unicodedata.normalize("NFKD", DATE_QUESTION),
        f"\x00{DATE_QUESTION}\x07",
        DATE_QUESTION.replace(" ", "\x00 \n\t\u00a0"),
        f"\ufeff{DATE_QUESTION}\ud83d",
        DATE_QUESTION.upper(),
        DATE_QUESTION.lower().rstrip("?"),
        f"   {DATE_QUESTION}   " + " " * 5_000,
        f"😀 {DATE_QUESTION} 🇻🇳",
        f"*{DATE_QUESTION}*",
        "Ngày truyền thống <b>Văn phòng</b> là ngày nào?",
    ],
)
def test_spelling_of_the_question_changes_nothing(assistant: Assistant, question: str) -> None:
    assert content(assistant.answer(question)) == content(assistant.answer(DATE_QUESTION))


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        "& < > \" ' ngày",
        "[a](javascript:1) `x` **y** ~z~",
        "'; DROP TABLE embeddings; --",
        "{0} %s ${jndi:ldap://x} \\u0000 ngày",
        "1",
        "ạ",
        "là gì",
        "năm " * 200,
        "漢字 кириллица العربية",
        "9" * MAX_QUESTION_CHARACTERS,
        "không" * 200,
    ],
)
def test_any_text_gets_an_answer_or_a_refusal(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.refused == (not answer.sentences)
    assert bool(answer.topics) == (answer.notice == NOT_FOUND)


def test_what_the_reader_is_sure_of_is_bold(assistant: Assistant) -> None:
    assert bold(assistant.answer("3 đúng là gì?")) == {
        "đúng chính sách, đúng thẩm quyền, đúng thời gian"
    }


def test_long_sentences_and_lists_are_cut_to_a_short_answer(
    base: KnowledgeBase, articles: Path
) -> None:
    clauses = ", ".join(f"việc thứ {n} của bộ phận lưu trữ hồ sơ" for n in range(1, 40))
    items = "\n".join(f"- Hồ sơ loại {n} nộp tại bộ phận một cửa của tỉnh" for n in range(1, 40))
    write(
        articles,
        "long.md",
        f"# Lưu trữ\n\nBộ phận lưu trữ làm {clauses}.\n\n## Một cửa\n\n"
        f"Bộ phận một cửa nhận các loại hồ sơ sau:\n\n{items}\n",
    )
    base.reload(articles)
    assistant = base.assistant()
    for question in (
        "Bộ phận lưu trữ làm những việc gì?",
        "Bộ phận một cửa nhận các loại hồ sơ nào?",
    ):
        answer = assistant.answer(question)
        assert answer.sentences
        assert len(answer.text) <= MAX_ANSWER_CHARACTERS + 80
        for sentence in answer.sentences:
            assert all(0 <= a < b <= len(sentence.text) for a, b in sentence.highlights)
            assert sentence.citation.quote in sentence.citation.passage
    for chunk_id in {hit.chunk_id for hit in assistant.corpus.chunks}:
        topic = assistant.topic(chunk_id)
        assert topic is not None
        assert len(topic.text) <= MAX_ANSWER_CHARACTERS + len(" …")


def test_threads_get_the_same_answers(assistant: Assistant) -> None:
    questions = [question for question, _, _ in ANSWERED] + NEAR + FAR
    questions += [fold(question) for question in questions]
    alone = [content(assistant.answer(question)) for question in questions]
    with ThreadPoolExecutor(2) as threads:  # more at once are read more quickly, with fewer windows
        together = [content(a) for a in threads.map(assistant.answer, questions * 3)]
    assert together == alone * 3


def test_answers_are_repeatable(assistant: Assistant) -> None:
    first, second = (assistant.answer(MOTTO_QUESTION) for _ in range(2))
    assert replace(first, latency_ms=0) == replace(second, latency_ms=0)


def test_many_questions_at_once_are_read_less(base: KnowledgeBase, articles: Path) -> None:
    base.reload(articles)
    met = Barrier(4, timeout=60)
    counts: list[int] = []

    class Slow:
        """A reader that is done with no question before four are asked."""

        def read(self, _: str, texts: Sequence[tuple[str, str]]) -> list[Reading]:
            counts.append(len(texts))
            met.wait()
            return [Reading(0.0, (0, 0), 0.0)] * len(texts)

    corpus, retrieval = base.retrieval()
    assistant = Assistant(corpus, retrieval, base.office, cast("Reader", Slow()))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(assistant.answer, [DATE_QUESTION] * 4))
    few, *more = sorted(counts)
    assert few == 4
    assert min(more) > 4


def test_without_a_reader_retrieval_decides(
    small_data: Path, tmp_path: Path, encoder: Encoder
) -> None:
    data_dir = shutil.copytree(small_data, tmp_path / "data")
    with KnowledgeBase(data_dir, encoder) as base:
        answer = base.assistant().answer(DATE_QUESTION)
    assert "28/8" in answer.text
    assert answer.reasons is not None
    assert {read.logit for read in answer.reasons.read} == {None}
    assert bold(answer) == set()
