"""Headings as questions, where that is plain: what they ask, define or regulate."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain
from knowledge.articles.chunker import DETAILS_HEADING, HEADING_SEPARATOR
from knowledge.conversation.next_questions import CandidateQuestion, as_question, from_passages
from knowledge.entities.labels import leading_label
from knowledge.retrieval.shortlist import QuestionWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from knowledge.answering.answer import Answer
    from knowledge.articles.chunk import Chunk
    from knowledge.index.corpus import Corpus
    from knowledge.index.derived.headings import Rows

_DEFINED = {"là": "là gì", "gồm": "gồm những gì"}
"""How to ask for a definition, by the word that stands between the heading's words and it."""
_REGULATED = "được quy định thế nào"
_ARTICLE = "dieu"  # the part of a legal document that regulates one thing, and names it


def heading_questions(corpus: Corpus) -> Iterator[CandidateQuestion]:
    """Yield the questions that the headings of a version are or can be made into.

    Each is to be answered by a passage below its heading. One that several articles have says too
    little to be asked.
    """
    below: defaultdict[str, list[Rows]] = defaultdict(list)
    for path, rows in corpus.headings.each():
        if path and path != DETAILS_HEADING:
            below[path.rsplit(HEADING_SEPARATOR, 1)[-1]].append(rows)
    for labelled, paths in below.items():
        label = leading_label(labelled)
        heading = labelled if label is None else labelled[label.span[1] :]
        if not heading or len(paths) > 1:
            continue
        chunks = [corpus.chunks[int(row)] for row in paths[0]]
        if len({chunk.article_id for chunk in chunks}) > 1:
            continue
        there = from_passages(chunk.chunk_id for chunk in chunks)
        if heading.endswith("?") or QuestionWords(heading, corpus).surely_asks:
            yield CandidateQuestion(as_question(heading), there)
        elif label is not None and label.part == _ARTICLE:
            yield CandidateQuestion(as_question(f"{heading} {_REGULATED}"), there)
        elif (found := _definition(heading, chunks)) is not None:
            asked = as_question(f"{heading} {_DEFINED[found[1]]}")
            yield CandidateQuestion(asked, _behind(found[0]))


def _definition(heading: str, chunks: Iterable[Chunk]) -> re.Match[str] | None:
    """Return where the text says the heading's words and that their definition comes."""
    said = re.compile(rf"(?<!\w){re.escape(plain(heading))} ({'|'.join(_DEFINED)})(?!\w)")
    return next((found for chunk in chunks if (found := said.search(plain(chunk.text)))), None)


def _behind(words: str) -> Callable[[Answer], bool]:
    """Return what tells whether an answer has in bold what stands right behind `words`."""
    return lambda answer: any(
        plain(sentence.text[:start]).rstrip(" :").endswith(words)
        for sentence in answer.sentences
        for start, _ in sentence.highlights
    )
