"""The process that reads one document: it fences itself in, reads stdin and writes stdout.

Run as `python -m knowledge.documents.reader_process`. On stdin comes a line of JSON (`name`,
`ocr`, `memory_bytes`, `cpu_seconds`, `parent`) and then the document; on stdout goes one JSON
object, the reading or `{"refused": reason}`.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys

MAX_OUTPUT_BYTES = 128 * 1024 * 1024
"""Bytes that the process may write to any file, its answer and pictures for OCR included."""
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main() -> None:
    """Read one document."""
    header, _, data = sys.stdin.buffer.read().partition(b"\n")
    order = json.loads(header)
    end_with_parent(int(order["parent"]))
    fence_in(int(order["memory_bytes"]), int(order["cpu_seconds"]))
    # late: the parsers are loaded inside the fence
    from knowledge.articles.reading import reading_to_json  # noqa: PLC0415
    from knowledge.documents.reader import read_document  # noqa: PLC0415
    from knowledge.errors import ArticleError  # noqa: PLC0415

    try:
        reading = read_document(data, str(order["name"]), ocr=bool(order["ocr"]))
        answer = reading_to_json(reading)
    except ArticleError as error:
        answer = json.dumps({"refused": str(error)})
    sys.stdout.write(answer)


def end_with_parent(parent: int) -> None:
    """Let this process be killed when the one called `parent` ends, however that ends (Linux)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before
        sys.exit(1)


def fence_in(memory_bytes: int, cpu_seconds: int) -> None:
    """Bound memory, processor time and files written, and close the network to Python code."""
    try:
        import resource  # noqa: PLC0415 -- Unix only
    except ImportError:
        pass  # Windows: the parent's clock still ends the process
    else:
        for limit, value in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_CPU, cpu_seconds),
            (resource.RLIMIT_FSIZE, MAX_OUTPUT_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(limit)
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (bound, bound))
    sys.addaudithook(_no_network)


def _no_network(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") or event in {"urllib.Request", "ftplib.connect"}:
        raise PermissionError("a document's reader has no network")


if __name__ == "__main__":
    main()
