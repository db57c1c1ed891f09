"""`vanphong quiz`: the question bank on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.console import FAILED, out, picked, print_json, print_table, right, say, whole
from bot.terminal.database import note
from bot.terminal.options import AsJson, TableFile, read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.settings import Settings
    from knowledge.index.current_passages import CurrentPassages
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.bank.problem import BankProblem
    from knowledge.quiz.bank.reading import BankReading
    from knowledge.quiz.topic import QuizTopic

commands = typer.Typer()
quiz = typer.Typer(
    help="Bộ câu hỏi trắc nghiệm: kiểm tra, xem, xuất, nhập, soạn.", no_args_is_help=True
)
commands.add_typer(quiz, name="quiz")


@quiz.command()
def check(context: typer.Context, as_json: AsJson = False) -> int:
    """Kiểm tra các tệp câu hỏi và đối chiếu câu trích với các bài đang dùng."""
    from knowledge.index.current_passages import current_passages
    from knowledge.quiz.bank.reading import read_bank

    settings: Settings = context.obj
    reading = read_bank(settings.quizzes_dir)
    passages = current_passages(settings.data_dir, settings.articles_dir)
    problems = [*reading.problems, *_passage_problems(reading, passages)]
    errors = sum(problem.is_error for problem in problems)
    bank = reading.bank
    if as_json:
        print_json(
            {
                "topics": len(bank.topics),
                "questions": len(bank.questions),
                "version": passages.version,
                "unreadable_articles": passages.failed,
                "problems": [picked(problem, "file line kind message") for problem in problems],
            }
        )
        return FAILED if errors else 0
    _print_problems(problems)
    against = f"bản {passages.version}" if passages.version else "các bài trong thư mục"
    for line in passages.failed:
        say(f"Không đọc được bài {line}")
    say(
        f"Đã kiểm tra {len(bank.questions)} câu hỏi của {len(bank.topics)} chủ đề, đối chiếu với "
        f"{against}: {errors} lỗi, {len(problems) - errors} lưu ý."
    )
    return FAILED if errors else 0


@quiz.command("list")
def list_questions(
    context: typer.Context,
    topic_id: Annotated[
        str | None, typer.Argument(metavar="CHỦ_ĐỀ", help="Mã chủ đề; để trống: mọi chủ đề.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Liệt kê các chủ đề, hoặc các câu hỏi của một chủ đề."""
    from bot.features.quizzes.question_bank import sound_bank
    from knowledge.quiz.bank.model import topic_fields

    bank = sound_bank(context.obj.quizzes_dir)
    if topic_id is not None and topic_id not in bank.topic_of:
        known = ", ".join(bank.topic_of)
        raise typer.BadParameter(f"không có chủ đề '{topic_id}', chỉ có: {known}")
    topics = bank.topics if topic_id is None else (bank.topic_of[topic_id],)
    if as_json:
        print_json([topic_fields(topic) for topic in topics])
    elif topic_id is not None:
        _print_questions(topics[0])
    else:
        _print_topics(topics)


@quiz.command("export")
def export_questions(context: typer.Context, file: TableFile) -> None:
    """Xuất bộ câu hỏi ra XLSX hoặc CSV."""
    from bot.access.audit import AuditAction
    from bot.features.quizzes.question_bank import sound_bank
    from knowledge.quiz.exchange.exchange import export_bank

    settings: Settings = context.obj
    bank = sound_bank(settings.quizzes_dir)
    write_file(file, export_bank(bank, file.name))
    note(settings, AuditAction.EXPORT_QUESTIONS, questions=len(bank.questions))
    say(f"Đã ghi {len(bank.questions)} câu hỏi của {len(bank.topics)} chủ đề vào {file}.")


@quiz.command("import")
def import_questions(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv như tệp đã xuất.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay câu hỏi đã có mà nội dung khác.")
    ] = False,
) -> int:
    """Nhập câu hỏi từ XLSX hoặc CSV; có lỗi nào thì không nhập gì."""
    from bot.access.audit import AuditAction
    from knowledge.quiz.bank.merge import merge_import
    from knowledge.quiz.bank.writing import write_bank_files
    from knowledge.quiz.exchange.exchange import MAX_IMPORT_BYTES, read_import

    settings: Settings = context.obj
    data = read_file(file, MAX_IMPORT_BYTES + 1)  # one more, for the reader to refuse
    read = read_import(data, file.name)
    bank = _bank_to_grow(settings)
    if bank is None:
        return FAILED
    merge = merge_import(bank, read, replace=replace)
    if merge.problems:
        _print_problems(merge.problems)
        say(f"Có {len(merge.problems)} lỗi nên chưa nhập câu nào.")
        return FAILED
    written = write_bank_files(settings.quizzes_dir, merge.topics)
    added, replaced = len(merge.added), len(merge.replaced)
    if written:
        note(settings, AuditAction.IMPORT_QUESTIONS, added=added, replaced=replaced)
    say(f"Đã thêm {added} câu, thay {replaced} câu, giữ nguyên {len(merge.unchanged)} câu.")
    for path in written:
        say(f"Đã ghi {path}")
    if written and _is_shipped(settings):
        say(
            "Đây là thư mục đi kèm chương trình: bản cập nhật của chương trình có thể ghi đè. Hãy "
            "chép thư mục sang nơi khác rồi đặt QUIZZES_DIR."
        )
    if written:
        say("Hãy chạy 'vanphong quiz check' để đối chiếu câu trích với các bài.")
    return 0


def _bank_to_grow(settings: Settings) -> QuestionBank | None:
    """Return the bank to import into, or None, after naming its errors: they could be lost."""
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.bank.reading import read_bank

    if not settings.quizzes_dir.exists():
        return QuestionBank()
    reading = read_bank(settings.quizzes_dir)
    if not reading.errors:
        return reading.bank
    _print_problems(reading.errors)
    say("Bộ câu hỏi hiện có đang có lỗi nên chưa nhập câu nào; hãy sửa các chỗ trên trước.")
    return None


def _passage_problems(reading: BankReading, passages: CurrentPassages) -> Iterable[BankProblem]:
    from knowledge.quiz.bank.passage_check import check_lessons, check_passages
    from knowledge.quiz.bank.problem import BankProblem

    bank, chunks = reading.bank, passages.chunks
    for question_id, finding in check_passages(bank.questions.values(), chunks).items():
        if not finding.found:
            place = reading.question_places[question_id]
            yield BankProblem(place.file, place.line, f"câu {question_id}: {finding.reason}")
    for lesson in check_lessons(bank.topics, chunks):
        place = reading.topic_places[lesson.topic_id]
        yield BankProblem(place.file, place.line, lesson.reason)


def _is_shipped(settings: Settings) -> bool:
    shipped: Path = type(settings).model_fields["quizzes_dir"].default
    return settings.quizzes_dir.resolve() == shipped.resolve()


def _print_problems(problems: Iterable[BankProblem]) -> None:
    for problem in problems:
        kind = "Lỗi" if problem.is_error else "Lưu ý"
        out.print(f"{kind}: {problem}", markup=False)


def _print_topics(topics: Iterable[QuizTopic]) -> None:
    from knowledge.quiz.question import Difficulty

    levels = tuple(level.value.capitalize() for level in Difficulty)
    print_table(
        (*right("Thứ tự"), whole("Mã"), "Chủ đề", *right("Câu", *levels, "Nhiều đáp án")),
        (
            (
                str(topic.order),
                topic.topic_id,
                topic.title,
                str(len(topic.questions)),
                *(str(sum(q.difficulty is level for q in topic.questions)) for level in Difficulty),
                str(sum(q.takes_several for q in topic.questions)),
            )
            for topic in topics
        ),
    )


def _print_questions(topic: QuizTopic) -> None:
    print_table(
        (whole("Mã"), "Câu hỏi", "Đúng", "Độ khó"),
        (
            (
                question.question_id,
                question.text,
                "; ".join(question.options[index] for index in question.correct),
                question.difficulty.value,
            )
            for question in topic.questions
        ),
        topic.title,
    )
