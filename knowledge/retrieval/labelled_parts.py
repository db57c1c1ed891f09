"""Finds the parts of documents by their labels: "Khoản 2 Điều 3", "Phụ lục I"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import fold, syllables
from knowledge.articles.chunker import HEADING_SEPARATOR
from knowledge.entities.labels import Label, labels_asked, leading_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus

_ORDER = ("phan", "phu luc", "chuong", "muc", "tieu muc", "dieu", "khoan", "diem")
_IN_ITEMS = frozenset({"khoan", "diem"})
# What stands in such questions beside the labels, and names no document.
_ASKS = frozenset(
    "quy định nói gì về nội dung là như thế nào ghi nêu của trong cho biết hỏi xin em và ở theo có "
    "những sao cụ thể viết vấn đề cái này đó".split()
)


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """A part of one article: the lines that it consists of, as ranges of its chunks' texts."""

    name: str
    lines: tuple[tuple[Chunk, int, int], ...]

    @property
    def chunk(self) -> Chunk:
        """The chunk that the part begins in."""
        return self.lines[0][0]

    @property
    def title(self) -> str:
        """The heading that the part stands under."""
        return self.chunk.heading.rpartition(HEADING_SEPARATOR)[2]


class LabelledParts:
    """The labels of an index version as search keys."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def find(self, question: str) -> list[LabelledPart] | None:
        """Return the part that `question` names, one for each article that has it, best first.

        None when it names none, or asks for more than what the part says. Where its other words
        are those of some articles' titles, only those count.
        """
        asked = sorted(labels_asked(question), key=lambda label: _ORDER.index(label.part))
        if not asked:
            return None
        rest = _rest_of(question, asked)
        found = [p for below in self._below(asked) if (p := _part(below, asked)) is not None]
        scored = [(self._said(part, rest), part) for part in found]
        best = max((score for score, _ in scored), default=0)
        if len(rest) - best > len(rest) // 4:
            return None
        kept = [part for score, part in scored if score == best]
        newest = sorted(kept, key=self._published)
        versions = {part.chunk.title.casefold(): part for part in newest}  # the newer one holds
        return list(reversed(versions.values()))

    def _said(self, part: LabelledPart, words: set[str]) -> int:
        """Return how many of `words` the article's name or the part itself holds."""
        article = self._corpus.article(part.chunk)
        text = " ".join(chunk.text[start:end] for chunk, start, end in part.lines)
        said = fold(f"{article.title} {article.source} {part.chunk.heading} {text}")
        return len(words.intersection(syllables(said)))

    def _published(self, part: LabelledPart) -> str:
        return self._corpus.article(part.chunk).published or ""

    def _below(self, asked: Sequence[Label]) -> Iterator[list[Chunk]]:
        """Yield the chunks of each article in force that stand below all headings asked for.

        None without a heading: a clause of no article could be of any.
        """
        article_of = self._corpus.article_of
        rows: set[int] = set()
        for number, label in enumerate(x for x in asked if x.part not in _IN_ITEMS):
            exact, called = (
                self._corpus.headings.rows_below(label.value, parts)
                for parts in ([label.part], label.called)
            )
            others = called[~np.isin(article_of[called], article_of[exact])]
            here = {*exact.tolist(), *others.tolist()}
            rows = rows & here if number else here
        for _, same in groupby(sorted(rows), key=article_of.__getitem__):
            chunks = [self._corpus.chunks[row] for row in same]
            if chunks[0].article_id not in self._corpus.ended:
                yield chunks


def _part(chunks: Sequence[Chunk], asked: Sequence[Label]) -> LabelledPart | None:
    """Return the part of one article under all the labels asked for, or None."""
    lines = _lines(chunks)
    for label in asked:
        if label.part in _IN_ITEMS:
            lines = _item(lines, label)
    if not lines:
        return None
    name = " ".join(label.text for label in reversed(asked))
    return LabelledPart(name, tuple((c, start, end) for c, start, end, _ in lines))


def _rest_of(question: str, asked: Sequence[Label]) -> set[str]:
    """Return the words of a question beside its labels that could name a document, folded."""
    said = question
    for label in sorted(asked, key=lambda label: label.span, reverse=True):
        said = said[: label.span[0]] + " " + said[label.span[1] :]
    asks = {fold(word) for word in _ASKS}
    return {fold(word) for word in syllables(said)} - asks


_Line = tuple["Chunk", int, int, "Label | None"]


def _lines(chunks: Sequence[Chunk]) -> list[_Line]:
    """Return the lines of `chunks` with their labels, a lead-in that is said again only once."""
    lines: list[_Line] = []
    seen: set[str] = set()
    for chunk in chunks:
        begins = chunk.sentences[0].start if chunk.sentences else 0
        start = 0
        for line in chunk.text.split("\n"):
            end = start + len(line)
            if line and not (end <= begins and line in seen):
                lines.append((chunk, start, end, leading_label(line)))
                seen.add(line)
            start = end + 1
    return lines


def _item(lines: list[_Line], asked: Label) -> list[_Line]:
    """Return the item with a label, and what stands below it up to the next of its kind."""
    labels = [label for _, _, _, label in lines]
    begin = next((n for n, label in enumerate(labels) if label and label.meets(asked)), None)
    if begin is None:
        return []
    form = _form(lines[begin][3])
    kept = [lines[begin]]
    for line in lines[begin + 1 :]:
        if _form(line[3]) in {form, "number"}:
            break
        kept.append(line)
    return kept


def _form(label: Label | None) -> str:
    if label is None:
        return ""
    return "number" if label.value[0].isdigit() else "letter"
