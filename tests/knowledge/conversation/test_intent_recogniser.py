"""The recogniser against messages that people may write, half of them never looked at."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from embeddings import Encoder
from embeddings.vietnamese import fold, nfc
from knowledge.conversation.intent import Intent
from knowledge.conversation.intent_features import MOST_CHARACTERS
from knowledge.conversation.intent_recogniser import WEIGHTS_FILE, intent_recogniser
from tests.knowledge.counting_encoder import CountingEncoder

DATA = Path(__file__).parents[2] / "data"
TRAINING = Path(__file__).parents[3] / "training" / "data"
LOOKED_UP = {Intent.QUESTION, Intent.TOPIC}
FLOORS = {"open": 0.99, "closed": 0.95}
"""Shares recognised at least; the open half is trained on, the closed one never looked at."""
MOST_ASKED = 0.2
"""Of messages, the share of which the encoder may be asked: the others cost it nothing."""
MOST_MISTAKEN = 0.005
"""Of real questions, the share that may be taken for small talk."""


@pytest.fixture(params=["words", "vectors"])
def recognise(request: pytest.FixtureRequest) -> Callable[[str], Intent]:
    recogniser = intent_recogniser()
    if request.param == "vectors":
        recogniser = recogniser.with_encoder(request.getfixturevalue("encoder"))
    return recogniser.recognise


def golden_questions() -> Iterator[str]:
    for file in (*DATA.glob("golden/*.yaml"), *DATA.glob("golden_*.yaml")):
        if "closed" in file.stem:
            continue
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        answered = (one["ask"] for one in content.get("answered", ()))
        for asked in (*answered, *content.get("refused", ())):
            yield from asked if isinstance(asked, list) else [asked]


def documents_questions() -> Iterator[str]:
    """Those of documents that the recogniser was not trained on: every ninth."""
    for file in sorted(TRAINING.glob("office-qa/*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if int(document["id"].split("-")[1]) % 9 == 0:
                yield from (asked["q"] for asked in document["qas"])


@pytest.mark.parametrize("half", ["open", "closed"])
def test_what_people_mean_is_recognised(half: str, recognise: Callable[[str], Intent]) -> None:
    """Only shares are told of the closed half: nobody may learn from its messages."""
    file = DATA / f"intents_{half}.yaml"
    if not file.exists():
        pytest.skip("not written yet")
    meant = yaml.safe_load(file.read_text(encoding="utf-8"))
    pairs = [(Intent(name), recognise(text)) for name, texts in meant.items() for text in texts]
    right = sum(intent is found for intent, found in pairs) / len(pairs)
    assert right >= FLOORS[half], f"{right:.3f} of {len(pairs)} recognised"


@pytest.mark.parametrize("typed", [nfc, fold])
@pytest.mark.parametrize("questions", [golden_questions, documents_questions])
def test_real_questions_are_not_taken_for_small_talk(
    questions: Callable[[], Iterator[str]],
    typed: Callable[[str], str],
    recognise: Callable[[str], Intent],
) -> None:
    asked = [typed(question) for question in questions()]
    mistaken = [question for question in asked if recognise(question) not in LOOKED_UP]
    assert len(asked) > 500
    assert len(mistaken) <= MOST_MISTAKEN * len(asked), mistaken


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("👍", Intent.EMOJI_ONLY),
        ("🪿🪿", Intent.EMOJI_ONLY),
        ("CẢM ƠN TRỢ LÝ", Intent.THANKS),
        ("camr ơn nhieeuf", Intent.THANKS),
        ("nguồn kinh phí lấy ở đâu", Intent.QUESTION),
        ("nguồn đâu", Intent.SOURCE),
        ("cảm ơn em, thế ai ký quyết định 828", Intent.QUESTION),
        ("ai ký?", Intent.QUESTION),
        ("xin chào " * MOST_CHARACTERS, Intent.QUESTION),
    ],
)
def test_examples(text: str, intent: Intent, recognise: Callable[[str], Intent]) -> None:
    assert recognise(text) is intent


@given(st.text(max_size=400))
def test_any_text_is_meant_as_something(text: str) -> None:
    assert isinstance(intent_recogniser().recognise(text), Intent)


def test_the_encoder_is_only_asked_in_doubt(encoder: Encoder) -> None:
    counting = CountingEncoder(encoder)
    recogniser = intent_recogniser().with_encoder(counting)
    asked = list(golden_questions())
    for question in asked:
        recogniser.recognise(question)
        recogniser.recognise(fold(question))  # whose vector would mislead
    assert 0 < len(counting.queries) <= MOST_ASKED * len(asked)


def test_another_model_is_not_asked(encoder: Encoder) -> None:
    recogniser = intent_recogniser()
    assert recogniser.with_encoder(CountingEncoder(encoder, model_id="other@1")) is recogniser


def test_the_weights_are_small() -> None:
    assert WEIGHTS_FILE.stat().st_size <= 500_000
