"""`python -m benchmarks.document_cases.asking`: puts office documents in and asks about them.

The documents of each set are put into a store of their own beside the shipped articles, as
`vanphong docs add` does. Of the closed sets only counts are told unless `--show` is given; `--open`
asks the open ones alone. A prepared model in VANPHONG_TEST_MODELS_DIR saves preparing one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge
from benchmarks.document_cases.case import Verdict
from benchmarks.document_cases.closed import questions as closed_questions
from benchmarks.document_cases.open import questions as open_questions
from benchmarks.document_cases.question_set import faults_of, judge
from embeddings import PACKAGED_MODEL, load_encoder, load_reader
from knowledge import KnowledgeBase
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.inspection import inspect_document
from knowledge.documents.store import DocumentStore, NewDocument
from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.document_cases.question_set import Asked, QuestionSet
    from embeddings import Encoder, Reader
    from knowledge import Answer

_SHIPPED = Path(knowledge.__file__).parent / "articles" / "office"
_PUT_IN = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its answer and what that is worth."""

    asked: Asked
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """What came of a set: of each question, and the files that could not be put in."""

    name: str
    questions: tuple[Outcome, ...]
    not_read: tuple[str, ...]


def ask_set(asked_set: QuestionSet, encoder: Encoder, reader: Reader) -> SetOutcome:
    """Put the files of a set in, ask its questions and judge the answers."""
    with tempfile.TemporaryDirectory() as name:
        store = DocumentStore(Path(name))
        not_read = tuple(_put_in(asked_set, store))
        with KnowledgeBase(Path(name), encoder, reader=reader) as base:
            base.reload(_SHIPPED)
            assistant = base.assistant()
            outcomes = []
            for asked in asked_set.questions:
                answer = assistant.answer(asked.question)
                verdict = judge(asked, answer.text, refused=answer.refused)
                outcomes.append(Outcome(asked, answer, verdict))
    return SetOutcome(asked_set.name, tuple(outcomes), not_read)


def _put_in(asked_set: QuestionSet, store: DocumentStore) -> Iterator[str]:
    """Add the files as an editor would who confirms every guess; yield why one was refused."""
    for file_name, make in asked_set.files:
        data = make()
        try:
            reading = read_fenced(data, file_name)
        except ArticleError as error:
            yield f"{file_name}: {error}"
            continue
        guess = inspect_document(reading, file_name, ()).guess
        store.add(NewDocument.of(data, file_name, reading, guess), by="cli:benchmark", now=_PUT_IN)


@contextmanager
def prepared_models() -> Iterator[tuple[Encoder, Reader]]:
    """Load the packaged models, preparing them in a temporary folder unless they are at hand."""
    with tempfile.TemporaryDirectory() as name:
        models = Path(os.environ.get("VANPHONG_TEST_MODELS_DIR") or name)
        encoder = load_encoder(PACKAGED_MODEL, models, progress=print)
        yield encoder, load_reader(encoder, models)


def counts_line(outcome: SetOutcome) -> str:
    """Return how many questions of a set came out how."""
    count = Counter(question.verdict for question in outcome.questions)
    told = f"right {count[Verdict.RIGHT]}, wrong {count[Verdict.WRONG]}"
    return f"{outcome.name}: {told}, refused {count[Verdict.REFUSED]} of {count.total()}"


def detail_lines(outcome: SetOutcome) -> Iterator[str]:
    """Yield what was not right: the question, what is wrong about the answer, and the answer."""
    for reason in outcome.not_read:
        yield f"  not read: {reason}"
    for one in outcome.questions:
        if one.verdict is Verdict.RIGHT:
            continue
        yield f"  {one.verdict.name.lower()}: {one.asked.question}"
        if one.verdict is Verdict.WRONG:
            faults = faults_of(one.asked, one.answer.text)
            yield f"    {'; '.join(faults) or 'should be refused'}"
            yield from (f"    > {line}" for line in one.answer.text.split("\n"))


def main() -> None:
    """Ask the sets and print what came out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.document_cases.asking")
    parser.add_argument("--open", action="store_true", help="ask the open sets only")
    parser.add_argument("--show", action="store_true", help="show the closed sets' questions, too")
    options = parser.parse_args()
    closed = () if options.open else closed_questions.SETS
    with prepared_models() as (encoder, reader):
        for asked_set in (*open_questions.SETS, *closed):
            outcome = ask_set(asked_set, encoder, reader)
            print(counts_line(outcome))
            if options.show or asked_set in open_questions.SETS:
                for line in detail_lines(outcome):
                    print(line)


if __name__ == "__main__":
    main()
