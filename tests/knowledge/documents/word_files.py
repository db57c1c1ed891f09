"""Word documents written part by part, so that a test can say what exactly stands in them."""

from collections.abc import Mapping, Sequence
from html import escape

from knowledge.articles.reading import Reading
from knowledge.documents.reader import read_document
from tests.office_files import archive

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def word_file(body: str, **parts: str | bytes) -> bytes:
    """A .docx with this body; each part is the inside of its root ("styles", "numbering" …).

    Headers and other parts that the body names have the id "r_" and their name.
    """
    roots = {"header": "hdr", "footer": "ftr"}
    files: dict[str, bytes] = {}
    relations = ""
    for name, inside in parts.items():
        kind = name.partition("_")[0]
        suffix = "html" if kind == "aFChunk" else "xml"
        root = f"w:{roots.get(kind, kind)}"
        content = inside if isinstance(inside, bytes) else _xml(root, inside)
        files[f"word/{name}.{suffix}"] = content
        relations += (
            f'<Relationship Id="r_{name}" Type="{_OFFICE}/{kind}" Target="{name}.{suffix}"/>'
        )
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return archive(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _relations(main),
            "word/_rels/document.xml.rels": _relations(relations),
            "word/document.xml": _xml("w:document", f"<w:body>{body}</w:body>"),
            **files,
        }
    )


def read(body: str, **parts: str | bytes) -> Reading:
    return read_document(word_file(body, **parts), "a.docx")


def lines(body: str, **parts: str | bytes) -> list[str]:
    """The lines that a document with this body reads."""
    return read(body, **parts).text.split("\n")


def p(*runs: str, style: str = "", num: tuple[int, int] | None = None, props: str = "") -> str:
    """A paragraph; `num` is its list and level, a run that is no XML becomes one."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        look += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{look}{props}</w:pPr>{inner}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run; text that is XML stands as it is."""
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:r><w:rPr>{props}</w:rPr>{inner}</w:r>"


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def table(*rows: Sequence[str] | str) -> str:
    """A table; a cell is its text or its XML, a row its cells or its XML."""
    return f"<w:tbl>{''.join(one if isinstance(one, str) else row(*one) for one in rows)}</w:tbl>"


def row(*cells: str, props: str = "") -> str:
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{inner}</w:tr>"


def cell(content: str = "", props: str = "") -> str:
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def style(name: str, inside: str = "", *, kind: str = "paragraph", based: str = "") -> str:
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}{inside}'
        "</w:style>"
    )


def level(depth: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(lists: Mapping[int, str], instances: Mapping[int, tuple[int, str]]) -> str:
    """The inside of numbering.xml: lists by number, then the instances with their overrides."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        for number, levels in lists.items()
    )
    return abstract + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for number, (of, overrides) in instances.items()
    )


def _xml(root: str, inside: str) -> bytes:
    return f"<{root} {_NAMESPACES}>{inside}</{root}>".encode()


def _relations(inside: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'.encode()
