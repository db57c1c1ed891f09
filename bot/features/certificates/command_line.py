"""`vanphong certificates` lists and revokes certificates; `verify` tells whether one is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.access.person import CLI
from bot.features.certificates.certificate import Outcome, Verification, score_in_words
from bot.features.certificates.certificate_code import shown_code
from bot.features.certificates.texts import FORGIVEN, NOTHING_TO_FORGIVE, REVOKED_NOW, STATES
from bot.office_time import shown, utc_now
from bot.terminal.console import FAILED, out, picked, print_json, print_list, say
from bot.terminal.database import with_database
from bot.terminal.options import AsJson

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    from bot.database import Database
    from bot.features.certificates.register import CertificateRegister, RegisterEntry
    from bot.settings import Settings

    _Result = TypeVar("_Result")

commands = typer.Typer()
certificates = typer.Typer(help="Chứng nhận đã cấp: liệt kê, thu hồi.", no_args_is_help=True)
commands.add_typer(certificates, name="certificates")


@certificates.command("list")
def list_certificates(context: typer.Context, as_json: AsJson = False) -> None:
    """Liệt kê các chứng nhận, mới nhất trước."""
    found = _with_register(context.obj, lambda register: register.entries())
    print_list(
        found,
        as_json=as_json,
        values=_entry_object,
        columns=("Mã", "Tên", "Cấp lúc", "Điểm", "Tình trạng"),
        row=lambda entry: (
            shown_code(entry.code),
            "" if entry.certificate is None else entry.certificate.name,
            shown(entry.issued_at),
            "" if entry.certificate is None else score_in_words(entry.certificate.score),
            STATES[entry.outcome.value],
        ),
        title=f"{len(found)} chứng nhận",
    )


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
    revoked = _with_register(
        context.obj,
        lambda register: register.revoke(CLI, code, utc_now(), replaceable=replaceable),
    )
    if as_json:
        print_json({"code": shown_code(revoked.code), "outcome": "revoked", "name": revoked.name})
    else:
        say(REVOKED_NOW.format(code=shown_code(revoked.code)))


@certificates.command()
def forgive(
    context: typer.Context,
    person_id: Annotated[int, typer.Argument(help="Số id Telegram.", min=1, max=(1 << 52) - 1)],
) -> int:
    """Cho người đã bị thu hồi chứng nhận rồi xóa dữ liệu được nhận chứng nhận lại."""
    forgiven = _with_register(
        context.obj, lambda register: register.forgive(CLI, person_id, utc_now())
    )
    say(FORGIVEN if forgiven else NOTHING_TO_FORGIVE)
    return 0 if forgiven else FAILED


@commands.command()
def verify(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Mã trên chứng nhận: LC-XXXX-XXXX-XXXX.")],
    as_json: AsJson = False,
) -> int:
    """Kiểm tra một chứng nhận: mã thoát 0 nếu hợp lệ, 1 nếu không."""
    found = _with_register(context.obj, lambda register: register.verify(code))
    if as_json:
        print_json(_verification_object(found))
    else:
        out.print(_verification_line(found), markup=False)
    return 0 if found.outcome is Outcome.VALID else FAILED


def _with_register(
    settings: Settings, work: Callable[[CertificateRegister], Awaitable[_Result]]
) -> _Result:
    """Do some work on the register behind the settings."""
    from bot.access.marks import Marks
    from bot.features.certificates.register import CertificateRegister, key_beside

    folder = settings.data_dir

    async def on(database: Database) -> _Result:
        return await work(CertificateRegister(database, key_beside(folder), Marks.beside(folder)))

    return with_database(settings, on)


def _entry_object(entry: RegisterEntry) -> dict[str, object]:
    one = entry.certificate
    return {
        "code": shown_code(entry.code),
        "outcome": entry.outcome.value,
        "issued_at": entry.issued_at,
        "name": None if one is None else one.name,
        "score": None if one is None else one.score,
        "topics": None if one is None else list(one.topics),
    }


def _verification_line(found: Verification) -> str:
    parts = [] if found.code is None else [shown_code(found.code)]
    parts.append(STATES[found.outcome.value])
    if found.certificate is not None:
        one = found.certificate
        parts += [one.name, shown(one.issued_at), score_in_words(one.score), one.office]
    elif found.since is not None:
        parts.append(shown(found.since))
    return " · ".join(parts)


def _verification_object(found: Verification) -> dict[str, object]:
    known: dict[str, object] = {
        "outcome": found.outcome.value,
        "code": None if found.code is None else shown_code(found.code),
    }
    if found.since is not None:
        known["since"] = found.since
    if found.certificate is not None:
        known |= picked(found.certificate, "name issued_at score topics office")
    return known
