"""What is particular to this office, read from one YAML file beside its articles.

Its abbreviations and its several names for one thing, and what to say where no source states a fact
that its staff ask for. The file that comes with the articles says what each of its parts is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from embeddings.errors import system_reason
from embeddings.vietnamese import fold, syllables
from knowledge.answering.curated_answers import CuratedAnswer
from knowledge.errors import OfficeFileError
from knowledge.yaml_nodes import compose, items, mapping, naming, text_of, texts, wrong

if TYPE_CHECKING:
    from knowledge.yaml_nodes import Node

Phrase = tuple[str, ...]

OFFICE_FILE = Path(__file__).parents[1] / "articles" / "office" / "office.yaml"
"""The file that comes with the articles."""
_SECTIONS = ("abbreviations", "synonyms", "common", "own_names", "curated")
_CURATED_FIELDS = ("ask", "says")
_OFTEN = 3  # times as often as the other phrases do people say what they call their office
_GLUED = re.compile(r"\b([^\W\d_]+)(\d+)\b")
# not inside a document's number: "828/QĐ-TTg"
_WORD = re.compile(r"(?<![\w/-])\w+(?!-?\w)")


@dataclass(frozen=True, slots=True)
class Glossary:
    """Abbreviations (lower case → full form), groups of phrases that mean the same, common words.

    The common words are what people ask about and articles may not hold, the own names what they
    call their office: both keep a question without diacritics from being read as something else.
    """

    abbreviations: dict[str, str]
    synonyms: tuple[tuple[Phrase, ...], ...]
    common: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()

    def phrases(self) -> list[str]:
        """Return all fully spelled phrases, to restore diacritics from."""
        synonyms = [" ".join(phrase) for group in self.synonyms for phrase in group]
        own_names = _OFTEN * self.own_names
        return [*synonyms, *self.abbreviations.values(), *self.common, *own_names]

    def expand(self, question: str) -> str:
        """Return `question` with its abbreviations written out, "qđ828" as "quyết định 828"."""
        question = _GLUED.sub(
            lambda m: f"{m[1]} {m[2]}" if m[1].lower() in self.abbreviations else m[0], question
        )
        bare = question.isascii()  # then the whole question gets its diacritics together

        def full(match: re.Match[str]) -> str:
            text = self.abbreviations.get(match.group().lower())
            if text is None:
                return match.group()
            return fold(text) if bare else text

        return _WORD.sub(full, question)

    def alternatives(self, tokens: list[str]) -> dict[int, tuple[Phrase, ...]]:
        """Return, by position in `tokens`, the phrases that say the same as the phrase there."""
        found: dict[int, tuple[Phrase, ...]] = {}
        for group in self.synonyms:
            for phrase in group:
                others = tuple(other for other in group if other != phrase)
                for start in range(len(tokens) - len(phrase) + 1):
                    if tuple(tokens[start : start + len(phrase)]) == phrase:
                        for position in range(start, start + len(phrase)):
                            found[position] = found.get(position, ()) + others
        return found


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
    sections = {} if root is None else mapping(root, _SECTIONS)
    return Office(
        Glossary(
            abbreviations=_abbreviations(sections.get("abbreviations")),
            synonyms=tuple(
                tuple(tuple(syllables(phrase)) for phrase in texts(group))
                for group in _items(sections, "synonyms")
            ),
            common=tuple(
                phrase
                for line in _items(sections, "common")
                for phrase in text_of(line).split(", ")
            ),
            own_names=tuple(text_of(name) for name in _items(sections, "own_names")),
        ),
        tuple(_curated(entry) for entry in _items(sections, "curated")),
    )


def _items(sections: dict[str, Node], name: str) -> list[Node]:
    return items(sections[name]) if name in sections else []


def _abbreviations(node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, "mỗi dòng phải có dạng viết tắt: viết đủ")
    return {text_of(short).lower(): text_of(full) for short, full in node.value}


def _curated(entry: Node) -> CuratedAnswer:
    fields = mapping(entry, _CURATED_FIELDS)
    if missing := [name for name in _CURATED_FIELDS if name not in fields]:
        raise wrong(entry, f"thiếu {', '.join(missing)}")
    return CuratedAnswer(tuple(texts(fields["ask"])), tuple(texts(fields["says"])))
