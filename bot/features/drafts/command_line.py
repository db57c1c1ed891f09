"""`vanphong quiz draft`: questions drafted anew from the passages, for editors to decide on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.office_time import utc_now
from bot.terminal.console import picked, print_list, say
from bot.terminal.database import with_database
from bot.terminal.opening import open_base
from bot.terminal.options import AsJson

if TYPE_CHECKING:
    from bot.database import Database
    from knowledge.quiz.drafting import Draft

_MOST_AT_ONCE = 1000

commands = typer.Typer()
quiz = typer.Typer()
commands.add_typer(quiz, name="quiz")  # the group of the feature `quizzes`


@quiz.command()
def draft(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", help="Số câu nhiều nhất.", min=1, max=_MOST_AT_ONCE)
    ] = 100,
    as_json: AsJson = False,
) -> None:
    """Soạn câu hỏi trắc nghiệm từ các bài đang dùng; biên tập viên duyệt bằng /drafts."""
    import random

    from bot.features.drafts.texts import KINDS
    from bot.features.quizzes import QuestionStore, sound_bank
    from knowledge.quiz.drafting import draft_questions

    bank = sound_bank(context.obj.quizzes_dir)
    with open_base(context.obj) as base:
        chunks = base.assistant().corpus.chunks

    async def work(database: Database) -> tuple[tuple[Draft, ...], int, int]:
        store = QuestionStore(database)
        found = draft_questions(
            chunks,
            [*await store.known(), *bank.questions.values()],
            bank.topic_of_article,
            random.Random(),  # noqa: S311 -- the order of options is no secret
            limit,
        )
        return found, await store.add(found, utc_now()), await store.waiting()

    drafts, added, waiting = with_database(context.obj, work)
    if drafts or as_json:
        print_list(
            drafts,
            as_json=as_json,
            values=_object,
            columns=("Bài", "Loại", "Câu hỏi", "Đáp án đúng"),
            row=lambda one: (
                one.question.article,
                KINDS[one.kind],
                one.question.text,
                "; ".join(one.question.options[index] for index in one.question.correct),
            ),
            title=f"{len(drafts)} câu vừa soạn",
        )
    say(f"Đã soạn thêm {added} câu; {waiting} câu chờ duyệt (/drafts).")


def _object(draft: Draft) -> dict[str, object]:
    question = draft.question
    return {
        "fingerprint": draft.fingerprint,
        "kind": draft.kind,
        "topic": question.topic or None,
        "question": question.text,
        "options": question.options,
        "correct": [number + 1 for number in question.correct],
        **picked(question, "explanation article quote difficulty"),
    }
