from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.drafts.draft_text import draft_text, read_draft
from bot.features.quizzes.question_errors import DraftTextError
from embeddings.vietnamese import plain
from knowledge.errors import QuizQuestionError
from knowledge.quiz.question import Difficulty, QuizQuestion
from knowledge.quiz.topic import QuizTopic

TOPICS = (QuizTopic("lich_su", "Lịch sử", 1, (), ()), QuizTopic("vai_tro", "Vai trò", 2, (), ()))
OLD = QuizQuestion(
    "d7", "lich_su", "Ngày nào?", ("12/7/1907", "1/11/1950"), (0,), "Theo bài “Mốc”.",
    "moc.md", "câu trích", Difficulty.MEDIUM, ("thẻ",),
)  # fmt: skip
TEXT = """Câu hỏi: Ngày nào?
Phương án:
* 12/7/1907
- 1/11/1950
Giải thích: Theo bài “Mốc”.
Chủ đề: lich_su
Độ khó: vừa"""


def test_a_question_is_written_for_editing() -> None:
    assert draft_text(OLD) == TEXT
    assert read_draft(TEXT, OLD, TOPICS) == OLD


_LINE = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30)


@given(
    text=_LINE,
    options=st.lists(_LINE, min_size=2, max_size=10, unique_by=plain),
    right=st.sets(st.integers(0, 9), min_size=1),
    difficulty=st.sampled_from(Difficulty),
)
def test_what_is_written_is_read_back(
    text: str, options: list[str], right: set[int], difficulty: Difficulty
) -> None:
    correct = tuple(sorted(i for i in right if i < len(options)))[: len(options) - 1] or (0,)
    question = replace(
        OLD, text=text, options=tuple(options), correct=correct, difficulty=difficulty
    )
    read = read_draft(draft_text(question), OLD, TOPICS)
    assert read.content_hash == replace(read, text=read.text).content_hash
    assert (plain(read.text), tuple(map(plain, read.options))) == (
        plain(text),
        tuple(map(plain, options)),
    )
    assert (read.correct, read.difficulty) == (correct, difficulty)


def test_editors_write_as_phones_do() -> None:
    read = read_draft(
        "câu hỏi:  Tỉnh thành lập\nngày nào?\n\nPHUONG AN: \n*12/7/1907\n– 1/11/1950\n✅ 12/7\n"
        "Giải thích: một\nhai\nChủ đề: vai trò\nĐộ khó: KHÓ\n",
        OLD,
        TOPICS,
    )
    assert read == replace(
        OLD,
        text="Tỉnh thành lập ngày nào?",
        options=("12/7/1907", "1/11/1950", "12/7"),
        correct=(0, 2),
        explanation="một\nhai",
        topic="vai_tro",
        difficulty=Difficulty.HARD,
    )
    assert read_draft(TEXT.replace("lich_su", ""), OLD, TOPICS).topic == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Câu hỏi: ", "", r"dòng 1: không rõ thuộc mục nào"),
        ("* 12", "12", r"dòng 3: phương án phải bắt đầu bằng dấu \*"),
        ("* 12/7/1907", "*", r"dòng 3: phương án để trống"),
        ("Giải thích", "Câu hỏi", r"dòng 5: mục “Câu hỏi” có hai lần"),
        ("\nĐộ khó: vừa", "", r"thiếu mục “Độ khó”"),
        ("lich_su", "khác", r"dòng 6: không có chủ đề “khác”; các chủ đề: lich_su, vai_tro"),
        ("vừa", "rất khó", r"dòng 7: độ khó phải là dễ, vừa hoặc khó, đang là “rất khó”"),
        ("Ngày nào?", "x" * 4096, r"tin dài \d+ ký tự, tối đa 4096"),
    ],
)
def test_a_bad_text_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(DraftTextError, match=message):
        read_draft(TEXT.replace(old, new), OLD, TOPICS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("* 12", "- 12", "không có phương án đúng"),
        ("- 1/", "* 1/", "phải có ít nhất một phương án sai"),
        ("1/11/1950", "12/7/1907", "phương án 2 trùng phương án 1"),
        ("1/11/1950", "x" * 101, "phương án 2 dài 101 ký tự, tối đa 100"),
        ("Ngày nào?", "", "câu hỏi để trống"),
        ("Ngày nào?", "x" * 301, "câu hỏi dài 301 ký tự, tối đa 300"),
        ("Theo", "x" * 200, "lời giải thích dài"),
    ],
)
def test_a_question_that_breaks_a_rule_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(QuizQuestionError, match=message):
        read_draft(TEXT.replace(old, new), OLD, TOPICS)
