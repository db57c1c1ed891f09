"""What a training step sees."""

from pathlib import Path

import pytest

from tests.knowledge.seeded import seeded
from tests.training.made_examples import answered, made, unanswered, window
from training.documents import Split
from training.examples import Example, save
from training.sampling import Group, LengthOf, Sampler, bases_of, group

MANY = Example(
    "Câu nào?", "what", answerable=True,
    windows=(
        window("Ngờ một.", doubtful=True),
        *(window(f"Sai {n}.") for n in range(5)),
        *(window(f"Đúng {n}.", "Đúng") for n in range(3)),
        window("Ngờ hai.", doubtful=True),
        window("Ngoài tầm.")
    ),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_the_first_window_answers_if_one_does_and_the_others_do_not(seed: int) -> None:
    first, *others = group(MANY, seeded(seed)).windows
    assert first.text in {"Đúng 0.", "Đúng 1."}
    assert len({w.text for w in others}) == 3
    assert all(w.span is None and not w.doubtful for w in others)
    assert "Ngoài tầm." not in {w.text for w in others}
    without = group(unanswered(), seeded(seed)).windows
    assert len({w.text for w in without}) == 4
    assert all(w.span is None for w in without)


@pytest.fixture
def sampler(tmp_path: Path) -> Sampler:
    save(made(), tmp_path / "b01.pickle")
    save(made(unanswered(), split=Split.FIT), tmp_path / "b02.pickle")
    sampler = Sampler(tmp_path, 0)
    sampler.refresh()
    return sampler


def drawn(sampler: Sampler, count: int) -> list[str]:
    return sorted(sampler.draw().question for _ in range(count))


def test_each_question_is_drawn_once_a_round(sampler: Sampler) -> None:
    every = sorted(example.question for example in made().examples)
    assert drawn(sampler, 5) == drawn(sampler, 5) == every


def test_new_bases_are_taken_in_once(sampler: Sampler, tmp_path: Path) -> None:
    every = drawn(sampler, 5)
    sampler.refresh()
    assert drawn(sampler, 5) == every
    save(made(MANY), tmp_path / "b03.pickle")
    sampler.refresh()
    sampler.refresh()
    assert drawn(sampler, 1) == ["Câu nào?"]
    assert drawn(sampler, 6) == sorted([*every, "Câu nào?"])


@pytest.mark.parametrize("tokens", [1, 200, 400, 10_000])
def test_steps_hold_all_groups_within_their_tokens(sampler: Sampler, tokens: int) -> None:
    length = LengthOf()
    steps = list(sampler.steps(20, tokens, length))
    assert sum(map(len, steps)) == 20
    for step in steps:
        longest = max(length(g, w) for g in step for w in g.windows)
        assert len(step) == 1 or sum(len(g.windows) for g in step) * longest <= tokens
    assert (len(steps) == 20) == (tokens == 1)
    assert (len(steps) == 1) == (tokens == 10_000)


def test_a_question_with_doubtful_windows_alone_teaches_nothing(tmp_path: Path) -> None:
    doubtful = Example("Gì?", "what", answerable=True, windows=(window("Ngờ.", doubtful=True),))
    save(made(doubtful, *answered()), tmp_path / "b01.pickle")
    sampler = Sampler(tmp_path, 0)
    sampler.refresh()
    (step,) = sampler.steps(5, 10_000, LengthOf())
    assert {g.question for g in step} == {e.question for e in answered()}


def test_a_longer_window_has_more_tokens() -> None:
    g = Group("Câu nào?", ())
    assert LengthOf()(g, window("a" * 36)) == LengthOf()(g, window("")) + 10


def test_only_the_bases_of_a_split_are_bases_of(sampler: Sampler, tmp_path: Path) -> None:
    assert [e.examples for e in bases_of(tmp_path, Split.FIT)] == [(unanswered(),)]
    assert bases_of(tmp_path, Split.DEV) == []
