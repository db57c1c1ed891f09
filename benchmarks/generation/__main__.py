"""`python -m benchmarks.generation [--sample N]`: writes benchmarks/GENERATION.md.

Golden questions on the shipped articles: answered without a model, with one that is down, with a
real one that invents facts, with that one made to cite every passage behind each sentence, and with
one that copies faithfully.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import SHIPPED
from benchmarks.generation.adversary import MODEL, WEIGHTS_NAME, adversary
from benchmarks.generation.eager_model import EagerModel
from benchmarks.generation.faithful_model import FaithfulModel
from benchmarks.generation.golden import golden_questions
from benchmarks.generation.run import Asking, Run
from embeddings import PACKAGED_MODEL, load_encoder, load_reader
from knowledge import KnowledgeBase, open_language_model

if TYPE_CHECKING:
    from benchmarks.generation.golden import GoldenQuestion

RESULTS = Path(__file__).parents[1] / "GENERATION.md"
NOBODY = "http://127.0.0.1:9/v1"  # the discard port
SECONDS = 20.0
_SEED = 16
_COLUMNS = (
    "model", "questions", "right", "asked", "in its words", "better / worse", "invented",
    "dropped", "s p50 / p95", "endings",
)  # fmt: skip
_MEANING = """\
*Right*: the answer holds what the golden set asks for, or is refused where it must be. *Asked*: for
how many questions the model was asked (refusals, tables and curated answers need none). *In its
words*: answers sent as the model wrote them; *better / worse* than the extracted ones. *Invented*:
figures and capitalised words, in any draft that was shown, which the cited passage lacks, counted
by a check of its own. *Dropped*: sentences that no cited passage bears out. Seconds of the answers
the model was asked for, at most {seconds:.0f} each."""


def main(arguments: list[str]) -> None:
    """Measure, print the page and keep it beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=40, help="questions for the real model")
    parser.add_argument("--tokens", type=int, default=120, help="of its replies")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for an answer")
    parser.add_argument("--models", type=Path, help="where the packaged model is prepared")
    options = parser.parse_args(arguments)
    every = golden_questions()
    some = random.Random(_SEED).sample(every, options.sample)
    with tempfile.TemporaryDirectory() as name:
        models = options.models or Path(name)
        encoder = load_encoder(PACKAGED_MODEL, models, progress=print)
        reader = load_reader(encoder, models)
        with KnowledgeBase(Path(name) / "data", encoder, reader=reader) as base:
            base.reload(SHIPPED)
            asking = Asking(base.assistant(), reader, options.seconds)
            weights = Path(name) / WEIGHTS_NAME
            runs = asyncio.run(_runs(asking, every, some, weights, options.tokens))
    command = f"python -m benchmarks.generation --sample {options.sample} --tokens {options.tokens}"
    rules = "|".join(" --- " for _ in _COLUMNS)
    table = [f"| {' | '.join(_COLUMNS)} |", f"|{rules}|", *(run.row() for run in runs)]
    meaning = _MEANING.format(seconds=options.seconds)
    written = "\n".join(["# Generation\n", f"`{command}`\n", f"{meaning}\n", *table]) + "\n"
    print(written)
    RESULTS.write_text(written, encoding="utf-8")


async def _runs(
    asking: Asking,
    every: list[GoldenQuestion],
    some: list[GoldenQuestion],
    weights: Path,
    tokens: int,
) -> list[Run]:
    down = open_language_model(MODEL, base_url=NOBODY, seconds=asking.seconds)
    runs = [
        await asking.run("none", every, None),
        await asking.run("down", every, down),
        await asking.run("faithful", every, FaithfulModel()),
        await asking.run("none", some, None),
    ]
    with adversary(weights) as url:
        opened = open_language_model(MODEL, base_url=url, seconds=asking.seconds)
        real = opened.model_copy(update={"max_tokens": tokens})
        runs.append(await asking.run("gemma3-270m", some, real))
        runs.append(await asking.run("gemma3-270m, eager", some, EagerModel(inner=real)))
    return runs


if __name__ == "__main__":
    main(sys.argv[1:])
