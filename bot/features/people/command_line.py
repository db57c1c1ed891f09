"""`vanphong people`, `invite` and `audit`: who may what, and what was done, from the terminal."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.access.person import CLI
from bot.access.roles import Role
from bot.office_time import shown, utc_now
from bot.telegram.texts import ROLES
from bot.terminal.console import out, print_json, print_list, say
from bot.terminal.database import record, with_database
from bot.terminal.options import AsJson, write_file

if TYPE_CHECKING:
    from bot.access.audit import AuditEntry
    from bot.database import Database
    from bot.features.people.invitations import Invitation
    from bot.settings import Settings

_ALL = 1_000_000
_MAX_USES, _MAX_DAYS = 1000, 365

commands = typer.Typer()
people = typer.Typer(help="Danh sách người dùng và vai trò.", no_args_is_help=True)
invite = typer.Typer(help="Liên kết mời: tạo, liệt kê, thu hồi.", no_args_is_help=True)
commands.add_typer(people, name="people")
commands.add_typer(invite, name="invite")

PersonId = Annotated[int, typer.Argument(help="Số id Telegram.", min=1, max=(1 << 52) - 1)]


@people.command("list")
def list_people(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê mọi người cùng vai trò."""
    from bot.access.registry import People

    found = with_database(context.obj, lambda database: People(database).page(0, _ALL))
    print_list(
        found,
        as_json=as_json,
        values=dataclasses.asdict,
        columns=("Số id", "Tên", "Tên người dùng", "Vai trò", "Tham gia"),
        row=lambda person: (
            str(person.id),
            person.name,
            f"@{person.username}" if person.username else "",
            ROLES[person.role],
            shown(person.joined_at),
        ),
        title=f"{len(found)} người",
    )


@people.command("set")
def set_role(
    context: typer.Context,
    person_id: PersonId,
    role: Annotated[Role, typer.Argument(help="newcomer, staff, editor hoặc admin.")],
    name: Annotated[str, typer.Option("--name", help="Tên, cho người chưa có.")] = "",
    as_json: AsJson = False,
) -> None:
    """Giao vai trò; người chưa có trong danh sách được thêm vào."""
    from bot.access.registry import People

    admins = context.obj.admin_ids
    changed = with_database(
        context.obj,
        lambda database: People(database, admins).set_role(
            CLI, person_id, role, utc_now(), name=name
        ),
    )
    if as_json:
        print_json(dataclasses.asdict(changed))
    else:
        say(f"{changed.name}: {ROLES[changed.role]}.")


@people.command("name")
def confirm_name(
    context: typer.Context,
    person_id: PersonId,
    name: Annotated[str, typer.Argument(help="Họ tên đầy đủ.")],
) -> None:
    """Xác nhận họ tên của một người; chứng nhận của người ấy ghi tên này."""
    from bot.access.registry import People

    changed = with_database(
        context.obj,
        lambda database: People(database).confirm_name(CLI, person_id, name, utc_now()),
    )
    say(f"Đã xác nhận: {changed.official_name} ({changed.id}).")


@people.command()
def remove(context: typer.Context, person_id: PersonId, as_json: AsJson = False) -> None:
    """Xóa một người khỏi danh sách; người ấy mất mọi quyền ngay."""
    from bot.access.registry import People

    admins = context.obj.admin_ids
    removed = with_database(
        context.obj, lambda database: People(database, admins).remove(CLI, person_id, utc_now())
    )
    if as_json:
        print_json(dataclasses.asdict(removed))
    else:
        say(f"Đã xóa {removed.name} ({removed.id}).")


@invite.command()
def create(  # noqa: PLR0913, PLR0917 -- each is an option
    context: typer.Context,
    role: Annotated[
        Role, typer.Option("--role", help="newcomer, staff, editor hoặc admin.")
    ] = Role.STAFF,
    days: Annotated[int, typer.Option("--days", help="Hiệu lực (ngày).", min=1, max=_MAX_DAYS)] = 7,
    uses: Annotated[
        int, typer.Option("--uses", help="Số lần dùng được.", min=1, max=_MAX_USES)
    ] = 1,
    name: Annotated[
        str | None, typer.Option("--name", help="Họ tên người được mời (lời mời một lần).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tạo một lời mời và in liên kết; liên kết chỉ hiện một lần này."""
    from bot.features.people.invitations import START_PREFIX, Invitations, deep_link

    lifetime = dt.timedelta(days=days)
    invitation, token = with_database(
        context.obj,
        lambda database: Invitations(database).create(
            CLI, role, lifetime, uses, utc_now(), name=name
        ),
    )
    username = _bot_username(context.obj)
    # Without the bot's name: what the invited person writes to the bot.
    link = deep_link(username, token) if username else f"/start {START_PREFIX}{token}"
    if as_json:
        print_json({**_invitation_object(invitation), "link": link})
        return
    say(f"Lời mời số {invitation.id}. Gửi cho người được mời:")
    out.print(link, markup=False)


@invite.command("list")
def list_invitations(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê các lời mời, mới nhất trước."""
    from bot.features.people.invitations import Invitations
    from bot.features.people.texts import INVITE_STATES

    found = with_database(context.obj, lambda database: Invitations(database).page(0, _ALL))
    print_list(
        found,
        as_json=as_json,
        values=_invitation_object,
        columns=("Số", "Vai trò", "Đã dùng", "Hết hạn", "Tình trạng"),
        row=lambda one: (
            str(one.id),
            ROLES[one.role],
            f"{one.used}/{one.max_uses}",
            shown(one.expires_at),
            INVITE_STATES[one.state(utc_now())],
        ),
        title=f"{len(found)} lời mời",
    )


@invite.command()
def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="Số của lời mời.", min=1)],
    as_json: AsJson = False,
) -> None:
    """Thu hồi một lời mời; ai đã vào thì vẫn giữ vai trò."""
    from bot.features.people.invitations import Invitations

    revoked = with_database(
        context.obj, lambda database: Invitations(database).revoke(CLI, number, utc_now())
    )
    if as_json:
        print_json(_invitation_object(revoked))
    else:
        say(f"Đã thu hồi lời mời số {revoked.id}.")


@commands.command()
def audit(
    context: typer.Context,
    export: Annotated[
        Path | None, typer.Option("--export", help="Ghi toàn bộ ra tệp .csv hoặc .xlsx.")
    ] = None,
    last: Annotated[int, typer.Option("--last", help="Số dòng gần nhất.", min=1)] = 50,
    as_json: AsJson = False,
) -> None:
    """Nhật ký quản trị: mọi việc bị từ chối và mọi thay đổi của người quản trị."""
    from bot.access.audit import AuditAction, AuditLog
    from bot.features.people.audit_files import row, rows, spreadsheet
    from bot.features.people.texts import AUDIT_COLUMNS
    from bot.spreadsheet import FileKind

    ending = None if export is None else export.suffix.lower().removeprefix(".")
    if ending is not None and ending not in list(FileKind):
        raise typer.BadParameter("tên tệp phải kết thúc bằng .csv hoặc .xlsx", param_hint="export")

    async def read(database: Database) -> list[AuditEntry]:
        log = AuditLog(database)
        if ending is None:
            return await log.page(0, last)
        await record(database, AuditAction.EXPORT_AUDIT, ending)
        return [entry async for entry in log.all()]

    entries = with_database(context.obj, read)
    if export is not None and ending is not None:
        write_file(export, spreadsheet(rows(entries)).file(FileKind(ending)))
        say(f"Đã ghi {len(entries)} dòng vào {export}.")
    else:
        print_list(
            entries,
            as_json=as_json,
            values=dataclasses.asdict,
            columns=AUDIT_COLUMNS,
            row=row,
            title=f"{len(entries)} dòng gần nhất",
        )


def _bot_username(settings: Settings) -> str | None:
    """Ask Telegram for the bot's name; None without a token or a network."""
    if settings.telegram_bot_token is None:
        return None
    from telegram import Bot
    from telegram.error import TelegramError

    async def ask(token: str) -> str:
        async with Bot(token, f"{settings.telegram_api_url}/bot") as bot:
            return bot.username

    try:
        return asyncio.run(ask(settings.telegram_bot_token.get_secret_value()))
    except TelegramError as error:
        say(f"Không hỏi được Telegram tên của bot ({type(error).__name__}).")
        return None


def _invitation_object(invitation: Invitation) -> dict[str, object]:
    return {**dataclasses.asdict(invitation), "state": invitation.state(utc_now()).value}
