import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from knowledge.articles.reading import MAX_DOCUMENT_BYTES
from knowledge.documents.details import MAX_NAME, display_name
from knowledge.documents.fenced_reading import ReadingLimits, read_fenced
from knowledge.documents.reader import read_document
from knowledge.errors import ArticleError
from tests import office_files
from tests.office_files import PARAGRAPH, archive, repacked, text_pdf, word, workbook

ROOT = Path(__file__).parents[3]


def zip_bomb() -> bytes:
    return repacked(word(), {"word/document.xml": bytes(60 * 1024 * 1024)})


def bomb_of_many_parts() -> bytes:
    noise = os.urandom(1024) * 1024
    parts = {f"word/media/{n}.bin": noise * 9 for n in range(24)}
    return repacked(word(), parts)


def lying_archive() -> bytes:
    """An archive whose directory understates a part's size."""
    data = bytearray(repacked(word(), {"word/media/a.bin": bytes(8_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as opened:
        size = opened.getinfo("word/media/a.bin").file_size
    truth = size.to_bytes(4, "little")
    return bytes(data).replace(truth, (10).to_bytes(4, "little"))


def picture_document() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    document = docx.Document()
    document.add_picture(picture)
    return office_files.saved(document)


def png() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40)).save(picture, "PNG")
    return picture.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED_DOCX = OLE + "EncryptedPackage".encode("utf-16-le")
NO_TEXT = text_pdf([[]])

BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.docx", lambda: b"", "tệp trống"),
    ("a.docx", lambda: b"  \n ", "tệp trống"),
    ("a.docx", zip_bomb, "bom nén"),
    ("a.docx", bomb_of_many_parts, "bom nén"),
    ("a.docx", lying_archive, "bị hỏng"),
    ("a.docx", office_files.entity_bomb, "DOCTYPE"),
    ("a.docx", office_files.macro_document, "macro"),
    ("a.docm", office_files.macro_document, "macro"),
    ("a.docx", lambda: repacked(word(), {"word/vbaProject.bin": b"x"}), "macro"),
    ("a.docx", lambda: word()[:5000], "bị hỏng hoặc tải về chưa đủ"),
    ("a.docx", lambda: repacked(word(), {"word/document.xml": b"<w:document"}), "bị hỏng"),
    ("a.docx", lambda: word([]), "không có chữ nào"),
    ("a.docx", picture_document, "chỉ có ảnh"),
    ("a.docx", lambda: word([("Heading 1", "Chỉ có đề mục")]), "ngoài tiêu đề"),
    ("a.docx", lambda: ENCRYPTED_DOCX, "mật khẩu"),
    ("a.doc", lambda: OLE, "đời cũ"),
    ("a.pdf", office_files.encrypted_pdf, "mật khẩu"),
    ("a.pdf", lambda: text_pdf([[PARAGRAPH]] * 3)[:-2000], "tải về chưa đủ"),
    ("a.pdf", lambda: b"%PDF-1.7\n" + os.urandom(3000) + b"%%EOF", "PDF bị hỏng"),
    ("a.pdf", lambda: NO_TEXT, "không có chữ nào"),
    ("a.xlsx", lambda: repacked(workbook({"A": [["x"]]}), {"xl/workbook.xml": b"<"}), "bị hỏng"),
    ("a.zip", lambda: archive({"a.txt": b"x"}), "tệp nén"),
    ("a.docx", lambda: archive({"ppt/x": b"", "[Content_Types].xml": b"presentationml"}), "Power"),
    ("a.odt", lambda: archive({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument"),
    ("a.docx", lambda: archive({f"{n}": b"" for n in range(5001)}), "5001 phần"),
    ("a.png", png, "tệp ảnh"),
    ("a.pdf", png, "tệp ảnh"),
    ("a.rtf", lambda: b"{\\rtf1 abc}", "RTF"),
    ("a.txt", lambda: b"MZ\x90\x00", "chương trình"),
    ("a.txt", lambda: b"abc\x00\x01\x02", "nhị phân"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD)
def test_a_bad_document_is_refused_and_says_why(
    name: str, data: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(ArticleError, match=says):
        read_document(data(), name)


def test_the_fenced_reader_reads_the_same() -> None:
    for name, data in (
        ("a.docx", word([("Heading 1", "Một"), ("", PARAGRAPH)])),
        ("a.xlsx", workbook({"A": office_files.staff_table()})),
        ("a.pdf", text_pdf([[PARAGRAPH[:90]]])),
        ("a.html", f"<h1>Tên</h1><p>{PARAGRAPH}</p>".encode()),
    ):
        assert read_fenced(data, name) == read_document(data, name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300, "\x00\n\u202e.docx", "", "{}\n{}"])
def test_no_name_matters_to_the_fenced_reader(name: str) -> None:
    assert read_fenced(word(), name).blocks[0].text == PARAGRAPH


def test_the_fenced_reader_passes_refusals_on() -> None:
    with pytest.raises(ArticleError, match="macro"):
        read_fenced(office_files.macro_document(), "a.docx")
    with pytest.raises(ArticleError, match=r"20\.0 MB, tối đa 20 MB"):
        read_fenced(b"x" * (MAX_DOCUMENT_BYTES + 1), "a.txt")


def long_document() -> bytes:
    return word([("", f"{n} {PARAGRAPH}") for n in range(3_000)])


def test_a_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ArticleError, match=r"quá 0\.05 giây"):
        read_fenced(word(), "a.docx", ReadingLimits(seconds=0.05))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_reading_that_takes_too_much_memory_is_ended() -> None:
    huge = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_500_000
    body = office_files.part(word(), "word/document.xml")
    head, _, tail = body.partition(b"<w:body>")
    swollen = head + b"<w:body>" + huge.encode() + tail
    # Stored, so that it is the memory that stops it and no check before.
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, swollen if name == "word/document.xml" else old.read(name))
    with pytest.raises(ArticleError, match=r"bộ nhớ|hỏng"):
        read_fenced(buffer.getvalue(), "a.docx", ReadingLimits(memory_bytes=200 * 1024 * 1024))


FENCED = """
from knowledge.documents.reader_process import fence_in
fence_in(500 * 1024 * 1024, 60)
import socket
try:
    socket.create_connection(("127.0.0.1", 9))
except PermissionError as error:
    print(error)
"""


def test_the_reading_process_has_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FENCED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "a document's reader has no network\n"


@given(st.text(max_size=400) | st.none())
def test_a_display_name_is_always_short_visible_and_no_path(name: str | None) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= MAX_NAME
    assert shown.isprintable()
    assert not set(shown) & set('/\\<>:"|?*')
    assert not shown.startswith(".")
    assert display_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Quy chế.docx", "Quy chế.docx"),
        ("a" * 300 + ".docx", "a" * 95 + ".docx"),
        ("b\x00á\x1bo\u202ecáo.pdf", "báocáo.pdf"),
        ("...", "tai-lieu"),
        (None, "tai-lieu"),
        (".docx", "docx"),
        ("thu?.pdf", "thu_.pdf"),
    ],
)
def test_display_names(name: str | None, shown: str) -> None:
    assert display_name(name) == shown
