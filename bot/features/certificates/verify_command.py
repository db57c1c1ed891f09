"""`vanphong verify`: tells whether a certificate is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.main import FAILED, app
from bot.terminal.console import out
from bot.terminal.tables import print_json

if TYPE_CHECKING:
    from bot.database import Database
    from bot.features.certificates.verification import Verification


@app.command()
def verify(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Mã trên chứng nhận: LC-XXXX-XXXX-XXXX.")],
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
) -> None:
    """Kiểm tra một chứng nhận: mã thoát 0 nếu hợp lệ, 1 nếu không."""
    # late: these load the database's libraries
    from bot.features.certificates.certificates_command import register_of  # noqa: PLC0415
    from bot.features.certificates.verification import Outcome  # noqa: PLC0415
    from bot.terminal.database import with_database  # noqa: PLC0415

    async def check(database: Database) -> Verification:
        return await register_of(context.obj, database).verify(code)

    found = with_database(context.obj, check)
    if as_json:
        print_json(_as_dict(found))
    else:
        out.print(_line(found), markup=False)
    if found.outcome is not Outcome.VALID:
        raise typer.Exit(FAILED)


def _line(found: Verification) -> str:
    # late: as above
    from bot.features.certificates.certificate import score_in_words  # noqa: PLC0415
    from bot.features.certificates.certificate_code import shown_code  # noqa: PLC0415
    from bot.features.certificates.texts import STATES  # noqa: PLC0415
    from bot.office_time import shown  # noqa: PLC0415

    parts = [] if found.code is None else [shown_code(found.code)]
    parts.append(STATES[found.outcome.value])
    if found.certificate is not None:
        one = found.certificate
        parts += [one.name, shown(one.issued_at), score_in_words(one.score), one.office]
    elif found.since is not None:
        parts.append(shown(found.since))
    return " · ".join(parts)


def _as_dict(found: Verification) -> dict[str, object]:
    # late: as above
    from bot.features.certificates.certificate_code import shown_code  # noqa: PLC0415

    known: dict[str, object] = {
        "outcome": found.outcome.value,
        "code": None if found.code is None else shown_code(found.code),
    }
    if found.since is not None:
        known["since"] = found.since
    if found.certificate is not None:
        one = found.certificate
        known |= {
            "name": one.name,
            "issued_at": one.issued_at,
            "score": one.score,
            "topics": list(one.topics),
            "office": one.office,
        }
    return known
