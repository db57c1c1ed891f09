"""`vanphong ask` and `chat`: the assistant on the terminal, through a running bot or without."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from bot.errors import FileError
from bot.terminal.console import BAD_USAGE, FAILED, err, out, print_json
from bot.terminal.opening import open_base
from bot.terminal.options import AsJson, read_file
from bot.terminal.owner import Owner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.features.asking.told_answer import ToldAnswer
    from bot.settings import Settings

_EARLIER = 4  # questions that a later one may point back to
_LEAVE = frozenset({"thoát", "thoat", "exit", "quit"})
_HELLO = (
    "Gõ câu hỏi rồi nhấn Enter (có dấu hay không dấu đều được). "
    "Gõ 'nguồn' để xem đoạn tài liệu của câu vừa hỏi, 'thoát' để dừng."
)

commands = typer.Typer()


class _Answering(Protocol):
    """Answers a question after earlier ones, oldest first, that each stand by themselves."""

    def __call__(self, question: str, earlier: Sequence[str] = ()) -> ToldAnswer: ...


@commands.command()
def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None, typer.Argument(help="Câu hỏi, có hay không có ngoặc kép.")
    ] = None,
    as_json: AsJson = False,
    explained: Annotated[
        bool, typer.Option("--explain", help="Kèm vì sao có câu trả lời này, từng bước.")
    ] = False,
    file: Annotated[
        str | None,
        typer.Option("--file", help="Tệp UTF-8 mỗi dòng một câu hỏi; '-' là đầu vào chuẩn."),
    ] = None,
) -> int:
    """Hỏi một câu, hoặc cả một tệp câu hỏi."""
    from bot.features.asking.told_answer import print_answers, values_of
    from knowledge.conversation.splitting import split
    from knowledge.errors import QuestionError

    if bool(question) == (file is not None):
        raise typer.BadParameter("cần một câu hỏi, hoặc --file, không phải cả hai")
    failures = 0
    questions = [" ".join(question)] if question else _read_questions(file or "-")
    with _answering(context.obj, explained=explained) as answer:
        for asked in questions:
            parts = split(asked)
            try:
                answers = _each_after_those_before(answer, parts)
            except QuestionError as error:
                failures += 1
                if as_json:
                    print_json({"question": asked, "error": str(error)})
                else:
                    err.print(str(error), markup=False)
                continue
            if as_json:
                print_json(values_of(asked, answers))
            else:
                print_answers(parts, answers)
    if failures and question:
        return BAD_USAGE
    return FAILED if failures else 0


@commands.command()
def chat(context: typer.Context) -> None:
    """Trò chuyện với trợ lý ngay trong cửa sổ dòng lệnh."""
    from bot.features.asking.intent_lines import intent_line
    from bot.features.asking.told_answer import print_answers, print_lines
    from knowledge.conversation.intent import Intent
    from knowledge.conversation.intent_recogniser import intent_recogniser
    from knowledge.conversation.splitting import split
    from knowledge.errors import QuestionError

    last: ToldAnswer | None = None
    earlier: list[str] = []
    with _answering(context.obj) as answer:
        out.print(_HELLO, markup=False)
        while (line := _next_line()) is not None:
            if line.strip().lower() in _LEAVE:
                break
            intent = intent_recogniser().recognise(line) if line.strip() else Intent.QUESTION
            if last is not None and intent in {Intent.SOURCE, Intent.MORE}:
                print_lines(last.passages)
            elif (said := intent_line(intent)) is not None:
                out.print(said, markup=False)
                if intent is Intent.NEW:
                    last, earlier = None, []
            else:
                parts = split(line)
                try:
                    answers = _each_after_those_before(answer, parts, earlier)
                    print_answers(parts, answers)
                    last = answers[-1]
                    earlier = [*earlier, *(told.meant for told in answers)][-_EARLIER:]
                except QuestionError as error:
                    err.print(str(error), markup=False)


def _each_after_those_before(
    answer: _Answering, parts: Sequence[str], earlier: Sequence[str] = ()
) -> list[ToldAnswer]:
    """Answer the parts of one message in their order."""
    answers: list[ToldAnswer] = []
    for part in parts:
        answers.append(answer(part, [*earlier, *(told.meant for told in answers)][-_EARLIER:]))
    return answers


@contextmanager
def _answering(settings: Settings, *, explained: bool = False) -> Iterator[_Answering]:
    """Yield what answers a question: a running bot, which owns the index, or this process.

    Either raises QuestionError; the bot may end meanwhile, which raises OwnerError.
    """
    from bot.features.asking.told_answer import ToldAnswer, told
    from knowledge.conversation.conversation import Conversation
    from knowledge.retrieval.typed_question import tidy_question

    owner = Owner.find(settings.data_dir)
    if owner is None:
        with open_base(settings) as base:
            conversation = Conversation(base.assistant())

            def ask_here(question: str, earlier: Sequence[str] = ()) -> ToldAnswer:
                return told(conversation.answer_after(question, earlier), explained=explained)

            yield ask_here
        return

    def ask_bot(question: str, earlier: Sequence[str] = ()) -> ToldAnswer:
        tidy_question(question)  # here: what comes from the bot is an OwnerError
        lines = "\n".join(" ".join(one.split()) for one in earlier)
        return ToldAnswer(**owner.ask("ask", question=question, earlier=lines, explained=explained))

    yield ask_bot


def _next_line() -> str | None:
    """Return the next line typed, or None at the end of the input."""
    if sys.stdin.isatty():
        try:
            return out.input("\n[bold]?[/] ")
        except EOFError:
            return None
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _read_questions(name: str) -> list[str]:
    """Return the questions of a file, a line each, without the blank lines."""
    data = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"Tệp câu hỏi '{name}' không phải UTF-8 (byte thứ {error.start}). "
            "Hãy lưu lại bằng UTF-8."
        ) from error
    return [line for line in text.splitlines() if line.strip()]
