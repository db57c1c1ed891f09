"""`vanphong certificates`: lists and revokes certificates from the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.main import app
from bot.terminal.console import out, say
from bot.terminal.tables import plain, print_json

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.certificates.certificate import Certificate
    from bot.features.certificates.register import CertificateRegister, RegisterEntry
    from bot.settings import Settings

_ALL = 1_000_000

certificates = typer.Typer(help="Chứng nhận đã cấp: liệt kê, thu hồi.", no_args_is_help=True)
app.add_typer(certificates, name="certificates")

AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


def register_of(settings: Settings, database: Database) -> CertificateRegister:
    """Return the register behind the settings."""
    # late: these load the database's libraries
    from bot.features.certificates.key_file import KEY_FILE, KeyFile  # noqa: PLC0415
    from bot.features.certificates.register import CertificateRegister  # noqa: PLC0415

    return CertificateRegister(database, KeyFile(settings.data_dir / KEY_FILE))


@certificates.command("list")
def list_certificates(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê các chứng nhận, mới nhất trước."""
    # late: this loads the database's libraries
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def read(database: Database) -> list[RegisterEntry]:
        return await register_of(context.obj, database).page(0, _ALL)

    found = with_database(context.obj, read)
    if as_json:
        print_json([_as_dict(entry) for entry in found])
    else:
        out.print(_table(found))


@certificates.command()
def revoke(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Mã chứng nhận: LC-XXXX-XXXX-XXXX.")],
    replaceable: Annotated[
        bool,
        typer.Option("--replaceable", help="Cho người ấy nhận tờ mới, như khi tên bị sai."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Thu hồi một chứng nhận; người được cấp không nhận lại được nếu không có --replaceable."""
    # late: these load the database's libraries
    from bot.access.person import CLI  # noqa: PLC0415
    from bot.features.certificates.certificate_code import shown_code  # noqa: PLC0415
    from bot.features.certificates.texts import REVOKED_NOW  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def close(database: Database) -> Certificate:
        register = register_of(context.obj, database)
        now = dt.datetime.now(dt.UTC)
        return await register.revoke(CLI, code, now, replaceable=replaceable)

    revoked = with_database(context.obj, close)
    if as_json:
        print_json({"code": shown_code(revoked.code), "outcome": "revoked", "name": revoked.name})
    else:
        say(REVOKED_NOW.format(code=shown_code(revoked.code)))


def _table(found: list[RegisterEntry]) -> Table:
    # late: these load the database's libraries
    from bot.features.certificates.certificate import score_in_words  # noqa: PLC0415
    from bot.features.certificates.certificate_code import shown_code  # noqa: PLC0415
    from bot.features.certificates.texts import STATES  # noqa: PLC0415
    from bot.office_time import shown  # noqa: PLC0415

    table = Table(title=f"{len(found)} chứng nhận", title_justify="left")
    for column in ("Mã", "Tên", "Cấp lúc", "Điểm", "Tình trạng"):
        table.add_column(column)
    for entry in found:
        one = entry.certificate
        cells = (
            shown_code(entry.code),
            "" if one is None else one.name,
            shown(entry.issued_at),
            "" if one is None else score_in_words(one.score),
            STATES[entry.outcome.value],
        )
        table.add_row(*map(plain, cells))
    return table


def _as_dict(entry: RegisterEntry) -> dict[str, object]:
    # late: as above
    from bot.features.certificates.certificate_code import shown_code  # noqa: PLC0415

    one = entry.certificate
    return {
        "code": shown_code(entry.code),
        "outcome": entry.outcome.value,
        "issued_at": entry.issued_at,
        "name": None if one is None else one.name,
        "score": None if one is None else one.score,
        "topics": None if one is None else list(one.topics),
    }
