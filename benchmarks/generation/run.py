"""Asks golden questions in one way and counts what becomes of them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.generation.independent_check import invented
from benchmarks.measurement import percentile
from knowledge import Draft, Ending, Writer, passages_of
from knowledge.evaluation.answer_match import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.language_models import BaseChatModel

    from benchmarks.generation.golden import GoldenQuestion
    from embeddings import Reader
    from knowledge import Answer, Assistant

_READ = 8  # chunks to retrieve


@dataclass(slots=True)
class Run:
    """What became of the questions; `seconds` are those of answers that the model was asked for."""

    name: str
    questions: int = 0
    right: int = 0
    changed: int = 0
    """Answers in the model's words."""
    better: int = 0
    worse: int = 0
    dropped: int = 0
    invented: list[str] = field(default_factory=list)
    endings: Counter[Ending] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """For how many the model was asked."""
        return self.endings.total() - self.endings[Ending.NOT_ASKED]

    def row(self) -> str:
        """Return the table's row."""
        median, slow = (percentile(self.seconds or [0.0] * 2, share) for share in (0.5, 0.95))
        cells = (
            self.name,
            self.questions,
            f"{self.right / self.questions:.3f}",
            self.asked,
            self.changed,
            f"{self.better} / {self.worse}",
            len(self.invented),
            self.dropped,
            f"{median:.1f} / {slow:.1f}",
            ", ".join(f"{ending} {count}" for ending, count in self.endings.most_common()) or "–",
        )
        return f"| {' | '.join(map(str, cells))} |"


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks an assistant, and lets models write within `seconds`."""

    assistant: Assistant
    reader: Reader
    seconds: float

    async def run(
        self, name: str, questions: Sequence[GoldenQuestion], model: BaseChatModel | None
    ) -> Run:
        """Ask each question; without a `model` the extracted answers are counted."""
        run = Run(name)
        for question in questions:
            extracted, found = self.assistant.examine(question.text, _READ)
            passages = passages_of(extracted, found, self.assistant.corpus)
            answer = extracted
            if model:  # a writer each: none is to leave the model alone
                writer = Writer(model, self.reader, seconds=self.seconds)
                begun = time.perf_counter()
                last = Draft(extracted, ending=Ending.NOT_ASKED)
                async for last in writer.write(extracted, passages):
                    run.invented += invented(last.answer, passages)
                answer = last.answer
                run.dropped += last.dropped
                run.endings[last.ending or Ending.NOT_ASKED] += 1
                if last.ending is not Ending.NOT_ASKED:
                    run.seconds.append(time.perf_counter() - begun)
            right, before = _is_right(question, answer), _is_right(question, extracted)
            run.questions += 1
            run.right += right
            run.changed += answer.generated
            run.better += right > before
            run.worse += right < before
        return run


def _is_right(question: GoldenQuestion, answer: Answer) -> bool:
    if not question.contains:
        return answer.refused
    return not answer.refused and all(
        any(holds(answer.text, text) for text in group) for group in question.contains
    )
