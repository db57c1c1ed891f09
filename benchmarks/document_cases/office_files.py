"""Makers of .docx and .xlsx files, written part by part so that every detail can be set."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from openpyxl.styles import Font

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    Stored = str | float | bool

W_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{W_MAIN}" xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STRICT = {
    W_MAIN: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    SHEETS: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


class Xml(str):
    """Text that is already XML."""

    __slots__ = ()


# --- zips ---------------------------------------------------------------------------------------


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of the parts, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Return the package with some of its parts rewritten."""
    parts: dict[str, str | bytes] = dict(unpacked(data))
    for name, change in changes.items():
        part = parts[name]
        assert isinstance(part, bytes)
        parts[name] = change(part.decode())
    return packed(parts)


def strict(data: bytes) -> bytes:
    """Return the package with the namespaces of strict OOXML."""

    def change(text: str) -> str:
        for old, new in STRICT.items():
            text = text.replace(old, new)
        return text.replace("<w:document ", '<w:document w:conformance="strict" ').replace(
            "<workbook ", '<workbook conformance="strict" '
        )

    names = [name for name in unpacked(data) if name.endswith((".xml", ".rels"))]
    return changed(data, {name: change for name in names if name != "[Content_Types].xml"})


def flat_opc(data: bytes) -> bytes:
    """Return a package as one XML file (Word's "Word XML Document")."""
    parts = unpacked(data)
    types = dict(
        re.findall(
            r'<Override PartName="([^"]+)" ContentType="([^"]+)"',
            parts.pop("[Content_Types].xml").decode(),
        )
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    body = "".join(
        f'<pkg:part pkg:name="/{name}" pkg:contentType="{types.get("/" + name, rels)}">'
        f"<pkg:xmlData>{content.decode().split('?>', 1)[1].strip()}</pkg:xmlData></pkg:part>"
        for name, content in parts.items()
    )
    return (
        f'{DECLARATION}<?mso-application progid="Word.Document"?>\n<pkg:package'
        f' xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{body}</pkg:package>'
    ).encode()


# --- Word: runs, paragraphs, tables -------------------------------------------------------------


def t(text: str) -> str:
    """Return text inside a run; tabs and line ends become their elements."""
    pieces = re.split(r"([\t\n])", text)
    elements = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(
        elements.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in pieces
        if piece
    )


def r(  # noqa: PLR0913
    text: str | Xml,
    *,
    font: str | None = None,
    bold: bool = False,
    up: bool = False,
    hidden: bool = False,
    style: str | None = None,
    props: str = "",
) -> Xml:
    """Return a run."""
    look = ""
    if style:
        look += f'<w:rStyle w:val="{style}"/>'
    if font:
        look += f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
    if bold:
        look += "<w:b/>"
    if hidden:
        look += "<w:vanish/>"
    look += props
    if up:
        look += '<w:vertAlign w:val="superscript"/>'
    inner = text if isinstance(text, Xml) else t(text)
    return Xml(f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>")


def p(
    *parts: str | Xml,
    style: str | None = None,
    num: tuple[int, int] | None = None,
    align: str | None = None,
    props: str = "",
    mark: str = "",
) -> Xml:
    """Return a paragraph; `num` is its (numId, ilvl), `mark` the properties of its mark."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += props
    if num:
        look += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    if align:
        look += f'<w:jc w:val="{align}"/>'
    if mark:
        look += f"<w:rPr>{mark}</w:rPr>"
    inner = "".join(part if isinstance(part, Xml) else r(part) for part in parts)
    return Xml(f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inner}</w:p>")


def ps(*texts: str | Xml) -> Xml:
    """Return plain paragraphs."""
    return Xml("".join(text if text.startswith("<w:p>") else p(text) for text in texts))


def cell(content: str | Xml = "", *, span: int = 1, merge: str | None = None) -> Xml:
    """Return a cell; `merge` is "restart" or "continue" for cells merged downwards."""
    look = '<w:tcW w:w="0" w:type="auto"/>'
    if span > 1:
        look += f'<w:gridSpan w:val="{span}"/>'
    if merge == "restart":
        look += '<w:vMerge w:val="restart"/>'
    elif merge:
        look += "<w:vMerge/>"
    if not content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")):
        content = p(content)
    return Xml(f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>")


def row(*cells: str | Xml, header: bool = False, props: str = "") -> Xml:
    """Return a row of a table."""
    look = props + ("<w:tblHeader/>" if header else "")
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return Xml(f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{inner}</w:tr>")


def table(
    *rows: Xml | Sequence[str | Xml], columns: int, borders: bool = True, bold: bool = True
) -> Xml:
    """Return a table of so many grid columns, its first row `bold` where it has borders."""
    width = 9000 // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = '<w:tblW w:w="9000" w:type="dxa"/>'
    if borders:
        look += f"<w:tblBorders>{lines}</w:tblBorders>"
    made = [one if isinstance(one, Xml) else row(*one) for one in rows]
    if bold and borders:
        made[0] = _bold(made[0])
    inner = "".join(made)
    return Xml(f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>")


def _bold(content: Xml) -> Xml:
    plain = re.sub("<w:r>(?!<w:rPr>)", "<w:r><w:rPr></w:rPr>", content)
    before = "<w:r><w:rPr>(?:<w:rStyle [^>]*/>)?(?:<w:rFonts [^>]*/>)?"
    return Xml(re.sub(f"({before})(?!<w:b/>)", r"\1<w:b/>", plain))


def field(code: str, shown: str) -> Xml:
    """Return a complex field with its code and what it shows."""
    return Xml(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def note_mark(number: int, kind: str = "footnote") -> Xml:
    """Return the mark of a footnote or endnote."""
    return r(Xml(f'<w:{kind}Reference w:id="{number}"/>'), up=True)


def tracked(kind: str, *runs: str | Xml, number: int = 900) -> Xml:
    """Return runs within `ins`, `del`, `moveFrom` or `moveTo`."""
    inner = "".join(one if isinstance(one, Xml) else r(one) for one in runs)
    if kind == "del":
        inner = inner.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return Xml(f"<w:{kind} {change(number)}>{inner}</w:{kind}>")


def change(number: int) -> str:
    """Return the attributes of a tracked change."""
    return f'w:id="{number}" w:author="Biên tập" w:date="2025-03-04T08:00:00Z"'


# --- Word: numbering and styles -----------------------------------------------------------------


def level(  # noqa: PLR0913
    depth: int,
    form: str,
    text: str,
    *,
    start: int = 1,
    style: str | None = None,
    restart: int | None = None,
    after: str | None = None,
    legal: bool = False,
) -> str:
    """Return a level of a list's definition."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        + (f'<w:lvlRestart w:val="{restart}"/>' if restart is not None else "")
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:isLgl/>" if legal else "")
        + (f'<w:suff w:val="{after}"/>' if after else "")
        + f'<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering(lists: Mapping[int, Sequence[str]], nums: Mapping[int, tuple[int, str]]) -> str:
    """Return numbering.xml: definitions by their number, then numId -> (definition, overrides)."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
        for number, levels in lists.items()
    )
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'
        for number, (of, override) in nums.items()
    )
    return f"{DECLARATION}<w:numbering {SPACES}>{abstract}{instances}</w:numbering>"


def start_at(depth: int, value: int) -> str:
    """Return an override of a list's first number."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


def style(  # noqa: PLR0913
    name: str,
    *,
    based: str | None = "Normal",
    kind: str = "paragraph",
    shown: str | None = None,
    look: str = "",
    run: str = "",
    num: tuple[int, int] | None = None,
    outline: int | None = None,
) -> str:
    """Return a style of a Word document."""
    para = look
    if num:
        para += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    if outline is not None:
        para += f'<w:outlineLvl w:val="{outline}"/>'
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown or name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based and kind == "paragraph" else "")
        + (f"<w:pPr>{para}</w:pPr>" if para else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def fonts(name: str) -> str:
    """Return the run properties of a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def headings(*levels: int) -> str:
    """Return the built-in heading styles."""
    return "".join(
        style(f"Heading{n}", shown=f"heading {n}", outline=n - 1, run="<w:b/>") for n in levels
    )


# --- Word: the package --------------------------------------------------------------------------


def notes_part(kind: str, notes: Mapping[int, str | Xml]) -> str:
    """Return footnotes.xml or endnotes.xml; a note is its text or its paragraphs."""
    inner = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for name, number in (("separator", -1), ("continuationSeparator", 0))
    )
    for number, note in notes.items():
        mark = r(Xml(f"<w:{kind}Ref/>"), up=True)
        content = note if isinstance(note, Xml) else p(mark, f" {note}")
        inner += f'<w:{kind} w:id="{number}">{content}</w:{kind}>'
    return f"{DECLARATION}<w:{kind}s {SPACES}>{inner}</w:{kind}s>"


def docx(  # noqa: PLR0913
    body: str | Sequence[str],
    *,
    styles: str = "",
    defaults: str = "",
    lists: str | None = None,
    footnotes: Mapping[int, str | Xml] | None = None,
    endnotes: Mapping[int, str | Xml] | None = None,
    comments: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    footers: Mapping[str, str] | None = None,
    theme: str | None = None,
    main: str = "document.xml",
    parts: Mapping[str, tuple[str | bytes, str, str]] | None = None,
) -> bytes:
    """Return a Word document.

    `headers` and `footers` are paragraphs by type (default, first, even); `theme` is the name of
    the theme's body font; `parts` are further parts: name -> (content, content type, relation),
    whose relation is named after the part ("rIdX" + its name's stem).
    """
    files: dict[str, str | bytes] = {}
    overrides: list[tuple[str, str]] = []
    relations: list[tuple[str, str, str]] = []

    def add(name: str, content: str | bytes, kind: str, relation: str, number: str) -> None:
        files[f"word/{name}"] = content
        overrides.append((f"/word/{name}", kind))
        relations.append((number, f"{OFFICE}/{relation}", name))

    run = defaults or fonts("Times New Roman")
    add(
        "styles.xml",
        f"{DECLARATION}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{run}"
        '<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/></w:style>{styles}</w:styles>',
        f"{TYPES}.styles+xml",
        "styles",
        "rIdS",
    )
    if lists is not None:
        add("numbering.xml", lists, f"{TYPES}.numbering+xml", "numbering", "rIdN")
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes is not None:
            add(
                f"{kind}s.xml",
                notes_part(kind, notes),
                f"{TYPES}.{kind}s+xml",
                f"{kind}s",
                f"rId{kind}",
            )
    if comments:
        inner = "".join(
            f'<w:comment {change(n)} w:initials="BT">{p(text)}</w:comment>'
            for n, text in enumerate(comments)
        )
        add(
            "comments.xml",
            f"{DECLARATION}<w:comments {SPACES}>{inner}</w:comments>",
            f"{TYPES}.comments+xml",
            "comments",
            "rIdC",
        )
    if theme:
        face = f'<a:latin typeface="{theme}"/><a:ea typeface=""/><a:cs typeface=""/>'
        add(
            "theme/theme1.xml",
            f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
            ' name="Office"><a:themeElements><a:clrScheme name="Office"/><a:fontScheme'
            f' name="Office"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
            '</a:fontScheme><a:fmtScheme name="Office"/></a:themeElements></a:theme>',
            "application/vnd.openxmlformats-officedocument.theme+xml",
            "theme",
            "rIdT",
        )
    section = ""
    for tag, group in (("header", headers), ("footer", footers)):
        for form, content in (group or {}).items():
            number = f"rId{tag}{form}"
            letter = "hdr" if tag == "header" else "ftr"
            add(
                f"{tag}_{form}.xml",
                f"{DECLARATION}<w:{letter} {SPACES}>{content}</w:{letter}>",
                f"{TYPES}.{tag}+xml",
                tag,
                number,
            )
            section += f'<w:{tag}Reference w:type="{form}" r:id="{number}"/>'
    section += '<w:pgSz w:w="11906" w:h="16838"/>'
    if any("first" in (group or {}) for group in (headers, footers)):
        section += "<w:titlePg/>"
    for name, (content, kind, relation) in (parts or {}).items():
        add(name, content, kind, relation, f"rIdX{name.partition('.')[0]}")
    inner = body if isinstance(body, str) else "".join(body)
    files[f"word/{main}"] = (
        f"{DECLARATION}<w:document {SPACES}><w:body>{inner}<w:sectPr>{section}</w:sectPr></w:body>"
        "</w:document>"
    )
    overrides.append((f"/word/{main}", f"{TYPES}.document.main+xml"))
    files[f"word/_rels/{main}.rels"] = rels(relations)
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return packed(
        {
            "[Content_Types].xml": (
                f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
                ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
            ),
            "_rels/.rels": rels([("rId1", f"{OFFICE}/officeDocument", f"word/{main}")]),
            **files,
        }
    )


def rels(relations: Sequence[tuple[str, str, str]]) -> str:
    """Return a part of relations: (id, type, target)."""
    inner = "".join(
        f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'
        for number, kind, target in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def text_box(paragraphs: str) -> Xml:
    """Return a run with a text box as Word 2010 and later write it, with its fallback."""
    box = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    return Xml(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        '<wp:extent cx="3000000" cy="900000"/><wp:docPr id="7" name="Text Box 7"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:spPr/><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def letterhead(
    above: str, office: str, number: str, place_and_day: str, *, motto: bool = True
) -> Xml:
    """Return the table without borders at the head of an official document."""
    left = ps(p(above, align="center"), p(r(office, bold=True), align="center"))
    right = ps(
        p(r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True), align="center"),
        p(r("Độc lập - Tự do - Hạnh phúc", bold=True), align="center"),
    )
    return table(
        [cell(left), cell(right if motto else Xml(p("")))],
        [cell(p(number, align="center")), cell(p(place_and_day, align="center"))],
        columns=2,
        borders=False,
    )


def signature(receivers: Sequence[str], *lines: str) -> Xml:
    """Return the table at a document's end: who receives it, and who signs."""
    left = ps(p(r("Nơi nhận:", bold=True)), *(p(f"- {one}") for one in receivers))
    right = "".join(p(r(line, bold=True), align="center") for line in lines)
    return table([cell(left), cell(Xml(right))], columns=2, borders=False)


# --- old encodings ------------------------------------------------------------------------------

TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)
_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_HAT = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
_BREVE = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def tcvn3(text: str) -> str:
    """Return the text as a document in a font such as .VnTime holds it."""
    missing = {c for c in text if ord(c) > 127 and c not in TCVN3}
    assert not missing, missing
    return "".join(TCVN3.get(c, c) for c in text)


def tcvn3_capitals(text: str) -> str:
    """Return a text of capitals as a document in a font such as .VnTimeH holds it."""
    return tcvn3(text.lower())


def vni(text: str) -> str:
    """Return the text as a document in a font such as VNI-Times holds it."""
    return "".join(_vni_letter(c) for c in text)


def _vni_letter(letter: str) -> str:
    if letter in "đĐ":
        return "ñ" if letter == "đ" else "Ñ"
    base, *marks = unicodedata.normalize("NFD", letter)
    if not marks:
        return letter
    tone = next((mark for mark in marks if mark in _TONES), "")
    shape = next((mark for mark in marks if mark not in _TONES), "")
    low = base.lower()
    if shape == "\u031b":
        out = ("ô" if low == "o" else "ö") + _TONES.get(tone, "")
    elif shape == "\u0302":
        out = low + _HAT[tone]
    elif shape == "\u0306":
        out = low + _BREVE[tone]
    elif low == "i":
        out = _I[tone]
    elif low == "y" and tone == "\u0323":
        out = "î"
    else:
        out = low + _TONES[tone]
    return out.upper() if base.isupper() else out


# --- Excel --------------------------------------------------------------------------------------


def xlsx(
    book: Workbook,
    values: Mapping[str, Mapping[str, Stored]] | None = None,
    *,
    shared: bool = True,
) -> bytes:
    """Return a workbook's file; `values` are the stored results of formulas: part -> cell.

    Texts are `shared` by the cells, as Excel writes them, or stand within them.
    """
    buffer = io.BytesIO()
    book.save(buffer)
    parts: dict[str, str | bytes] = dict(unpacked(buffer.getvalue()))
    core = parts["docProps/core.xml"]
    assert isinstance(core, bytes)
    parts["docProps/core.xml"] = re.sub(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2020-01-01T00:00:00Z", core.decode()
    )
    if shared:
        _share(parts)
    for name, cells in (values or {}).items():
        part = parts[f"xl/worksheets/{name}.xml"]
        assert isinstance(part, bytes)
        text = part.decode()
        for place, value in cells.items():
            text = _with_value(text, place, value)
        parts[f"xl/worksheets/{name}.xml"] = text
    return packed(parts)


def _share(parts: dict[str, str | bytes]) -> None:
    places: dict[str, int] = {}

    def share(found: re.Match[str]) -> str:
        number = places.setdefault(found[2], len(places))
        return f'<c {found[1]} t="s"><v>{number}</v></c>'

    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet") and isinstance(part, bytes):
            parts[name] = re.sub(
                r'<c ([^>]*?) t="inlineStr"><is>(.*?)</is></c>',
                share,
                part.decode(),
                flags=re.DOTALL,
            ).encode()
    inner = "".join(f"<si>{text}</si>" for text in places)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = f"{OFFICE}/sharedStrings"
    for name, end, new in (
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="rIdShared" Type="{relation}" Target="sharedStrings.xml"/>',
        ),
    ):
        part = parts[name]
        assert isinstance(part, bytes)
        assert b"sharedStrings" not in part
        parts[name] = part.decode().replace(end, new + end).encode()
    parts["xl/sharedStrings.xml"] = (
        f'{DECLARATION}<sst xmlns="{SHEETS}" uniqueCount="{len(places)}">{inner}</sst>'
    ).encode()


def _with_value(sheet: str, place: str, value: Stored) -> str:
    found = re.search(rf'<c r="{place}"([^>]*)>(<f.*?</f>)<v ?/?>(?:</v>)?</c>', sheet)
    assert found, place
    if isinstance(value, bool):
        kind, shown = ' t="b"', str(int(value))
    elif isinstance(value, str):
        kind, shown = (' t="e"' if value.startswith("#") else ' t="str"'), escape(value)
    else:
        kind, shown = "", repr(value)
    rest = re.sub(r' t="\w+"', "", found[1])
    new = f'<c r="{place}"{rest}{kind}>{found[2]}<v>{shown}</v></c>'
    return sheet[: found.start()] + new + sheet[found.end() :]


def filled(book: Workbook, *rows: Sequence[object], title: str | None = None) -> Worksheet:
    """Return a sheet with the rows, the first of them bold: a new one where it has a title."""
    sheet = book.create_sheet(title) if title else book.active
    for one in rows:
        sheet.append(list(one))
    for place in sheet[1]:
        place.font = Font(bold=True)
        sheet.column_dimensions[place.column_letter].width = 24
    return sheet
