"""Reads documents from people in a process of its own, which ends when it takes too much."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from embeddings.errors import system_reason
from knowledge.articles.reading import MAX_DOCUMENT_BYTES, Reading, reading_from_fields
from knowledge.documents.pdf.page_recognition import tesseract_ready
from knowledge.errors import ArticleError

_ROOT = Path(__file__).parents[2]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT", "TMPDIR", "TEMP")


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one reading may take: seconds on the clock (OCR has its own) and bytes of memory."""

    seconds: float = 60
    ocr_seconds: float = 600
    memory_bytes: int = 500 * 1024 * 1024


_DEFAULT_LIMITS = ReadingLimits()


def read_fenced(data: bytes, name: str, limits: ReadingLimits = _DEFAULT_LIMITS) -> Reading:
    """Return the text of `data`, called `name`, read within `limits` and without a network.

    Scanned pages of a PDF are recognised where Tesseract with Vietnamese is installed; otherwise a
    note names the pages left out. Raises ArticleError saying why the document cannot be read.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ArticleError(
            f"tệp quá lớn ({len(data) / 1024**2:.1f} MB, tối đa "
            f"{MAX_DOCUMENT_BYTES // 1024**2} MB); hãy chia thành nhiều tệp"
        )
    reading = _run(data, name, limits, ocr=False)
    if not reading.scanned_pages:
        return reading
    if tesseract_ready():
        return _run(data, name, limits, ocr=True)
    if not reading.blocks:
        raise ArticleError(
            f"PDF gồm {len(reading.scanned_pages)} trang ảnh chụp, không có chữ để đọc, và máy chủ "
            "chưa cài Tesseract tiếng Việt (tesseract-ocr-vie); hãy nhờ quản trị cài, hoặc gửi bản "
            ".docx"
        )
    return dataclasses.replace(reading, notes=(*reading.notes, _unread(reading.scanned_pages)))


def _run(data: bytes, name: str, limits: ReadingLimits, *, ocr: bool) -> Reading:
    seconds = limits.ocr_seconds if ocr else limits.seconds
    order = {
        "name": name,
        "ocr": ocr,
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": max(1, round(seconds)),
        "parent": os.getpid(),
    }
    try:
        with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout:
            stdin.write(json.dumps(order).encode() + b"\n")
            stdin.write(data)
            stdin.seek(0)
            with tempfile.TemporaryDirectory() as folder:
                code = _process(stdin, stdout, folder, seconds)
            stdout.seek(0)
            answer = stdout.read()
    except OSError as error:
        raise ArticleError(
            f"không mở được tiến trình đọc tài liệu ({system_reason(error)}); hãy thử lại, nếu vẫn "
            "lỗi thì báo quản trị"
        ) from error
    if code is None:
        raise ArticleError(
            f"đọc quá {seconds:g} giây mà chưa xong nên tôi dừng; hãy chia nhỏ tài liệu"
        )
    if code != 0:
        raise ArticleError(_ended_badly(code, limits))
    return _reading_from_json(answer)


def _process(stdin: IO[bytes], stdout: IO[bytes], folder: str, seconds: float) -> int | None:
    """Run the reader in `folder` and return its exit code, or None when time ran out."""
    environment = bare_environment() | {"TMPDIR": folder, "HOME": folder}
    process = subprocess.Popen(
        [sys.executable, "-m", "knowledge.documents.reader_process"],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end_group(process)


def bare_environment() -> dict[str, str]:
    """Return the environment of a process that reads documents: none of the bot's settings."""
    kept = {key: os.environ[key] for key in _KEPT_VARIABLES if key in os.environ}
    return kept | {
        "PYTHONPATH": str(_ROOT),
        "PYTHONIOENCODING": "utf-8",
        # Threads would each reserve address space, which is what the memory limit counts.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OMP_THREAD_LIMIT": "1",
    }


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the reader and whatever it started (Tesseract), then wait for it."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _ended_badly(code: int, limits: ReadingLimits) -> str:
    if hasattr(signal, "SIGXCPU") and code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "đọc quá lâu mà chưa xong nên tôi dừng; hãy chia nhỏ tài liệu"
    return (
        f"không đọc nổi trong {limits.memory_bytes // 1024**2} MB bộ nhớ, hoặc tệp bị hỏng; hãy "
        "chia nhỏ tài liệu, hoặc mở ra, lưu lại rồi gửi lại"
    )


def _reading_from_json(answer: bytes) -> Reading:
    """Rebuild the reading, trusting nothing: the process may have been taken over."""
    try:
        fields = json.loads(answer)
        if "refused" in fields:
            raise ArticleError(str(fields["refused"])[:1000])
        return reading_from_fields(fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ArticleError("tiến trình đọc trả về kết quả hỏng; hãy gửi lại tài liệu") from error


def _unread(pages: tuple[int, ...]) -> str:
    listed = ", ".join(str(page) for page in pages[:20]) + ("…" if len(pages) > 20 else "")
    return (
        f"Trang {listed} là ảnh chụp hoặc chữ không giải mã được nên không đọc được: máy chủ chưa "
        "cài Tesseract tiếng Việt (tesseract-ocr-vie)."
    )
