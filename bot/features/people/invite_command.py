"""`vanphong invite`: makes, lists and revokes invitation links from the terminal."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.access.roles import Role
from bot.cli.main import app
from bot.terminal.console import out, say
from bot.terminal.tables import print_json

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.people.invitations import Invitation
    from bot.settings import Settings

_ALL = 1_000_000
_MAX_USES, _MAX_DAYS = 1000, 365

invite = typer.Typer(help="Liên kết mời: tạo, liệt kê, thu hồi.", no_args_is_help=True)
app.add_typer(invite, name="invite")

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


@invite.command()
def create(
    context: typer.Context,
    role: Annotated[
        Role, typer.Option("--role", help="newcomer, staff, editor hoặc admin.")
    ] = Role.STAFF,
    days: Annotated[int, typer.Option("--days", help="Hiệu lực (ngày).", min=1, max=_MAX_DAYS)] = 7,
    uses: Annotated[
        int, typer.Option("--uses", help="Số lần dùng được.", min=1, max=_MAX_USES)
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Tạo một lời mời và in liên kết; liên kết chỉ hiện một lần này."""
    # late: these load the database's libraries
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.features.people.invitations import START_PREFIX, Invitations, deep_link  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def make(database: Database) -> tuple[Invitation, str]:
        now, lifetime = dt.datetime.now(dt.UTC), dt.timedelta(days=days)
        return await Invitations(database).create(CLI, role, lifetime, uses, now)

    invitation, token = with_database(context.obj, make)
    username = _bot_username(context.obj)
    # Without the bot's name: what the invited person writes to the bot.
    link = deep_link(username, token) if username else f"/start {START_PREFIX}{token}"
    if as_json:
        print_json({**_as_dict(invitation), "link": link})
        return
    say(f"Lời mời số {invitation.id}. Gửi cho người được mời:")
    out.print(link, markup=False)


@invite.command("list")
def list_invitations(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê các lời mời, mới nhất trước."""
    # late: these load the database's libraries
    from bot.features.people.invitations import Invitations  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> list[Invitation]:
        return await Invitations(database).page(0, _ALL)

    found = with_database(context.obj, read)
    if as_json:
        print_json([_as_dict(invitation) for invitation in found])
    else:
        out.print(_table(found))


@invite.command()
def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Số của lời mời.", min=1)],
    as_json: AsJson = False,
) -> None:
    """Thu hồi một lời mời; ai đã vào thì vẫn giữ vai trò."""
    # late: these load the database's libraries
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.features.people.invitations import Invitations  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def close(database: Database) -> Invitation:
        return await Invitations(database).revoke(CLI, number, dt.datetime.now(dt.UTC))

    revoked = with_database(context.obj, close)
    if as_json:
        print_json(_as_dict(revoked))
    else:
        say(f"Đã thu hồi lời mời số {revoked.id}.")


def _bot_username(settings: Settings) -> str | None:
    """Ask Telegram for the bot's name; None without a token or a network."""
    if settings.telegram_bot_token is None:
        return None
    # late: python-telegram-bot takes half a second
    from telegram import Bot  # noqa: PLC0415
    from telegram.error import TelegramError  # noqa: PLC0415

    async def ask(token: str) -> str:
        async with Bot(token, f"{settings.telegram_api_url}/bot") as bot:
            return bot.username

    try:
        return asyncio.run(ask(settings.telegram_bot_token.get_secret_value()))
    except TelegramError as error:
        say(f"Không hỏi được Telegram tên của bot ({type(error).__name__}).")
        return None


def _table(found: list[Invitation]) -> Table:
    # late: these load the database's libraries
    from bot.features.people.texts import INVITE_STATES  # noqa: PLC0415
    from bot.office_time import shown  # noqa: PLC0415
    from bot.telegram.texts import ROLES  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    table = Table(title=f"{len(found)} lời mời", title_justify="left")
    for column in ("Số", "Vai trò", "Đã dùng", "Hết hạn", "Tình trạng"):
        table.add_column(column)
    for one in found:
        table.add_row(
            str(one.id),
            ROLES[one.role],
            f"{one.used}/{one.max_uses}",
            shown(one.expires_at),
            INVITE_STATES[one.state(now)],
        )
    return table


def _as_dict(invitation: Invitation) -> dict[str, object]:
    state = invitation.state(dt.datetime.now(dt.UTC))
    return {**dataclasses.asdict(invitation), "state": state.value}
