"""`python -m benchmarks.documents`: time and memory of reading a long PDF and two large .docx."""

from __future__ import annotations

import io
import random
import resource
import time
from pathlib import Path

from benchmarks.measurement import Measurement, report
from knowledge.documents.fenced_reading import read_fenced

_ARTICLES = Path(__file__).parents[1] / "knowledge" / "articles" / "office"
RESULTS = Path(__file__).with_name("DOCUMENTS.md")
CASES_HEADING = "## What is read right\n"
"""Begins what `benchmarks.document_cases` writes into the results."""
_PAGES = 200
_LINES = 42
_DOCX_BYTES = 5 * 1024 * 1024


def measure_documents() -> list[Measurement]:
    """Read a 200-page PDF, a 5 MB .docx of text alone and one of text and pictures."""
    measurements: list[Measurement] = []
    for subject, name, data in (
        (f"a {_PAGES}-page PDF", "dài.pdf", long_pdf()),
        ("a 5 MB .docx of text alone", "chữ.docx", word_file(pictures=False)),
        ("a 5 MB .docx of text and pictures", "ảnh.docx", word_file(pictures=True)),
    ):
        begun = time.perf_counter()
        reading = read_fenced(data, name)
        seconds = time.perf_counter() - begun
        # The largest child so far: the files come in the order of what they need.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        size = f"{len(data) / 2**20:.1f} MB, {reading.characters:,} characters"
        measurements.append(Measurement(f"reading {subject} ({size})", seconds, "s"))
        measurements.append(Measurement(f"peak memory up to {subject}", peak, "MB"))
    return measurements


def long_pdf() -> bytes:
    """Return a PDF of 200 full pages with a running header and page numbers."""
    import matplotlib as mpl  # noqa: PLC0415 -- slow to import
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    rng = random.Random(1)
    words = _words()
    buffer = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(buffer) as pages:
        for number in range(1, _PAGES + 1):
            figure = Figure(figsize=(8.27, 11.69))
            figure.text(0.1, 0.95, "Văn phòng UBND tỉnh Lào Cai", size=9)
            lines = [" ".join(rng.choices(words, k=14)) for _ in range(_LINES)]
            figure.text(0.1, 0.9, "\n".join(lines), size=10, va="top")
            figure.text(0.5, 0.04, str(number), size=9)
            pages.savefig(figure)
    return buffer.getvalue()


def word_file(*, pictures: bool) -> bytes:
    """Return a .docx of about 5 MB."""
    import docx  # noqa: PLC0415 -- slow to import
    from PIL import Image  # noqa: PLC0415

    rng = random.Random(2)
    words = _words()
    document = docx.Document()
    size = 0
    paragraphs = 1_000 if pictures else 1_000_000
    for number in range(paragraphs):
        if number % 40 == 0:
            document.add_heading(f"Phần {number // 40 + 1}", 1)
        text = " ".join(rng.choices(words, k=rng.randint(40, 120)))
        document.add_paragraph(text.capitalize() + ".")
        size += len(text.encode())
        if not pictures and size > 2.9 * _DOCX_BYTES:  # what these words shrink to
            break
    if pictures:
        noise = Image.frombytes("RGB", (900, 600), rng.randbytes(900 * 600 * 3))
        for quality in range(60, 78):
            picture = io.BytesIO()
            noise.save(picture, "JPEG", quality=quality)
            picture.seek(0)
            document.add_picture(picture)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _words() -> list[str]:
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(_ARTICLES.glob("*.md")))
    return sorted({word for word in text.lower().split() if word.isalpha()})


def main() -> None:
    """Print the table and keep it beside this file.

    A process of its own: a child's peak memory begins with that of the process that starts it.
    """
    page = report(measure_documents()).replace("`make bench`", "`python -m benchmarks.documents`")
    print(page)
    _, mark, cases = RESULTS.read_text(encoding="utf-8").partition(CASES_HEADING)
    RESULTS.write_text(page + "\n" + mark + cases, encoding="utf-8")


if __name__ == "__main__":
    main()
