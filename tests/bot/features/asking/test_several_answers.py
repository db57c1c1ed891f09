import pytest

from bot.features.answer_log import texts as log_texts
from bot.features.asking import texts
from bot.features.forwarded_questions import texts as forwarding
from bot.features.sources import texts as source_texts
from knowledge.answering.assistant import OFF_TOPIC
from tests.bot.cli.test_command_line import json_lines
from tests.bot.conftest import Telegram, Vanphong, messages, types_in

TWO = "1. 2 thạo là gì? 2. 3 đúng là gì?"


async def test_each_question_is_answered_as_it_is_alone(telegram: Telegram) -> None:
    (both,) = messages(await telegram.sends(TWO))
    heads = ["<b>1. 2 thạo là gì?</b>", "<b>2. 3 đúng là gì?</b>"]
    places = [both.text.index(head) for head in heads]
    for question, start, end in zip(
        ("2 thạo là gì?", "3 đúng là gì?"), places, [places[1], None], strict=True
    ):
        (alone,) = messages(await telegram.sends(question))
        assert alone.text in both.text[start:end]


async def test_each_has_its_source_and_its_votes(telegram: Telegram) -> None:
    (both,) = messages(await telegram.sends(TWO))
    labels = list(both.buttons)
    assert labels == [
        f"{number}. {label}"
        for number in (1, 2)
        for label in (source_texts.SOURCE_BUTTON, log_texts.UP_BUTTON, log_texts.DOWN_BUTTON)
    ]
    ids = {data.split(":")[1] for label, data in both.buttons.items() if "👍" in label}
    assert len(ids) == 2
    acknowledged, *_ = await telegram.presses(both.buttons[f"2. {log_texts.UP_BUTTON}"])
    assert acknowledged.parameters["text"].startswith("Cảm ơn")


async def test_a_refused_part_offers_no_topics_of_its_own(telegram: Telegram) -> None:
    (both,) = messages(await telegram.sends("2 thạo là gì? giá vàng hôm nay bao nhiêu?"))
    assert OFF_TOPIC in both.text
    assert f"2. {forwarding.FORWARD_BUTTON}" in both.buttons
    assert source_texts.NEAREST_TOPICS not in both.text
    assert not any(data.startswith("t:") for data in both.buttons.values())


async def test_the_last_answer_is_the_last_parts(telegram: Telegram) -> None:
    await telegram.sends(TWO)
    (source,) = messages(await telegram.sends("nguồn đâu"))
    assert "đúng thẩm quyền" in source.text
    (complaint,) = messages(await telegram.sends("sai rồi"))
    assert complaint.text == texts.COMPLAINT_ON_ANSWER


@pytest.mark.usefixtures("fresh_logging", "nothing_set")
def test_the_terminal_numbers_them_too(
    vanphong: Vanphong, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vanphong("ask", TWO) == 0
    shown = capsys.readouterr().out
    assert shown.index("1. 2 thạo là gì?") < shown.index("2. 3 đúng là gì?")
    assert vanphong("ask", "--json", TWO) == 0
    (told,) = json_lines(capsys)  # an object a question asked, so that files stay in step
    assert [each["question"] for each in told["parts"]] == ["2 thạo là gì?", "3 đúng là gì?"]
    types_in(monkeypatch, "xin chào\n2 thạo là gì? 3 đúng là gì?\nnguồn đâu\nlàm trắc nghiệm\n")
    assert vanphong("chat") == 0
    shown = capsys.readouterr().out
    assert texts.GREETING in shown.replace("\n", " ")
    assert "2. 3 đúng là gì?" in shown
    assert "📄" in shown
    assert "/quiz" in shown
