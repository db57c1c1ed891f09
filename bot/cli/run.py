"""`vanphong run` and `sandbox`: the bot, or its trial in the browser; `doctor`: a check of both."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import os
import signal
import sys
import threading
import webbrowser
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
from rich.text import Text

from bot.errors import PortTakenError
from bot.office_time import utc_now
from bot.terminal.console import FAILED, out, print_json, say
from bot.terminal.database import with_database
from bot.terminal.opening import open_encoder
from bot.terminal.options import AsJson

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from bot.database import Database
    from bot.sandbox import Sandbox
    from bot.settings import Settings
    from embeddings import Encoder

USUAL_PORT = 8088
_FOLDER = "sandbox"
_STOPPING = (signal.SIGINT, signal.SIGTERM)

STOP_SECONDS = 4.0
"""From the signal to the end of the process, whatever it is doing."""
LAST_SECONDS = 4.7
"""Likewise, where it can't even tell that it ends; its exit status is 1 then."""

_TRIAL_INSTEAD = (
    "Chưa có TELEGRAM_BOT_TOKEN nên chưa nối Telegram (xem .env.example). "
    "Mở bản dùng thử ngay trên máy này:"
)

_log = structlog.get_logger(__name__)

commands = typer.Typer()


@commands.command()
def run(context: typer.Context) -> None:
    """Chạy bot Telegram; chưa có mã bot thì dùng thử trong trình duyệt."""
    settings: Settings = context.obj
    if settings.telegram_bot_token is None:
        out.print(_TRIAL_INSTEAD, markup=False)
        asyncio.run(_serve_trial(settings, _tell))
    else:
        asyncio.run(_serve(settings))
    _leave()


@commands.command()
def doctor(context: typer.Context) -> int:
    """Kiểm tra Python, mô hình, chỉ mục, khóa và mã bot; chỉ cách sửa."""
    # late: it loads the model's and the index's libraries
    from bot.cli.self_check import Outcome, self_check

    marks = {
        Outcome.GOOD: ("✓", "green"),
        Outcome.NOTE: ("•", "yellow"),
        Outcome.BAD: ("✗", "red"),
    }
    findings = self_check(context.obj)
    for finding in findings:
        mark, colour = marks[finding.outcome]
        out.print(Text.assemble((f"{mark} {finding.subject}: ", colour), finding.text))
    return FAILED if any(finding.outcome is Outcome.BAD for finding in findings) else 0


@commands.command()
def sandbox(
    context: typer.Context,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help=f"Cổng trên máy này; 0: cổng trống bất kỳ. Mặc định {USUAL_PORT} nếu còn trống.",
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Mở trang trong trình duyệt.")] = False,
    no_bot: Annotated[
        bool, typer.Option("--no-bot", help="Chỉ chạy máy chủ, cho chương trình khác nối vào.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Dùng thử cả bot trong trình duyệt, không cần Telegram."""

    def announce(place: Sandbox) -> None:
        if as_json:
            print_json({"page": place.page_url, "api_url": place.api_url, "token": place.token})
        else:
            _tell(place)
        if open_page:
            webbrowser.open(place.page_url)

    asyncio.run(_serve_trial(context.obj, announce, port=port, with_bot=not no_bot))
    _leave()


def _tell(place: Sandbox) -> None:
    """Print where the page is."""
    out.print(f"Mở trang này trong trình duyệt: {place.page_url}", markup=False)
    out.print(f"Bot API: {place.api_url}   Mã bot: {place.token}", style="dim", markup=False)
    out.print("Nhấn Ctrl-C để dừng.", style="dim", markup=False)


async def _serve_trial(
    settings: Settings,
    announce: Callable[[Sandbox], None],
    *,
    port: int | None = None,
    with_bot: bool = True,
) -> None:
    """Serve the page at once and the bot as soon as it has loaded, until told to stop.

    `port` None takes the usual one, or any free one while that is taken. The trial has a data
    directory of its own below DATA_DIR, so that trying things out never touches what the office
    uses; only the prepared model is shared. Raises PortTakenError.
    """
    async with AsyncExitStack() as opened:
        place = await _opened(opened, port, with_bot=with_bot)
        announce(place)
        if with_bot:
            # in threads, for each takes a second or more; one by one, so that Ctrl-C falls between
            encoder = await asyncio.to_thread(open_encoder, settings)
            trial = _trial_settings(settings, place)
            await asyncio.to_thread(_give_roles, trial)
            await opened.enter_async_context(await asyncio.to_thread(_bot, trial, encoder))
            say("Bot đã sẵn sàng.")
        await _stop_signal()


def _bot(trial: Settings, encoder: Encoder) -> AbstractAsyncContextManager[None]:
    from bot.serving import running_bot  # late: python-telegram-bot

    return running_bot(trial, encoder)


def _trial_settings(settings: Settings, place: Sandbox) -> Settings:
    from pydantic import SecretStr  # late: `--help` needs it not

    from bot.settings import Access

    return settings.model_copy(
        update={
            "telegram_bot_token": SecretStr(place.token),
            "telegram_api_url": place.api_url,
            "webhook_url": None,
            "data_dir": settings.data_dir / _FOLDER,
            "database_url": None,
            "access": settings.access if "access" in settings.model_fields_set else Access.OPEN,
            "admin_ids": frozenset({place.world.people.persona("admin").user.id}),
        }
    )


def _give_roles(trial: Settings) -> None:
    """Make the personas what their names say, where they have no role yet."""
    # late: these load SQLAlchemy
    from bot.access.person import CLI
    from bot.access.registry import People
    from bot.access.roles import Role
    from bot.sandbox.people import FIRST_PERSONAS

    roles = {"staff": Role.STAFF, "newcomer": Role.NEWCOMER, "editor": Role.EDITOR}

    async def give(database: Database) -> None:
        people = People(database)
        for persona in FIRST_PERSONAS:
            role, user = roles.get(persona.key), persona.user
            if role is not None and await people.get(user.id) is None:
                await people.set_role(CLI, user.id, role, utc_now(), name=user.first_name)

    with_database(trial, give)


async def _opened(opened: AsyncExitStack, port: int | None, *, with_bot: bool) -> Sandbox:
    from bot.sandbox import Sandbox  # it loads aiohttp

    def on(chosen: int) -> Sandbox:
        return Sandbox(chosen, bot_expected=with_bot)

    try:
        return await opened.enter_async_context(on(USUAL_PORT if port is None else port))
    except OSError as error:
        if port is None:
            return await opened.enter_async_context(on(0))
        raise PortTakenError(
            f"Không mở được cổng {port} ({os.strerror(error.errno or 0)}). Hãy chọn cổng khác "
            "với --port, hoặc --port 0 để lấy cổng trống bất kỳ."
        ) from error


async def _serve(settings: Settings) -> None:
    from bot.serving import running_bot  # late: python-telegram-bot

    encoder = await asyncio.to_thread(open_encoder, settings)
    async with running_bot(settings, encoder):
        await _stop_signal()


async def _stop_signal() -> None:
    """Wait until the process is interrupted or terminated, which it then is before long."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in _STOPPING:
        loop.add_signal_handler(number, told.set)
    try:
        await told.wait()
    finally:
        for number in _STOPPING:
            loop.remove_signal_handler(number)
    end = threading.Timer(STOP_SECONDS, _stop_waiting)
    end.daemon = True
    end.start()
    # where a thread keeps the interpreter to itself, no Timer runs; this needs no interpreter
    faulthandler.dump_traceback_later(LAST_SECONDS, exit=True)


def _stop_waiting() -> None:
    """End the process while threads still work, such as one that embeds a long document.

    That is as safe as being killed, from which nothing is lost either; processes that read for it
    end with it.
    """
    _log.warning("stopped_in_the_middle", threads=[each.name for each in threading.enumerate()])
    _leave()


def _leave() -> None:
    """End the process at once: taking a large base's memory apart takes seconds, for nothing."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
