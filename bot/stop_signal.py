"""The signals that end a process which serves until it is told to stop."""

from __future__ import annotations

import asyncio
import signal

_STOPPING = (signal.SIGINT, signal.SIGTERM)


async def stop_signal() -> None:
    """Wait until the process is interrupted or terminated."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in _STOPPING:
        loop.add_signal_handler(number, told.set)
    try:
        await told.wait()
    finally:
        for number in _STOPPING:
            loop.remove_signal_handler(number)
