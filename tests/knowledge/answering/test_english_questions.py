import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from embeddings import Encoder, Reader
from embeddings.english import is_english
from knowledge import Assistant, KnowledgeBase
from knowledge.answering.notices import NOT_FOUND, OFF_TOPIC, english_notice
from knowledge.conversation.conversation import Conversation
from knowledge.conversation.turn import Turn

DATA = Path(__file__).parents[2] / "data"
OPEN, CLOSED = (
    yaml.safe_load(DATA.joinpath(f"english_questions{half}.yaml").read_text(encoding="utf-8"))
    for half in ("", "_closed")
)


@pytest.fixture(scope="module")
def assistant(
    shipped_data: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, reader: Reader
) -> Iterator[Assistant]:
    """Answers from the shipped articles."""
    data_dir = shutil.copytree(shipped_data, tmp_path_factory.mktemp("english") / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as opened:
        yield opened.assistant()


def share_right(assistant: Assistant, questions: dict[str, list[dict[str, str] | str]]) -> float:
    right = [assistant.answer(question).refused for question in questions["refused"]]
    for case in questions["answered"]:
        answer = assistant.answer(case["ask"])
        right.append(not answer.refused and case["contains"] in answer.text)
    return sum(right) / len(right)


@pytest.mark.parametrize("questions", [OPEN, CLOSED], ids=["open", "closed"])
def test_most_are_answered_rightly(
    assistant: Assistant, questions: dict[str, list[dict[str, str] | str]]
) -> None:
    assert share_right(assistant, questions) >= 0.9


def test_an_answer_is_led_in_by_a_line_in_english(assistant: Assistant) -> None:
    answer = assistant.answer("When did Uncle Ho visit Lao Cai?")
    assert answer.english
    title = answer.citations[0].title
    assert answer.text.startswith(f"From “{title}” (in Vietnamese):\nBác Hồ thăm Lào Cai")


def test_an_english_question_stands_by_itself(assistant: Assistant) -> None:
    before = Turn.of("2 thạo là gì", assistant.answer("2 thạo là gì"))
    answer = Conversation(assistant).answer("Who signed Decision 828?", [before])
    assert answer.understood is None
    assert "Thủ tướng Chính phủ" in answer.text


def test_a_refusal_is_in_english(assistant: Assistant) -> None:
    answer = assistant.answer("What is the weather today?")
    assert answer.refused
    assert answer.notice in {english_notice((), NOT_FOUND), english_notice((), OFF_TOPIC)}
    assert answer.notice.isascii()


def test_a_vietnamese_question_is_answered_as_ever(assistant: Assistant) -> None:
    answer = assistant.answer("Bác Hồ thăm Lào Cai khi nào?")
    assert not answer.english
    assert answer.notice is None
    assert not is_english(answer.question)
