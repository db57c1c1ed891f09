"""A progress bar for reloads and evaluations; nothing where stderr is not a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.terminal.console import err
from bot.vietnamese_numbers import duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

    from knowledge import ReloadProgress


@contextmanager
def reload_progress() -> Iterator[Callable[[ReloadProgress], None]]:
    """Yield a function that shows each stage it is told about as a bar of its own."""
    if not err.is_terminal:
        yield lambda _: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[remaining]}"),
    )
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: ReloadProgress) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(step.stage, total=step.total, remaining="")
            left = "" if step.remaining is None else f"còn khoảng {duration(step.remaining)}"
            task = tasks[step.stage]
            bars.update(task, completed=step.done, total=step.total, remaining=left)

        yield show
