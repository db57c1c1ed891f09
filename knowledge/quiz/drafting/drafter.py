"""Drafts questions from passages: finders propose, the gate drops, options are chosen."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from embeddings.vietnamese import plain, syllables
from knowledge.entities.dates import dates_in
from knowledge.errors import QuizQuestionError
from knowledge.quiz.drafting.count_questions import count_questions
from knowledge.quiz.drafting.draft import NO_TOPIC, Draft, DraftKind, fingerprint
from knowledge.quiz.drafting.list_questions import cloze_questions, list_questions
from knowledge.quiz.drafting.material import Material
from knowledge.quiz.drafting.name_questions import name_questions
from knowledge.quiz.drafting.statement import BLANK, holds_any
from knowledge.quiz.drafting.value_questions import date_questions, document_questions
from knowledge.quiz.question import Difficulty, QuizQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.articles.chunk import Chunk
    from knowledge.quiz.drafting.draft import Proposal

OPTIONS = 4
LIST_OPTIONS = 6
MOST_RIGHT = 4
LEAST_WRONG = 2
MOST_DRAFTS = 200
_TITLE_CHARACTERS = 180
_MOST_LENGTH_RATIO = 2.5
"""How much longer the right option may be than the longest wrong one before it gives itself away"""
_SAME_QUESTION = 0.75
_DIFFICULTY = {
    DraftKind.DATE: Difficulty.MEDIUM,
    DraftKind.COUNT: Difficulty.MEDIUM,
    DraftKind.DOCUMENT: Difficulty.MEDIUM,
    DraftKind.NAME: Difficulty.EASY,
    DraftKind.LIST: Difficulty.HARD,
    DraftKind.CLOZE: Difficulty.EASY,
}


def draft_questions(
    chunks: Sequence[Chunk],
    known: Iterable[str | QuizQuestion],
    topic_of_article: Mapping[str, str],
    rng: random.Random,
    limit: int = MOST_DRAFTS,
) -> tuple[Draft, ...]:
    """Return at most `limit` new drafts, articles and kinds taking turns.

    `known` are fingerprints that were drafted before and questions that there are: what they ask
    is not drafted again. `topic_of_article` guesses the topic (see `topics.py`). The
    same arguments give the same drafts; the options of one draft depend on `rng` alone, not on
    what else is drafted. Blocks: some milliseconds a passage.
    """
    if limit < 1:
        raise ValueError(f"limit must be ≥ 1, got {limit}")
    seed = rng.getrandbits(64)
    known = list(known)
    drafted = {mark for mark in known if isinstance(mark, str)}
    asked = [_Asked(question) for question in known if isinstance(question, QuizQuestion)]
    drafts: list[Draft] = []
    for proposal in _distinct(_proposals(Material(tuple(chunks)))):
        chunk, quote = proposal.source.chunk, proposal.source.quote
        mark = fingerprint(chunk.article_id, quote, proposal.correct, proposal.kind)
        chance = random.Random(f"{seed}:{mark}")  # noqa: S311 -- nothing secret
        draft = _draft(proposal, mark, topic_of_article, chance)
        if draft is None or any(other.asks(draft.question) for other in asked):
            continue
        asked.append(_Asked(draft.question))  # also for a known one: it stands for its like
        if mark not in drafted:
            drafts.append(draft)
    return _by_turns(drafts, limit)


class _Asked:
    """A question that there is, to tell others that ask the same."""

    def __init__(self, question: QuizQuestion) -> None:
        self._article = question.article
        self._quote = plain(question.quote)
        self._answers = _answers(question)
        self._words = frozenset(syllables(question.text))

    def asks(self, question: QuizQuestion) -> bool:
        """Tell whether the question has the same answer, from the same words or in like words."""
        if not _same_answers(self._answers, _answers(question)):
            return False
        quote, words = plain(question.quote), frozenset(syllables(question.text))
        same_place = question.article == self._article and (
            quote in self._quote or self._quote in quote
        )
        alike = len(words & self._words) / len(words | self._words)
        return same_place or alike >= _SAME_QUESTION


def _answers(question: QuizQuestion) -> frozenset[str]:
    return frozenset(plain(question.options[i]) for i in question.correct)


def _same_answers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two answers are one: of a list any members stand for the others."""
    if one == other:
        return True
    if len(one) > 1 and len(other) > 1:
        return bool(one & other)
    dates = [dates_in(next(iter(answers))) for answers in (one, other)]
    return all(len(found) == 1 for found in dates) and dates[0][0][1].agrees_with(dates[1][0][1])


def _proposals(material: Material) -> Iterator[Proposal]:
    for statement in material.statements:
        yield from date_questions(statement, material)
        yield from count_questions(statement, material)
        yield from document_questions(statement, material)
        yield from name_questions(statement, material)
    for found in material.lists:
        yield from list_questions(found, material)
        yield from cloze_questions(found, material)


def _distinct(proposals: Iterator[Proposal]) -> list[Proposal]:
    """Keep one question for each answer of an article: the shortest, then the first."""
    best: dict[object, Proposal] = {}
    for proposal in proposals:
        article = proposal.source.chunk.article_id
        key: object = (article, proposal.kind, tuple(map(plain, proposal.correct)))
        if proposal.kind is DraftKind.COUNT:
            key = (key, proposal.text)  # two things may be five
        held = best.get(key)
        if held is None or len(proposal.text) < len(held.text):
            best[key] = proposal
    return list(best.values())


def _draft(
    proposal: Proposal, mark: str, topic_of_article: Mapping[str, str], rng: random.Random
) -> Draft | None:
    """Return the draft, or None where it is not good enough to be shown to an editor."""
    several = proposal.kind is DraftKind.LIST
    right = list(proposal.correct)
    if several and len(right) > MOST_RIGHT:
        right = sorted(rng.sample(right, MOST_RIGHT - rng.randrange(2)), key=right.index)
    wanted = (LIST_OPTIONS if several else OPTIONS) - len(right)
    wrong = _chosen(proposal.wrong, max(LEAST_WRONG, wanted), {*map(plain, right)}, rng)
    if len(wrong) < LEAST_WRONG or holds_any(proposal.text, right):
        return None
    if max(map(len, right)) > _MOST_LENGTH_RATIO * max(map(len, wrong)):
        return None
    options = right + wrong
    if proposal.order is not None:
        options.sort(key=proposal.order)
    else:
        rng.shuffle(options)
    # in the place of a blank, options begin small, as the words there do
    begun = str.lower if BLANK in proposal.text else str.upper
    chunk = proposal.source.chunk
    title = chunk.title
    if len(title) > _TITLE_CHARACTERS:
        title = title[: _TITLE_CHARACTERS - 1].rstrip() + "…"
    question = QuizQuestion(
        question_id=mark,
        topic=topic_of_article.get(chunk.article_id, NO_TOPIC),
        text=proposal.text,
        options=tuple(begun(option[0]) + option[1:] for option in options),
        correct=tuple(i for i, option in enumerate(options) if option in right),
        explanation=f"Theo bài “{title}”.",
        article=chunk.article_id,
        quote=proposal.source.quote,
        difficulty=_DIFFICULTY[proposal.kind],
    )
    try:
        question.require_sound()
    except QuizQuestionError:
        return None
    return Draft(mark, proposal.kind, chunk.chunk_id, question)


def _chosen(
    groups: tuple[tuple[str, ...], ...], wanted: int, taken: set[str], rng: random.Random
) -> list[str]:
    """Choose wrong options, from the first group as far as it goes."""
    chosen: list[str] = []
    for group in groups:
        candidates = [option for option in group if plain(option) not in taken]
        for option in rng.sample(candidates, min(len(candidates), wanted - len(chosen))):
            chosen.append(option)
            taken.add(plain(option))
    return chosen


def _by_turns(drafts: list[Draft], limit: int) -> tuple[Draft, ...]:
    """Return the first drafts of every article and kind, then the second ones, and so on."""
    turns: defaultdict[object, int] = defaultdict(int)
    placed = []
    for place, draft in enumerate(drafts):
        line = draft.question.article, draft.kind
        placed.append((turns[line], place, draft))
        turns[line] += 1
    return tuple(draft for _, _, draft in sorted(placed, key=lambda p: p[:2])[:limit])
