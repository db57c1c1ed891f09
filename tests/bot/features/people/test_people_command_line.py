"""`vanphong people`, `invite` and `audit`, on SQLite and PostgreSQL, while the bot runs."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.access.person import on_telegram
from bot.access.roles import Role
from bot.cli.main import run
from bot.database import Database
from tests.bot.access.office import DAY, NOW, Office, somebody
from tests.bot.conftest import Vanphong

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


@pytest.fixture
def vanphong(
    monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path, nothing_set: None
) -> Vanphong:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lambda *arguments: run(["--data-dir", str(tmp_path), *arguments])


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_people_are_listed_set_and_removed(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("people", "set", "5", "admin", "--name", "[b]An[/b]") == 0
    assert vanphong("people", "set", "6", "staff", "--json") == 0
    assert printed(capsys)["role"] == "staff"
    assert vanphong("people", "list") == 0
    shown = capsys.readouterr().out
    assert "[b]An[/b]" in shown
    assert "quản trị viên" in shown
    assert vanphong("people", "list", "--json") == 0
    assert [(one["id"], one["role"]) for one in printed(capsys)] == [(5, "admin"), (6, "staff")]
    assert vanphong("people", "remove", "6") == 0
    assert vanphong("people", "remove", "6") == 1
    assert "Không có ai mang số 6" in capsys.readouterr().err
    assert vanphong("people", "remove", "5") == 1
    assert "quản trị viên cuối cùng" in capsys.readouterr().err
    assert vanphong("people", "set", "5", "boss") == 2
    assert vanphong("people", "set", "5", "stranger") == 1
    assert vanphong("audit", "--json") == 0
    entries = printed(capsys)
    assert [entry["action"] for entry in entries] == [
        "people.remove",
        "people.set_role",
        "people.set_role",
    ]
    assert {entry["channel"] for entry in entries} == {"cli"}


def test_invitations_are_made_listed_and_revoked(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("invite", "create", "--role", "editor", "--days", "3", "--uses", "2") == 0
    assert "/start inv_" in capsys.readouterr().out
    assert vanphong("invite", "list") == 0
    assert "0/2" in capsys.readouterr().out
    assert vanphong("invite", "revoke", "1", "--json") == 0
    assert printed(capsys)["state"] == "revoked"
    assert vanphong("invite", "list", "--json") == 0
    (listed,) = printed(capsys)
    assert (listed["role"], listed["state"]) == ("editor", "revoked")
    assert vanphong("invite", "revoke", "9") == 1
    assert vanphong("invite", "create", "--uses", "0") == 2


def test_the_audit_log_is_exported(
    vanphong: Vanphong, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vanphong("people", "set", "5", "admin") == 0
    for name in ("a.csv", "a.xlsx"):
        assert vanphong("audit", "--export", str(tmp_path / name)) == 0
    assert "đổi vai trò" in tmp_path.joinpath("a.csv").read_text("utf-8-sig")
    assert load_workbook(tmp_path / "a.xlsx").active.max_row == 4  # type: ignore[union-attr]
    assert vanphong("audit", "--export", str(tmp_path / "a.pdf")) == 2
    assert vanphong("audit", "--export", str(tmp_path / "no" / "a.csv")) == 1
    assert "Không ghi được tệp" in capsys.readouterr().err
    assert vanphong("audit") == 0


def test_configured_admins_are_there_at_once(
    vanphong: Vanphong, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", "77, 78")
    assert vanphong("people", "list", "--json") == 0
    assert [one["id"] for one in printed(capsys)] == [77, 78]
    assert vanphong("people", "remove", "77") == 1
    assert "ADMIN_IDS" in capsys.readouterr().err


async def test_a_command_works_beside_a_running_bot(
    database: Database, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    office = Office(database, tmp_path)
    await office.has(Role.ADMIN, 1)
    arguments = ["--data-dir", str(tmp_path), "people", "set", "5", "editor"]
    async with database.session() as reading:
        await reading.connection()
        assert await asyncio.to_thread(run, arguments) == 0
    assert await office.role(5) is Role.EDITOR
    _, token = await office.invitations.create(on_telegram(1), Role.ADMIN, DAY, 1, NOW)
    await office.invitations.redeem(token, somebody(5), NOW)
    assert await office.role(5) is Role.ADMIN
