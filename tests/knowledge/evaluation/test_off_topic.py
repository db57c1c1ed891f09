import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from knowledge import Assistant, EvaluationError, ReloadProgress, ask_off_topic

FOREIGN = (
    "Đội bóng nào vô địch giải đấu ở Luân Đôn năm 1998?",
    "Vì sao lục lạp của thực vật có màu xanh?",
    "Ai đã phát minh ra máy hơi nước?",
)


def write(folder: Path, *questions: str, impossible: bool = False) -> Path:
    entries: list[dict[str, Any]] = [
        {"question": text, "answers": [], "is_impossible": impossible} for text in questions
    ]
    path = folder / "foreign.json"
    content = {"data": [{"title": "", "paragraphs": [{"context": "Một đoạn.", "qas": entries}]}]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("impossible", [True, False])
def test_foreign_questions_are_refused(
    tmp_path: Path, assistant: Assistant, *, impossible: bool
) -> None:
    seen: list[ReloadProgress] = []
    file = write(tmp_path, *FOREIGN, impossible=impossible)
    report = ask_off_topic(file, assistant, progress=seen.append)
    assert (report.questions, report.refused, report.refused_without_diacritics) == (3, 1, 1)
    assert (report.answered, report.examples, report.wording.sentences) == (0, (), 0)
    assert report.kb_version == assistant.kb_version
    assert [step.done for step in seen] == [1, 2, 3]


def test_answers_are_listed_with_their_source(tmp_path: Path, assistant: Assistant) -> None:
    asked = "Ngày truyền thống là ngày nào?"
    given = assistant.answer(asked)
    assert not given.refused
    report = ask_off_topic(write(tmp_path, *FOREIGN, *[asked] * 25), assistant)
    assert report.refused == round(3 / 28, 4)
    assert report.answered == 25
    assert len(report.examples) == 20
    example = report.examples[0]
    assert (example.question, example.answer) == (asked, given.text)
    assert (example.confidence, example.title) == (given.confidence, given.citations[0].title)
    assert report.wording.sentences >= 25
    assert report.wording.unsupported == 0
    assert json.loads(json.dumps(asdict(report)))["answered"] == 25


def test_a_sample_is_drawn_by_the_seed(tmp_path: Path, assistant: Assistant) -> None:
    file = write(tmp_path, *FOREIGN, "Ngày truyền thống là ngày nào?")
    asked = [ask_off_topic(file, assistant, sample=2, seed=seed) for seed in (1, 1, *range(2, 9))]
    assert {report.questions for report in asked} == {2}
    assert asked[0].refused == asked[1].refused
    assert {report.refused for report in asked} == {0.5, 1}


def test_a_file_without_questions_is_refused(tmp_path: Path, assistant: Assistant) -> None:
    with pytest.raises(EvaluationError, match="không có câu hỏi"):
        ask_off_topic(write(tmp_path), assistant)
