import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder, Reader, load_reader
from knowledge import EvaluationError, ReloadProgress, evaluate
from knowledge.evaluation.noise import Typing
from tests.knowledge.small_articles import write_small_articles

TYPED = (Typing.TYPED,)

BASE = [
    {
        "id": "parking",
        "title": "Nội quy bãi xe",
        "text": "## Giờ\n\nBãi xe mở cửa lúc 6 giờ 30 phút.\n\n"
        "## Gửi xe\n\nGửi xe qua đêm phải báo bảo vệ trước 17 giờ.",
        "qas": [
            {"q": "Bãi xe mở cửa lúc mấy giờ?", "a": "6 giờ 30", "kind": "date"},
            {"q": "Gửi xe qua đêm phải báo ai?", "a": "ban đêm", "kind": "person",
             "also": [{"doc": "parking", "a": "bảo vệ"}]},
            {"q": "Bãi xe do ai xây dựng năm 1987?", "a": None, "kind": "near"},
        ],
    },
    {
        "id": "leave",
        "title": "Nghỉ phép",
        "text": "Công chức được nghỉ hằng năm 12 ngày làm việc.",
        "qas": [
            {"q": "Công chức được nghỉ hằng năm bao nhiêu ngày?", "a": "2 ngày", "kind": "count"},
            {"q": "Vì sao lục lạp của thực vật có màu xanh?", "a": None, "kind": "far"},
        ],
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(encoder: Encoder, models_dir: Path) -> Reader:
    return load_reader(encoder, models_dir)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.jsonl"
    path.write_text("\n".join(map(json.dumps, BASE)), encoding="utf-8")
    return path


def squad(folder: Path, context: str, *questions: dict[str, Any]) -> Path:
    path = folder / "squad.json"
    data = {"data": [{"paragraphs": [{"context": context, "qas": list(questions)}]}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_base_is_read_and_judged_by_its_own_kinds(
    base: Path, encoder: Encoder, reader: Reader
) -> None:
    """The third gold answer is wrong: "2 ngày" where "12 ngày" is told."""
    report = evaluate([base], encoder, reader=reader, typings=TYPED)
    assert (report.documents, report.questions, report.unanswerable) == (2, 3, 2)
    assert list(report.scores) == [Typing.TYPED]
    scores = report.scores[Typing.TYPED]
    assert (scores.recall_at_1, scores.mrr_at_10, scores.ndcg_at_10) == (1, 1, 1)
    assert scores.held == scores.choice == scores.reader_alone == 0.6667
    assert scores.answered_right is not None
    assert scores.answered_right <= scores.choice
    assert scores.unanswerable_refused is not None
    assert sum(one.questions for one in scores.calibration) == 5
    kinds = {row.kind: row for row in report.kinds}
    assert kinds.keys() == {"date", "person", "near", "count", "far"}
    assert (kinds["date"].choice, kinds["person"].choice, kinds["count"].choice) == (1, 1, 0)
    assert kinds["far"].unanswerable == 1
    assert report.wording.unsupported == 0
    assert json.loads(json.dumps(asdict(report)))["scores"]["typed"]["recall_at_5"] == 1


def test_files_are_pooled_and_typed_in_every_way(
    base: Path, tmp_path: Path, encoder: Encoder
) -> None:
    seen: list[ReloadProgress] = []
    golden = tmp_path / "mẫu.yaml"
    golden.write_text(
        'answered: [{ask: "Ngày truyền thống là ngày nào?", contains: [28/8]}]\n'
        "refused: [giá vàng hôm nay]",
        encoding="utf-8",
    )
    articles = write_small_articles(tmp_path / "articles")
    report = evaluate([base, golden], encoder, articles=articles, progress=seen.append)
    assert report.files == (str(base), str(golden))
    assert (report.documents, report.questions, report.unanswerable) == (4, 4, 3)
    assert list(report.scores) == list(Typing)
    for scores in report.scores.values():
        assert scores.recall_at_1 is not None
        assert scores.reader_alone is None
    assert "mẫu" in {row.kind for row in report.kinds}
    asked = [step.done for step in seen if step.stage == "Hỏi không dấu"]
    assert asked == [1, 2, 3, 4, 5, 1, 2]


def test_the_same_seed_asks_the_same(base: Path, encoder: Encoder) -> None:
    first, again, all_asked = (
        asdict(evaluate([base], encoder, typings=(Typing.TYPOS,), sample=sample, seed=4))
        for sample in (3, 3, 99)
    )
    assert (first["questions"], first["unanswerable"]) == (2, 1)
    assert {**first, "seconds": 0} == {**again, "seconds": 0}
    assert (all_asked["questions"], all_asked["unanswerable"]) == (3, 2)
    assert first["documents"] == 2


def test_a_lost_translated_answer_counts_for_retrieval_only(
    tmp_path: Path, encoder: Encoder
) -> None:
    file = squad(tmp_path, "Một câu văn. \udc00", {"question": "Một câu \ud83d gì?", "answers": []})
    scores = evaluate([file], encoder, typings=TYPED).scores[Typing.TYPED]
    assert scores.recall_at_1 == 1
    assert (scores.held, scores.choice, scores.answered_right) == (None, None, None)


def test_sets_of_no_use(tmp_path: Path, encoder: Encoder) -> None:
    impossible = {"question": "Một câu gì?", "is_impossible": True}
    with pytest.raises(EvaluationError, match="không có câu hỏi nào có đáp án"):
        evaluate([squad(tmp_path, "Một câu văn.", impossible)], encoder)
    empty = tmp_path / "b.jsonl"
    empty.write_text("\n".join(map(json.dumps, [BASE[0], BASE[1] | {"text": " "}])))
    with pytest.raises(EvaluationError, match=r"tài liệu 000001\.md"):
        evaluate([empty], encoder)
