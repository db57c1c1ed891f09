"""Counts the formulas of a workbook whose results its file does not hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from formualizer import Workbook

MAX_FORMULAS = 20_000
"""Formulas that are counted; with more of them, none is."""
_SECONDS = 10
_UNSURE = (
    "TODAY NOW RAND RANDBETWEEN RANDARRAY INDIRECT CELL INFO TEXT DOLLAR FIXED VALUE DATEVALUE "
    "TIMEVALUE NUMBERVALUE WEBSERVICE"
).split()
"""Functions whose results depend on the day, the machine or its language."""
_HIDES_ERRORS = re.compile(r"IFERROR|IFNA|ISERR|ISNA|AGGREGATE|COUNT", re.IGNORECASE)

Place = tuple[str, int, int]


def counted(data: bytes, places: Iterable[Place]) -> dict[Place, float | str | bool]:
    """Return what the formulas at `places` (sheet, row, column) of a workbook come to.

    Those that cannot be told for sure, or come to an error, are left out.
    """
    wanted = list(places)
    if not 0 < len(wanted) <= MAX_FORMULAS:
        return {}
    try:
        book = _opened(data)
        unsure = any(_names_unsure(book.get_formula(*place) or "") for place in wanted)
        wanted = [
            place
            for place in wanted
            if not (unsure and _HIDES_ERRORS.search(book.get_formula(*place) or ""))
        ]
        results = dict(zip(wanted, book.evaluate_cells(wanted), strict=True))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return {}
    return {
        place: result
        for place, result in results.items()
        if isinstance(result, float | int | str | bool)
    }


def _opened(data: bytes) -> Workbook:
    # late: only workbooks without results need it
    from formualizer import EvaluationConfig, Workbook, WorkbookConfig  # noqa: PLC0415

    limits = EvaluationConfig()
    limits.enable_parallel = False  # a thread reserves address space, which is limited
    limits.max_threads = 1
    limits.warmup_enabled = False
    limits.max_eval_time_ms = _SECONDS * 1000
    book = Workbook.from_bytes(data, config=WorkbookConfig(eval_config=limits))
    book.set_temporal_egress("serial")
    for name in _UNSURE:
        book.register_function(name, _unknown, max_args=None, allow_override_builtin=True)
    return book


def _unknown(*_arguments: object) -> float:
    raise ValueError("its result depends on the day, the machine or its language")


def _names_unsure(formula: str) -> bool:
    return any(re.search(rf"(?<!\w){name}\s*\(", formula, re.IGNORECASE) for name in _UNSURE)
