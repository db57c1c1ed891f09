import unicodedata
from pathlib import Path

import pytest

from knowledge.errors import QuizFileError
from knowledge.quiz.bank.model import refers_to_options
from knowledge.quiz.bank.problem import ProblemKind
from knowledge.quiz.bank.reading import (
    MAX_BANK_QUESTIONS,
    MAX_FILE_BYTES,
    MAX_FILES,
    read_bank,
)
from knowledge.quiz.question import Difficulty
from knowledge.quiz.topic import LessonPart
from tests.knowledge.quiz.banks import HEAD, question, write_bank

FULL = """\
# Chủ đề thứ hai
topic: b
title: Truyền thống
order: 2
summary: Hai câu và chỗ khác nhau
lesson:
  - article: principle.md
    heading: Hai thạo
  - article: day.md
questions:
  - id: b_01
    question: "2 thạo: gồm những gì?"
    options: ["Thạo nghề", "Thạo địa bàn", "Thạo ngoại ngữ"]
    correct: [2, 1]
    explanation: |
      Thạo nghề,
      thạo   địa bàn.
    article: principle.md
    quote: Thạo nghề
    difficulty: khó
    tags: [nguyên tắc, 2 thạo]
"""


def test_a_bank_is_read_in_the_order_of_the_path(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, a_second=FULL, z_first=HEAD + question())
    reading = read_bank(folder)
    assert reading.problems == ()
    first, second = reading.bank.topics
    assert (first.topic_id, first.summary, second.summary) == ("a", "", "Hai câu và chỗ khác nhau")
    assert first.lesson == (LessonPart("day.md"),)
    assert second.lesson == (LessonPart("principle.md", "Hai thạo"), LessonPart("day.md"))
    (simple,), (several,) = first.questions, second.questions
    assert (simple.options, simple.correct) == (("28/8", "2/9", "19/8"), (0,))
    assert (simple.difficulty, simple.tags, simple.topic) == (Difficulty.MEDIUM, (), "a")
    assert several.correct == (0, 1)
    assert several.explanation == "Thạo nghề,\nthạo địa bàn."
    assert several.difficulty is Difficulty.HARD
    assert several.tags == ("nguyên tắc", "2 thạo")
    assert str(reading.question_places["b_01"]) == "a_second.yaml, dòng 11"
    assert str(reading.topic_places["a"]) == "z_first.yaml, dòng 1"


def test_decomposed_letters_and_a_mark_are_read_as_usual(tmp_path: Path) -> None:
    text = "\ufeff" + unicodedata.normalize("NFD", HEAD + question())
    reading = read_bank(write_bank(tmp_path, a=text))
    assert reading.problems == ()
    assert reading.bank == read_bank(write_bank(tmp_path / "nfc", a=HEAD + question())).bank


@pytest.mark.parametrize(
    ("changes", "line", "problem"),
    [
        ({"options": "[28/8, 2/9, 28/8]"}, 14, "phương án 3 trùng phương án 1"),
        ({"options": "[Kỷ cương, kỷ  cương]"}, 14, "phương án 2 trùng phương án 1"),
        ({"options": "[một]"}, 14, "từ 2 đến 10 phương án, đang có 1"),
        ({"options": "[a1, a2, a3, a4, a5, a6, a7, a8, a9, b1, b2]"}, 14, "đang có 11"),
        ({"options": ""}, 14, "mục “options”: để trống"),
        ({"options": "[một, '']"}, 16, "phải là một dòng chữ"),
        ({"options": "[một, ~]"}, 16, "phải là một dòng chữ"),
        ({"options": "[một, {hai: ba}]"}, 16, "phải là một dòng chữ"),
        ({"options": f"[một, {'x' * 101}]"}, 14, "phương án 2 dài 101 ký tự, tối đa 100"),
        ({"options": "[một, hai, Cả hai phương án trên]"}, 14, "phương án 3 “Cả hai phương án"),
        ({"correct": ""}, 14, "mục “correct”: để trống"),
        ({"correct": "[]"}, 14, "không có phương án đúng"),
        ({"correct": "4"}, 14, "phương án đúng phải là số từ 1 đến 3, đang có 4"),
        ({"correct": "0"}, 14, "đang có 0"),
        ({"correct": "[1, 2, 3]"}, 14, "phương án nào cũng đúng"),
        ({"correct": "[1, 1]"}, 14, "lặp"),
        ({"correct": "28/8"}, 17, "mục “correct”: phải là số nguyên, đang là “28/8”"),
        ({"correct": "-1"}, 17, "phải là số nguyên"),
        ({"correct": "{a: 1}"}, 17, "phải là một danh sách"),
        ({"question": ""}, 14, "mục “question”: để trống"),
        ({"question": "x" * 301}, 14, "câu hỏi dài 301 ký tự, tối đa 300"),
        ({"explanation": "x" * 201}, 14, "lời giải thích dài 201 ký tự, tối đa 200"),
        ({"explanation": '"a\\nb\\nc\\nd"'}, 14, "lời giải thích xuống dòng quá 2 lần"),
        ({"explanation": '"a\\x07"'}, 18, "có ký tự điều khiển"),
        ({"quote": ""}, 14, "mục “quote”: để trống"),
        ({"quote": "x" * 501}, 20, "mục “quote”: dài 501 ký tự, tối đa 500"),
        ({"article": ""}, 14, "mục “article”: để trống"),
        ({"article": "a|b.md"}, 19, "mục “article”: không được có dấu “|”"),
        ({"id": ""}, 14, "câu hỏi thiếu id"),
        ({"id": "Câu 2"}, 14, "mục “id”: chỉ gồm a–z, 0–9 và _, tối đa 40 ký tự, đang là “Câu 2”"),
        ({"id": "x" * 41}, 14, "tối đa 40 ký tự"),
        ({"id": "a_01"}, 14, "mã câu hỏi “a_01” đã có ở a.yaml, dòng 7"),
        ({"quote": "x\n    điểm: 3"}, 21, "không có mục “điểm”, chỉ có id, question"),
        (
            {"quote": "x\n    difficulty: dễ lắm"},
            21,
            "mục “difficulty”: phải là một trong dễ, vừa, khó",
        ),
        ({"quote": "x\n    tags: [a;b]"}, 21, "mục “tags”: không được có dấu “;”, đang là “a;b”"),
        ({"quote": f"x\n    tags: [{'x' * 41}]"}, 21, "mục “tags”: dài 41 ký tự, tối đa 40"),
        (
            {"quote": f"x\n    tags: [{', '.join('abcdefghijk')}]"},
            21,
            "mục “tags”: có 11 mục, tối đa 10",
        ),
        ({"quote": "x\n    quote: y"}, 21, "mục “quote” lặp lại"),
    ],
)
def test_a_broken_question_is_left_out_and_named(
    tmp_path: Path, changes: dict[str, str], line: int, problem: str
) -> None:
    text = HEAD + question(1) + question(2, **changes) + question(3)
    reading = read_bank(write_bank(tmp_path, a=text))
    assert list(reading.bank.questions) == ["a_01", "a_03"]
    (found,) = reading.problems
    assert (found.file, found.line, found.kind) == ("a.yaml", line, ProblemKind.ERROR)
    assert problem in found.message


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        (
            {"options": "[một, Một, Cả hai]", "correct": "4"},
            [("phương án 3 “Cả hai” nói về các phương án khác; các phương án được xáo trộn nên "
              "hãy viết rõ nội dung"),
             "phương án 2 trùng phương án 1", "phương án đúng phải là số từ 1 đến 3, đang có 4"],
        ),
        (
            {"correct": "", "explanation": "", "quote": "x\n    tags: [a, '']"},
            ["mục “correct”: để trống", "mục “explanation”: để trống",
             "mục “tags”: phải là một dòng chữ"],
        ),
    ],
)  # fmt: skip
def test_every_rule_that_a_question_breaks_is_named_at_once(
    tmp_path: Path, changes: dict[str, str], problems: list[str]
) -> None:
    text = HEAD + question() + question(2, **changes)
    (found,) = read_bank(write_bank(tmp_path, a=text)).problems
    assert str(found) == f"a.yaml, dòng 14: câu a_02: {'; '.join(problems)}"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", None, "tệp trống"),
        ("# chỉ có chú thích\n", None, "tệp trống"),
        ("- a\n", 1, "phải gồm các mục topic, title"),
        (HEAD + "  - id: [a\n", 7, "không phải YAML hợp lệ"),
        (HEAD + "  - id: 'a\x07'\n", 7, "ký tự mà YAML không nhận"),
        ("[" * 5000, None, "lồng nhau quá sâu"),
        (HEAD.replace("title: Ngày truyền thống\n", "") + question(), 1, "mục “title”: để trống"),
        (HEAD.replace("order: 1\n", "") + question(), 1, "mục “order”: để trống"),
        (HEAD.replace("topic: a\n", "") + question(), 1, "mục “topic”: để trống"),
        (HEAD.replace("topic: a\n", "topic: Một\n") + question(), 1, "chỉ gồm a–z, 0–9 và _"),
        (HEAD.replace("topic: a", f"topic: {'a' * 25}") + question(), 1, "tối đa 24 ký tự"),
        (HEAD.replace("order: 1", "order: đầu") + question(), 3, "phải là số nguyên"),
        (HEAD.replace("order: 1", "order: 10000") + question(), 3, "mục “order”: phải từ 0"),
        (HEAD.replace("Ngày", "x" * 101) + question(), 2, "mục “title”: dài 114 ký tự, tối đa 100"),
        (HEAD + question() + "more: 1\n", 14, "không có mục “more”, chỉ có topic"),
        (HEAD.replace("questions:\n", "questions: []\n"), 1, "không có câu hỏi nào dùng được"),
        (HEAD.replace("questions:\n", ""), 1, "thiếu questions"),
        (HEAD.replace("questions:\n", f"summary: {'x' * 201}\nquestions:\n") + question(), 6,
         "mục “summary”: dài 201 ký tự, tối đa 200"),
        (HEAD + question() + "---\na: b\n", 14, "không phải YAML hợp lệ"),
    ],
)  # fmt: skip
def test_a_broken_file_is_left_out_and_the_others_kept(
    tmp_path: Path, text: str, line: int | None, problem: str
) -> None:
    good = HEAD.replace("topic: a\n", "topic: b\n") + question(9)
    reading = read_bank(write_bank(tmp_path, a=text, b=good))
    assert list(reading.bank.questions) == ["a_09"]
    (found,) = reading.problems
    assert (found.file, found.line) == ("a.yaml", line)
    assert problem in found.message


def test_a_topic_whose_questions_are_all_broken_is_left_out(tmp_path: Path) -> None:
    reading = read_bank(write_bank(tmp_path, a=HEAD + question(correct="")))
    assert reading.bank.topics == ()
    assert [problem.line for problem in reading.problems] == [7, 1]
    assert "không có câu hỏi nào dùng được" in reading.problems[1].message


@pytest.mark.parametrize(
    ("lesson", "line", "problem", "parts"),
    [
        (
            "lesson:\n  - heading: x\n  - article: day.md\n",
            5,
            "bài học: mục “article”: để trống",
            1,
        ),
        ("lesson:\n  - article: day.md\n    pages: 2\n", 6, "không có mục “pages”", 0),
        ("lesson:\n  - article: day.md\n  - day\n", 6, "phải gồm các mục article, heading", 1),
        ("lesson: {a: b}\n", 4, "phải là một danh sách", 0),
        ("lesson:\n" + "  - article: day.md\n" * 51, 5, "có 51 đoạn, tối đa 50", 0),
        ("lesson: []\n", 4, "chưa có bài học", 0),
        ("", 1, "chưa có bài học", 0),
    ],
)
def test_parts_of_a_lesson_that_cannot_be_used(
    tmp_path: Path, lesson: str, line: int, problem: str, parts: int
) -> None:
    text = HEAD.replace("lesson:\n  - article: day.md\n", lesson) + question()
    reading = read_bank(write_bank(tmp_path, a=text))
    (topic,) = reading.bank.topics
    assert len(topic.lesson) == parts
    (found,) = reading.problems
    assert found.line == line
    assert problem in found.message


def test_two_files_of_one_topic_and_an_id_in_two_files(tmp_path: Path) -> None:
    other = HEAD.replace("topic: a\n", "topic: b\n")
    reading = read_bank(
        write_bank(
            tmp_path,
            one=HEAD + question(1) + question(2, correct=""),
            three=HEAD + question(3),
            two=other + question(1) + question(2) + question(4),
        )
    )
    assert list(reading.bank.questions) == ["a_01", "a_04"]
    assert [str(problem) for problem in reading.problems[1:]] == [
        "three.yaml, dòng 1: chủ đề “a” đã có ở one.yaml, dòng 1; cả tệp này bị bỏ qua",
        "two.yaml, dòng 7: mã câu hỏi “a_01” đã có ở one.yaml, dòng 7",
        "two.yaml, dòng 14: mã câu hỏi “a_02” đã có ở one.yaml, dòng 14",
    ]


def test_a_file_without_any_question_of_its_own_is_no_topic(tmp_path: Path) -> None:
    other = HEAD.replace("topic: a\n", "topic: b\n")
    reading = read_bank(write_bank(tmp_path, one=HEAD + question(), two=other + question()))
    assert [topic.topic_id for topic in reading.bank.topics] == ["a"]
    assert "không có câu hỏi nào dùng được" in reading.problems[-1].message


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        ((HEAD + question()).encode("utf-16"), 1, "không phải UTF-8"),
        (b"topic: a\ntitle: Ng\xe0y\n", 2, "không phải UTF-8"),
        (b"#" * (MAX_FILE_BYTES + 1), None, "tệp quá lớn, tối đa 1024 KB"),
        (b"\x00", 1, "ký tự mà YAML không nhận"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, line: int, problem: str) -> None:
    tmp_path.joinpath("a.yaml").write_bytes(data)
    (found,) = read_bank(tmp_path).problems
    assert (found.file, found.line) == ("a.yaml", line)
    assert problem in found.message


def test_what_is_no_bank_file(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "quizzes", a=HEAD + question())
    folder.joinpath("folder.yaml").mkdir()
    folder.joinpath("b.yml").write_text(HEAD, encoding="utf-8")
    folder.joinpath(".hidden.yaml").write_text("[", encoding="utf-8")
    folder.joinpath("README.md").write_text("[", encoding="utf-8")
    reading = read_bank(folder)
    assert [str(problem) for problem in reading.problems] == [
        "b.yml: tên tệp phải kết thúc bằng .yaml; tệp này bị bỏ qua",
        "folder.yaml: không đọc được tệp: đây là thư mục, không phải tệp",
    ]
    assert list(reading.bank.questions) == ["a_01"]
    assert read_bank(tmp_path).problems == ()
    with pytest.raises(QuizFileError, match=r"Không thấy thư mục câu hỏi.*QUIZZES_DIR"):
        read_bank(tmp_path / "none")
    with pytest.raises(QuizFileError, match="Không thấy thư mục"):
        read_bank(folder / "README.md")


def test_too_many_questions_and_too_many_files(tmp_path: Path) -> None:
    half = MAX_BANK_QUESTIONS // 2
    short = (
        "  - {{id: {}, question: a, options: [b1, b2], correct: 1, explanation: a, "
        "article: a, quote: a}}\n"
    )
    files = {
        name: HEAD.replace("topic: a\n", f"topic: {name}\n")
        + "".join(short.format(f"{name}_{n}") for n in range(count))
        for name, count in (("a", half), ("b", half + 1))
    }
    reading = read_bank(write_bank(tmp_path, **files))
    assert len(reading.bank.questions) == MAX_BANK_QUESTIONS
    (found,) = reading.problems
    assert str(found) == (
        f"b.yaml, dòng {half + 7}: quá {MAX_BANK_QUESTIONS} câu hỏi; từ câu này bị bỏ qua"
    )
    for number in range(MAX_FILES):
        tmp_path.joinpath(f"c{number:03}.yaml").write_text("", encoding="utf-8")
    assert [p.file for p in read_bank(tmp_path).problems if "quá 200 tệp" in p.message] == [
        "c198.yaml",
        "c199.yaml",
    ]


@pytest.mark.parametrize(
    ("options", "correct", "warned"),
    [
        (["x" * 21, "y" * 13, "z" * 12], "1", True),
        (["x" * 21, "y" * 14, "z" * 12], "1", False),
        (["x" * 20, "y" * 2], "1", False),
        (["x" * 40, "y" * 10], "2", False),
        (["x" * 40, "y" * 10, "z"], "[2, 1]", True),
    ],
)
def test_a_right_option_that_its_length_gives_away_is_a_warning(
    tmp_path: Path, options: list[str], correct: str, *, warned: bool
) -> None:
    text = HEAD + question(options=f"[{', '.join(options)}]", correct=correct)
    reading = read_bank(write_bank(tmp_path, a=text))
    assert list(reading.bank.questions) == ["a_01"]
    assert reading.errors == ()
    assert [(p.line, p.kind) for p in reading.problems] == (
        [(9, ProblemKind.WARNING)] if warned else []
    )
    assert all("dễ đoán nhờ độ dài" in problem.message for problem in reading.problems)


@pytest.mark.parametrize(
    ("option", "refers"),
    [
        ("Tất cả các phương án trên", True),
        ("tất cả đáp án trên đều đúng", True),
        ("Tất cả đều đúng.", True),
        ("Tất cả các ý trên", True),
        ("Cả A và B", True),
        ("Cả A, B và C đều đúng", True),
        ("A và C", True),
        ("Phương án 1 và 2", True),
        ("Cả 1 và 3", True),
        ("Cả hai", True),
        ("Cả ba phương án trên đều sai", True),
        ("Không phương án nào đúng", True),
        ("Không có đáp án nào ở trên", True),
        ("ca hai dap an tren", True),
        ("Tất cả các xã, phường của tỉnh", False),
        ("Cả nước", False),
        ("Cả năm", False),
        ("2 và 9", False),
        ("Cả ba miền", False),
        ("Không vô cảm, không sách nhiễu", False),
        ("Không nguồn nào nêu ngày thành lập", False),
        ("A", False),
        ("Đúng", False),
    ],
)
def test_options_that_speak_of_other_options(option: str, *, refers: bool) -> None:
    assert refers_to_options(option) is refers
