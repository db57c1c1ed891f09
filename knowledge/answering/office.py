"""What is particular to this office, read from one YAML file beside its articles.

<<<<<<< HEAD
Its abbreviations, the words that its staff use, and its curated answers. The file that comes with
the articles says what each of its parts is for.
=======
Its abbreviations and the words that its staff use, and what to say where no source states a fact
that its staff ask for. The file that comes with the articles says what each of its parts is for.
>>>>>>> typing
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from embeddings.errors import system_reason
<<<<<<< HEAD
from knowledge.answering.curated_answers import CuratedAnswer
=======
from embeddings.vietnamese import fold
from knowledge.answering.question import QuestionKind
>>>>>>> typing
from knowledge.errors import OfficeFileError
from knowledge.retrieval.glossary import Glossary
from knowledge.yaml_nodes import compose, items, mapping, naming, text_of, texts, wrong

if TYPE_CHECKING:
    from knowledge.yaml_nodes import Node

<<<<<<< HEAD
OFFICE_FILE = Path(__file__).parents[1] / "articles" / "office" / "office.yaml"
"""The file that comes with the articles."""
_SECTIONS = ("abbreviations", "common", "own_names", "curated")
_GONE = ("synonyms", "unstated")  # sections of earlier versions
_CURATED_FIELDS = ("ask", "says")
=======
__all__ = ["OFFICE_FILE", "Glossary", "Office", "Phrase", "UnstatedFact", "read_office"]

Phrase = tuple[str, ...]

OFFICE_FILE = Path(__file__).parents[1] / "articles" / "office" / "office.yaml"
"""The file that comes with the articles."""
_SECTIONS = ("abbreviations", "common", "own_names", "unstated")
_SYNONYMS = "synonyms"  # a section of earlier versions
_FACT_FIELDS = ("notice", "related", "kind", "verbs", "subjects", "words", "stated")


@dataclass(frozen=True, slots=True)
class UnstatedFact:
    """A fact that people ask for and no source may state, with what to tell them instead.

    A question asks for it when it is of the `kind`, holds one of the `verbs`, names one of the
    `subjects` and has no content but `words`, all folded. `stated` finds a passage that states the
    fact after all. The `notice` leads to the answers of the `related` questions.
    """

    notice: str
    related: tuple[str, ...]
    kind: QuestionKind
    verbs: re.Pattern[str]
    subjects: tuple[frozenset[str], ...]
    words: frozenset[str]
    stated: re.Pattern[str]

    def is_asked(self, question: AnalysedQuestion) -> bool:
        """Tell whether `question` asks for the fact and nothing else."""
        content = {fold(token) for _, token in question.content}
        return (
            question.kind is self.kind
            and self.verbs.search(fold(question.text.lower())) is not None
            and content <= self.words
            and any(subject <= content for subject in self.subjects)
        )

    def is_stated(self, text: str) -> bool:
        """Tell whether `text` states the fact."""
        return self.stated.search(text) is not None
>>>>>>> typing


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
<<<<<<< HEAD
            if key.value in _GONE:
                raise wrong(key, f"mục “{key.value}” không còn dùng; hãy xóa cả mục này")
=======
            if key.value == _SYNONYMS:
                raise wrong(key, f"mục “{_SYNONYMS}” không còn dùng; hãy xóa cả mục này")
>>>>>>> typing
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


def _curated(entry: Node) -> CuratedAnswer:
    fields = mapping(entry, _CURATED_FIELDS)
    if missing := [name for name in _CURATED_FIELDS if name not in fields]:
        raise wrong(entry, f"thiếu {', '.join(missing)}")
    return CuratedAnswer(tuple(texts(fields["ask"])), tuple(texts(fields["says"])))
