"""The training data: documents with questions, grouped into the bases that they are asked of."""

from __future__ import annotations

import json
import random
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_DOCUMENTS = 14  # of a made-up base: about as many as a whole office has
_PARAGRAPHS = 40
_DEV_DOCUMENT = 9
_DEV_PARAGRAPHS = 5
_DEV_BASE = 4
_FIT_BASE = 2  # remainder of the bases that the decision is fitted on


class Split(StrEnum):
    """What a base is for. The decision is fitted on bases that the reader was not trained on."""

    TRAIN = "train"
    FIT = "fit"
    DEV = "dev"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a document; `at` is its place in the document's text, None where unknown."""

    document: str
    text: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked of a base; without answers none of its documents tells."""

    text: str
    kind: str
    document: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as Markdown."""

    document_id: str
    title: str
    text: str

    def write(self, folder: Path) -> None:
        """Write it as an article into `folder`."""
        title = self.title.replace("\\", "\\\\").replace('"', '\\"')
        path = folder / f"{self.document_id}.md"
        path.write_text(f'---\ntitle: "{title}"\n---\n\n{self.text}\n', encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Base:
    """Documents that compete to answer the questions asked of them."""

    name: str
    split: Split
    source: str
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def office_bases(folder: Path = DATA / "bases") -> list[Base]:
    """Read the whole offices: number divisible by 4 is dev, the next but one is for fitting."""
    return [
        _base(path.stem, _split_of(path), "base", _lines(path))
        for path in sorted(folder.glob("*.jsonl"))
    ]


def document_bases(folder: Path = DATA / "office-qa") -> list[Base]:
    """Read the single documents, gathered into bases of one file each; split by document."""
    bases = []
    for path in sorted(folder.glob("*.jsonl")):
        for split in (Split.TRAIN, Split.DEV):
            lines = [
                line
                for line in _lines(path)
                if (int(line["id"].split("-")[1]) % _DEV_DOCUMENT == 0) == (split is Split.DEV)
            ]
            random.Random(path.stem).shuffle(lines)
            for number, start in enumerate(range(0, len(lines), _DOCUMENTS)):
                name = f"{path.stem}-{split}-{number:02}"
                bases.append(_base(name, split, "office", lines[start : start + _DOCUMENTS]))
    return bases


def squad_bases(path: Path) -> list[Base]:
    """Read a file in SQuAD 2.0's format; 40 paragraphs in a row make a base, every fifth is dev."""
    articles = json.loads(path.read_text(encoding="utf-8-sig"))["data"]
    lines = []
    for number, article in enumerate(articles):
        for place, paragraph in enumerate(article["paragraphs"]):
            asked = [
                {
                    "q": question["question"],
                    "kind": "squad",
                    "a": next((a["text"] for a in question["answers"] if a["text"].strip()), None),
                }
                for question in paragraph["qas"]
                if question.get("is_impossible") or question["answers"]
            ]
            document = {"id": f"p-{number}-{place}", "title": f"Đoạn {number + 1}", "qas": asked}
            lines.append(document | {"text": paragraph["context"]})
    bases = []
    for number, start in enumerate(range(0, len(lines), _PARAGRAPHS)):
        split = Split.DEV if number % _DEV_PARAGRAPHS == 0 else Split.TRAIN
        taken = lines[start : start + _PARAGRAPHS]
        bases.append(_base(f"squad-{number:02}", split, "squad", taken))
    return bases


def _split_of(path: Path) -> Split:
    remainder = int(path.stem[1:]) % _DEV_BASE
    return {0: Split.DEV, _FIT_BASE: Split.FIT}.get(remainder, Split.TRAIN)


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _base(name: str, split: Split, source: str, lines: list[dict[str, Any]]) -> Base:
    documents = tuple(
        Document(line["id"], _nfc(line["title"]), _nfc(line["text"])) for line in lines
    )
    questions = tuple(_question(line["id"], asked) for line in lines for asked in line["qas"])
    return Base(name, split, source, documents, questions)


def _question(document: str, asked: dict[str, Any]) -> Question:
    answers = []
    if asked["a"] is not None:
        answers.append(Answer(document, _nfc(asked["a"]), asked.get("at")))
        answers += [Answer(o["doc"], _nfc(o["a"]), o.get("at")) for o in asked.get("also") or []]
    return Question(_nfc(asked["q"]), asked["kind"], document, tuple(answers))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
