"""Recognises the text of page pictures with Tesseract, whichever way they were scanned."""

from __future__ import annotations

import time
from functools import cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from knowledge.articles.characters import tidy
from knowledge.documents.pdf.page_text import Box, PageText, Word
from knowledge.documents.pdf.readability import is_readable, is_well_recognised
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage  # type: ignore[import-untyped] # it has no types

_LANGUAGE = "vie"
_DOTS_PER_INCH = 300
_MAX_SIDE = 4_000  # pixels; a poster scanned as one page is drawn smaller
_PAGE_SECONDS = 60
_SKEW = [step / 4 for step in range(-20, 21)]  # degrees
_SMALL = 700  # pixels; enough to see how lines run
_MIN_SKEW = 0.4
_MIN_INK = 0.0004  # share of dark points
_SURE = 60  # of 100: the recognition of few words is believed from there on
_MIN_CONFIDENCE = 25
_DARK = 150
_GREY = 200  # a thin line is lighter than letters
_MAX_RUNS = 20_000
_THICK = 5  # pixels


@cache
def tesseract_ready() -> bool:
    """Tell whether Tesseract with its Vietnamese model is installed."""
    import pytesseract  # type: ignore[import-untyped]  # noqa: PLC0415 -- it has no types

    try:
        return _LANGUAGE in pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, OSError):
        return False


def has_ink(page: PdfPage) -> bool:
    """Tell whether anything is to be seen on a page."""
    image = page.render(scale=0.6, grayscale=True).to_pil()
    dark = sum(image.histogram()[:_DARK])
    return bool(dark > _MIN_INK * image.width * image.height)


def recognised(page: PdfPage, number: int, deadline: float) -> PageText | None:
    """Return the text that Tesseract reads on `page`, None when it is no readable text.

    The picture is turned upright and level before. Other ways up are tried until `deadline`
    (`time.monotonic`). Raises ArticleError when Tesseract fails or takes too long.
    """
    longest = max(page.get_size())
    scale = min(_DOTS_PER_INCH / 72, _MAX_SIDE / max(longest, 1.0))
    image = page.render(scale=scale, grayscale=True).to_pil()
    first = _turn(image)
    for turn in (first, *(turn for turn in (0, 180, 90, 270) if turn != first)):
        upright = _level(image.rotate(turn, expand=True, fillcolor=255) if turn else image)
        plain, rulings = _without_rulings(upright, scale)
        data = _data(plain, number)
        text = _page_text(data, upright, scale)
        text.rulings = rulings
        if _is_good(text, data):
            return text
        if time.monotonic() > deadline:
            break
    return None


def _is_good(text: PageText, data: dict[str, list[Any]]) -> bool:
    said = text.text
    if is_well_recognised(said):
        return True
    sure = [float(c) for c, t in zip(data["conf"], data["text"], strict=True) if str(t).strip()]
    return bool(sure) and median(sure) >= _SURE and is_readable(said) and len(said) > 3


def _turn(image: Image) -> int:
    """Return by how many degrees (against the clock) to turn a picture upright."""
    import pytesseract  # noqa: PLC0415

    try:
        found = pytesseract.image_to_osd(
            image, output_type=pytesseract.Output.DICT, timeout=_PAGE_SECONDS
        )
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return 0  # too few letters, or its data are not installed
    return -int(found["rotate"]) % 360


def _level(image: Image) -> Image:
    """Return a picture turned so that its lines are level.

    The right angle is where rows of points differ most from each other: dark lines, light gaps.
    """
    from PIL import Image as images  # noqa: N813, PLC0415

    ratio = _SMALL / max(image.size)
    small = image.resize((max(1, int(image.width * ratio)), max(1, int(image.height * ratio))))

    def contrast(angle: float) -> float:
        turned = small.rotate(angle, fillcolor=255, resample=images.Resampling.BILINEAR)
        rows = turned.resize((1, turned.height), images.Resampling.BOX).tobytes()
        return sum((a - b) ** 2 for a, b in pairwise(rows))

    level = contrast(0)
    best = max(_SKEW, key=contrast)
    if abs(best) < _MIN_SKEW or contrast(best) < 1.15 * level:
        return image
    return image.rotate(best, fillcolor=255, resample=images.Resampling.BICUBIC)


def _data(image: Image, number: int) -> dict[str, list[Any]]:
    import pytesseract  # noqa: PLC0415

    try:
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            image, lang=_LANGUAGE, timeout=_PAGE_SECONDS, output_type=pytesseract.Output.DICT
        )
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise ArticleError(
            f"không nhận dạng được trang {number} trong {_PAGE_SECONDS} giây; hãy chia nhỏ "
            "tệp hoặc chụp lại rõ hơn"
        ) from error
    return found


def _page_text(data: dict[str, list[Any]], image: Image, scale: float) -> PageText:
    """Return the recognised words with their places in points; all letters count as one size."""
    page = PageText(image.width / scale, image.height / scale)
    lines: dict[tuple[int, ...], list[int]] = {}
    for n, text in enumerate(data["text"]):
        if str(text).strip() and float(data["conf"][n]) >= _MIN_CONFIDENCE:
            key = tuple(int(data[part][n]) for part in ("block_num", "par_num", "line_num"))
            lines.setdefault(key, []).append(n)
    heights = [median(int(data["height"][n]) for n in line) for line in lines.values()]
    size = 1.1 * median(heights) / scale if heights else 10.0
    for line in lines.values():
        bottom = median(int(data["top"][n]) + int(data["height"][n]) for n in line) / scale
        for n in line:
            x0 = int(data["left"][n]) / scale
            x1 = x0 + int(data["width"][n]) / scale
            page.words.append(Word(tidy(str(data["text"][n])).strip(), x0, x1, bottom, size))
    return page


def _without_rulings(image: Image, scale: float) -> tuple[Image, list[Box]]:
    """Return a picture without its ruling lines, which hide words from Tesseract, and those lines.

    They are long runs of dark points across and down.
    """
    import numpy as np  # noqa: PLC0415
    from PIL import Image as images  # noqa: N813, PLC0415

    points = np.array(image)
    dark = points < _GREY
    found: list[Box] = []
    for across, field, least in (
        (True, dark, image.width // 30),
        (False, dark.T, image.height // 55),
    ):
        edges = np.diff(np.pad(field, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        rows, begins = np.nonzero(edges == 1)
        _, ends = np.nonzero(edges == -1)
        above, below = np.maximum(rows - _THICK, 0), np.minimum(rows + _THICK, len(field) - 1)
        places = [begins + (ends - begins) * part // 7 for part in (2, 3, 5)]
        # no dark ground of white letters: it is light on either side, but where lines cross
        thin = ~np.logical_and.reduce([field[above, at] & field[below, at] for at in places])
        long = thin & (ends - begins >= least)
        if np.count_nonzero(long) > _MAX_RUNS:
            return image, []  # a photograph
        picture = points if across else points.T
        for row, begin, end in zip(rows[long], begins[long], ends[long], strict=True):
            picture[max(0, row - 2) : row + 3, begin:end] = 255
            level, low, high = float(row / scale), float(begin / scale), float(end / scale)
            found.append(Box(low, level, high, level) if across else Box(level, low, level, high))
    return images.fromarray(points), found
