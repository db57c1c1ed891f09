"""Messages with several questions, and single ones that only look like it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from embeddings.vietnamese import fold, nfc, syllables
from knowledge.conversation.splitting import MOST_PARTS, split
from tests.knowledge.conversation.test_intent_recogniser import golden_questions

DIALOGUES = Path(__file__).parents[2] / "data" / "dialogues"
FLOORS = {"open": 1.0, "closed": 0.75}
LEAST_WHOLE = 0.97
"""Of single questions that look like several, the share that stays whole."""


def spelled(parts: tuple[str, ...] | list[str]) -> list[list[str]]:
    return [syllables(part) for part in parts]


@pytest.mark.parametrize("half", ["open", "closed"])
def test_messages_are_taken_apart(half: str) -> None:
    """Only shares are told: nobody may learn from the messages of the closed half."""
    content = yaml.safe_load((DIALOGUES / f"several_{half}.yaml").read_text(encoding="utf-8"))
    messages = content["messages"]
    right = sum(spelled(split(one["ask"])) == spelled(one["parts"]) for one in messages)
    whole = sum(len(split(text)) == 1 for text in content["single"])
    assert right >= FLOORS[half] * len(messages), f"{right} of {len(messages)}"
    assert whole >= LEAST_WHOLE * len(content["single"]), f"{whole} of {len(content['single'])}"


@pytest.mark.parametrize("typed", [nfc, fold])
def test_a_single_question_stays_whole(typed: Callable[[str], str]) -> None:
    asked = [typed(question) for question in golden_questions()]
    apart = [question for question in asked if len(split(question)) > 1]
    assert len(apart) <= 0.005 * len(asked), apart


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("2 thạo là gì", 1),
        ("khoản 2 điều 3 là gì", 1),
        ("\n- 2 thạo là gì\n\n- 3 đúng là gì\n", 2),
        ("thứ nhất, ai ký? thứ hai, ký ngày nào? thứ ba, ký ở đâu?", 3),
        ("2 thạo là gì? Cảm ơn bạn nhiều!", 1),
        ("chào bạn, 2 thạo là gì", 1),
        ("Ai nói “ai ký, ký ngày nào, ký ở đâu” trong cuộc họp?", 1),
        ("không có giấy tờ gì, có được nhận việc không", 1),
        ("(1) ai ký (2) ký ngày nào", 2),
        ("câu 1 nghỉ phép mấy ngày câu 2 ai duyệt nghỉ phép", 2),
        ("một là ai ký quyết định, hai là ký ngày nào", 2),
        ("2 thạo là gì 3 đúng là gì", 2),
        ("Nghỉ phép mấy ngày. Ai duyệt nghỉ phép.", 2),
        ("nghỉ phép mấy ngày, tiện thể cho hỏi ai duyệt nghỉ", 2),
        ("chưa làm bao giờ, có khó không", 1),
        ("ai cũng biết, sao em không biết", 1),
        ("", 1),
        ("?;?", 1),
    ],
)
def test_examples(message: str, parts: int) -> None:
    assert len(split(message)) == parts


def test_there_are_so_many_parts_at_most() -> None:
    message = " ".join(f"điều {number} nói gì?" for number in range(1, 9))
    parts = split(message)
    assert len(parts) == MOST_PARTS
    assert "điều 8 nói gì" in parts[-1]


@given(st.text(st.sampled_from("ai gì? 1.2)\n-;, và\u0323 còn đâu"), max_size=300))
def test_no_word_of_a_split_message_is_made_up(message: str) -> None:
    parts = split(message)
    assert 1 <= len(parts) <= MOST_PARTS
    said = syllables(message)
    assert all(syllable in said for part in parts for syllable in syllables(part))
