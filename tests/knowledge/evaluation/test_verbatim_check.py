import dataclasses

import pytest

from knowledge import Answer, AnswerSentence, Assistant, Citation
from knowledge.evaluation.verbatim_check import EXAMPLES, VerbatimCheck, unsupported

PASSAGE = "Trụ sở mở cửa lúc 7 giờ, kể cả thứ Hai.\nCần mang theo:\n- thẻ công chức;\n- giấy mời."


def answer(*shown: str, passage: str = PASSAGE) -> Answer:
    citation = Citation("Giờ mở cửa", "a.md", "", passage, passage, "c1")
    sentences = tuple(AnswerSentence(text, (), citation) for text in shown)
    return Answer(
        question="Mấy giờ mở cửa?",
        sentences=sentences,
        notice="Xin nêu cả hai:",
        refused=False,
        confidence=0.9,
        restored_question=None,
        kb_version="v0001",
        latency_ms=1.0,
    )


@pytest.mark.parametrize(
    "shown",
    [
        "Trụ sở mở cửa lúc 7 giờ, kể cả thứ Hai.",
        "Trụ sở mở cửa lúc 7 giờ …",
        "… kể cả thứ Hai.",
        "… mở cửa lúc 7 giờ …",
        "Cần mang theo:\n- giấy mời.",
        "Cần mang theo:\n- thẻ công chức;\n- giấy mời.",
        PASSAGE,
    ],
)
def test_what_stands_in_the_passage_may_be_cut_and_listed(shown: str) -> None:
    assert unsupported(answer(shown)) == []


@pytest.mark.parametrize(
    "shown",
    [
        "Trụ sở mở cửa lúc 8 giờ, kể cả thứ Hai.",
        "trụ sở mở cửa lúc 7 giờ",
        "Trụ sở mở cửa … kể cả thứ Hai.",
        "Cần mang theo:\n- sổ đỏ.",
        "Nên mang theo:\n- giấy mời.",
        "… …",
        "",
        " ",
    ],
)
def test_other_words_and_empty_sentences_are_found_out(shown: str) -> None:
    assert unsupported(answer(shown)) == [shown]


def test_any_cited_passage_may_hold_a_sentence() -> None:
    both = answer("Trụ sở mở cửa lúc 7 giờ", "Hôm nay nghỉ.")
    other = dataclasses.replace(both.citations[0], passage="Hôm nay nghỉ.", chunk_id="c2")
    second = dataclasses.replace(both.sentences[0], citation=other)
    assert unsupported(both) == ["Hôm nay nghỉ."]
    together = dataclasses.replace(both, sentences=(*both.sentences, second))
    assert unsupported(together) == []


def test_dots_of_the_passage_itself_are_words_of_it() -> None:
    assert unsupported(answer("… còn nữa …", passage="Xem … còn nữa … hết")) == []


def test_sentences_are_counted_and_the_first_wrong_ones_kept() -> None:
    check = VerbatimCheck()
    check.add(answer("kể cả thứ Hai."))
    for number in range(EXAMPLES + 5):
        check.add(answer(f"sai {number}", "giấy mời."))
    scores = check.scores()
    assert (scores.sentences, scores.unsupported) == (2 * (EXAMPLES + 5) + 1, EXAMPLES + 5)
    assert [e.sentence for e in scores.examples] == [f"sai {n}" for n in range(EXAMPLES)]
    assert scores.examples[0].question == "Mấy giờ mở cửa?"


def test_real_answers_pass(assistant: Assistant) -> None:
    check = VerbatimCheck()
    for topic in assistant.corpus.chunks:
        check.add(assistant.answer(topic.text[:200]))
    assert check.scores().sentences
    assert not check.scores().unsupported
