"""What was measured at one size."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, in MB (2^20 bytes).

    `resident` counts pages of mapped files as well, `proportional` (PSS) shares those among the
    processes that map them, `unique` (USS) is what would be free without the process.
    """

    resident: float
    proportional: float
    unique: float


@dataclass(frozen=True, slots=True)
class Built:
    """A build from nothing with prepared vectors: seconds, MB at its peak, MB on disk.

    `texts` were to be embedded, of which the model would do `texts_a_second`.
    """

    documents: int
    chunks: int
    seconds: float
    peak_memory: float
    disk: float
    texts: int
    texts_a_second: float
    made: bool
    """Whether vectors were made instead of embedded."""

    @property
    def with_embedding(self) -> float:
        """The seconds that the build would take with every text embedded."""
        return self.seconds + (self.texts / self.texts_a_second if self.made else 0.0)


@dataclass(frozen=True, slots=True)
class Opened:
    """Opening a base until it answers: seconds, memory after answering, p50 and p95 in ms.

    Memory before, with the models loaded and nothing open, is `models`.
    """

    seconds: float
    models: Memory
    memory: Memory
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Reloaded:
    """Seconds from /reload, one article changed, until the answer shows the change.

    `first` is the first time after the bot's start, `again` the median of later ones, `again_cpu`
    what these took of the processors; `unchanged` is where nothing had changed, until the bot said
    so.
    """

    first: float
    again: float
    again_cpu: float
    unchanged: float


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a base with `made` documents beside the shipped articles.

    `chroma` is Chroma alone over its vectors.
    """

    made: int
    built: Built
    opened: Opened
    chroma: Opened
    reloaded: Reloaded

    @property
    def documents(self) -> int:
        """How many documents there are, the shipped ones included."""
        return self.built.documents

    @property
    def chunks(self) -> int:
        """How many passages they have."""
        return self.built.chunks


def write(figures: Built | Opened | Reloaded, file: Path) -> None:
    """Write figures as JSON."""
    file.write_text(json.dumps(dataclasses.asdict(figures)), encoding="utf-8")


def read_built(file: Path) -> Built:
    """Read the figures of a build."""
    return Built(**json.loads(file.read_text(encoding="utf-8")))


def read_opened(file: Path) -> Opened:
    """Read the figures of an opening."""
    fields = json.loads(file.read_text(encoding="utf-8"))
    models, memory = Memory(**fields.pop("models")), Memory(**fields.pop("memory"))
    return Opened(models=models, memory=memory, **fields)


def read_reloaded(file: Path) -> Reloaded:
    """Read the figures of reloads."""
    return Reloaded(**json.loads(file.read_text(encoding="utf-8")))
