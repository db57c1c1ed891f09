"""`vanphong verify` and `vanphong certificates`, on SQLite and PostgreSQL, while the bot runs."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot.access.audit import AuditLog
from bot.cli.main import run
from bot.features.certificates.certificate_code import shown_code
from tests.bot.features.certificates.conftest import NAME, Office

pytestmark = pytest.mark.usefixtures("fresh_logging", "nothing_set")


class Terminal:
    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self._folder = folder

    async def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = await asyncio.to_thread(run, ["--data-dir", str(self._folder), *arguments])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    async def json(self, *arguments: str) -> tuple[int, Any]:
        code, out, _ = await self(*arguments, "--json")
        return code, json.loads(out)


@pytest.fixture
def vanphong(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    database_url: str,
    tmp_path: Path,
    nothing_set: None,
) -> Terminal:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return Terminal(capsys, tmp_path)


async def test_a_certificate_is_verified_listed_and_revoked(
    office: Office, vanphong: Terminal
) -> None:
    issued = await office.issue()
    await office.issue(8, "[b]An[/b]")
    code = shown_code(issued.code)
    status, out, _ = await vanphong("verify", code.lower())
    line = out.splitlines()[-1]
    assert status == 0
    assert line.startswith(f"{code} · hợp lệ · {NAME} · 01:30 25/11/2026 · 92,5% · ")
    status, found = await vanphong.json("verify", code)
    assert (status, found["outcome"], found["name"], found["score"]) == (0, "valid", NAME, 0.925)
    _, out, _ = await vanphong("certificates", "list")
    assert "[b]An[/b]" in out
    assert code in out
    assert (await vanphong("certificates", "revoke", code, "--replaceable"))[0] == 0
    status, found = await vanphong.json("verify", code)
    assert (status, found["outcome"]) == (1, "revoked")
    assert "name" not in found
    _, listed = await vanphong.json("certificates", "list")
    assert {one["code"]: one["outcome"] for one in listed}[code] == "revoked"
    entry = [one async for one in AuditLog(office.database).all()][-1]
    assert (entry.channel, entry.action, entry.target) == ("cli", "certificate.revoke", code)


@pytest.mark.parametrize(
    ("typed", "outcome"), [("LC-0000-0000-0000", "unknown"), ("xin chào", "malformed")]
)
async def test_what_is_no_certificate_ends_with_1(
    vanphong: Terminal, typed: str, outcome: str
) -> None:
    status, found = await vanphong.json("verify", typed)
    assert (status, found["outcome"]) == (1, outcome)
    assert (await vanphong("verify", typed))[0] == 1


async def test_failures_are_one_line(office: Office, vanphong: Terminal) -> None:
    issued = await office.issue()
    status, _, err = await vanphong("certificates", "revoke", "LC-0000-0000-0000")
    assert (status, "Không có chứng nhận mang mã" in err) == (1, True)
    office.key.write_text("x")
    for arguments in (("verify", issued.code), ("certificates", "list")):
        status, _, err = await vanphong(*arguments)
        assert (status, "bị hỏng" in err) == (1, True)
