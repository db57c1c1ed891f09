"""How onnxruntime runs the models here: on the processor, a text a run."""

from __future__ import annotations

import os
from pathlib import Path

from onnxruntime import ExecutionMode, InferenceSession, SessionOptions

# A text is one small run: more threads than this spend their time meeting each other.
_MAX_THREADS = 8


def open_session(model: str | bytes, threads: int | None = None) -> InferenceSession:
    """Return a session of the model, a file's path or its contents, that may be used by threads.

    `threads` work on a run (None: as many as help). What onnxruntime raises has no common class.
    """
    options = SessionOptions()
    options.intra_op_num_threads = threads or min(_processors(), _MAX_THREADS)
    options.inter_op_num_threads = 1
    options.execution_mode = ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False  # patterns are kept per length, and every text has its own
    options.log_severity_level = 3  # errors only
    # Waiting threads sleep: a bot is idle most of the day.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not _adds_in_32_bits():
        # Sums of products of 8 bits would overflow: this takes the exact way, in twice the time.
        options.add_session_config_entry("session.x64quantprecision", "1")
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _adds_in_32_bits() -> bool:
    """Tell whether this processor is known to have VNNI, with which both ways are exact."""
    try:
        return "_vnni" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:  # not Linux
        return False
