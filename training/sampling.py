"""What a training step sees: questions, each with a few windows that compete."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from training.documents import Split
from training.examples import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from training.examples import Example, Examples, ReadWindow

_NEGATIVES = 3
_NEGATIVES_OF_UNANSWERABLE = 4
_READ = 8  # windows that compete in use
_HARD = 0.7  # of the negatives are the most promising ones
_WEIGHTS = {"base": 2.0, "office": 1.0, "squad": 0.7}


@dataclass(frozen=True, slots=True)
class Group:
    """A question with windows that are told apart by one loss; the first may be the answer."""

    question: str
    windows: tuple[ReadWindow, ...]


class Sampler:
    """Draws groups from the prepared bases, new ones as they come; each question once a round."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._rng = random.Random(seed)
        self._sources: dict[str, list[Example]] = {}
        self._queues: dict[str, list[Example]] = {}
        self._seen: set[str] = set()

    def refresh(self) -> None:
        """Take in the bases that were prepared since."""
        for path in sorted(self._folder.glob("*.pickle")):
            if path.name in self._seen:
                continue
            self._seen.add(path.name)
            loaded = load(path)
            if loaded.split is Split.TRAIN:
                self._sources.setdefault(loaded.source, []).extend(loaded.examples)
                queue = self._queues.setdefault(loaded.source, [])
                queue.extend(loaded.examples)
                self._rng.shuffle(queue)

    def draw(self) -> Group:
        """Return a question with its windows."""
        names = list(self._sources)
        weights = [len(self._sources[name]) * _WEIGHTS[name] for name in names]
        (name,) = self._rng.choices(names, weights)
        if not self._queues[name]:
            self._queues[name] = self._rng.sample(self._sources[name], len(self._sources[name]))
        return group(self._queues[name].pop(), self._rng)

    def steps(self, groups: int, tokens: int, length: LengthOf) -> Iterator[list[Group]]:
        """Draw `groups` and yield them in steps of alike lengths, up to `tokens` with padding."""
        drawn = [g for g in (self.draw() for _ in range(groups)) if g.windows]
        longest = {id(g): max(length(g, window) for window in g.windows) for g in drawn}
        drawn.sort(key=lambda g: longest[id(g)])
        steps: list[list[Group]] = [[]]
        for g in drawn:
            pairs = sum(len(other.windows) for other in steps[-1]) + len(g.windows)
            if steps[-1] and pairs * longest[id(g)] > tokens:
                steps.append([])
            steps[-1].append(g)
        self._rng.shuffle(steps)
        yield from steps


class LengthOf:
    """The length of a question with a window, in tokens, about."""

    def __call__(self, g: Group, window: ReadWindow) -> int:
        """Return it: a Vietnamese token has some 3.6 characters."""
        characters = len(g.question) + len(window.context) + len(window.text)
        return 8 + characters * 10 // 36


def group(example: Example, rng: random.Random) -> Group:
    """Return the windows of `example` to be compared: an answering one and hard negatives."""
    answering = [window for window in example.windows if window.span is not None]
    others = [w for w in example.windows[:_READ] if w.span is None and not w.doubtful]
    count = _NEGATIVES if answering else _NEGATIVES_OF_UNANSWERABLE
    chosen: list[ReadWindow] = rng.sample(answering[:2], 1) if answering else []
    rest: Sequence[ReadWindow] = others
    for _ in range(min(count, len(others))):
        place = 0 if rng.random() < _HARD else rng.randrange(len(rest))
        chosen.append(rest[place])
        rest = [*rest[:place], *rest[place + 1 :]]
    return Group(example.question, tuple(chosen))


def bases_of(folder: Path, split: Split) -> list[Examples]:
    """Return the prepared bases of a split."""
    bases = [load(path) for path in sorted(folder.glob("*.pickle"))]
    return [base for base in bases if base.split is split]
