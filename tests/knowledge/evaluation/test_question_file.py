import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import EvaluationError
from knowledge.evaluation.question_file import read_questions
from knowledge.evaluation.question_set import Document, Question, QuestionSet
from tests.knowledge.seeded import seeded

SQUAD = {
    "data": [
        {
            "title": "Quy_chế",
            "paragraphs": [
                {
                    "context": "Nghỉ ốm cần giấy.",
                    "qas": [{"question": "Cần gì?", "answers": [{"text": "giấy"}] * 2}],
                }
            ],
        },
        {
            "paragraphs": [
                {
                    "context": "# Họp sáng thứ Hai",
                    "qas": [
                        {"question": "Họp ở đâu?", "answers": [], "is_impossible": True},
                        {"question": "Họp khi nào?", "answers": []},
                    ],
                }
            ]
        },
    ]
}
BASE = [
    {
        "id": "a",
        "title": "Nội quy",
        "text": "# Giờ\n\nMở cửa lúc 7 giờ.",
        "qas": [
            {"q": "Mấy giờ mở cửa?", "a": "7 giờ", "kind": "date", "at": 18,
             "also": [{"doc": "b", "a": "bảy giờ"}]},
            {"q": "Mấy giờ đóng cửa?", "a": None, "kind": "not-stated"},
        ],
    },
    {"id": "b", "title": "Thông báo", "text": "Từ nay bảy giờ mở cửa.", "qas": []},
]  # fmt: skip
GOLDEN = """\
answered:
  - ask: ["Mấy giờ mở cửa?", may gio mo cua]
    contains: [7 giờ, mở cửa]
  - ask: "Ai mở cửa?"
    title: Nội quy
refused:
  - giá vàng
"""


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    if name.endswith(".jsonl") and isinstance(content, list):
        content = "\n".join(json.dumps(line) for line in content) + "\n\n"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_squad_tells_the_unanswerable_and_the_unknown_apart(tmp_path: Path) -> None:
    read = read_questions(written(tmp_path, "xquad.json", SQUAD))
    assert read.documents == (
        Document("Quy chế", "Nghỉ ốm cần giấy.", plain=True),
        Document("", "# Họp sáng thứ Hai", plain=True),
    )
    assert read.questions == (
        Question("Cần gì?", "xquad", is_answerable=True, answers=("giấy",), documents=(0,)),
        Question("Họp ở đâu?", "xquad", is_answerable=False, documents=(1,)),
        Question("Họp khi nào?", "xquad", is_answerable=True, documents=(1,)),
    )


def test_a_base_in_json_lines_has_kinds_and_other_answers(tmp_path: Path) -> None:
    read = read_questions(written(tmp_path, "b.jsonl", BASE))
    assert [document.title for document in read.documents] == ["Nội quy", "Thông báo"]
    assert read.questions == (
        Question(
            "Mấy giờ mở cửa?",
            "date",
            is_answerable=True,
            answers=("7 giờ", "bảy giờ"),
            documents=(0, 1),
        ),
        Question("Mấy giờ đóng cửa?", "not-stated", is_answerable=False),
    )


@pytest.mark.parametrize("articles", [None, Path("bài viết")])
def test_golden_questions_are_asked_of_a_folder(tmp_path: Path, articles: Path | None) -> None:
    read = read_questions(written(tmp_path, "mẫu.yaml", GOLDEN), articles)
    assert (read.documents, read.folder) == ((), articles or tmp_path)
    assert read.questions == (
        Question("Mấy giờ mở cửa?", "mẫu", is_answerable=True, answers=("7 giờ\nmở cửa",)),
        Question("may gio mo cua", "mẫu", is_answerable=True, answers=("7 giờ\nmở cửa",)),
        Question("Ai mở cửa?", "mẫu", is_answerable=True),
        Question("giá vàng", "mẫu", is_answerable=False),
    )


def test_marks_mean_something_in_markdown_only(tmp_path: Path) -> None:
    documents = (Document("", "# 1. a\n- b", plain=True), Document('Tên "c"', "# d"))
    folder = QuestionSet((), documents).articles(tmp_path / "articles")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    assert texts == ['---\ntitle: "-"\n---\n\\# 1. a\n\\- b\n',
                     '---\ntitle: "Tên \\"c\\""\n---\n# d\n']  # fmt: skip


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": list(questions)}]}]}


def line(**changed: Any) -> list[dict[str, Any]]:
    return [BASE[0], {**BASE[1], **changed}]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", "", "không phải JSON"),
        ("a.json", "{", "không phải JSON"),
        ("a.json", [], "không theo định dạng SQuAD"),
        ("a.json", {}, "không theo định dạng SQuAD"),
        ("a.json", {"data": 3}, "không theo định dạng SQuAD"),
        ("a.json", {"data": ["a"]}, "không theo định dạng SQuAD"),
        ("a.json", {"data": [{"paragraphs": [{"context": "a"}]}]}, "không theo định dạng SQuAD"),
        ("a.json", {"data": [{"paragraphs": [{"context": 3, "qas": []}]}]},
         "không theo định dạng SQuAD"),
        ("a.json", with_questions({"question": "a"}), "không theo định dạng SQuAD"),
        ("a.json", with_questions({"question": None, "answers": []}), "không theo định dạng SQuAD"),
        ("a.json", with_questions({"question": "", "answers": []}), r"câu hỏi.*trống"),
        ("a.json", with_questions({"question": "?", "is_impossible": True}), "chưa có chữ"),
        ("a.json", with_questions({"question": "a" * 1001, "answers": []}), "dài 1001 ký tự"),
        ("a.json", {"data": []}, "không có câu hỏi"),
        ("a.jsonl", "", "không có câu hỏi"),
        ("a.jsonl", "\n{", "dòng 2 không phải JSON"),
        ("a.jsonl", [3], "dòng 1: mỗi dòng phải là một tài liệu"),
        ("a.jsonl", line(text=None), "dòng 2: mỗi dòng phải là"),
        ("a.jsonl", line(qas=[{"q": "a"}]), "dòng 2: mỗi dòng phải là"),
        ("a.jsonl", line(qas=[{"q": "a", "a": "b"}]), "dòng 2: mỗi dòng phải là"),
        ("a.jsonl", line(qas=[{"q": "a", "a": "b", "kind": "c", "also": [{"doc": "z", "a": "d"}]}]),
         "dòng 2: mỗi dòng phải là"),
        ("a.jsonl", line(qas=[{"q": "?", "a": None, "kind": "c"}]), "chưa có chữ"),
        ("a.yaml", "- a", "dòng 1: phải gồm các mục"),
        ("a.yml", "", "không có câu hỏi"),
    ],
)  # fmt: skip
def test_files_of_no_use(tmp_path: Path, name: str, content: object, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_questions(written(tmp_path, name, content))


@pytest.mark.parametrize("name", ["none.json", "none.jsonl", "none.yaml", "folder.json"])
def test_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    tmp_path.joinpath("folder.json").mkdir()
    with pytest.raises(EvaluationError, match="Không đọc được"):
        read_questions(tmp_path / name)


def test_other_encodings_are_told(tmp_path: Path) -> None:
    tmp_path.joinpath("a.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvaluationError, match="không phải JSON"):
        read_questions(tmp_path / "a.json")


@given(st.integers(1, 7), st.integers(0, 4), st.integers(1, 12), st.integers(0, 99))
def test_a_sample_keeps_the_shares(answerable: int, not_: int, count: int, seed: int) -> None:
    told = [Question(f"câu {n}", "", is_answerable=True, answers=("a",)) for n in range(answerable)]
    others = [Question(f"không {n}", "", is_answerable=False) for n in range(not_)]
    whole = tuple(seeded(seed).sample(told + others, answerable + not_))
    drawn = QuestionSet(whole).sampled(count, seeded(seed)).questions
    kept = sum(question.is_answerable for question in drawn)
    assert len(drawn) == min(count, len(whole))
    assert kept >= 1
    assert kept == answerable or abs(kept - count * answerable / len(whole)) < 1
    assert list(drawn) == [question for question in whole if question in drawn]


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="count must be ≥ 1, got 0"):
        QuestionSet(()).sampled(0, seeded(0))
