"""The comparison as a Markdown page."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psutil

from benchmarks.comparison.result import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.comparison.result import Result

_HEAD = (
    "| system | R@1 | nDCG@10 | R@1 without diacritics | nDCG@10 without diacritics "
    "| answers/s | p50 | p95 | p95 × embedding | peak memory | index | opened in |"
)
_HOW = """
Every system runs in a process of its own that opens a finished index, is warmed up, answers one
question after the other, and is then asked to rank documents for the same questions with and
without their diacritics. R@1 and nDCG@10 look for the question's own paragraph among the documents.

- The documents are the question set's paragraphs (with their titles) and distractors up to the
  size: 2–4 sentences, drawn with a fixed seed, of neighbouring paragraphs of SQuAD 2.0's dev set in
  Vietnamese, under the name that stands in them most often. None of these is a paragraph of the
  question set, but many are about its subjects, so the distractors are hard.
- Embedding 100,000 distractors would take longer than measuring all the rest. Each real sentence is
  embedded once, and a distractor's vector comes from the mean of its sentences' vectors by a
  regression fitted to 300 distractors that are embedded as they are, with the residual of one of
  them, so that made-up vectors lie nearly as embedded ones do. That is done for every system
  alike, with its own model's vectors. The paragraphs and all questions are embedded as they are.
  {fidelity}
- *e5 alone*: our int8 encoder and the nearest of one Chroma collection. *BM25 alone*: syllables and
  their bigrams, as written; for a question without diacritics the index without diacritics.
  *Plain LangChain stack*: RecursiveCharacterTextSplitter (1000/200), the same model in
  sentence-transformers (fp32, with its prompts), langchain-chroma and `similarity_search`.
  *Ours*: `KnowledgeBase.reload` over a file for each document, then `Assistant.answer` for the
  times (refusals, evidence and citations included) and `Assistant.examine` for quality.
- Times are of {timed} questions, every other one without diacritics. “× embedding” is the time as
  a multiple of the median time to embed one of these questions with our encoder, measured in the
  same process as ours at that size ({embedding}).
- Memory is the peak of the answering process from its start, opening included. {quality}
"""


def page(results: Sequence[Result], command: str, fidelity: float, load: float) -> str:
    """Return the page.

    `fidelity` is the mean cosine of made-up vectors to embedded ones, `load` the machine's load
    average before the run.
    """
    memory = psutil.virtual_memory().total / 2**30
    lines = [
        "# Comparison",
        "",
        (
            f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, "
            f"{memory:.0f} GB, Python {platform.python_version()}. "
            f"Other work kept {load:.1f} processes busy when it began."
        ),
        "",
        "![R@1, p95 of an answer, answers a second and memory by size](comparison.png)",
        "",
    ]
    sizes = sorted({result.size for result in results})
    units = {result.size: result.embedding_p50 for result in results if result.system == "ours"}
    for size in sizes:
        lines += [
            f"## {size:,} documents",
            "",
            _HEAD,
            "|---|---|---|---|---|---|---|---|---|---|---|---|",
            *(_row(result, units.get(size, 0.0)) for result in results if result.size == size),
            "",
        ]
    ranked = sorted({result.ranked_questions for result in results})
    first = results[0]
    how = _HOW.format(
        timed=first.timed_questions,
        embedding=", ".join(f"{units[size]:.1f} ms at {size:,}" for size in sizes if size in units),
        fidelity=f"The mean cosine of such a vector to the embedded text's own is {fidelity:.3f}.",
        quality=f"Quality is measured on {' and '.join(f'{n:,}' for n in ranked)} questions.",
    )
    return "\n".join([*lines, "## How it is measured", how.strip(), ""])


def _row(result: Result, embedding: float) -> str:
    multiple = f"{result.p95 / embedding:.1f} ×" if embedding else "–"
    cells = (
        SYSTEMS[result.system],
        f"{result.recall_typed:.3f}",
        f"{result.ndcg_typed:.3f}",
        f"{result.recall_bare:.3f}",
        f"{result.ndcg_bare:.3f}",
        f"{result.answers_per_second:.0f}",
        f"{result.p50:.1f} ms",
        f"{result.p95:.1f} ms",
        multiple,
        f"{result.peak_memory:,.0f} MB",
        f"{result.disk:,.0f} MB",
        f"{result.opening_seconds:.1f} s",
    )
    return f"| {' | '.join(cells)} |"
