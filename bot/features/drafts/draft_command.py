"""`vanphong quiz draft`: questions drafted anew from the passages, for editors to decide on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.terminal.console import out, say
from bot.terminal.tables import plain, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.database import Database
    from bot.settings import Settings
    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.bank.bank import QuestionBank
    from knowledge.quiz.drafting import Draft

    ReadBank = Callable[[Path], QuestionBank]

MOST_AT_ONCE = 1000


def draft_command(read_bank: ReadBank) -> Callable[..., None]:
    """Return the command; `read_bank` reads the folder of questions (QUIZZES_DIR)."""

    def draft(
        context: typer.Context,
        limit: Annotated[
            int, typer.Option("--limit", help="Số câu nhiều nhất.", min=1, max=MOST_AT_ONCE)
        ] = 100,
        as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    ) -> None:
        """Soạn câu hỏi trắc nghiệm từ các bài đang dùng; biên tập duyệt bằng /drafts."""
        settings: Settings = context.obj
        drafts, added, waiting = _draft(settings, read_bank(settings.quizzes_dir), limit)
        if as_json:
            print_json([_object(one) for one in drafts])
        elif drafts:
            out.print(_table(drafts))
        say(f"Đã soạn thêm {added} câu; {waiting} câu chờ duyệt (/drafts).")

    return draft


def _draft(
    settings: Settings, bank: QuestionBank, limit: int
) -> tuple[tuple[Draft, ...], int, int]:
    """Draft and store; return the drafts, how many of them were new, and how many wait now."""
    # late: these load the database's and the model's libraries
    import random  # noqa: PLC0415

    from bot.features.quizzes.question_store import QuestionStore  # noqa: PLC0415
    from bot.office_time import utc_now  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415
    from bot.terminal.opening import open_base  # noqa: PLC0415
    from knowledge.quiz.drafting import (  # noqa: PLC0415
        draft_questions,
    )

    with open_base(settings) as base:
        chunks: Sequence[Chunk] = base.assistant().corpus.chunks

    async def work(database: Database) -> tuple[tuple[Draft, ...], int, int]:
        store = QuestionStore(database)
        drafts = draft_questions(
            chunks,
            [*await store.known(), *bank.questions.values()],
            bank.topic_of_article,
            random.Random(),  # noqa: S311 -- the order of options is no secret
            limit,
        )
        return drafts, await store.add(drafts, utc_now()), await store.waiting()

    return with_database(settings, work)


def _object(draft: Draft) -> dict[str, object]:
    question = draft.question
    return {
        "fingerprint": draft.fingerprint,
        "kind": draft.kind.value,
        "topic": question.topic or None,
        "question": question.text,
        "options": list(question.options),
        "correct": [number + 1 for number in question.correct],
        "explanation": question.explanation,
        "article": question.article,
        "quote": question.quote,
        "difficulty": question.difficulty.value,
    }


def _table(drafts: Sequence[Draft]) -> Table:
    from bot.features.drafts.texts import KINDS  # noqa: PLC0415 -- late, as above

    table = Table(title=f"{len(drafts)} câu vừa soạn", title_justify="left")
    for name in ("Bài", "Loại", "Câu hỏi", "Đáp án đúng"):
        table.add_column(name, overflow="fold")
    for draft in drafts:
        question = draft.question
        right = "; ".join(question.options[index] for index in question.correct)
        cells = (question.article, KINDS[draft.kind], question.text, right)
        table.add_row(*map(plain, cells))
    return table
