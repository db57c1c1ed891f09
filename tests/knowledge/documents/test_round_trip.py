"""The shipped articles, written in every format and read back, say the same."""

import html
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from matplotlib import font_manager
from PIL import ImageFont

from knowledge.articles.article import Block, Heading, ListItem, Paragraph, text_lines
from knowledge.articles.reading import Reading
from knowledge.documents.reader import read_document
from tests.office_files import saved, text_pdf, workbook

ARTICLES = Path(__file__).parents[3] / "knowledge" / "articles" / "office"
FONT = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 9)
WIDTH, LINES_A_PAGE = 490, 44  # points, lines


@pytest.fixture(scope="module")
def articles() -> list[Reading]:
    return [read_document(p.read_bytes(), p.name) for p in sorted(ARTICLES.glob("*.md"))]


def as_word(title: str, blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    document.add_paragraph(title, "Title")
    for block in blocks:
        match block:
            case Heading(text, level):
                document.add_heading(text, level)
            case ListItem(text):
                document.add_paragraph(text, "List Bullet")
            case Paragraph(text):
                document.add_paragraph(text)
    return saved(document)


def as_web_page(title: str, blocks: Sequence[Block]) -> bytes:
    parts = [f"<title>{html.escape(title)}</title>"]
    for block in blocks:
        match block:
            case Heading(text, level):
                parts.append(f"<h{level}>{html.escape(text)}</h{level}>")
            case ListItem(text):
                parts.append(f"<ul><li>{html.escape(text)}</li></ul>")
            case Paragraph(text):
                parts.append(f"<p>{html.escape(text)}</p>")
    return f"<!doctype html><meta charset=utf-8>{''.join(parts)}".encode()


def as_markdown(title: str, blocks: Sequence[Block]) -> bytes:
    lines = [f"# {title}"]
    for block in blocks:
        match block:
            case Heading(text, level):
                lines.append(f"{'#' * level} {text}")
            case ListItem(text):
                lines.append(f"- {text}")
            case Paragraph(text):
                lines.append(text)
    return "\n\n".join(lines).encode()


def as_workbook(title: str, blocks: Sequence[Block]) -> bytes:
    return workbook({"Sheet1": [[line] for line in (title, *text_lines(blocks))]})


def as_pdf(title: str, blocks: Sequence[Block]) -> bytes:
    lines: list[str] = []
    for text in (title, *text_lines(blocks)):
        line = ""
        for word in text.split():
            if FONT.getlength(f"{line} {word}") > WIDTH:
                lines.append(line)
                line = ""
            line = f"{line} {word}".lstrip()
        lines += [line, ""]
    pages = [lines[n : n + LINES_A_PAGE] for n in range(0, len(lines), LINES_A_PAGE)]
    return text_pdf(pages)


Writer = Callable[[str, Sequence[Block]], bytes]


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.docx", as_word), ("a.html", as_web_page), ("a.md", as_markdown)],
)
def test_the_same_blocks_come_back(name: str, write: Writer, articles: list[Reading]) -> None:
    for article in articles:
        found = read_document(write(article.title or "", article.blocks), name)
        assert (found.title, found.blocks) == (article.title, article.blocks)
        assert not found.notes
        assert not found.left_out


@pytest.mark.parametrize(("name", "write"), [("a.xlsx", as_workbook), ("a.pdf", as_pdf)])
def test_the_same_lines_come_back(name: str, write: Writer, articles: list[Reading]) -> None:
    """Cells, and lines of one size on a page, do not say that they are headings."""
    for article in articles:
        found = read_document(write(article.title or "", article.blocks), name)
        lines = [article.title, *text_lines(article.blocks)]
        assert list(text_lines(found.blocks)) == lines
        assert not found.notes
        assert not found.left_out
