"""Where questions to offer come from: the starters, the quiz bank, golden questions and headings.

Each candidate knows which answer it is to get. They are not yet asked.
"""

from __future__ import annotations

from itertools import chain, groupby, islice
from typing import TYPE_CHECKING

import structlog

from bot.features.asking import texts
from embeddings.vietnamese import has_diacritics, plain
from knowledge import GoldenFileError, read_golden
from knowledge.conversation.heading_questions import heading_questions
from knowledge.conversation.next_questions import CandidateQuestion, as_question, from_passages
from knowledge.retrieval.shortlist import QuestionWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bot.features.quizzes import QuestionPool
    from knowledge import Answer, Assistant
    from knowledge.index.corpus import Corpus

MOST_CANDIDATES = 300
"""More are not asked: each costs half a tenth of a second."""
MOST_CHARACTERS = 70
"""Of a longer question a button shows too little."""

_log = structlog.get_logger(__name__)


def bank_questions(pool: QuestionPool) -> tuple[CandidateQuestion, ...]:
    """Return the bank's questions in force that can do without their options.

    The answer must come from the passage that the question is bound to, and show the right option.
    """
    return tuple(
        CandidateQuestion(as_question(question.text), _shows(passage.chunk_id, right))
        for question in pool.bank.questions.values()
        if (passage := pool.passage(question)) is not None and not question.takes_several
        for right in [question.options[question.correct[0]]]
    )


def all_candidates(
    assistant: Assistant, bank: tuple[CandidateQuestion, ...], articles_dir: Path
) -> Mapping[str, CandidateQuestion]:
    """Return what is worth asking of a version, by key, the most telling first; reads a file."""
    starters = (CandidateQuestion(text, _any) for text in texts.SUGGESTED_QUESTIONS.values())
    others = chain(
        bank, _golden_questions(articles_dir, assistant.corpus), heading_questions(assistant.corpus)
    )
    short = (one for one in others if len(one.text) <= MOST_CHARACTERS)
    found: dict[str, CandidateQuestion] = {}
    for candidate in islice(chain(starters, short), MOST_CANDIDATES):
        found.setdefault(candidate.key, candidate)
    return found


def _golden_questions(articles_dir: Path, corpus: Corpus) -> Iterator[CandidateQuestion]:
    """Yield the first of each golden question's wordings, where it is typed as a question."""
    try:
        golden = read_golden(articles_dir) or ()
    except GoldenFileError as error:  # a reload says so to who can mend it
        _log.warning("golden_questions_not_offered", reason=str(error))
        return
    answered = (question for question in golden if not question.refuse)
    for _, wordings in groupby(answered, key=lambda one: (one.contains, one.title)):
        first = next(wordings)
        asks = first.text.endswith("?") or QuestionWords(first.text, corpus).asks
        if asks and has_diacritics(first.text):
            yield CandidateQuestion(as_question(first.text), first.is_right)


def _shows(chunk_id: str, words: str) -> Callable[[Answer], bool]:
    from_passage, shown = from_passages([chunk_id]), plain(words)
    return lambda answer: from_passage(answer) and shown in plain(answer.text)


def _any(_answer: Answer) -> bool:
    return True
