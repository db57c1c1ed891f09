import dataclasses
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.audit import AuditLog
from bot.access.person import CLI
from bot.access.registry import People
from bot.access.roles import Role
from bot.database import Database
from bot.features.asking import explanation_texts as texts
from bot.features.asking.buttons import WhyPress
from bot.features.asking.explanation import Stage, StageLine, stages
from bot.features.asking.explanation_handlers import explanation_message
from bot.limits import MESSAGE_UNITS
from bot.telegram import texts as telegram_texts
from bot.telegram.formatting import HtmlBlock, utf16_units
from embeddings import Encoder
from knowledge import Assistant, KnowledgeBase
from knowledge.answering.assistant import OFF_TOPIC
from knowledge.answering.decision import decision_weights
from knowledge.answering.signals import SIGNALS
from tests.bot.conftest import GROUP, Telegram, messages
from tests.bot.whole_bot import MORNING

QUESTION = "ngay truyen thong vp la ngay nao"
TITLES = (texts.QUESTION, texts.PASSAGES, texts.READ, texts.WEIGHED, texts.VERDICT)
EDITOR = 2002


@pytest.fixture
async def editor(telegram: Telegram, app_database: Database) -> Telegram:
    """An editor's side of the bot that the `telegram` fixture's person asks as well."""
    await People(app_database).set_role(CLI, EDITOR, Role.EDITOR, MORNING, name="Biên")
    return telegram.of(EDITOR, "Biên")


@pytest.mark.parametrize("question", [QUESTION, "giá vàng hôm nay"])
async def test_an_editor_learns_what_led_to_an_answer(editor: Telegram, question: str) -> None:
    (answer,) = messages(await editor.sends(question))
    answered, explained = await editor.presses(answer.buttons[texts.WHY_BUTTON])
    assert answered.method == "answerCallbackQuery"
    shown = explained.text
    places = [shown.index(f"<b>{number}. {title}</b>") for number, title in enumerate(TITLES, 1)]
    assert places == sorted(places)
    verdict = "từ chối" if answer.text == OFF_TOPIC else "trả lời"
    assert shown.rstrip().endswith(f"→ {verdict}.")
    assert HtmlBlock.of(shown).units <= MESSAGE_UNITS


async def test_others_see_no_such_button_and_gain_nothing_by_forging_it(
    telegram: Telegram, editor: Telegram, app_database: Database
) -> None:
    (answer,) = messages(await editor.sends(QUESTION))
    (seen,) = messages(await telegram.sends(QUESTION))
    assert texts.WHY_BUTTON not in seen.buttons
    (refused,) = await telegram.presses(answer.buttons[texts.WHY_BUTTON])
    assert refused.parameters["text"] == telegram_texts.DENIED.format(
        role=telegram_texts.ROLES[Role.EDITOR]
    )
    (last,) = await AuditLog(app_database).page(0, 1)
    assert (last.denied, last.details["capability"]) == (True, "see_reasons")


async def test_in_a_group_where_all_see_it_there_is_no_such_button(editor: Telegram) -> None:
    (answer,) = messages(await editor.sends(f"/ask {QUESTION}", chat=GROUP))
    assert texts.WHY_BUTTON not in answer.buttons


@pytest.mark.parametrize("data", [WhyPress("0000000").data, "why:", "why:a:b"])
async def test_an_answer_that_is_not_kept_is_said_to_be_gone(editor: Telegram, data: str) -> None:
    (answered,) = await editor.presses(data)
    assert answered.parameters["text"] == texts.WHY_GONE


def test_the_stretch_in_bold_is_the_readers(shipped_assistant: Assistant) -> None:
    answer = shipped_assistant.answer(QUESTION)
    assert answer.reasons is not None
    read = stages(answer, answer.reasons)[2]
    (bold,) = {line.text[slice(*line.bold)] for line in read.lines[:2] if line.bold}
    assert bold in answer.text


def test_a_part_that_is_named_is_explained_by_its_label(shipped_assistant: Assistant) -> None:
    answer = shipped_assistant.answer(QUESTION)
    assert answer.reasons is not None
    named = dataclasses.replace(answer.reasons, by_label=True)
    for variant, verdict in (
        (answer, texts.BY_LABEL),
        (dataclasses.replace(answer, sentences=()), texts.SEVERAL_BY_LABEL),
        (dataclasses.replace(answer, sentences=(), refused=True), texts.NONE_BY_LABEL),
    ):
        assert stages(variant, named)[-1].lines == (StageLine(verdict),)


def test_an_answer_of_the_offices_own_is_explained_as_such(shipped_assistant: Assistant) -> None:
    answer = shipped_assistant.answer("Văn phòng thành lập ngày nào")
    assert answer.reasons is not None
    assert stages(answer, answer.reasons)[-1].lines == (StageLine(texts.CURATED),)


def test_without_a_reader_it_is_said_that_nothing_read(
    shipped_base: KnowledgeBase, encoder: Encoder
) -> None:
    corpus, retrieval = shipped_base.retrieval()
    answer = Assistant(corpus, retrieval, shipped_base.office).answer(QUESTION)
    assert answer.reasons is not None
    assert "không có mô hình đọc" in stages(answer, answer.reasons)[2].lines[0].text


def test_what_is_weighed_has_words() -> None:
    weighed = {*decision_weights(reader=True).verdict, *decision_weights(reader=False).verdict}
    assert weighed | SIGNALS.keys() <= texts.FEATURES.keys()


LINES = st.builds(
    StageLine,
    st.builds(str.__mul__, st.text(st.sampled_from("a<&>😀ộ "), max_size=9), st.integers(0, 300)),
    st.none() | st.tuples(st.integers(0, 500), st.integers(0, 3_000)),
)


@given(st.lists(st.lists(LINES, max_size=7).map(tuple), max_size=5))
def test_any_stages_fit_in_one_message(drawn: list[tuple[StageLine, ...]]) -> None:
    message = explanation_message("Vì sao", [Stage("Bước", lines) for lines in drawn])
    plain = html.unescape(re.sub("</?[bi]>", "", message))
    assert utf16_units(plain) <= MESSAGE_UNITS
    for line in (line for stage in drawn for line in stage):
        assert line.text in plain or line.text[:15].rstrip() in plain  # whole, or its beginning


async def test_a_follow_up_is_explained_as_it_was_understood(editor: Telegram) -> None:
    await editor.sends("3 đúng là gì")
    (answer,) = messages(await editor.sends("thế còn 3 không?"))
    _, explained = await editor.presses(answer.buttons[texts.WHY_BUTTON])
    assert "3 không là gì" in explained.text.partition("<b>2.")[0]
