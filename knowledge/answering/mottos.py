"""Numbered mottos in questions: "2 thạo" is to be spelled out, "9 nhóm" is just a count."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from embeddings.vietnamese import fold, syllables
from knowledge.answering.coverage import QuestionCoverage
from knowledge.answering.question import MOTTO_WORDS, QuestionKind
from knowledge.answering.spans import formula_spans
from knowledge.entities.quantities import NUMBER_WORDS

if TYPE_CHECKING:
    from knowledge.answering.office import Glossary
    from knowledge.answering.question import AnalysedQuestion
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Hit

Motto = tuple[int, str]

# What a numbered motto is called, by those who ask for its members.
_NOUNS = frozenset("nguyên tắc phương châm khẩu hiệu nội dung ý nghĩa văn phòng cán bộ".split())
_ABOUT_MOTTO = 0.6  # share of the added words
_MOST_MEMBERS = 10
_ASKS_MEMBERS = frozenset({"những", "gì", "cái", "điều", "nào"})
_SPELLS_OUT = frozenset({QuestionKind.LIST, QuestionKind.DEFINITION, QuestionKind.OTHER})
_NUMBERED = re.compile(r"(?<!\S)[“\"]?(\d) (\w+)")
_FIGURE = rf"(?:\d+|{'|'.join(NUMBER_WORDS)})"


class Mottos:
    """Finds which of a question's numbered mottos the hits spell out."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self._corpus = corpus
        self._glossary = glossary

    def asked(
        self, question: AnalysedQuestion, hits: list[Hit], *, mended: bool
    ) -> AnalysedQuestion:
        """Return `question` with only the mottos that are to be spelled out.

        "9 nhóm" is just a count unless a passage spells it out. "3 không có áp dụng toàn quốc
        không" asks about a motto, if a sentence has the words that the question adds to it. A
        `mended` question may have got another word's diacritics: "3 dùng".
        """
        if mended and question.formulas:
            question = _respelled(question, hits)
        mottos = tuple(motto for motto in question.formulas if _is_spelled_out(motto, hits))
        if self._is_unknown(question, mottos, hits):
            return replace(question, formulas=(), unknown_motto=True)
        if not question.formulas:
            mottos = _unnumbered(question, hits)
        members = {word for _, word in mottos}
        added = tuple(c for c in question.content if c[1] not in members | _NOUNS)
        if mottos and added and question.kind is not QuestionKind.LIST:
            coverage = QuestionCoverage(
                replace(question, content=added), self._corpus, self._glossary
            )
            texts = [sentence.text for hit in hits for sentence in hit.chunk.sentences]
            texts += [hit.chunk.heading for hit in hits]
            if any(coverage.of(syllables(text)) >= _ABOUT_MOTTO for text in texts):
                mottos = ()
        if not mottos or _is_counted(question, hits):
            return replace(question, formulas=())
        # "nội dung của 3 đúng": the passage spells the motto out without calling it anything
        content = tuple(c for c in question.content if c[1] not in _NOUNS)
        return replace(question, formulas=mottos, content=content)

    def _is_unknown(
        self, question: AnalysedQuestion, known: tuple[Motto, ...], hits: list[Hit]
    ) -> bool:
        """Tell whether the question asks for a motto that is not there: "2 đúng", "năm không".

        Its word may be a motto's of another number, or be all that the question says.
        """
        unknown = [motto for motto in question.formulas if motto not in known]
        words = {word for _, word in question.formulas}
        only = all(c[1] in words | _NOUNS for c in question.content)
        return any(
            only
            or any(
                _is_spelled_out((number, word), hits)
                for number in range(2, _MOST_MEMBERS + 1)
                if number != count
            )
            for count, word in unknown
        )


def _is_spelled_out(motto: Motto, hits: list[Hit]) -> bool:
    return any(formula_spans(hit.chunk.text, *motto) for hit in hits)


def _respelled(question: AnalysedQuestion, hits: list[Hit]) -> AnalysedQuestion:
    """Give the question's mottos the spelling of those that the hits spell out."""
    spelled = {
        (count, fold(word)): word
        for count, word in _numbered(hits)
        if (count, word) not in question.formulas
    }
    words = {
        word: spelled[count, fold(word)]
        for count, word in question.formulas
        if (count, fold(word)) in spelled and not _is_spelled_out((count, word), hits)
    }
    if not words:
        return question
    return replace(
        question,
        formulas=tuple((count, words.get(word, word)) for count, word in question.formulas),
        content=tuple((place, words.get(word, word)) for place, word in question.content),
    )


def _unnumbered(question: AnalysedQuestion, hits: list[Hit]) -> tuple[Motto, ...]:
    """Return the motto whose members are asked for by its word alone: "phải thạo những gì"."""
    if question.kind not in _SPELLS_OUT:
        return ()
    tokens = syllables(question.text)
    asked = {
        word
        for place, word in question.content
        if word not in MOTTO_WORDS
        and place + 1 < len(tokens)
        and _ASKS_MEMBERS.issuperset(tokens[place + 1 : place + 3])
    }
    if not asked:
        return ()
    return tuple(motto for motto in _numbered(hits) if motto[1] in asked)[:1]


def _numbered(hits: list[Hit]) -> list[Motto]:
    """Return the mottos that are named and spelled out in the hits."""
    named = dict.fromkeys(
        (int(number), word.lower())
        for hit in hits
        for number, word in _NUMBERED.findall(hit.chunk.text)
        if int(number) > 1
    )
    return [motto for motto in named if _is_spelled_out(motto, hits)]


def _is_counted(question: AnalysedQuestion, hits: list[Hit]) -> bool:
    """Tell whether the question asks how many of something a motto has, and a hit counts them."""
    if question.kind is not QuestionKind.COUNT or not question.focus.is_phrase:
        return False
    tokens = syllables(question.text)
    noun = " ".join(tokens[place] for place in question.focus.places)
    counted = re.compile(rf"(?<!\w){_FIGURE} {re.escape(noun)}\b", re.IGNORECASE)
    return any(counted.search(hit.chunk.text) for hit in hits)
