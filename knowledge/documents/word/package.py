"""The parts of a .docx and how they point at each other."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree  # type: ignore[import-untyped] # lxml comes without types

Element = Any  # what lxml makes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_OFF = frozenset({"0", "false", "off", "none"})


class WordPackage:
    """A .docx: its main part, and the parts that this points at.

    Nothing outside the file is fetched. Raises KeyError and SyntaxError for a package without a
    main part that can be read; any other part that is broken or missing counts as absent and is
    named in `broken`.
    """

    def __init__(self, data: bytes) -> None:
        """Read the main part of the document `data`."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.broken: list[str] = []
        self._main = next(
            target for kind, target in self._relations("").values() if kind == "officeDocument"
        )
        self._related = self._relations(self._main)
        self.body = _parsed(self._archive.read(self._main)).find(f"{W}body")

    @property
    def title(self) -> str | None:
        """The title that the document's properties state."""
        targets = (t for kind, t in self._relations("").values() if kind == "core-properties")
        root = self._part(next(targets, ""))
        return (root.findtext(f".//{_TITLE}") or None) if root is not None else None

    def part(self, kind: str) -> Element | None:
        """Return the root of the main part's styles, numbering, footnotes …; None without one."""
        targets = (target for found, target in self._related.values() if found == kind)
        return self._part(next(targets, ""))

    def part_by_id(self, identity: str | None) -> Element | None:
        """Return the root of the XML part that an `r:id` of the main part names."""
        return self._part(self._related.get(identity or "", ("", ""))[1])

    def file_by_id(self, identity: str | None) -> tuple[str, bytes]:
        """Return name and bytes of the part that an `r:id` of the main part names, if any."""
        name = self._related.get(identity or "", ("", ""))[1]
        try:
            return name, self._archive.read(name)
        except KeyError:
            return name, b""

    def _part(self, name: str) -> Element | None:
        if not name:
            return None
        try:
            return _parsed(self._archive.read(name))
        except (KeyError, SyntaxError):  # lxml's XMLSyntaxError is a SyntaxError
            self.broken.append(posixpath.basename(name))
            return None

    def _relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part points at within the package: id -> (kind, part)."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self._part(relations if relations in self._archive.namelist() else "")
        return {
            str(one.get("Id")): (
                posixpath.basename(one.get("Type") or ""),
                posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip(
                    "/"
                ),
            )
            for one in (root.iter(_RELATION) if root is not None else ())
            if one.get("TargetMode") != "External"
        }


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of Word's, "" where there is none."""
    return str(element.get(W + name) or "") if element is not None else ""


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and not turned off."""
    return element is not None and value(element) not in _OFF


def number(text: str, default: int = 0) -> int:
    """Return a whole number of at most six figures that an attribute states."""
    return int(text) if text.isdecimal() and len(text) <= 6 else default


def _parsed(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)
