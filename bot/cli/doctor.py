"""`vanphong doctor`: checks the installation and says how to mend it."""

from __future__ import annotations

import typer
from rich.text import Text

from bot.cli.main import FAILED, app
from bot.terminal.console import out


@app.command()
def doctor(context: typer.Context) -> int:
    """Kiểm tra Python, mô hình, chỉ mục, khóa và mã bot; chỉ cách sửa."""
    # late: these load the model's and the index's libraries
    from bot.self_check import Outcome, self_check  # noqa: PLC0415

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
