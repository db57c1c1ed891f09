"""What is particular to this office, read from one YAML file beside its articles.

Its abbreviations, the words that its staff use, and its curated answers. The file that comes with
the articles says what each of its parts is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from embeddings.errors import system_reason
from knowledge.answering.curated_answers import CuratedAnswer
from knowledge.errors import OfficeFileError
from knowledge.retrieval.glossary import Glossary
from knowledge.yaml_nodes import compose, items, mapping, naming, text_of, texts, wrong

if TYPE_CHECKING:
    from knowledge.yaml_nodes import Node

OFFICE_FILE = Path(__file__).parents[1] / "articles" / "office" / "office.yaml"
"""The file that comes with the articles."""
_SECTIONS = ("abbreviations", "common", "own_names", "english", "curated")
_GONE = ("synonyms", "unstated")  # sections of earlier versions
_CURATED_FIELDS = ("ask", "says")


@dataclass(frozen=True, slots=True)
class Office:
    """What the answers of this office need besides its articles."""

    glossary: Glossary
    curated: tuple[CuratedAnswer, ...] = ()


def read_office(path: Path = OFFICE_FILE) -> Office:
    """Read an office's file; raises OfficeFileError naming the line of what is wrong."""
    try:
        with naming(path, OfficeFileError):
            return _office(compose(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise OfficeFileError(
            f"Không đọc được tệp '{path}': {system_reason(error)}. Hãy kiểm tra OFFICE_FILE."
        ) from error


def _office(root: Node | None) -> Office:
    if isinstance(root, yaml.MappingNode):
        for key, _ in root.value:
            if key.value in _GONE:
                raise wrong(key, f"mục “{key.value}” không còn dùng; hãy xóa cả mục này")
    sections = {} if root is None else mapping(root, _SECTIONS)
    return Office(
        Glossary(
            abbreviations=_abbreviations(sections.get("abbreviations")),
            common=tuple(
                phrase
                for line in _items(sections, "common")
                for phrase in text_of(line).split(", ")
            ),
            own_names=tuple(text_of(name) for name in _items(sections, "own_names")),
            english=_terms(sections.get("english")),
        ),
        tuple(_curated(entry) for entry in _items(sections, "curated")),
    )


def _items(sections: dict[str, Node], name: str) -> list[Node]:
    return items(sections[name]) if name in sections else []


def _abbreviations(node: Node | None) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, "mỗi dòng phải có dạng viết tắt: viết đủ")
    return {text_of(short).lower(): tuple(texts(full)) for short, full in node.value}


def _terms(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, "mỗi dòng phải có dạng tiếng Anh: tiếng Việt")
    return {text_of(english).lower(): text_of(own) for english, own in node.value}


def _curated(entry: Node) -> CuratedAnswer:
    fields = mapping(entry, _CURATED_FIELDS)
    if missing := [name for name in _CURATED_FIELDS if name not in fields]:
        raise wrong(entry, f"thiếu {', '.join(missing)}")
    return CuratedAnswer(tuple(texts(fields["ask"])), tuple(texts(fields["says"])))
