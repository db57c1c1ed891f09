"""Documents in odd containers: read, or refused with the true reason."""

import base64
import quopri
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from knowledge.articles.reading import DocumentFormat
from knowledge.documents.loader import read_text
from knowledge.documents.reader import read_document
from knowledge.errors import ArticleError
from tests import office_files
from tests.office_files import PARAGRAPH, archive, repacked, word, workbook

OFFICE = "http://schemas.openxmlformats.org/"
HTML = f"<html><body><h1>Tên</h1><p>{PARAGRAPH}</p></body></html>"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def strict(data: bytes) -> bytes:
    """The package as Office saves it in the strict form."""
    names = re.compile(
        rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|spreadsheetml|"
        rb"drawingml)/2006/([\w-]+)"
    )
    strict_names = {b"extended-properties": b"extendedProperties"}

    def renamed(found: re.Match[bytes]) -> bytes:
        name = strict_names.get(found[2], found[2])
        return b"http://purl.oclc.org/ooxml/%b/%b" % (found[1], name)

    return archive({name: names.sub(renamed, part) for name, part in parts_of(data).items()})


def flat(data: bytes, left_out: str = "-") -> bytes:
    """The package as one XML file."""
    types = parts_of(data)["[Content_Types].xml"].decode()
    listed = dict(re.findall(r'<Override PartName="/([^"]+)" ContentType="([^"]+)"', types))
    shown = "".join(
        flat_part(name, content, listed.get(name, "application/xml"))
        for name, content in parts_of(data).items()
        if name != "[Content_Types].xml" and not name.startswith(left_out)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<?mso-application progid="Word.Document"?>\n<pkg:package xmlns:pkg='
        f'"http://schemas.microsoft.com/office/2006/xmlPackage">{shown}</pkg:package>'
    ).encode()


def flat_part(name: str, content: bytes, type_: str) -> str:
    if name.endswith((".xml", ".rels")):
        text = re.sub(r"<\?xml[^>]*\?>", "", content.decode())
        inner = f"<pkg:xmlData>{text}</pkg:xmlData>"
    else:
        inner = f"<pkg:binaryData>{base64.b64encode(content).decode()}</pkg:binaryData>"
    return f'<pkg:part pkg:name="/{name}" pkg:contentType="{type_}">{inner}</pkg:part>'


def mhtml(html: bytes, encoding: str, charset: str = "utf-8", head: str = "") -> bytes:
    encoders: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "8bit": bytes,
    }
    encoded = encoders[encoding](html)
    return (
        (
            f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_B"\r\n\r\n'
            "--=_B\r\nContent-Type: text/css\r\n\r\np { margin: 0 }\r\n"
            f'--=_B\r\nContent-Type: text/html; charset="{charset}"\r\n'
            f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
        ).encode()
        + encoded
        + b"\r\n--=_B--\r\n"
    )


def other_main_part() -> bytes:
    """A document whose main part isn't called word/document.xml."""
    renamed = {
        name.replace("word/document", "word/vanban01"): part.replace(
            b"word/document.xml", b"word/vanban01.xml"
        )
        for name, part in parts_of(word()).items()
    }
    return archive(renamed)


def backslashes() -> bytes:
    return archive({name.replace("/", "\\"): part for name, part in parts_of(word()).items()})


STRICT, FLAT, MHTML = "Strict", "Flat OPC", "MHTML"
READ: list[tuple[str, Callable[[], bytes], str, DocumentFormat]] = [
    ("a.docx", lambda: strict(word()), STRICT, DocumentFormat.WORD),
    ("a.xlsx", lambda: strict(workbook({"A": [["Tên", PARAGRAPH]]})), STRICT, DocumentFormat.EXCEL),
    ("a.docx", lambda: flat(word()), FLAT, DocumentFormat.WORD),
    ("a.xml", lambda: flat(word()), FLAT, DocumentFormat.WORD),
    ("a.xml", lambda: flat(word(), "_rels"), FLAT, DocumentFormat.WORD),
    ("a.xml", lambda: flat(strict(word())), STRICT, DocumentFormat.WORD),
    ("a.docx", other_main_part, "", DocumentFormat.WORD),
    ("a.docx", backslashes, "", DocumentFormat.WORD),
    ("a.doc", lambda: mhtml(HTML.encode(), "quoted-printable"), MHTML, DocumentFormat.WEB_PAGE),
    ("a.mht", lambda: mhtml(HTML.encode(), "base64"), MHTML, DocumentFormat.WEB_PAGE),
    ("a.html", lambda: mhtml(HTML.encode(), "8bit", "ascii"), MHTML, DocumentFormat.WEB_PAGE),
    (
        "a.mht",
        lambda: mhtml(HTML.encode("utf-16"), "base64", "utf-16", "From: <Saved by Blink>\r\n"),
        MHTML,
        DocumentFormat.WEB_PAGE,
    ),
    (
        "a.xls",
        f"<table><tr><td>{PARAGRAPH}</table>".encode,
        "HTML",
        DocumentFormat.WEB_PAGE,
    ),
    (
        "a.doc",
        f'<?xml version="1.0"?><!-- x --><html>{PARAGRAPH}'.encode,
        "HTML",
        DocumentFormat.WEB_PAGE,
    ),
]


@pytest.mark.parametrize(("name", "data", "told", "format_"), READ)
def test_an_odd_container_is_read_and_named(
    name: str, data: Callable[[], bytes], told: str, format_: DocumentFormat
) -> None:
    reading = read_document(data(), name)
    assert PARAGRAPH in reading.text
    assert reading.format is format_
    assert [note for note in reading.notes if told in note] or not told
    assert len(reading.notes) == (1 if told else 0)


def test_a_page_of_the_articles_may_be_mhtml() -> None:
    reading = read_text(mhtml(HTML.encode(), "base64"), DocumentFormat.WEB_PAGE)
    assert (reading.title, reading.text) == ("Tên", PARAGRAPH)


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


def package(content_type: str, more: Mapping[str, bytes] | None = None) -> bytes:
    types = f'<Types><Override ContentType="{content_type}"/></Types>'.encode()
    return archive({"[Content_Types].xml": types, **(more or {})})


def nested_mime() -> bytes:
    parts = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5_000))
    return ("MIME-Version: 1.0\n" + "".join(parts)).encode()


XML = b'<?xml version="1.0"?>\n<?mso-application progid="x"?>\n'
SHEET_2003 = b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
WORD_2003 = b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.doc", lambda: ole("WordDocument"), r"Word đời cũ \(\.doc\)"),
    ("a.docx", lambda: ole("Workbook"), r"Excel đời cũ \(\.xls\)"),
    ("a.doc", lambda: ole("PowerPoint Document"), "PowerPoint đời cũ"),
    ("a.doc", lambda: ole("__substg1.0_1000001F"), "Outlook"),
    ("a.docx", lambda: ole("EncryptedPackage"), "mật khẩu"),
    ("a.doc", lambda: XML + WORD_2003, "Word 2003 XML"),
    ("a.xls", lambda: XML + SHEET_2003, "Excel 2003 XML"),
    ("a.fodt", lambda: XML + b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:x"/>',
     "OpenDocument"),
    ("a.docx", lambda: XML + b"<hoSo><ten>An</ten></hoSo>", "dữ liệu XML"),
    ("a.doc", lambda: b"\xef\xbb\xbf {\\rtf1 abc}", "RTF"),
    ("a.xlsx", lambda: package("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "xlsb"),
    ("a.docx", lambda: archive({"mimetype": b"application/epub+zip"}), "EPUB"),
    ("a.docx", lambda: package("application/x-none"), "tệp nén"),
    ("a.docx", lambda: repacked(strict(word()), {"word/vbaProject.bin": b"x"}), "macro"),
    ("a.docx", lambda: strict(office_files.entity_bomb()), "DOCTYPE"),
    ("a.docx", lambda: repacked(strict(word()), {"word/a.xml": bytes(60_000_000)}), "bom nén"),
    ("a.docx", lambda: flat(office_files.macro_document()), "macro"),
    ("a.docx", lambda: flat(word()).replace(b"<pkg:package", b"<!DOCTYPE a><pkg:package"),
     "DOCTYPE"),
    ("a.docx", lambda: flat(word())[:3000], "Flat OPC.*bị hỏng"),
    ("a.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx",
     "không có trang HTML"),
    ("a.mht", nested_mime, "hỏng|không có trang HTML"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "says"), REFUSED)
def test_another_container_is_refused_by_what_it_is(
    name: str, data: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(ArticleError, match=says):
        read_document(data(), name)


@pytest.mark.parametrize("text", ["Subject: họp", "Content-Type: text/html nghĩa là trang web"])
def test_a_text_that_begins_like_a_header_is_a_text(text: str) -> None:
    data = f"{text}\n\n{PARAGRAPH}".encode()
    assert read_document(data, "a.txt").format is DocumentFormat.TEXT
