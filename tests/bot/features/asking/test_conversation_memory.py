import datetime as dt

from bot.features.asking.conversation_memory import (
    FORGOTTEN_AFTER,
    MOST_CONVERSATIONS,
    MOST_TURNS,
    ConversationMemory,
    Place,
)
from knowledge import Answer
from knowledge.conversation.turn import Turn

HERE = Place(1, None, 1)


class Watch:
    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


def turn(question: str) -> Turn:
    answer = Answer(
        question=question,
        sentences=(),
        notice=None,
        refused=True,
        confidence=0.0,
        restored_question=None,
        kb_version="v1",
        latency_ms=1.0,
    )
    return Turn(question, answer)


def asked(memory: ConversationMemory, place: Place = HERE) -> list[str]:
    return [one.question for one in memory.turns(place)]


def test_the_last_turns_of_a_place_are_remembered() -> None:
    memory = ConversationMemory(Watch())
    for number in range(MOST_TURNS + 2):
        memory.add(HERE, turn(str(number)))
    assert asked(memory) == [str(n) for n in range(2, MOST_TURNS + 2)]
    for other in (Place(1, 7, 1), Place(1, None, 2), Place(2, None, 1)):
        assert asked(memory, other) == []


def test_they_are_forgotten_after_a_while_and_by_wish() -> None:
    watch = Watch()
    memory = ConversationMemory(watch)
    memory.add(HERE, turn("a"))
    watch.now += FORGOTTEN_AFTER
    assert asked(memory) == ["a"]
    watch.now += dt.timedelta(seconds=1)
    assert asked(memory) == []
    memory.add(HERE, turn("b"))
    assert asked(memory) == ["b"]
    watch.now -= dt.timedelta(seconds=1)  # a clock that is put right
    assert asked(memory) == ["b"]
    watch.now -= dt.timedelta(hours=1)
    assert asked(memory) == []
    memory.forget(HERE)
    assert asked(memory) == []


async def test_a_person_sees_and_erases_their_own_only() -> None:
    memory = ConversationMemory(Watch())
    memory.add(HERE, turn("mine"))
    memory.add(Place(1, None, 2), turn("theirs"))
    assert await memory.export(1) == ["mine"]
    await memory.erase(1)
    assert (asked(memory), asked(memory, Place(1, None, 2))) == ([], ["theirs"])


def test_memory_is_bounded() -> None:
    memory = ConversationMemory(Watch())
    for person in range(MOST_CONVERSATIONS + 1):
        memory.add(Place(1, None, person), turn("x"))
    assert asked(memory, Place(1, None, 0)) == []
    assert asked(memory, Place(1, None, MOST_CONVERSATIONS)) == ["x"]
