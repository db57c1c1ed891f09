"""The decision: which evidence answers best, and how probable it is that it answers at all.

Both are linear models whose weights `python -m training fit` writes to `decision.json`: the choice
a softmax over a question's windows, the verdict a logistic regression on the chosen one, how far it
is ahead of the others, and the signals.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.answering.signals import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.answering.evidence import Evidence
    from knowledge.index.corpus import Corpus
    from knowledge.retrieval.hybrid import Query

WEIGHTS_FILE = Path(__file__).with_name("decision.json")
_FAR = 10.0  # logits: a lead that is no greater when nothing competes


@dataclass(frozen=True, slots=True)
class Decision:
    """The evidence, best first, and how probable it is that the best answers, 0..1.

    `features` are those that the probability came from, the signals among them.
    """

    evidence: tuple[Evidence, ...]
    probability: float
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DecisionWeights:
    """Weights by feature.

    From the probability `threshold` on a question is answered, from `bold` on a stretch stands out.
    """

    choice: Mapping[str, float]
    verdict: Mapping[str, float]
    intercept: float
    threshold: float
    bold: float

    def decide(
        self,
        query: Query,
        evidence: Sequence[Evidence],
        corpus: Corpus,
        bonuses: Sequence[float] | None = None,
    ) -> Decision:
        """Order `evidence` and judge the best; without any the probability is 0.

        `bonuses` are added to the scores, one each: what the turns before speak for.
        """
        scored = [
            replace(e, score=_weighted(self.choice, e.features()) + bonus)
            for e, bonus in zip(evidence, bonuses or [0.0] * len(evidence), strict=True)
        ]
        scored.sort(key=lambda e: -e.score)
        if not scored:
            return Decision((), 0.0, {})
        features = verdict_features(query, scored, corpus)
        logit = self.intercept + _weighted(self.verdict, features)
        return Decision(tuple(scored), 1 / (1 + math.exp(-max(min(logit, 50), -50))), features)


def verdict_features(
    query: Query, evidence: Sequence[Evidence], corpus: Corpus
) -> dict[str, float]:
    """Return what the best of `evidence` (ordered by score) is judged by."""
    best, *others = evidence
    logits = [e.features()["logit"] for e in evidence]
    ahead = best.score - others[0].score if others else _FAR
    found = {
        **best.features(),
        "ahead": min(ahead, _FAR),
        "highest": max(logits),
        "some": math.log(sum(math.exp(min(logit, 30)) for logit in logits)),
    }
    return found | {name: signal(query, best, corpus) for name, signal in SIGNALS.items()}


@cache
def decision_weights(*, reader: bool) -> DecisionWeights:
    """Return the fitted weights: with a reader, or for an office that runs without one."""
    fitted = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return DecisionWeights(**fitted["with_reader" if reader else "without_reader"])


def _weighted(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weight * features[name] for name, weight in weights.items())
