"""Which topics of the articles a word names: headings and titles that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embeddings.vietnamese import fold_syllable, syllables
from knowledge.answering.answer import Topic
from knowledge.articles.chunker import DETAILS_HEADING, HEADING_SEPARATOR

if TYPE_CHECKING:
    from knowledge.index.corpus import Corpus

MOST_TOPICS = 8


def topics_about(corpus: Corpus, words: str) -> tuple[Topic, ...]:
    """Return the headings and titles that have all of `words` in their order, articles first.

    Marks count where any are typed: "kỷ luật" names no "kỹ thuật". Documents that another one
    ended are left out.
    """
    exact = syllables(words)
    folded = [fold_syllable(syllable) for syllable in exact]
    wanted, is_plain = exact, exact == folded
    if not wanted:
        return ()
    found: dict[str, Topic] = {}
    titles: dict[str, Topic] = {}
    for chunk in corpus.holding(folded):
        if chunk.article_id in corpus.ended:
            continue
        heading = chunk.heading.rsplit(HEADING_SEPARATOR, 1)[-1]
        if heading and chunk.heading != DETAILS_HEADING and _names(heading, wanted, is_plain):
            found.setdefault(heading, Topic(heading, chunk.chunk_id, chunk.title))
        if _names(chunk.title, wanted, is_plain):
            titles.setdefault(chunk.title, Topic(chunk.title, chunk.chunk_id))
            if len(titles) == MOST_TOPICS:
                break
    return tuple((titles | found).values())[:MOST_TOPICS]


def _names(name: str, wanted: list[str], is_plain: bool) -> bool:  # noqa: FBT001 -- of `wanted`
    said = syllables(name)
    if is_plain:
        said = [fold_syllable(syllable) for syllable in said]
    size = len(wanted)
    return any(said[start : start + size] == wanted for start in range(len(said) - size + 1))
