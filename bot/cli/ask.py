"""`vanphong ask`: answers one question, or a file of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import err
from bot.cli.main import BAD_USAGE, FAILED, app
from bot.errors import QuestionFileError
from embeddings.system_errors import system_reason
from knowledge.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.settings import Settings


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(help="Câu hỏi, có hay không có ngoặc kép.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Mỗi câu trả lời là một đối tượng JSON trên một dòng.")
    ] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", help="Tệp UTF-8 mỗi dòng một câu hỏi; '-' là đầu vào chuẩn."),
    ] = None,
) -> int:
    """Hỏi một câu, hoặc cả một tệp câu hỏi."""
    if bool(question) == (file is not None):
        raise typer.BadParameter("cần một câu hỏi, hoặc --file, không phải cả hai")
    questions = [" ".join(question)] if question else _read_questions(file or "-")
    failures = _answer_all(context.obj, questions, as_json=as_json)
    if failures and question:
        return BAD_USAGE
    return FAILED if failures else 0


def _answer_all(settings: Settings, questions: Iterable[str], *, as_json: bool) -> int:
    """Print the answers in order; return how many questions could not be asked."""
    # late: these load the model's and the index's libraries
    from bot.cli.answers import answer_object, print_answer  # noqa: PLC0415
    from bot.cli.opening import open_base  # noqa: PLC0415

    failures = 0
    with open_base(settings) as base:
        assistant = base.assistant()
        for question in questions:
            try:
                answer = assistant.answer(question)
            except QuestionError as error:
                failures += 1
                if as_json:
                    print(
                        json.dumps({"question": question, "error": str(error)}, ensure_ascii=False)
                    )
                else:
                    err.print(str(error), markup=False)
                continue
            if as_json:
                print(json.dumps(answer_object(answer), ensure_ascii=False), flush=True)
            else:
                print_answer(answer)
    return failures


def _read_questions(name: str) -> list[str]:
    """Return the questions of a file, a line each, without the blank lines."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise QuestionFileError(
            f"Không đọc được tệp câu hỏi '{name}' ({system_reason(error)}). Hãy kiểm tra đường dẫn."
        ) from error
    except UnicodeDecodeError as error:
        raise QuestionFileError(
            f"Tệp câu hỏi '{name}' không phải UTF-8 (byte thứ {error.start}). "
            "Hãy lưu lại bằng UTF-8."
        ) from error
    return [line for line in text.splitlines() if line.strip()]
