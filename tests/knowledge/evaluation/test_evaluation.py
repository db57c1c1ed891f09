import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Encoder
from knowledge import EvaluationError, ReloadProgress, evaluate
from knowledge.answering.question import QuestionKind
from knowledge.evaluation.noise import Typing
from knowledge.evaluation.squad import SquadQuestion, SquadSet, read_squad
from tests.knowledge.seeded import seeded


def qa(question: str, *answers: str, **more: Any) -> dict[str, Any]:
    return {
        "question": question,
        "answers": [{"text": text, "answer_start": 0} for text in answers],
        **more,
    }


def paragraph(context: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return {"context": context, "qas": list(questions)}


LEAVE = paragraph(
    "Công chức được nghỉ hằng năm 12 ngày làm việc. Nghỉ ốm cần giấy của bệnh viện.",
    qa("Công chức được nghỉ hằng năm bao nhiêu ngày?", "12 ngày"),
    qa("Nghỉ ốm cần giấy gì?", "giấy của bệnh viện", "giấy"),
)
PARKING = paragraph(
    "# 1. Bãi xe mở cửa lúc 6 giờ.\n- Gửi xe qua đêm phải báo bảo vệ.",
    qa("Bãi xe mở cửa lúc mấy giờ?", "6 giờ"),
    qa("Bãi xe có mái che không?", is_impossible=True),
)
MEETING = paragraph(
    "Cuộc họp giao ban mở vào sáng thứ Hai tại phòng họp số 2.",
    qa("Họp giao ban ở phòng nào?", "phòng họp số 2"),
)
SQUAD = {
    "version": "1.1",
    "data": [
        {"title": "Quy_chế", "paragraphs": [LEAVE, PARKING]},
        {"paragraphs": [MEETING]},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(SQUAD, ensure_ascii=False), encoding="utf-8")
    return path


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"data": [{"title": "a", "paragraphs": [paragraph("Một câu văn.", *questions)]}]}


def test_small_file_is_evaluated(file: Path, encoder: Encoder) -> None:
    seen: list[ReloadProgress] = []
    report = evaluate(file, encoder, progress=seen.append)
    assert (report.paragraphs, report.questions) == (3, 4)
    assert (report.file, report.model) == (str(file), encoder.model_id)
    for scores in (report.typed, report.without_diacritics):
        assert scores.recall_at_1 == scores.mrr_at_10 == scores.ndcg_at_10 == 1
        assert scores.answer_sentence_at_1 == scores.answer_sentence_at_3 == 1
    assert report.seconds > 0
    assert json.loads(json.dumps(asdict(report)))["typed"]["recall_at_5"] == 1
    assert [p.done for p in seen if p.stage == "Hỏi không dấu"] == [1, 2, 3, 4, 5]


def test_refusal_kinds_and_wording_are_measured(tmp_path: Path, encoder: Encoder) -> None:
    """Of two questions marked impossible one is foreign, the other has its answer after all."""
    foreign = qa("Ai đã viết Truyện Kiều?", is_impossible=True)
    marked_wrongly = qa("Bãi xe mở cửa lúc mấy giờ?", is_impossible=True)
    data = {"data": [{"paragraphs": [LEAVE, PARKING, paragraph("Nghỉ.", foreign, marked_wrongly)]}]}
    data["data"][0]["paragraphs"][1] = paragraph(PARKING["context"], *PARKING["qas"][:1])
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    report = evaluate(path, encoder)
    assert (report.questions, report.unanswerable) == (3, 2)
    assert set(report.refusal) == set(Typing)
    refusal = report.refusal[Typing.TYPED]
    assert refusal.unanswerable_refused == 0.5
    assert refusal.answerable_refused == 0
    assert refusal.answered_right == 1
    assert refusal.trade_off[0].unanswerable_refused == 0
    kinds = {row.kind: row for row in report.kinds}
    assert kinds[QuestionKind.DURATION].questions == 1
    assert kinds[QuestionKind.PERSON].unanswerable_refused == 1
    assert sum(row.questions for row in report.kinds) == 3
    assert report.wording.sentences >= 4 * len(Typing)
    assert report.wording.unsupported == 0


def test_the_same_seed_asks_the_same(file: Path, encoder: Encoder) -> None:
    first, again, all_asked = (
        asdict(evaluate(file, encoder, sample=sample, seed=4)) for sample in (3, 3, 99)
    )
    assert (first["questions"], first["unanswerable"]) == (2, 1)
    assert {**first, "seconds": 0} == {**again, "seconds": 0}
    assert (all_asked["questions"], all_asked["unanswerable"]) == (4, 1)
    assert first["paragraphs"] == 3


@given(st.integers(1, 7), st.integers(0, 4), st.integers(1, 12), st.integers(0, 99))
def test_a_sample_keeps_the_shares(answerable: int, not_: int, count: int, seed: int) -> None:
    questions = tuple(SquadQuestion(f"câu {n}", n, ("a",)) for n in range(answerable))
    impossible = tuple(SquadQuestion(f"không {n}", n, ()) for n in range(not_))
    drawn = SquadSet((), questions, impossible).sampled(count, seeded(seed))
    assert len(drawn.questions) + len(drawn.unanswerable) == min(count, answerable + not_)
    assert len(drawn.questions) >= 1
    wanted = count * answerable / (answerable + not_)
    assert len(drawn.questions) == answerable or abs(len(drawn.questions) - wanted) < 1
    for some, whole in ((drawn.questions, questions), (drawn.unanswerable, impossible)):
        assert list(some) == [question for question in whole if question in some]


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="count must be ≥ 1, got 0"):
        SquadSet((), ()).sampled(0, seeded(0))


def test_a_lost_translated_answer_counts_for_retrieval_only(
    tmp_path: Path, encoder: Encoder
) -> None:
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(with_questions(qa("Một câu gì?"))), encoding="utf-8")
    report = evaluate(path, encoder)
    assert report.typed.recall_at_1 == 1
    assert report.typed.answer_sentence_at_1 is None
    assert report.refusal[Typing.TYPED].answered_right is None


def test_scores_tell_right_from_wrong(tmp_path: Path, encoder: Encoder) -> None:
    """Of two questions one has its gold in the other paragraph: found second, never evidence."""
    misplaced = paragraph(MEETING["context"], *PARKING["qas"][:1], *MEETING["qas"])
    data = {"data": [{"title": "", "paragraphs": [paragraph(PARKING["context"]), misplaced]}]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    scores = evaluate(path, encoder).typed
    assert (scores.recall_at_1, scores.recall_at_5, scores.mrr_at_10) == (0.5, 1, 0.75)
    assert scores.ndcg_at_10 == pytest.approx(0.8155, abs=1e-4)


def test_reading_tells_the_unanswerable_apart(file: Path) -> None:
    squad = read_squad(file)
    assert [p.title for p in squad.paragraphs] == ["Quy chế", "Quy chế", ""]
    assert [q.paragraph for q in squad.questions] == [0, 0, 1, 2]
    assert squad.questions[1].answers == ("giấy của bệnh viện", "giấy")
    assert squad.unanswerable == (SquadQuestion("Bãi xe có mái che không?", 1, ()),)


def test_byte_order_mark_and_half_characters(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "squad.json"
    data = with_questions(qa("Một câu \ud83d gì?", "câu \ud83d văn", "câu"))
    data["data"][0]["paragraphs"][0]["context"] += " \udc00"
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    assert evaluate(path, encoder).typed.recall_at_1 == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "không phải JSON"),
        ("{", "không phải JSON"),
        (b"\xff\xfe\x00", "không phải JSON"),
        ([], "không theo định dạng SQuAD"),
        (None, "không theo định dạng SQuAD"),
        ({}, "không theo định dạng SQuAD"),
        ({"data": 3}, "không theo định dạng SQuAD"),
        ({"data": ["a"]}, "không theo định dạng SQuAD"),
        ({"data": [{"title": "a"}]}, "không theo định dạng SQuAD"),
        ({"data": [{"paragraphs": [{"context": "a"}]}]}, "không theo định dạng SQuAD"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, "không theo định dạng SQuAD"),
        ({"data": [{"paragraphs": [{"context": 3, "qas": []}]}]}, "không theo định dạng SQuAD"),
        (with_questions({"question": "a"}), "không theo định dạng SQuAD"),
        (with_questions({"question": None, "answers": []}), "không theo định dạng SQuAD"),
        (with_questions(qa("", "a")), r"câu hỏi.*trống"),
        (with_questions(qa("?!", "a")), r"câu hỏi.*chưa có chữ"),
        (with_questions(qa("a" * 1001, "a")), r"câu hỏi.*dài 1001 ký tự"),
        ({"data": []}, "không có câu hỏi"),
        (with_questions(qa("a", is_impossible=True)), "không có câu hỏi nào có đáp án"),
        (with_questions(qa("?", is_impossible=True)), r"câu hỏi.*chưa có chữ"),
    ],
)
def test_file_of_no_use(tmp_path: Path, encoder: Encoder, content: object, message: str) -> None:
    path = tmp_path / "squad.json"
    data = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(EvaluationError, match=message):
        evaluate(path, encoder)


def test_missing_file_and_empty_paragraph(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(EvaluationError, match="Không đọc được"):
        evaluate(tmp_path / "none.json", encoder)
    with pytest.raises(EvaluationError, match="Không đọc được"):
        evaluate(tmp_path, encoder)
    path = tmp_path / "squad.json"
    empty = {"data": [{"paragraphs": [LEAVE, paragraph("  ")]}]}
    path.write_text(json.dumps(empty), encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"đoạn 000001\.md"):
        evaluate(path, encoder)
