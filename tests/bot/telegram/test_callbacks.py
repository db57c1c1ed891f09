"""Buttons: what one says comes back from its callback data, and nothing else does."""

import importlib
import pkgutil
from dataclasses import fields
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

import bot.features
from bot.features.answer_log.buttons import ExportPress, GapsPress, Verdict, VotePress
from bot.features.asking.buttons import SuggestionPress
from bot.features.challenges.topic_choice import EVERYTHING, ChoosePress
from bot.features.documents.buttons import DraftAction, DraftPress, ListAction, ListPress
from bot.features.knowledge_versions.reload_handlers import UsePress
from bot.features.onboarding.leaderboard_handlers import LeaderboardPage
from bot.features.people.invitation_handlers import InvitePress
from bot.features.quizzes.buttons import (
    PathAction,
    PathPress,
    QuizAction,
    QuizPress,
    ReviewAction,
    ReviewPress,
)
from bot.features.sources.buttons import SourcesPress, TopicPress
from bot.limits import CALLBACK_DATA_BYTES
from bot.telegram.callbacks import Press, PressKindError, read_press
from bot.telegram.gate import JoinPress

for module in pkgutil.walk_packages(bot.features.__path__, "bot.features."):
    if module.name.rpartition(".")[2].endswith(("buttons", "handlers", "card", "choice")):
        importlib.import_module(module.name)


def kinds(base: type[Press] = Press) -> list[type[Press]]:
    """Every kind of button that the bot has."""
    found = [base] if base.kind and base.__module__.startswith("bot.") else []
    return found + [kind for one in base.__subclasses__() for kind in kinds(one)]


KINDS = kinds()
ANSWER_IDS = st.from_regex(r"[0-9A-HJKMNP-TV-Z]{7}", fullmatch=True)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """What a field of a press may be."""
    if hint is int:
        return st.integers(0, 36**6)
    if hint is str:
        return st.from_regex(r"[0-9A-Za-z_]{0,9}", fullmatch=True)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    (inner,) = (part for part in get_args(hint) if part not in {NoneType, Ellipsis})
    if NoneType in get_args(hint):
        return st.none() | values(inner).filter(lambda value: value != "")
    return st.lists(values(inner), min_size=1, max_size=3).map(tuple)


@settings(deadline=None, max_examples=25)
@given(drawn=st.data())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_button_says_what_was_put_into_it(kind: type[Press], drawn: st.DataObject) -> None:
    hints = get_type_hints(kind)
    said = {
        field.name: drawn.draw(
            ANSWER_IDS if field.name == "answer_id" else values(hints[field.name])
        )
        for field in fields(kind)
    }
    try:
        press = kind(**said)
    except ValueError:  # the class itself rules it out
        reject()
    data = press.data
    assert len(data.encode()) <= CALLBACK_DATA_BYTES
    assert kind.read(data) == read_press(data) == press
    assert kind.pattern().match(data)
    assert [other for other in KINDS if other.pattern().match(data)] == [kind]
    assert press.button("Nhãn").callback_data == data


@given(st.text() | st.from_regex(r"[a-z]{1,5}(:[0-9a-zA-Z_,]{0,9}){0,4}", fullmatch=True))
@example("ln:rt:h:")
@example("ln:rt:")
@example("pl:01:0")
@example("pl:1:0\n")
@example("v:0000000:u:")
@example("s:")
@example("join:")
def test_what_no_button_says_is_nothing(data: str) -> None:
    press = read_press(data)
    assert press is None or press.data == data
    assert all(kind.read(data) in {None, press} for kind in KINDS)


@pytest.mark.parametrize("data", [None, 7, b"join", "", ":", "v", "s:" + "0" * 63, "v:ILOU000:u"])
def test_odd_data_is_nothing(data: object) -> None:
    assert read_press(data) is None


@pytest.mark.parametrize(
    ("data", "press"),
    [
        ("v:0000ABC:u", VotePress("0000ABC", Verdict.UP)),
        ("v:0000ABC:x", VotePress("0000ABC", Verdict.SKIP)),
        ("s:00000000000000aa,00000000000000bb",
         SourcesPress(("00000000000000aa", "00000000000000bb"))),
        ("t:00000000000000aa", TopicPress("00000000000000aa")),
        ("q:ngay", SuggestionPress("ngay")),
        ("join", JoinPress()),
        ("ln:rs:h", PathPress(1000, PathAction.HOME)),
        ("ln:rs:q:cong_van", PathPress(1000, PathAction.QUIZ, "cong_van")),
        ("ln:rs:r:0", PathPress(1000, PathAction.REMINDERS, "0")),
        ("qz:rs:c", QuizPress(1000, QuizAction.CONTINUE)),
        ("qz:rs:t:cong_van", QuizPress(1000, QuizAction.PRACTISE, "cong_van")),
        ("rv:rs:k:0000abc", ReviewPress(1000, ReviewAction.KEEP, "0000abc")),
        ("rv:rs:r:12:3", ReviewPress(1000, ReviewAction.RATE, "12", 3)),
        ("du:0123456789ab:k", DraftPress("0123456789ab", DraftAction.KEEP)),
        ("dd:rs:v:D7:2", ListPress(1000, ListAction.VIEW, "D7", 2)),
        ("dd:rs:l::2", ListPress(1000, ListAction.PAGE, "", 2)),
        ("ch:rs:", ChoosePress(1000, EVERYTHING)),
        ("lbp:rs:", LeaderboardPage(1000, None)),
        ("in:rs", InvitePress(1000)),
    ],
)  # fmt: skip
def test_buttons_sent_by_earlier_versions_still_say_the_same(data: str, press: Press) -> None:
    assert read_press(data) == press
    assert press.data == data


def test_a_gap_marked_and_unmarked_fits() -> None:
    for press in (GapsPress(999, 99, handled="0000ABC"), GapsPress(7, 0, reopened=10**16)):
        assert read_press(press.data) == press


@pytest.mark.parametrize(
    "make",
    [
        lambda: UsePress("v" * CALLBACK_DATA_BYTES).data,
        lambda: UsePress("../etc").data,
        lambda: SourcesPress(()).data,
        lambda: InvitePress(-1).data,
        lambda: InvitePress(1, days=2),
        lambda: ExportPress(0),
        lambda: VotePress("ILOU000", Verdict.UP),
        lambda: ListPress(1, ListAction.VIEW, "", 1),
    ],
)
def test_what_could_not_be_read_is_never_written(make: Any) -> None:
    with pytest.raises(ValueError, match=r"must"):
        make()


def test_no_two_kinds_can_be_taken_for_each_other() -> None:
    for kind in ("v", "v:use", "V"):  # taken, and such as could be taken for others
        with pytest.raises(PressKindError, match=kind):
            type("Other", (Press,), {"__annotations__": {}}, kind=kind)
    names = [kind.kind for kind in KINDS]
    assert len(names) == len(set(names))


def test_a_field_that_cannot_be_written_is_no_field() -> None:
    with pytest.raises(PressKindError, match="float"):
        type("Other", (Press,), {"__annotations__": {"share": float}}, kind="other")
