"""`vanphong people`: the list of people and their roles, changed from the terminal."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.access.roles import Role  # noqa: TC001 -- typer reads it at run time
from bot.cli.main import app
from bot.terminal.console import out, say
from bot.terminal.tables import plain, print_json

if TYPE_CHECKING:
    from bot.access.person import Person
    from bot.database import Database

_ALL = 1_000_000

people = typer.Typer(help="Danh sách người dùng và vai trò.", no_args_is_help=True)
app.add_typer(people, name="people")

PersonId = Annotated[int, typer.Argument(help="Số id Telegram.", min=1, max=(1 << 52) - 1)]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@people.command("list")
def list_people(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê mọi người cùng vai trò."""
    # late: these load the database's libraries
    from bot.access.registry import People  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> list[Person]:
        return await People(database).page(0, _ALL)

    found = with_database(context.obj, read)
    if as_json:
        print_json([dataclasses.asdict(person) for person in found])
    else:
        out.print(_table(found))


@people.command("set")
def set_role(
    context: typer.Context,
    person_id: PersonId,
    role: Annotated[Role, typer.Argument(help="newcomer, staff, editor hoặc admin.")],
    name: Annotated[str, typer.Option("--name", help="Tên, cho người chưa có.")] = "",
    as_json: AsJson = False,
) -> None:
    """Giao vai trò; người chưa có trong danh sách được thêm vào."""
    # late: these load the database's libraries
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.access.registry import People  # noqa: PLC0415
    from bot.telegram.texts import ROLES  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def change(database: Database) -> Person:
        registry = People(database, context.obj.admin_ids)
        return await registry.set_role(CLI, person_id, role, dt.datetime.now(dt.UTC), name=name)

    changed = with_database(context.obj, change)
    if as_json:
        print_json(dataclasses.asdict(changed))
    else:
        say(f"{changed.name}: {ROLES[changed.role]}.")


@people.command()
def remove(context: typer.Context, person_id: PersonId, as_json: AsJson = False) -> None:
    """Xóa một người khỏi danh sách; người ấy mất mọi quyền ngay."""
    # late: these load the database's libraries
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.access.registry import People  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def change(database: Database) -> Person:
        registry = People(database, context.obj.admin_ids)
        return await registry.remove(CLI, person_id, dt.datetime.now(dt.UTC))

    removed = with_database(context.obj, change)
    if as_json:
        print_json(dataclasses.asdict(removed))
    else:
        say(f"Đã xóa {removed.name} ({removed.id}).")


def _table(found: list[Person]) -> Table:
    # late: these load the database's libraries
    from bot.office_time import shown  # noqa: PLC0415
    from bot.telegram.texts import ROLES  # noqa: PLC0415

    table = Table(title=f"{len(found)} người", title_justify="left")
    for column in ("Số id", "Tên", "Tên người dùng", "Vai trò", "Tham gia"):
        table.add_column(column)
    for person in found:
        user = f"@{person.username}" if person.username else ""
        # Text, not markup: names are people's own.
        cells = (str(person.id), person.name, user, ROLES[person.role], shown(person.joined_at))
        table.add_row(*map(plain, cells))
    return table
