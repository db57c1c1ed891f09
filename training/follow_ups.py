"""The choice among the readings of a follow-up: what speaks for each, and its fit."""

from __future__ import annotations

import json
import random
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from knowledge.base import KnowledgeBase
from knowledge.conversation.choice import WEIGHTS_FILE
from knowledge.conversation.conversation import Conversation
from knowledge.conversation.readings import Sort
from knowledge.conversation.turn import Turn
from knowledge.evaluation.dialogues import MOST_TURNS, Dialogue, ScriptedTurn, read_dialogues
from knowledge.reload.golden_questions import read_golden_file
from training.documents import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from embeddings.onnx_encoder import OnnxEncoder
    from embeddings.reader import Reader

DIALOGUES_FILE = DATA / "dialogues.yaml"
_GOLDEN = 220  # of which some 140 are short: questions after one on something else
_REGULARISATION = 2.0
_FOLDS = 8


@dataclass(frozen=True, slots=True)
class _Example:
    """A message's readings that were answered, and the refusal last; at least one is right.

    `rows` are their features with a 1 for the intercept, float64 (readings + 1, features + 1), all
    0 for the refusal.
    """

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


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
    held: list[list[_Example]] = []
    names: list[str] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name, articles in bases.items():
            base = stack.enter_context(KnowledgeBase(folder / name, encoder, reader=reader))
            base.reload(articles)
            conversation = Conversation(base.assistant())
            held.extend(
                list(_examples(conversation, dialogue, names))
                for dialogue in dialogues
                if dialogue.base == name
            )
    random.Random(1).shuffle(held)
    right = asked = 0
    for fold in range(_FOLDS):
        weights = _fitted([e for n, one in enumerate(held) if n % _FOLDS != fold for e in one])
        left = [example for one in held[fold::_FOLDS] for example in one]
        asked += len(left)
        right += sum(bool(one.right[np.argmax(one.rows @ weights)]) for one in left)
    fitted = _fitted([example for one in held for example in one])
    found = dict(zip([*names, "intercept"], fitted.round(2).tolist(), strict=True))
    WEIGHTS_FILE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return (
        f"Of {asked} messages in {len(held)} dialogues, {right} are read right by weights fitted to"
        f" the other dialogues. {found}"
    )


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


def _examples(
    conversation: Conversation, dialogue: Dialogue, names: list[str]
) -> Iterator[_Example]:
    """Yield the messages that may be read in several ways; name their features in `names`.

    After a wrong answer the dialogue goes on as if the best right one had been given.
    """
    turns: list[Turn] = []
    for scripted in dialogue.turns:
        answer = conversation.answer(scripted.ask, turns)
        asked, message = conversation.read(scripted.ask, turns)
        if turns and not message.stands_alone:
            tried = conversation.tried(asked, message, turns)
            answered = [one for one in tried if not one.answer.refused]
            right = [scripted.is_right(one.answer) for one in answered]
            names[:] = tried[0].features
            rows = [[*one.features.values(), 1.0] for one in answered]
            refused = not scripted.right or not any(right)
            yield _Example(np.array([*rows, [0.0] * (len(names) + 1)]), np.array([*right, refused]))
            if any(right) and not scripted.is_right(answer):
                best = max(
                    (one for one in answered if scripted.is_right(one.answer)),
                    key=lambda one: one.score,
                )
                understood = None if best.reading.sort is Sort.ALONE else best.reading.text
                answer = replace(best.answer, understood=understood)
        turns = [*turns, Turn.of(scripted.ask, answer)][-MOST_TURNS:]


def _fitted(examples: Sequence[_Example]) -> NDArray[np.float64]:
    """Return the weights by which right ones of each example are the most probable."""
    rows = np.concatenate([example.rows for example in examples])
    right = np.concatenate([example.right for example in examples])
    of = np.repeat(np.arange(len(examples)), [len(example.right) for example in examples])
    penalty = np.full(rows.shape[1], _REGULARISATION)
    penalty[-1] = 0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = rows @ weights
        odds = np.exp(logits - logits.max())
        every = np.bincount(of, odds, len(examples))
        good = np.bincount(of, odds * right, len(examples))
        slope = rows.T @ (odds / every[of] - odds * right / good[of])
        off = np.log(every / good).sum() + (penalty * weights**2).sum() / 2
        return float(off), slope + penalty * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)
