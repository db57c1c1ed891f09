"""A throw-away PostgreSQL server on loopback, for tests of what must work on both databases."""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

WITH_PASSWORD = "guarded"
_WAIT_SECONDS = "60"
_NO_SAFETY = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 "
    "-c shared_buffers=32MB -c listen_addresses=127.0.0.1 -c unix_socket_directories="
)


def programs() -> Path | None:
    """The directory of initdb and pg_ctl, or None where PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")  # Debian's place
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest is not None else None


@contextmanager
def running_server(bin_dir: Path) -> Iterator[str]:
    """Start a new cluster with trust on loopback; yields its address, and deletes it afterwards."""
    # PostgreSQL refuses to run as root; the packages bring an account for it.
    account = {"user": "postgres"} if os.name == "posix" and os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="vanphong-pg-") as name:
        place = Path(name)
        data = place / "data"
        if account:
            shutil.chown(place, account["user"])

        def execute(program: str, *arguments: str) -> None:
            subprocess.run(
                [bin_dir / program, *arguments],
                cwd=place,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **account,
            )

        initialise = ("-A", "trust", "-U", "vanphong", "-E", "UTF8", "--locale=C", "--no-sync")
        execute("initdb", "-D", str(data), *initialise)
        access = data / "pg_hba.conf"
        # One account needs a password, so that a wrong one can be tried.
        rule = f"host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256\n"
        access.write_text(rule + access.read_text(encoding="utf-8"), encoding="utf-8")
        port = _free_port()
        log = str(place / "log")
        start = ("-l", log, "-w", "-t", _WAIT_SECONDS, "-o", f"-p {port} {_NO_SAFETY}''")
        execute("pg_ctl", "-D", str(data), *start, "start")
        try:
            yield f"postgresql://vanphong@127.0.0.1:{port}/postgres"
        finally:
            execute("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


def execute_on(url: str, *statements: str) -> None:
    """Execute statements on a server, one by one; works whether or not an event loop runs here."""

    async def execute() -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    in_thread(execute())


def in_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in an event loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
