"""`python -m benchmarks.comparison.worker`: one step of a comparison, in a process of its own."""

from __future__ import annotations

import argparse
import resource
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.comparison.documents import QuestionSet
from benchmarks.comparison.place import Place
from benchmarks.comparison.result import SYSTEMS, Result
from benchmarks.measurement import percentile
from embeddings.vietnamese import fold
from knowledge.evaluation.metrics import NOT_FOUND, ndcg_at, recall_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.comparison.system import System

_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions are timed, and how many ranked."""

    timed: int
    ranked: int


def load_system(name: str, place: Place) -> System:
    """Load a system with its libraries alone: memory is measured."""
    if name == "ours":
        from benchmarks.comparison.our_assistant import OurAssistant  # noqa: PLC0415

        return OurAssistant(place)
    if name == "plain":
        from benchmarks.comparison.plain_stack import PlainStack  # noqa: PLC0415

        return PlainStack(place)
    from benchmarks.comparison import retrieval_alone  # noqa: PLC0415

    if name == "dense":
        return retrieval_alone.DenseAlone(place)
    return retrieval_alone.LexicalAlone(place)


def build(name: str, questions: QuestionSet, size: int, place: Place) -> None:
    """Build the index unless it is there; its folder then holds how long that took."""
    folder = place.index(questions.digest, size, name)
    done = folder / "seconds"
    if done.is_file():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    documents = questions.documents(size)
    system = load_system(name, place)
    begun = time.perf_counter()
    system.build(documents, folder)
    system.close()
    done.write_text(f"{time.perf_counter() - begun}", encoding="utf-8")


def measure(name: str, questions: QuestionSet, size: int, place: Place, counts: Counts) -> Result:
    """Open the index and measure answers, then rankings."""
    folder = place.index(questions.digest, size, name)
    system = load_system(name, place)
    begun = time.perf_counter()
    system.open(folder)
    opening = time.perf_counter() - begun
    # Every other question is asked without diacritics.
    texts = [
        fold(question.text) if number % 2 else question.text
        for number, question in enumerate(questions.sample(counts.timed + _WARM_UP))
    ]
    warm_up, texts = texts[:_WARM_UP], texts[_WARM_UP:]
    for text in warm_up:
        system.answer(text)
    latencies = _milliseconds(system.answer, texts)
    embedding = _milliseconds(system.embed, texts)
    wanted = questions.sample(counts.ranked)
    gold = [questions.gold(question) for question in wanted]
    typed = _ranks(system, [question.text for question in wanted], gold)
    bare = _ranks(system, [fold(question.text) for question in wanted], gold)
    result = Result(
        system=name,
        size=size,
        ranked_questions=len(wanted),
        timed_questions=len(texts),
        recall_typed=recall_at(typed, 1),
        recall_bare=recall_at(bare, 1),
        ndcg_typed=ndcg_at(typed, 10),
        ndcg_bare=ndcg_at(bare, 10),
        p50=percentile(latencies, 0.5),
        p95=percentile(latencies, 0.95),
        answers_per_second=1000 * len(latencies) / sum(latencies),
        embedding_p50=0.0 if name == "lexical" else percentile(embedding, 0.5),
        peak_memory=peak_memory(),
        opening_seconds=opening,
        building_seconds=float(folder.joinpath("seconds").read_text(encoding="utf-8")),
        disk=_disk(folder),
    )
    system.close()
    return result


def peak_memory() -> float:
    """Return the most memory this process held so far, in MB.

    `getrusage` also counts what the parent held when it started this process, so Linux's own
    record comes first.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _ranks(system: System, texts: Sequence[str], gold: Sequence[str]) -> list[int]:
    ranks = []
    for text, name in zip(texts, gold, strict=True):
        found = list(dict.fromkeys(system.ranking(text)))
        ranks.append(found.index(name) if name in found else NOT_FOUND)
    return ranks


def _disk(folder: Path) -> float:
    """Return the MB of the index, without the articles it was made from."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")
    return sum(path.stat().st_size for path in files) / 2**20


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("build", "measure"))
    parser.add_argument("system", choices=tuple(SYSTEMS))
    parser.add_argument("size", type=int)
    parser.add_argument("--squad", type=Path, required=True)
    parser.add_argument("--others", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--timed", type=int, required=True)
    parser.add_argument("--ranked", type=int, required=True)
    parser.add_argument("--result", type=Path, required=True)
    given = parser.parse_args()
    questions = QuestionSet.read(given.squad, given.others)
    place = Place(given.work)
    if given.step == "build":
        build(given.system, questions, given.size, place)
        return
    counts = Counts(given.timed, given.ranked)
    measure(given.system, questions, given.size, place, counts).write(given.result)


if __name__ == "__main__":
    main()
