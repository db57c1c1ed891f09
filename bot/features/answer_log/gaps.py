"""Groups questions that got no good answer by what they mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from embeddings.vietnamese import has_diacritics

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from bot.features.answer_log.logged_answer import Reason

    Floats = npt.NDArray[np.float32]

THRESHOLD = 0.92
"""Least mean cosine of two groups' query vectors that makes them one.

Measured with the packaged model, average linkage, on `tests/data/question_groups.yaml`: B-cubed F1
0.88 on the half it was chosen on and 0.86 on the other; 0.92 lies in the middle of a plateau from
0.918 to 0.924. Mixing in the words that two questions share made both halves worse or no better.
"""
MOST_CLUSTERED = 2000
"""Wordings compared each with each, the most asked ones; rarer ones join the nearest of them."""
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """A question that was refused, or whose answer people marked down.

    `normalised` is its wording by `normalised_question`; `key` is that without diacritics.
    """

    answer_id: str
    question: str
    normalised: str
    key: str
    person_id: int | None
    shown_at: dt.datetime
    refused: bool
    down: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What people asked and found no good answer to; `example` is the commonest wording.

    `answer_ids` go from the newest to the oldest, `asked` is their number.
    """

    example: str
    answer_ids: tuple[str, ...]
    people: int
    last_asked: dt.datetime
    refused: int
    down: int
    reasons: tuple[tuple[Reason, int], ...]

    @property
    def asked(self) -> int:
        """How often it was asked."""
        return len(self.answer_ids)


def group_gaps(questions: Sequence[GapQuestion], vectors: Mapping[str, Floats]) -> list[Gap]:
    """Return the gaps, most asked first; `vectors` has a unit vector for each key.

    Blocks: a second or so for thousands of wordings.
    """
    by_key: dict[str, list[GapQuestion]] = {}
    for question in questions:
        by_key.setdefault(question.key, []).append(question)
    keys = sorted(by_key, key=lambda key: (-len(by_key[key]), key))
    groups: dict[int, list[GapQuestion]] = {}
    for key, label in zip(keys, _labels(keys, vectors), strict=True):
        groups.setdefault(label, []).extend(by_key[key])
    gaps = [_gap(group) for group in groups.values()]
    return sorted(gaps, key=lambda gap: (-gap.asked, -gap.last_asked.timestamp(), gap.example))


def _labels(keys: list[str], vectors: Mapping[str, Floats]) -> list[int]:
    """Return a group number for each key."""
    if len(keys) < 2:
        return [0] * len(keys)
    matrix = np.stack([vectors[key] for key in keys])
    head = matrix[:MOST_CLUSTERED]
    labels = _clusters(head)
    fresh = max(labels) + 1
    for start in range(len(head), len(keys), _BLOCK):
        similar = matrix[start : start + _BLOCK] @ head.T
        for row in similar:
            nearest = int(np.argmax(row))
            if row[nearest] >= THRESHOLD:
                labels.append(labels[nearest])
            else:
                labels.append(fresh)
                fresh += 1
    return labels


def _clusters(vectors: Floats) -> list[int]:
    """Join the most similar groups while their mean cosine reaches THRESHOLD."""
    # late: scipy is slow to import
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415

    distance = 1 - vectors @ vectors.T
    upper = np.triu_indices(len(vectors), 1)
    merges = linkage(np.maximum(distance[upper], 0), "average")
    return [int(label) for label in fcluster(merges, 1 - THRESHOLD, "distance")]


def _gap(questions: list[GapQuestion]) -> Gap:
    newest = sorted(questions, key=lambda q: (q.shown_at, q.answer_id), reverse=True)
    wordings = Counter(question.question for question in newest)
    people = {q.person_id for q in questions if q.person_id is not None}
    erased = any(q.person_id is None for q in questions)
    reasons = Counter(reason for question in questions for reason in question.reasons)
    return Gap(
        example=max(
            wordings, key=lambda text: (wordings[text], has_diacritics(text), -len(text), text)
        ),
        answer_ids=tuple(question.answer_id for question in newest),
        people=len(people) or int(erased),
        last_asked=newest[0].shown_at,
        refused=sum(question.refused for question in questions),
        down=sum(question.down for question in questions),
        reasons=tuple(reasons.most_common()),
    )
