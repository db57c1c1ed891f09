"""Fits the decision: what evidence is chosen by, and how probable it is that it answers.

It is fitted on offices that the reader was not trained on, asked through the product itself.
"""

from __future__ import annotations

import json
import math
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from embeddings.vietnamese import fold
from knowledge.answering.decision import WEIGHTS_FILE, verdict_features
from knowledge.answering.excerpt import MAX_ANSWER_CHARACTERS, Excerpter
from knowledge.answering.signals import SIGNALS
from knowledge.base import KnowledgeBase
from knowledge.reload.golden_questions import read_golden_file
from knowledge.retrieval.shortlist import QuestionWords
from training.answers import answer_parts, squeezed
from training.documents import Split, office_bases
from training.measures import area_under_curve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from embeddings.encoder import Encoder
    from embeddings.reader import Reader
    from knowledge.answering.assistant import Assistant
    from training.documents import Base, Question

CHOICE = tuple(
    "logit stretch rank lead similarity coverage context_coverage passage_coverage".split()
)
WITHOUT_READER = tuple(name for name in CHOICE if name not in {"logit", "stretch"})
VERDICT = (*CHOICE, "ahead", "highest", "some")
BOLD = 0.4
"""From this probability on a stretch is right more often than four times of five."""
_RIDGE = 1e-3  # of squared standardised weights
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of the product: its windows' features, and whether each, shown, is right.

    `verdicts` are the verdict's features, would that window be chosen.
    """

    base: str
    kind: str
    answerable: bool
    choices: tuple[dict[str, float], ...]
    verdicts: tuple[dict[str, float], ...]
    right: tuple[bool, ...]


def ask_bases(bases: Sequence[Base], encoder: Encoder, reader: Reader | None) -> list[Asked]:
    """Index each base and ask its questions, every third one without diacritics."""
    return [asked for base in bases for asked in _ask(base, encoder, reader)]


def _ask(base: Base, encoder: Encoder, reader: Reader | None) -> list[Asked]:
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        for document in base.documents:
            document.write(articles)
        with KnowledgeBase(Path(folder) / "data", encoder, reader=reader) as knowledge:
            knowledge.reload(articles)
            assistant = knowledge.assistant()
            return [
                _asked(base.name, question, assistant, bare=number % 3 == 2)
                for number, question in enumerate(base.questions)
            ]


def ask_golden(
    articles: Path, files: Sequence[Path], encoder: Encoder, reader: Reader | None
) -> list[Asked]:
    """Ask an office's golden questions of its articles."""
    with (
        tempfile.TemporaryDirectory() as folder,
        KnowledgeBase(Path(folder), encoder, reader=reader) as knowledge,
    ):
        knowledge.reload(articles)
        assistant = knowledge.assistant()
        return [
            _judged(
                "golden",
                "refused" if question.refuse else "answered",
                assistant,
                question.text,
                [[squeezed(part)[0] for part in question.contains]] if not question.refuse else [],
            )
            for file in files
            for question in read_golden_file(file) or ()
        ]


def _asked(base: str, question: Question, assistant: Assistant, *, bare: bool) -> Asked:
    text = fold(question.text) if bare else question.text
    answers = [answer_parts(answer.text) for answer in question.answers]
    return _judged(base, question.kind, assistant, text, answers)


def _judged(
    base: str, kind: str, assistant: Assistant, text: str, answers: list[list[str]]
) -> Asked:
    """Ask and judge; each of `answers` is given by its parts, squeezed."""
    found = assistant.find(text)
    excerpter = Excerpter(
        assistant.corpus, QuestionWords(found.query.text, assistant.corpus), assistant.weights.bold
    )
    evidence = found.decision.evidence
    choices, verdicts, right = [], [], []
    for one in evidence:
        others = [other for other in evidence if other is not one]
        choices.append(one.features())
        verdicts.append(verdict_features(found.query, [one, *others], assistant.corpus))
        shown = "\n".join(s.text for s in excerpter.of(one, evidence).sentences)
        small = squeezed(shown)[0]
        right.append(
            len(shown) <= MAX_ANSWER_CHARACTERS
            and any(all(part in small for part in parts) for parts in answers)
        )
    return Asked(base, kind, bool(answers), tuple(choices), tuple(verdicts), tuple(right))


def fit_choice(asked: Sequence[Asked], names: Sequence[str]) -> dict[str, float]:
    """Return weights of a softmax over a question's windows, by the right ones' probability."""
    useful = [a for a in asked if any(a.right) and not all(a.right)]
    matrices = [_matrix(a.choices, names) for a in useful]
    scale = np.concatenate(matrices).std(axis=0) + 1e-9
    truths = [np.array(a.right) for a in useful]

    def loss(weights: npt.NDArray[np.float64]) -> float:
        total = 0.0
        for matrix, truth in zip(matrices, truths, strict=True):
            scores = matrix @ (weights / scale)
            total += _log_sum(scores) - _log_sum(scores[truth])
        return total / len(matrices) + _RIDGE * float(weights @ weights)

    fitted = minimize(loss, np.zeros(len(names)), method="L-BFGS-B").x / scale
    return _rounded(names, fitted)


def fit_verdict(
    asked: Sequence[Asked], choice: dict[str, float], names: Sequence[str]
) -> tuple[dict[str, float], float]:
    """Return weights and intercept of "the chosen window, shown, is right"."""
    rows, truth = chosen_rows(asked, choice, names)
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    standard = (rows - mean) / scale

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        logits = standard @ weights[1:] + weights[0]
        value = np.logaddexp(0, np.where(truth, -logits, logits)).mean()
        error = 1 / (1 + np.exp(-logits)) - truth
        slope = np.concatenate([[error.mean()], standard.T @ error / len(truth)])
        slope[1:] += 2 * _RIDGE * weights[1:]
        return float(value + _RIDGE * weights[1:] @ weights[1:]), slope

    fitted = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    weights = fitted[1:] / scale
    return _rounded(names, weights), round(float(fitted[0] - mean @ weights), 4)


def chosen_rows(
    asked: Sequence[Asked], choice: dict[str, float], names: Sequence[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the verdict's features of each question's chosen window, and whether it is right."""
    rows, truth = [], []
    for a in asked:
        best, ahead = chosen(a, choice)
        features = {**a.verdicts[best], "ahead": ahead}
        rows.append([features[name] for name in names])
        truth.append(a.right[best])
    return np.array(rows), np.array(truth)


def chosen(asked: Asked, choice: dict[str, float]) -> tuple[int, float]:
    """Return which window is chosen, and how far it is ahead of the next."""
    scores = _matrix(asked.choices, list(choice)) @ np.array(list(choice.values()))
    order = np.argsort(-scores)
    ahead = scores[order[0]] - scores[order[1]] if len(order) > 1 else 10.0
    return int(order[0]), float(min(ahead, 10.0))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a fit: shares answered right of the answerable, and refused of the others.

    `separation` is the area under the curve of "the chosen window is right" by its probability.
    """

    right: float
    refused: float
    separation: float
    threshold: float


def cross_validated(
    asked: Sequence[Asked], names: Sequence[str], verdict: Sequence[str]
) -> tuple[Outcome, npt.NDArray[np.float64]]:
    """Fit on all bases but some, judge those, and return the outcome over all of them.

    The threshold is the one at which the smaller of both shares is greatest.
    """
    bases = sorted({a.base for a in asked})
    random.Random(0).shuffle(bases)
    probabilities = np.zeros(len(asked))
    right = np.zeros(len(asked), dtype=bool)
    for fold_number in range(min(_FOLDS, len(bases))):
        out = set(bases[fold_number::_FOLDS])
        known = [a for a in asked if a.base not in out]
        choice = fit_choice(known, names)
        weights, intercept = fit_verdict(known, choice, verdict)
        held = [n for n, a in enumerate(asked) if a.base in out]
        rows, truth = chosen_rows([asked[n] for n in held], choice, verdict)
        logits = rows @ np.array([weights[name] for name in verdict]) + intercept
        probabilities[held] = 1 / (1 + np.exp(-logits))
        right[held] = truth
    answerable = np.array([a.answerable for a in asked])
    best = max(
        (
            Outcome(
                float((right & (probabilities >= t))[answerable].mean()),
                float((probabilities < t)[~answerable].mean()),
                area_under_curve(probabilities.tolist(), right.tolist()),
                float(t),
            )
            for t in np.arange(0.1, 0.9, 0.01)
        ),
        key=lambda o: min(o.right, o.refused),
    )
    return best, probabilities


def fit_decision(encoder: Encoder, reader: Reader, articles: Path, golden: Sequence[Path]) -> str:
    """Fit on the offices for fitting and on golden questions, and write the weights.

    Returns a table of what was tried.

    The table has the outcome over bases that the weights were not fitted on, with all signals and
    with one left out.
    """
    bases = [base for base in office_bases() if base.split is Split.FIT]
    parts: dict[str, dict[str, object]] = {}
    lines = ["| verdict from | right | near misses refused | separation |", "|---|---|---|---|"]
    for name, choice, given in (
        ("with_reader", CHOICE, reader),
        ("without_reader", WITHOUT_READER, None),
    ):
        asked = [
            a
            for a in (
                *ask_bases(bases, encoder, given),
                *ask_golden(articles, golden, encoder, given),
            )
            if a.choices
        ]
        verdict = tuple(f for f in VERDICT if f in {*choice, "ahead"} or given) + tuple(SIGNALS)
        outcome, _ = cross_validated(asked, choice, verdict)
        lines.append(_row(name.replace("_", " "), outcome))
        weights, intercept = fit_verdict(asked, fitted := fit_choice(asked, choice), verdict)
        parts[name] = {
            "choice": fitted,
            "verdict": weights,
            "intercept": intercept,
            "threshold": round(outcome.threshold, 2),
            "bold": BOLD,
        }
        for left_out in (*SIGNALS, *(f for f in ("stretch", "ahead", "some") if f in verdict)):
            rest = tuple(f for f in verdict if f != left_out)
            of_choice = tuple(f for f in choice if f != left_out)
            lines.append(_row(f"… {left_out} left out", cross_validated(asked, of_choice, rest)[0]))
    WEIGHTS_FILE.write_text(json.dumps(parts, indent=2) + "\n", encoding="utf-8")
    return "\n".join(lines)


def _row(name: str, outcome: Outcome) -> str:
    shares = (outcome.right, outcome.refused, outcome.separation)
    return f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"


def _matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> npt.NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in rows])


def _log_sum(values: npt.NDArray[np.float64]) -> float:
    top = float(values.max())
    return top + math.log(float(np.exp(values - top).sum()))


def _rounded(names: Sequence[str], values: npt.NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
