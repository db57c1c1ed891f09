import asyncio
import io
import json
import socket
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import run
from bot.features.knowledge_versions.control_socket import ControlSocket
from bot.terminal.owner import owner_socket
from embeddings import Encoder
from tests.bot.conftest import types_in
from tests.bot.features.knowledge_versions.knowledge_at_work import (
    KnowledgeAtWork,
    knowledge_at_work,
)
from tests.knowledge.small_articles import DATE_QUESTION, PARKING, PARKING_QUESTION, write

pytestmark = [
    pytest.mark.usefixtures("fresh_logging", "nothing_set"),
    pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no Unix domain sockets here"),
]


@pytest.fixture
async def work(tmp_path: Path, encoder: Encoder) -> AsyncIterator[KnowledgeAtWork]:
    """A running bot's knowledge base, which the command line can reach."""
    async with knowledge_at_work(tmp_path, encoder) as at_work:
        async with at_work.running():
            yield at_work
        assert not owner_socket(at_work.data_dir).exists()


async def vanphong(work: KnowledgeAtWork, *arguments: str) -> int:
    """Run the command line beside the bot, as another process would."""
    places = ["--data-dir", str(work.data_dir), "--articles", str(work.articles)]
    return await asyncio.to_thread(run, [*places, *arguments])


def socket_of(work: KnowledgeAtWork) -> ControlSocket:
    return ControlSocket(work.core(), work.updates)


def json_of(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


async def test_only_its_user_may_open_the_socket(work: KnowledgeAtWork) -> None:
    mode = owner_socket(work.data_dir).stat().st_mode
    assert (stat.S_ISSOCK(mode), stat.S_IMODE(mode)) == (True, 0o600)


async def test_reload_versions_and_rollback_go_through_the_running_bot(
    work: KnowledgeAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    write(work.articles, "parking.md", PARKING)
    assert await vanphong(work, "reload", "--json") == 0
    reloaded = json_of(capsys)
    assert (reloaded["added"], reloaded["version"]) == (["parking.md"], "v0002")
    assert (reloaded["promoted"], reloaded["exam"]["passed"]) == (True, True)
    assert work.worker.kb_version == "v0002"
    assert await vanphong(work, "versions") == 0
    assert "đang dùng" in capsys.readouterr().out
    assert await vanphong(work, "rollback") == 0
    assert "Đã quay lại bản v0001" in capsys.readouterr().out
    assert work.worker.kb_version == "v0001"
    assert await vanphong(work, "rollback", "v0007") == 1
    assert "Không có phiên bản v0007" in capsys.readouterr().err


async def test_questions_are_answered_by_the_running_bot(
    work: KnowledgeAtWork,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert await vanphong(work, "ask", "--json", DATE_QUESTION) == 0
    answer = json_of(capsys)
    assert "28/8" in answer["answer"]
    assert answer["citations"][0]["quote"] in answer["answer"]
    assert (answer["question"], answer["kb_version"]) == (DATE_QUESTION, "v0001")
    assert "reasons" not in answer
    assert await vanphong(work, "ask", "--json", "--explain", DATE_QUESTION) == 0
    assert json_of(capsys)["reasons"]["probability"] == answer["confidence"]
    assert await vanphong(work, "ask", DATE_QUESTION) == 0
    shown = capsys.readouterr().out
    assert "28/8" in shown
    assert "Nguồn: " in shown
    assert await vanphong(work, "ask", "?!") == 2
    assert "chưa có chữ nào" in capsys.readouterr().err
    tmp_path.joinpath("q.txt").write_text(f"{DATE_QUESTION}\n😀\ngiá vàng\n", encoding="utf-8")
    assert await vanphong(work, "ask", "--json", "--file", str(tmp_path / "q.txt")) == 1
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert ("28/8" in first["answer"], third["refused"]) == (True, True)
    assert list(second) == ["question", "error"]
    types_in(
        monkeypatch, f"xin chào\n{DATE_QUESTION}\nnguồn\nthế còn {PARKING_QUESTION}\n?\nthoát\n"
    )
    assert await vanphong(work, "chat") == 0
    shown = capsys.readouterr()
    assert "28/8" in shown.out
    assert "📄 " in shown.out
    assert "chưa có chữ nào" in shown.err


async def test_chat_ends_with_the_bot(
    tmp_path: Path,
    encoder: Encoder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with knowledge_at_work(tmp_path, encoder) as work:
        control = socket_of(work)
        await control.start()
        loop = asyncio.get_running_loop()

        def lines() -> Iterator[str]:
            yield f"{DATE_QUESTION}\n"
            asyncio.run_coroutine_threadsafe(control.stop(), loop).result()
            yield f"{DATE_QUESTION}\n"

        typed = lines()
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        monkeypatch.setattr(sys.stdin, "readline", lambda: next(typed))
        assert await vanphong(work, "chat") == 1
    shown = capsys.readouterr()
    assert "28/8" in shown.out
    assert "Bot dừng" in shown.err


async def test_worse_version_is_held_back_and_forced(
    work: KnowledgeAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    work.lose_the_day()
    assert await vanphong(work, "reload") == 1
    assert "Mất câu trả lời đúng" in capsys.readouterr().err
    assert "28/8" in await work.says(DATE_QUESTION)
    assert await vanphong(work, "reload", "--force") == 0
    assert "28/8" not in await work.says(DATE_QUESTION)


async def test_command_line_decides_about_the_version_that_waits(
    work: KnowledgeAtWork, capsys: pytest.CaptureFixture[str]
) -> None:
    work.lose_the_day()
    assert await vanphong(work, "reload") == 1
    assert "versions --promote v0002" in capsys.readouterr().err
    assert await vanphong(work, "versions", "--discard", "v0001") == 1
    assert "không còn chờ" in capsys.readouterr().err
    assert await vanphong(work, "versions", "--discard", "v0002") == 0
    assert [info.name for info in work.base.versions()] == ["v0001"]
    assert await vanphong(work, "reload") == 1
    capsys.readouterr()
    assert await vanphong(work, "versions", "--promote", "v0003", "--json") == 0
    live, _ = map(json.loads, capsys.readouterr().out.splitlines())
    assert (live["name"], live["active"]) == ("v0003", True)
    assert "28/8" not in await work.says(DATE_QUESTION)
    assert await vanphong(work, "versions", "--promote", "v0003", "--discard", "v0003") == 2


async def test_documents_put_in_on_the_command_line_reach_the_running_bot(
    work: KnowledgeAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "parking.md"
    file.write_text(PARKING, encoding="utf-8")
    assert await vanphong(work, "docs", "add", str(file), "--json") == 0
    added = json_of(capsys)
    assert (added["document_id"], added["reload"]["promoted"]) == ("D1", True)
    assert "6 giờ 30" in await work.says(PARKING_QUESTION)
    assert await vanphong(work, "docs", "retire", "D1") == 0
    assert "bỏ 1" in capsys.readouterr().err
    assert (await work.worker.answer(PARKING_QUESTION)).refused


async def test_document_is_kept_when_the_running_bot_cannot_reload(
    work: KnowledgeAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "parking.md"
    file.write_text(PARKING, encoding="utf-8")
    write(work.articles, "golden.yaml", "answered: 5\n")
    assert await vanphong(work, "docs", "add", str(file)) == 0
    said = capsys.readouterr()
    assert "Mã: D1" in said.out
    assert "golden.yaml" in said.err
    assert "vanphong reload" in said.err


async def test_another_folder_of_articles_is_refused(
    work: KnowledgeAtWork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert await vanphong(work, "reload", "--articles", str(other)) == 1
    assert "dùng thư mục bài viết" in capsys.readouterr().err


@pytest.mark.parametrize(
    "request_line", [b"", b"\n", b"{", b"[]\n", b'{"do": "eval"}\n', b"\xff\xfe\n", b"1" * 70_000]
)
async def test_nonsense_is_refused_and_the_channel_goes_on(
    work: KnowledgeAtWork, request_line: bytes
) -> None:
    path = str(owner_socket(work.data_dir))
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(request_line)
    writer.write_eof()
    reply = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert reply == b"" or "không hợp lệ" in json.loads(reply)["error"]
    assert await vanphong(work, "reload") == 0


async def test_bot_that_ends_tells_the_command_line_that_the_reload_was_given_up(
    tmp_path: Path,
    encoder: Encoder,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with knowledge_at_work(tmp_path, encoder) as work:
        control = socket_of(work)
        await control.start()
        write(work.articles, "parking.md", PARKING)
        reader, silent = await asyncio.open_unix_connection(str(owner_socket(work.data_dir)))
        work.updates.stop()
        assert await vanphong(work, "reload") == 1
        assert "đang dừng" in capsys.readouterr().err
        await control.stop()  # nor is it held up by who asks for nothing
        assert await reader.read() == b""
        silent.close()
        await silent.wait_closed()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_socket_of_a_killed_bot_is_in_nobodys_way(
    tmp_path: Path, encoder: Encoder, models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with knowledge_at_work(tmp_path, encoder) as work:
        pass
    work.data_dir.joinpath("models").symlink_to(models_dir, target_is_directory=True)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(owner_socket(work.data_dir)))
    left.close()
    write(work.articles, "parking.md", PARKING)
    assert await vanphong(work, "reload") == 0
    assert "thêm 1" in capsys.readouterr().err
    async with knowledge_at_work(tmp_path / "again", encoder) as again:
        owner_socket(again.data_dir).touch()
        control = socket_of(again)
        await control.start()
        assert await vanphong(again, "reload") == 0
        await control.stop()


async def test_bot_runs_without_a_socket_where_the_path_is_too_long(
    tmp_path: Path, encoder: Encoder
) -> None:
    async with knowledge_at_work(tmp_path / ("x" * 120), encoder) as work:
        control = socket_of(work)
        await control.start()
        assert "28/8" in await work.says(DATE_QUESTION)
        await control.stop()
