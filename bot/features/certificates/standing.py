"""What the learning path tells about somebody who asks for a certificate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PathStanding:
    """How far somebody is: `score` 0–1 over the whole path, `topics` passed and `missing`: titles.

    Somebody who never began the path is not complete, and misses every topic.
    """

    complete: bool
    score: float
    topics: tuple[str, ...]
    missing: tuple[str, ...] = ()
