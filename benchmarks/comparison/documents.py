"""What every system is asked over: a question set's paragraphs among made-up distractors."""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.sentences import sentences
from knowledge.evaluation.question_file import read_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from knowledge.evaluation.question_set import Question

_SEED = 6
_NEIGHBOURS = 5  # paragraphs of a file stand together by topic
_LEAST_WORDS, _MOST_CHARACTERS = 6, 960  # one chunk for every splitter here
_MARKUP = re.compile(r"[*_`\[\]<>#|\\\n]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be found; `sentences` are those a distractor was put together from."""

    name: str
    title: str
    text: str
    sentences: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """Title and text: what every system indexes."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The paragraphs that hold answers, the questions, and the texts distractors come from."""

    paragraphs: tuple[Document, ...]
    questions: tuple[Question, ...]
    other_paragraphs: tuple[str, ...]
    digest: str

    @classmethod
    def read(cls, squad: Path, others: Path) -> QuestionSet:
        """Read two files in SQuAD format; raises EvaluationError when one cannot be read."""
        found = read_questions(squad)
        paragraphs = tuple(
            Document(f"p{number:06d}", paragraph.title or "-", paragraph.text)
            for number, paragraph in enumerate(found.documents)
        )
        texts = tuple(paragraph.text for paragraph in read_questions(others).documents)
        digest = hashlib.sha256(squad.read_bytes() + others.read_bytes()).hexdigest()[:12]
        answerable = tuple(question for question in found.questions if question.is_answerable)
        return cls(paragraphs, answerable, texts, digest)

    def documents(self, size: int) -> list[Document]:
        """Return all paragraphs, and distractors up to `size`; a larger size only adds some."""
        extra = size - len(self.paragraphs)
        if extra < 0:
            raise ValueError(f"size must be ≥ {len(self.paragraphs)} paragraphs, got {size}")
        made = distractors(self.other_paragraphs, random.Random(_SEED))
        return [*self.paragraphs, *(next(made) for _ in range(extra))]

    def gold(self, question: Question) -> str:
        """Return the name of the paragraph that answers `question`."""
        return self.paragraphs[question.documents[0]].name

    def sample(self, count: int) -> list[Question]:
        """Return `count` questions drawn with a fixed seed, or all when there are no more."""
        questions = list(self.questions)
        if count >= len(questions):
            return questions
        return random.Random(_SEED).sample(questions, count)


def usable_sentences(text: str) -> list[str]:
    """Return the whole sentences of `text` that stand alone and carry no markup."""
    return [
        sentence
        for sentence in sentences(text)
        if len(sentence.split()) >= _LEAST_WORDS
        and sentence[0].isupper()
        and sentence[-1] in ".!?"
        and not _MARKUP.search(sentence)
    ]


def distractors(paragraphs: Sequence[str], rng: random.Random) -> Iterator[Document]:
    """Yield without end different documents of 2–4 sentences of neighbouring paragraphs.

    The title is the name that these paragraphs use most, as the titles of encyclopedia articles
    are. A text that our rules would cut into other sentences is left out.
    """
    pools = [usable_sentences(text) for text in paragraphs]
    groups = [
        list(dict.fromkeys(s for pool in pools[start : start + _NEIGHBOURS] for s in pool))
        for start in range(max(1, len(pools) - _NEIGHBOURS + 1))
    ]
    groups = [group for group in groups if len(group) >= _NEIGHBOURS]
    if not groups:
        raise ValueError("the distractors' file holds no whole sentences")
    titles = [_commonest_name(group) for group in groups]
    seen: set[str] = set()
    while True:
        number = rng.randrange(len(groups))
        chosen = rng.sample(groups[number], rng.randint(2, 4))
        text = " ".join(chosen)
        if len(text) > _MOST_CHARACTERS or text in seen or sentences(text) != chosen:
            continue
        seen.add(text)
        yield Document(f"d{len(seen):06d}", titles[number], text, tuple(chosen))


def _commonest_name(group: Sequence[str]) -> str:
    words = (word.strip('.,;:()"”“!?') for sentence in group for word in sentence.split()[1:])
    counts = Counter(word for word in words if len(word) > 2 and word[0].isupper())
    return counts.most_common(1)[0][0] if counts else "-"
