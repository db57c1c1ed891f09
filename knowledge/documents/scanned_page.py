"""Recognises the text of a page that is only a picture, with Tesseract."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped] # it has no types

_LANGUAGE = "vie"
_DOTS_PER_INCH = 250
_MAX_SIDE = 4_000  # pixels; a poster scanned as one page is drawn smaller
_PAGE_SECONDS = 60


@cache
def tesseract_ready() -> bool:
    """Tell whether Tesseract with its Vietnamese model is installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(  # noqa: S603 -- a fixed command
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in (listed.stdout + listed.stderr).split()


def recognise_page(document: PdfDocument, number: int) -> str:
    """Return the text of page `number` (from 0) of an open pypdfium2 document.

    Raises ArticleError when Tesseract fails or takes too long.
    """
    import pytesseract  # type: ignore[import-untyped]  # noqa: PLC0415 -- it has no types

    page = document[number]
    try:
        longest = max(page.get_size())
        scale = min(_DOTS_PER_INCH / 72, _MAX_SIDE / max(longest, 1.0))
        image = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
    try:
        return str(pytesseract.image_to_string(image, lang=_LANGUAGE, timeout=_PAGE_SECONDS))
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise ArticleError(
            f"không nhận dạng được trang {number + 1} trong {_PAGE_SECONDS} giây; hãy chia nhỏ "
            "tệp hoặc chụp lại rõ hơn"
        ) from error
