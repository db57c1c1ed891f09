"""The golden questions, as far as a benchmark of generated answers needs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).parents[2] / "tests" / "data" / "golden"


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question and the texts that its answer must hold, one of each group; none: a refusal."""

    text: str
    contains: tuple[tuple[str, ...], ...] = ()


def golden_questions() -> list[GoldenQuestion]:
    """Return those of tests/data/golden in their order."""
    files = sorted(_FOLDER.glob("*.yaml"))
    return [one for f in files for one in _questions(yaml.safe_load(f.read_text("utf-8")))]


def _questions(golden: dict[str, Any]) -> Iterator[GoldenQuestion]:
    for entry in golden.get("answered", []):
        contains = tuple(tuple(_several(group)) for group in _several(entry["contains"]))
        for question in _several(entry["ask"]):
            yield GoldenQuestion(question, contains)
    for question in golden.get("refused", []):
        yield GoldenQuestion(question)


def _several(value: Any) -> list[Any]:  # noqa: ANN401 -- as YAML gives it
    return value if isinstance(value, list) else [value]
