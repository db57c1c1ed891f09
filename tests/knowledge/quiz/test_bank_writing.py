import os
import stat
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from knowledge.errors import QuizFileError
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.bank.merge import BankMerge, merge_import
from knowledge.quiz.bank.reading import MAX_BANK_QUESTIONS, read_bank
from knowledge.quiz.bank.writing import write_bank_files
from knowledge.quiz.exchange.table import ImportedTopic, ImportReading
from knowledge.quiz.question import QuizQuestion
from knowledge.quiz.topic import QuizTopic
from tests.knowledge.quiz.banks import HEAD, banks, question, write_bank


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bank=banks())
def test_any_bank_is_read_back_as_it_was_written(bank: QuestionBank) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place, "quizzes")
        written = write_bank_files(folder, bank.topics)
        assert sorted(path.stem for path in written) == sorted(bank.topic_of)
        reading = read_bank(folder)
        assert reading.bank == bank
        assert reading.errors == ()
        assert write_bank_files(folder, bank.topics) == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two topics: "a" in a file of another name with a comment, and "b"."""
    other = HEAD.replace("topic: a\n", "topic: b\n").replace("order: 1", "order: 2")
    return write_bank(
        tmp_path / "quizzes",
        ngay="# Giữ dòng này\n# và dòng này\n" + HEAD + question(1) + question(2),
        b=other + question(3),
    )


def topic_of(folder: Path, topic_id: str) -> QuizTopic:
    return read_bank(folder).bank.topic_of[topic_id]


def test_a_topic_stays_in_its_file_with_the_comment_at_its_head(folder: Path) -> None:
    before = topic_of(folder, "a")
    changed = replace(before, questions=before.questions[:1])
    assert write_bank_files(folder, [changed]) == (folder / "ngay.yaml",)
    text = folder.joinpath("ngay.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Giữ dòng này\n# và dòng này\ntopic: a\n")
    assert topic_of(folder, "a") == changed
    assert sorted(path.name for path in folder.iterdir()) == ["b.yaml", "ngay.yaml"]


@pytest.mark.parametrize(("before", "after"), [(None, 0o644), (0o660, 0o660)])
def test_a_bot_of_another_user_can_read_the_files(
    folder: Path, before: int | None, after: int
) -> None:
    topic = topic_of(folder, "b")
    path = folder / "b.yaml"
    if before is None:
        path.unlink()
    else:
        path.chmod(before)
    write_bank_files(folder, [replace(topic, title="Tên mới")])
    assert stat.S_IMODE(path.stat().st_mode) == after


def change(folder: Path, **changes: str) -> QuizTopic:
    topic = topic_of(folder, "b")
    (only,) = topic.questions
    return replace(topic, questions=(replace(only, **changes),))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"explanation": "x" * 201}, "lời giải thích dài 201"),
        ({"text": "hai  dấu cách"}, "chưa được chuẩn hóa"),
        ({"text": "To\u0302i"}, "chưa được chuẩn hóa"),
        ({"question_id": "a_01"}, r"ngay\.yaml, dòng 9: mã câu hỏi “a_01” đã có ở b\.yaml, dòng 7"),
    ],
)
def test_what_would_not_be_read_back_is_not_written(
    folder: Path, changes: dict[str, str], problem: str
) -> None:
    before = folder.joinpath("b.yaml").read_bytes()
    with pytest.raises(QuizFileError, match=problem):
        write_bank_files(folder, [change(folder, **changes)])
    assert folder.joinpath("b.yaml").read_bytes() == before


def test_an_id_or_a_topic_twice_and_too_many_questions(folder: Path) -> None:
    topic = topic_of(folder, "b")
    (only,) = topic.questions
    with pytest.raises(QuizFileError, match="Chủ đề “b” không ghi vào tệp được"):
        write_bank_files(folder, [replace(topic, title="Một"), replace(topic, title="Hai")])
    with pytest.raises(QuizFileError, match=r"mã câu hỏi “a_03” đã có ở b\.yaml, dòng 7"):
        write_bank_files(folder, [replace(topic, questions=(only, only))])
    many = [replace(only, question_id=f"q_{n}") for n in range(MAX_BANK_QUESTIONS)]
    with pytest.raises(QuizFileError, match="quá 2000 câu hỏi"):
        write_bank_files(folder, [replace(topic, questions=tuple(many))])


def test_a_file_with_something_unreadable_is_not_overwritten(folder: Path) -> None:
    topic = topic_of(folder, "b")
    path = folder / "b.yaml"
    path.write_text(path.read_text(encoding="utf-8") + question(4, correct=""), encoding="utf-8")
    with pytest.raises(QuizFileError, match=r"không đọc được nên không ghi đè: b.yaml, dòng 14"):
        write_bank_files(folder, [topic])
    only = replace(topic.questions[0], question_id="c_01", topic="c")
    new = replace(topic, topic_id="c", questions=(only,))
    folder.joinpath("c.yaml").write_text("topic: [", encoding="utf-8")
    with pytest.raises(QuizFileError, match=r"không ghi đè: c\.yaml, dòng 1"):
        write_bank_files(folder, [new])
    folder.joinpath("c.yaml").write_text(
        HEAD.replace("topic: a\n", "topic: d\n") + question(9), encoding="utf-8"
    )
    with pytest.raises(QuizFileError, match=r"c\.yaml' đã có nhưng là của chủ đề khác"):
        write_bank_files(folder, [new])


def test_a_folder_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    topic = replace(topic_of(folder, "b"), title="Tên mới")
    tmp_path.joinpath("file").write_text("", encoding="utf-8")
    with pytest.raises(QuizFileError, match=r"Không ghi được vào .*đặt QUIZZES_DIR"):
        write_bank_files(tmp_path / "file" / "quizzes", [topic])
    if os.geteuid() == 0:  # whom no permission stops
        return
    folder.chmod(0o500)
    with pytest.raises(QuizFileError, match=r"Không ghi được vào .*không có quyền"):
        write_bank_files(folder, [topic])
    folder.chmod(0o700)


# Merging


def imported(*questions: QuizQuestion, topic: str = "a", **fields: object) -> ImportReading:
    rows = {question.question_id: row for row, question in enumerate(questions, 2)}
    said = QuizTopic(topic, "?", 0, (), ())
    made = ImportedTopic(replace(said, **fields), frozenset(fields), 2)
    return ImportReading("a.csv", (made,), questions, rows)


def shown(merge: BankMerge) -> list[str]:
    return [str(problem) for problem in merge.problems]


def test_new_questions_come_after_the_others(folder: Path) -> None:
    bank = read_bank(folder).bank
    known = bank.questions["a_01"]
    new = replace(known, question_id="a_09")
    merge = merge_import(bank, imported(new, known), replace=False)
    assert (merge.added, merge.replaced, merge.unchanged) == (("a_09",), (), ("a_01",))
    (topic,) = merge.topics
    assert [q.question_id for q in topic.questions] == ["a_01", "a_02", "a_09"]


def test_other_content_under_a_known_id_needs_to_be_asked_for(folder: Path) -> None:
    bank = read_bank(folder).bank
    changed = replace(bank.questions["a_01"], text="Câu mới?", correct=(1,))
    refused = merge_import(bank, imported(changed), replace=False)
    (problem,) = shown(refused)
    assert problem.startswith("a.csv, dòng 2: câu a_01 đã có với câu hỏi, phương án đúng khác;")
    assert problem.endswith("muốn thay câu cũ: --replace")
    merge = merge_import(bank, imported(changed), replace=True)
    assert (merge.replaced, merge.problems) == (("a_01",), ())
    assert merge.topics[0].questions[0].text == "Câu mới?"


def test_other_fields_of_a_known_topic_need_to_be_asked_for(folder: Path) -> None:
    bank = read_bank(folder).bank
    same = bank.questions["a_01"]
    reading = imported(same, title="Tên mới", order=7)
    assert shown(merge_import(bank, reading, replace=False)) == [
        "a.csv, dòng 2: chủ đề “a” đã có với tên, thứ tự khác; muốn thay: --replace"
    ]
    (topic,) = merge_import(bank, reading, replace=True).topics
    assert (topic.title, topic.order, topic.lesson) == ("Tên mới", 7, bank.topic_of["a"].lesson)


def test_a_question_moves_to_another_topic(folder: Path) -> None:
    bank = read_bank(folder).bank
    moved = replace(bank.questions["a_02"], topic="b")
    merge = merge_import(bank, imported(moved, topic="b"), replace=True)
    assert merge.problems == ()
    assert [[q.question_id for q in topic.questions] for topic in merge.topics] == [
        ["a_01"],
        ["a_03", "a_02"],
    ]
    write_bank_files(folder, merge.topics)
    assert read_bank(folder).bank == QuestionBank(merge.topics)
    last = replace(bank.questions["a_03"], topic="a")
    refused = merge_import(bank, imported(last), replace=True)
    assert "chủ đề “b” sẽ không còn câu hỏi nào" in shown(refused)[0]


def test_a_new_topic_needs_its_name_and_its_place(folder: Path) -> None:
    bank = read_bank(folder).bank
    new = replace(bank.questions["a_01"], question_id="c_01", topic="c")
    refused = merge_import(bank, imported(new, topic="c", title="Mới"), replace=True)
    assert "chủ đề “c” chưa có trong bộ câu hỏi nên phải ghi tên và thứ tự" in shown(refused)[0]
    merge = merge_import(bank, imported(new, topic="c", title="Mới", order=0), replace=False)
    (topic,) = merge.topics
    assert (topic.title, topic.order, topic.lesson, topic.summary) == ("Mới", 0, (), "")
