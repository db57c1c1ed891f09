"""The choice among the readings of a follow-up: what speaks for each, and its fit."""

from __future__ import annotations

import json
import random
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from knowledge.base import KnowledgeBase
from knowledge.conversation.choice import WEIGHTS_FILE
from knowledge.conversation.conversation import Conversation
from knowledge.evaluation.dialogues import Dialogue, ScriptedTurn, read_dialogues
from knowledge.reload.golden_questions import read_golden_file
from training.documents import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from embeddings.onnx_encoder import OnnxEncoder
    from embeddings.reader import Reader

DIALOGUES_FILE = DATA / "dialogues.yaml"
_GOLDEN = 220  # of which some 140 are short: questions after one on something else
_STEPS = 50
_REGULARISATION = 1.0
_THRESHOLD = (
    -0.2
)  # of those that cross-validation can't tell apart: a refusal before a wrong answer


class _Example(NamedTuple):
    features: Mapping[str, float]
    right: bool


def fit_follow_ups(
    encoder: OnnxEncoder,
    reader: Reader,
    files: Sequence[Path],
    golden: Sequence[Path],
    bases: Mapping[str, Path],
) -> str:
    """Fit the weights to dialogues over `bases`, by their names, and write them; tell them.

    `golden` questions of the shipped articles stand for what begins anew: each is asked after
    another one.
    """
    dialogues = [one for file in (DIALOGUES_FILE, *files) for one in read_dialogues(file)]
    dialogues += _begun_anew(golden)
    examples: list[_Example] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, articles in bases.items():
            base = stack.enter_context(KnowledgeBase(folder / name, encoder, reader=reader))
            base.reload(articles)
            conversation = Conversation(base.assistant())
            for dialogue in dialogues:
                if dialogue.base == name:
                    examples += _examples(conversation, dialogue)
    rows = np.array([[*example.features.values(), 1.0] for example in examples])
    fitted = _fitted(rows, np.array([example.right for example in examples], dtype=float))
    names = [*examples[0].features, "intercept"]
    found = dict(zip(names, fitted.round(2).tolist(), strict=True)) | {"threshold": _THRESHOLD}
    WEIGHTS_FILE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return f"{len(examples)} readings of {len(dialogues)} dialogues: {found}"


def _begun_anew(golden: Sequence[Path]) -> list[Dialogue]:
    """Return dialogues of two questions that have nothing to do with each other."""
    questions = [
        ScriptedTurn(question.text, "new", tuple(question.contains[:1]))
        for file in golden
        for question in read_golden_file(file) or ()
    ]
    rng = random.Random(5)
    return [
        Dialogue("shipped", (rng.choice(questions), question))
        for question in rng.sample(questions, min(_GOLDEN, len(questions)))
    ]


def _examples(conversation: Conversation, dialogue: Dialogue) -> Iterator[_Example]:
    """Yield the readings that were answered, each with whether its answer was right."""
    for scripted, turns, _ in dialogue.held(conversation):
        asked, message = conversation.read(scripted.ask, turns)
        if not turns or message.stands_alone:
            continue
        for one in conversation.tried(asked, message, turns):
            if not one.answer.refused:
                yield _Example(one.features, scripted.is_right(one.answer))


def _fitted(rows: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    penalty = np.diag([*[_REGULARISATION] * (rows.shape[1] - 1), 0.0])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-rows @ weights))
        curvature = (rows * (expected * (1 - expected))[:, np.newaxis]).T @ rows + penalty
        weights -= np.linalg.solve(curvature, rows.T @ (expected - right) + penalty @ weights)
    return weights
