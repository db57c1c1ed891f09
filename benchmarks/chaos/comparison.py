"""The ledger beside what is there: the chats, the database, the documents, the index."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING

from benchmarks.chaos.people import BANK, Admin, Editor, Pupil
from knowledge.documents.store import DocumentStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.chaos.office import Office
    from benchmarks.chaos.people import Person


@dataclass
class Tally:
    """What was taken, and how much of it was lost or came twice; `faults` say what, in words."""

    kills: int = 0
    questions: int = 0
    votes: int = 0
    poll_answers: int = 0
    uploads: int = 0
    reloads: int = 0
    exams: int = 0
    given_up: int = 0
    """Uploads that the bot read five times without living to the end, and said so."""
    lost: int = 0
    doubled: int = 0
    sent_again: int = 0
    """Messages that had left at the moment of a kill, and were sent once more."""
    starts: list[float] = field(default_factory=list)
    """Seconds from the start of the process until it asked for updates."""
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    def json(self) -> str:
        """Return it as a line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def compare(office: Office, people: Sequence[Person], tally: Tally) -> None:
    """Add to `tally` what the people did, and what came of it; the bot has settled."""
    for person in people:
        _answers(office, person, tally)
        if isinstance(person, Pupil):
            _quizzes(office, person, tally)
        elif isinstance(person, Admin):
            tally.reloads += person.ledger.reloads
    _documents(office, [each for each in people if isinstance(each, Editor)], tally)
    log = office.log.read_text("utf-8", errors="replace")
    for event in ("update_failed", "update_set_aside", "Traceback", "upkeep_failed"):
        if event in log:
            tally.faults.append(f"{event} × {log.count(event)} in the bot's log")


def _answers(office: Office, person: Person, tally: Tally) -> None:
    ledger, shown = person.ledger, person.answers()
    tally.questions += len(ledger.questions)
    tally.votes += len(ledger.votes)
    kept = office.ask("SELECT id, question FROM answers WHERE person_id = ?", person.user_id)
    _count(tally, f"{person.user_id}: recorded", ledger.questions, [each[1] for each in kept])
    ids = Counter(each[0] for each in kept)
    _count(tally, f"{person.user_id}: shown", ids.elements(), shown)
    tally.sent_again += sum(len(messages) - 1 for messages in shown.values())
    votes = office.ask("SELECT answer_id, vote FROM feedback WHERE person_id = ?", person.user_id)
    _count(tally, f"{person.user_id}: votes", ledger.votes.items(), votes)


def _quizzes(office: Office, person: Pupil, tally: Tally) -> None:
    tally.poll_answers += len(person.ledger.chosen)
    rows = office.ask(
        "SELECT question_id, chosen FROM quiz_attempts "
        "WHERE state = 'answered' AND person_id = ? ORDER BY id",
        person.user_id,
    )
    by_id = {question.question_id: question for question in BANK.values()}
    stored = []
    for question_id, chosen in rows:
        question = by_id[str(question_id)]
        options = frozenset(question.options[index] for index in json.loads(str(chosen)))
        stored.append((question.text, options))
    tally.sent_again += person.asked_again()
    left, wanted = Counter(stored), []
    for text, ways in person.ledger.chosen:
        taken = next((way for way in ways if left[text, way]), ways[0])
        left[text, taken] -= 1
        wanted.append((text, taken))
    _count(tally, f"{person.user_id}: quiz answers", wanted, stored)


def _documents(office: Office, editors: Sequence[Editor], tally: Tally) -> None:
    given_up = [name for editor in editors for name in editor.ledger.given_up_files]
    sent = [name for editor in editors for name in editor.ledger.sent_files]
    kept = [name for editor in editors for name in editor.ledger.kept_files]
    stored = [each.name for each in DocumentStore(office.data_dir).documents()]
    drafts = [
        json.loads(file.read_text("utf-8"))["name"]
        for file in office.data_dir.glob("documents/pending/*/draft.json")
    ]
    tally.uploads += len(sent)
    tally.given_up += len(given_up)
    sent = [name for name in sent if name not in given_up]
    _count(tally, "documents stored", kept, stored)
    _count(tally, "documents read or stored", sent, [*stored, *drafts])


def _count(tally: Tally, what: str, wanted: Iterable[object], found: Iterable[object]) -> None:
    """Count what is wanted and not found, and what is found and not wanted."""
    missing, more = Counter([*wanted]), Counter([*found])
    missing.subtract(more)
    lost = sum(count for count in missing.values() if count > 0)
    doubled = -sum(count for count in missing.values() if count < 0)
    tally.lost += lost
    tally.doubled += doubled
    if lost or doubled:
        odd = {str(key): count for key, count in missing.items() if count}
        tally.faults.append(f"{what}: {odd}")
