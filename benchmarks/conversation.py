"""`python -m benchmarks.conversation FILE…`: holds scripted dialogues, writes CONVERSATION.md.

Each is held as typed, without diacritics, and with the turns withheld, which is what a search box
would answer. Of the files only numbers are shown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import SHIPPED
from benchmarks.measurement import percentile
from embeddings import PACKAGED_MODEL, load_encoder, load_reader
from embeddings.vietnamese import fold
from knowledge import KnowledgeBase
from knowledge.conversation.conversation import Conversation
from knowledge.evaluation.dialogues import WHOLE, read_dialogues

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knowledge.evaluation.dialogues import Dialogue

DIALOGUES = Path(__file__).parents[1] / "tests" / "data" / "dialogues"
RESULTS = Path(__file__).with_name("CONVERSATION.md")


@dataclass(slots=True)
class Score:
    """How many answers were right, of how many, by the kind of the message."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def shown(self, kind: str) -> str:
        """Return "12 / 13" of one kind."""
        return f"{self.right[kind]} / {self.asked[kind]}"

    @property
    def follow_ups(self) -> tuple[int, int]:
        """How many messages but the first of each dialogue were answered right, of how many."""
        return tuple(  # type: ignore[return-value]
            sum(count for kind, count in counted.items() if kind != WHOLE)
            for counted in (self.right, self.asked)
        )


def score(
    dialogues: Sequence[Dialogue],
    conversations: Mapping[str, Conversation],
    *,
    typed: Callable[[str], str] = str,
    withheld: bool = False,
) -> Score:
    """Hold the dialogues over the bases of their names; see `Dialogue.held`."""
    found = Score()
    for dialogue in dialogues:
        held = dialogue.held(conversations[dialogue.base], typed=typed, withheld=withheld)
        for scripted, _, answer in held:
            found.asked[scripted.kind] += 1
            found.right[scripted.kind] += scripted.is_right(answer)
    return found


def main(arguments: list[str]) -> None:
    """Measure, print the page and keep it beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        default=[DIALOGUES / f"{name}.yaml" for name in ("open", "closed", "fresh")],
    )
    parser.add_argument("--models", type=Path, help="where the packaged model is prepared")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        models = options.models or folder
        encoder = load_encoder(PACKAGED_MODEL, models)
        reader = load_reader(encoder, models)
        conversations = {}
        for name, articles in {"invented": DIALOGUES / "articles", "shipped": SHIPPED}.items():
            base = stack.enter_context(KnowledgeBase(folder / name, encoder, reader=reader))
            base.reload(articles)
            conversations[name] = Conversation(base.assistant())
        sets = {file.stem: read_dialogues(file) for file in options.files}
        page = _page(sets, conversations)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")


def _page(sets: Mapping[str, Sequence[Dialogue]], conversations: Mapping[str, Conversation]) -> str:
    lines = [
        "# Conversation",
        "",
        "Scripted dialogues: how many messages are answered right, by how they depend on the turns",
        "before. `open` and `closed` are looked at and the choice of readings is fitted to them;",
        "`fresh`, by another author, is read by nobody who makes it and only counted: 87 of 106",
        "when it was new (`closed`, before it was opened: 83 of 106). Of the messages that can be",
        "read in several ways, golden questions after another one among them, 442 of 497 are",
        "decided right by weights fitted to the other dialogues (8 folds, whole dialogues).",
        "`python -m benchmarks.conversation tests/data/dialogues/{open,closed,fresh}.yaml`",
    ]
    for name, dialogues in sets.items():
        scores = {
            "as typed": score(dialogues, conversations),
            "without diacritics": score(dialogues, conversations, typed=fold),
            "turns withheld": score(dialogues, conversations, withheld=True),
        }
        lines += ["", f"## {name} ({len(dialogues)} dialogues)", ""]
        lines += [f"| kind | {' | '.join(scores)} |", "|---|" + "---|" * len(scores)]
        lines += [
            f"| {kind} | {' | '.join(one.shown(kind) for one in scores.values())} |"
            for kind in scores["as typed"].asked
        ]
        every = [one.follow_ups for one in scores.values()]
        shares = " | ".join(f"{right} / {asked} = {right / asked:.0%}" for right, asked in every)
        lines.append(f"| **follow-ups** | {shares} |")
    lines += ["", *_latency(next(iter(sets.values())), conversations)]
    return "\n".join(lines) + "\n"


def _latency(dialogues: Sequence[Dialogue], conversations: Mapping[str, Conversation]) -> list[str]:
    """Return what a message takes: whole questions alone and after a turn, and follow-ups."""
    taken: dict[str, list[float]] = {"alone": [], "after": [], "follow-up": []}
    for dialogue in dialogues:
        conversation = conversations[dialogue.base]
        for scripted, turns, _ in dialogue.held(conversation):
            _, message = conversation.read(scripted.ask, turns)
            kinds = ["alone", "after"] if message.stands_alone else ["follow-up"]
            for kind in kinds:
                begun = time.perf_counter()
                conversation.answer(scripted.ask, [] if kind == "alone" else turns)
                taken[kind].append((time.perf_counter() - begun) * 1000)
    alone, after, follow_up = (percentile(times, 0.5) for times in taken.values())
    return [
        f"A whole question takes {alone:.0f} ms (p50) alone and {after:.0f} ms after other turns,",
        f"a message that may depend on them {follow_up:.0f} ms.",
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
