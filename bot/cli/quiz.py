"""`vanphong quiz`: the question bank on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import out, say
from bot.cli.main import FAILED, app
from bot.cli.quiz_draft import draft_command
from bot.cli.tables import plain, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.settings import Settings
    from knowledge.index.current_passages import CurrentPassages
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.bank.problem import BankProblem
    from knowledge.quiz.bank.reading import BankReading
    from knowledge.quiz.question import QuizQuestion
    from knowledge.quiz.topic import QuizTopic

quiz = typer.Typer(
    help="Bộ câu hỏi trắc nghiệm: kiểm tra, xem, xuất, nhập, soạn.", no_args_is_help=True
)
app.add_typer(quiz, name="quiz")

Json = Annotated[bool, typer.Option("--json", help="In kết quả là JSON.")]


@quiz.command()
def check(context: typer.Context, as_json: Json = False) -> int:
    """Kiểm tra các tệp câu hỏi và đối chiếu câu trích với các bài đang dùng."""
    # late: these load the index's libraries
    from knowledge.index.current_passages import current_passages  # noqa: PLC0415

    settings: Settings = context.obj
    reading = _reading(settings)
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
                "problems": [
                    {"file": p.file, "line": p.line, "kind": p.kind.value, "message": p.message}
                    for p in problems
                ],
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
    as_json: Json = False,
) -> None:
    """Liệt kê các chủ đề, hoặc các câu hỏi của một chủ đề."""
    bank = _sound(_reading(context.obj))
    if topic_id is not None and topic_id not in bank.topic_of:
        known = ", ".join(bank.topic_of)
        raise typer.BadParameter(f"không có chủ đề '{topic_id}', chỉ có: {known}")
    topics = bank.topics if topic_id is None else (bank.topic_of[topic_id],)
    if as_json:
        print_json([_topic_object(topic) for topic in topics])
    elif topic_id is not None:
        _print_questions(topics[0])
    else:
        _print_topics(topics)


@quiz.command("export")
def export_questions(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv sẽ ghi.")],
) -> None:
    """Xuất bộ câu hỏi ra XLSX hoặc CSV."""
    from bot.cli.noting import note  # noqa: PLC0415 -- late: the database's libraries
    from bot.cli.writing import write_file  # noqa: PLC0415
    from bot.people.audit import AuditAction  # noqa: PLC0415
    from knowledge.quiz.exchange.exchange import export_bank  # noqa: PLC0415

    settings: Settings = context.obj
    bank = _sound(_reading(settings))
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
    from bot.cli.noting import note  # noqa: PLC0415 -- late: the database's libraries
    from bot.people.audit import AuditAction  # noqa: PLC0415
    from knowledge.quiz.bank.merge import merge_import  # noqa: PLC0415
    from knowledge.quiz.bank.writing import write_bank_files  # noqa: PLC0415
    from knowledge.quiz.exchange.exchange import read_import  # noqa: PLC0415

    settings: Settings = context.obj
    read = read_import(_bytes_of(file), file.name)
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


def _read_bank(directory: Path) -> QuestionBank:
    from knowledge.quiz.bank.reading import read_bank  # noqa: PLC0415 -- late, as all of it

    return _sound(read_bank(directory))


quiz.command("draft")(draft_command(_read_bank))


def _reading(settings: Settings) -> BankReading:
    from knowledge.quiz.bank.reading import read_bank  # noqa: PLC0415 -- late, as all of it

    return read_bank(settings.quizzes_dir)


def _sound(reading: BankReading) -> QuestionBank:
    """Return the bank, after saying that something was left out."""
    if reading.errors:
        say(
            f"Có {len(reading.errors)} chỗ sai trong các tệp câu hỏi đã bị bỏ qua; xem: "
            "vanphong quiz check."
        )
    return reading.bank


def _bank_to_grow(settings: Settings) -> QuestionBank | None:
    """Return the bank to import into, or None, after naming its errors: they could be lost."""
    from knowledge.quiz.bank.bank import QuestionBank  # noqa: PLC0415

    if not settings.quizzes_dir.exists():
        return QuestionBank()
    reading = _reading(settings)
    if not reading.errors:
        return reading.bank
    _print_problems(reading.errors)
    say("Bộ câu hỏi hiện có đang có lỗi nên chưa nhập câu nào; hãy sửa các chỗ trên trước.")
    return None


def _passage_problems(reading: BankReading, passages: CurrentPassages) -> Iterable[BankProblem]:
    from knowledge.quiz.bank.passage_check import check_lessons, check_passages  # noqa: PLC0415
    from knowledge.quiz.bank.problem import BankProblem  # noqa: PLC0415

    bank, chunks = reading.bank, passages.chunks
    for question_id, finding in check_passages(bank.questions.values(), chunks).items():
        if not finding.found:
            place = reading.question_places[question_id]
            yield BankProblem(place.file, place.line, f"câu {question_id}: {finding.reason}")
    for lesson in check_lessons(bank.topics, chunks):
        place = reading.topic_places[lesson.topic_id]
        yield BankProblem(place.file, place.line, lesson.reason)


def _bytes_of(file: Path) -> bytes:
    from bot.errors import QuestionFileError  # noqa: PLC0415
    from embeddings.system_errors import system_reason  # noqa: PLC0415
    from knowledge.quiz.exchange.exchange import MAX_IMPORT_BYTES  # noqa: PLC0415

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_IMPORT_BYTES + 1)  # one more, for the reader to refuse
    except OSError as error:
        raise QuestionFileError(f"Không đọc được '{file}': {system_reason(error)}.") from error


def _is_shipped(settings: Settings) -> bool:
    shipped: Path = type(settings).model_fields["quizzes_dir"].default
    return settings.quizzes_dir.resolve() == shipped.resolve()


def _print_problems(problems: Iterable[BankProblem]) -> None:
    for problem in problems:
        kind = "Lỗi" if problem.is_error else "Lưu ý"
        out.print(f"{kind}: {problem}", markup=False)


def _print_topics(topics: Iterable[QuizTopic]) -> None:
    from rich.table import Table  # noqa: PLC0415 -- only tables need it

    from knowledge.quiz.question import Difficulty  # noqa: PLC0415

    table = Table()
    table.add_column("Thứ tự", justify="right")
    table.add_column("Mã", no_wrap=True)
    table.add_column("Chủ đề", overflow="fold")
    for name in ("Câu", *(level.value.capitalize() for level in Difficulty), "Nhiều đáp án"):
        table.add_column(name, justify="right")
    for topic in topics:
        questions = topic.questions
        table.add_row(
            str(topic.order),
            topic.topic_id,
            plain(topic.title),
            str(len(questions)),
            *(str(sum(q.difficulty is level for q in questions)) for level in Difficulty),
            str(sum(q.takes_several for q in questions)),
        )
    out.print(table)


def _print_questions(topic: QuizTopic) -> None:
    from rich.table import Table  # noqa: PLC0415 -- only tables need it

    table = Table(title=plain(topic.title), title_justify="left")
    table.add_column("Mã", no_wrap=True)
    for name in ("Câu hỏi", "Đúng", "Độ khó"):
        table.add_column(name, overflow="fold")
    for question in topic.questions:
        right = "; ".join(question.options[index] for index in question.correct)
        table.add_row(
            question.question_id, plain(question.text), plain(right), question.difficulty.value
        )
    out.print(table)


def _topic_object(topic: QuizTopic) -> dict[str, object]:
    return {
        "topic": topic.topic_id,
        "title": topic.title,
        "order": topic.order,
        "summary": topic.summary,
        "lesson": [{"article": part.article, "heading": part.heading} for part in topic.lesson],
        "questions": [_question_object(question) for question in topic.questions],
    }


def _question_object(question: QuizQuestion) -> dict[str, object]:
    """Return a question as the bank's files write it: options are counted from 1."""
    return {
        "id": question.question_id,
        "question": question.text,
        "options": list(question.options),
        "correct": [index + 1 for index in question.correct],
        "explanation": question.explanation,
        "article": question.article,
        "quote": question.quote,
        "difficulty": question.difficulty.value,
        "tags": list(question.tags),
    }
