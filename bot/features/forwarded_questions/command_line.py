"""`vanphong inbox`: what waits for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.office_time import OFFICE_TIME
from bot.terminal.console import picked, print_list, right
from bot.terminal.database import with_database
from bot.terminal.options import AsJson

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.forwarded_questions.entry import Entry

commands = typer.Typer()
inbox = typer.Typer(help="Câu hỏi và góp ý đang chờ biên tập viên.", no_args_is_help=True)
commands.add_typer(inbox, name="inbox")


@inbox.command("list")
def list_entries(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê câu hỏi được chuyển đến và góp ý 👎 còn chờ; trả lời bằng /inbox trên Telegram."""
    from bot.access.marks import Marks
    from bot.features.forwarded_questions import texts
    from bot.features.forwarded_questions.inbox import Inbox

    async def read(database: Database) -> list[Entry]:
        waiting = Inbox(database, Marks.beside(context.obj.data_dir))
        return await waiting.page(0, await waiting.count())

    print_list(
        with_database(context.obj, read),
        as_json=as_json,
        values=lambda entry: picked(entry, "id kind name question told reason sent_at"),
        columns=(*right("Số"), "Loại", "Lúc", "Người hỏi", "Lý do", "Nội dung"),
        row=lambda entry: (
            str(entry.id),
            texts.KINDS[entry.kind],
            entry.sent_at.astimezone(OFFICE_TIME).strftime("%d/%m/%Y %H:%M"),
            entry.name or "–",
            texts.REASONS[entry.reason] if entry.reason is not None else "",
            entry.question or texts.ERASED_QUESTION,
        ),
        title="Câu hỏi được chuyển đến",
    )
