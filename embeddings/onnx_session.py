"""How graphs run here: on few threads that sleep while they wait."""

from __future__ import annotations

import os

from onnxruntime import ExecutionMode, SessionOptions

# A text is one small run: more threads than this spend their time meeting each other.
_MAX_THREADS = 8


def session_options(threads: int | None) -> SessionOptions:
    """Return the options of a session that works on `threads` (None: as many as help)."""
    options = SessionOptions()
    options.intra_op_num_threads = threads or min(_processors(), _MAX_THREADS)
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False  # patterns are kept per length, and every text has its own
    options.log_severity_level = 3  # errors only
    # Waiting threads sleep: a bot is idle most of the day.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Processors without VNNI would overflow in 8-bit sums; this takes their exact, slower way.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return options


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
