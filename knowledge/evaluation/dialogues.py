"""Scripted dialogues: what is asked turn by turn, and what each answer must show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from knowledge.conversation.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from knowledge.answering.answer import Answer
    from knowledge.conversation.conversation import Conversation

WHOLE = "whole"
"""The kind of a dialogue's first turn, which stands by itself."""
MOST_TURNS = 4
"""Turns that a bot remembers."""


@dataclass(frozen=True, slots=True)
class ScriptedTurn:
    """A message, how it depends on those before, and its answer.

    One of `right` must stand in the answer and nothing of `wrong`; without `right` it must be
    refused.
    """

    ask: str
    kind: str = WHOLE
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    def is_right(self, answer: Answer) -> bool:
        """Tell whether `answer` is what it must be."""
        if answer.refused or not self.right:
            return answer.refused and not self.right
        shown = answer.text
        return any(text in shown for text in self.right) and not any(
            text in shown for text in self.wrong
        )


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns over one base of articles, by its name."""

    base: str
    turns: tuple[ScriptedTurn, ...]

    def held(
        self,
        conversation: Conversation,
        *,
        typed: Callable[[str], str] = str,
        withheld: bool = False,
    ) -> Iterator[tuple[ScriptedTurn, list[Turn], Answer]]:
        """Hold the dialogue: yield each turn with those before it and its answer.

        `typed` tells how each message is typed; `withheld` answers it as if nothing had been said.
        """
        turns: list[Turn] = []
        for scripted in self.turns:
            asked = typed(scripted.ask)
            answer = conversation.answer(asked, [] if withheld else turns)
            yield scripted, turns, answer
            turns = [*turns, Turn.of(asked, answer)][-MOST_TURNS:]


def read_dialogues(file: Path) -> list[Dialogue]:
    """Return the dialogues of a YAML file; tests/data/dialogues/open.yaml tells its form."""
    return [
        Dialogue(entry["base"], tuple(map(_turn, entry["turns"])))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def _turn(entry: Mapping[str, Any]) -> ScriptedTurn:
    return ScriptedTurn(
        entry["ask"],
        entry.get("kind", WHOLE),
        tuple(entry.get("right", ())),
        tuple(entry.get("wrong", ())),
    )
