import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.database import Database
from bot.features.asking import texts
from bot.features.asking.feature import AskingFeature
from bot.features.asking.suggestions import TICK_SECONDS, Suggestions
from bot.features.quizzes.feature import QuizzesFeature
from bot.features.sources import texts as source_texts
from bot.limits import BUTTON_UNITS
from bot.settings import Settings
from embeddings import Encoder, Reader
from knowledge import Answer, Assistant, KnowledgeBase, StorageError
from knowledge.answering.findings import Findings
from tests.bot.conftest import GROUP, TOKEN, Telegram, messages
from tests.bot.offline_request import Call, OfflineRequest
from tests.bot.whole_bot import HandClock, WholeBot, whole_bot
from tests.knowledge.small_articles import PARKING, PARKING_QUESTION, write, write_small_articles

BANK = """\
topic: nguyen_tac
title: Nguyên tắc
order: 1
questions:
  - id: nt_01
    question: "3 không gồm những nội dung nào?"
    options: ["không vô cảm, không sách nhiễu, không né tránh", "không biết"]
    correct: 1
    explanation: "Ba nội dung."
    article: principle.md
    quote: "3 không là: không vô cảm, không sách nhiễu, không né tránh."
  - id: nt_02
    question: "Nội dung nào dưới đây có trong 3 đúng?"
    options: ["đúng quy trình", "đúng hẹn với dân"]
    correct: 2
    explanation: "Chỉ trả lời được khi có phương án."
    article: principle.md
    quote: "3 đúng là: đúng chính sách, đúng thẩm quyền, đúng thời gian."
"""
GOLDEN = """\
answered:
  - ask: ["3 đúng là gì", "ba dung la gi"]
    contains: ["đúng thời gian"]
  - ask: "Quyết định 828 ký ngày nào"
    contains: ["ngày khác"]
refused: [giá vàng hôm nay]
"""
RIGHT = "3 đúng là gì?"
NO = "3 không gồm những nội dung nào?"
CANDIDATES = len(texts.SUGGESTED_QUESTIONS) + 4
"""The written ones, those of the bank, and the first wordings of the golden ones."""
NEXT = texts.NEXT_QUESTION.format(question=NO)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """The small articles, with golden questions beside them and a bank about them."""
    folder = write_small_articles(tmp_path / "articles")
    write(folder, "golden.yaml", GOLDEN)
    tmp_path.joinpath("quizzes").mkdir()
    write(tmp_path / "quizzes", "01-nguyen-tac.yaml", BANK)
    return folder


@pytest.fixture
def base(
    tmp_path: Path, small_data: Path, encoder: Encoder, reader: Reader
) -> Iterator[KnowledgeBase]:
    data_dir = shutil.copytree(small_data, tmp_path / "data")
    with KnowledgeBase(data_dir, encoder, reader=reader) as opened:
        yield opened


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bot(
    articles: Path, base: KnowledgeBase, app_database: Database, clock: HandClock
) -> AsyncIterator[WholeBot]:
    """A bot over the small articles that has read its bank, and has not yet checked anything."""
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN),
        data_dir=articles.parent,
        articles_dir=articles,
        quizzes_dir=articles.with_name("quizzes"),
        _env_file=None,
    )
    put_together = whole_bot(settings, app_database, base, clock=clock, request=OfflineRequest())
    async with put_together.application:
        await put_together.feature(QuizzesFeature).study.pool.refresh()
        yield put_together
    await put_together.close()


@pytest.fixture
def suggestions(bot: WholeBot) -> Suggestions:
    return bot.feature(AskingFeature).suggestions


@pytest.fixture
def person(bot: WholeBot) -> Telegram:
    request = bot.application.bot.request
    assert isinstance(request, OfflineRequest)
    return Telegram(bot.application, request)


async def answer(person: Telegram, question: str) -> Call:
    (sent,) = messages(await person.sends(question))
    return sent


async def check(suggestions: Suggestions) -> None:
    while await suggestions.tick():
        pass


def next_questions(answer: Call) -> list[str]:
    return [label for label in answer.buttons if label.startswith("👉")]


async def test_checked_questions_lead_on_from_an_answer_and_are_answered(
    person: Telegram, suggestions: Suggestions
) -> None:
    assert not next_questions(await answer(person, RIGHT))  # nothing is checked yet
    await person.sends("/new")
    await check(suggestions)
    sent = await answer(person, RIGHT)
    assert next_questions(sent) == [NEXT]
    labels = list(sent.buttons)
    assert labels[0] == source_texts.SOURCE_BUTTON
    assert labels[-1] == NEXT
    assert all(len(label) <= BUTTON_UNITS for label in labels)
    acknowledged, *_, reply = await person.presses(sent.buttons[NEXT])
    assert acknowledged.method == "answerCallbackQuery"
    assert NO in reply.text
    assert "không né tránh" in reply.text
    assert not next_questions(reply)  # what was asked before is not offered again


async def test_neither_groups_nor_refusals_get_any(
    person: Telegram, suggestions: Suggestions
) -> None:
    await check(suggestions)
    (in_group,) = messages(await person.sends(f"/ask {RIGHT}", chat=GROUP))
    assert "đúng thời gian" in in_group.text
    assert not next_questions(in_group)
    assert not next_questions(await answer(person, "giá vàng hôm nay"))


async def test_a_button_outlives_a_restart_but_not_its_question(
    person: Telegram, suggestions: Suggestions, bot: WholeBot, articles: Path
) -> None:
    await check(suggestions)
    data = (await answer(person, RIGHT)).buttons[NEXT]
    anew = Suggestions(bot.core, bot.feature(QuizzesFeature).study.pool)
    _, _, key = data.partition(":")
    assert await anew.question(key) == NO
    await check(anew)
    assert await anew.question(key) == NO
    write(articles.with_name("quizzes"), "01-nguyen-tac.yaml", BANK.replace("3 không gồm", "Gồm"))
    await bot.feature(QuizzesFeature).study.pool.refresh()
    await check(suggestions)
    (gone,) = await person.presses(data)
    assert gone.parameters["text"] == texts.SUGGESTION_GONE


async def test_the_welcome_offers_only_what_is_answered(
    person: Telegram, suggestions: Suggestions
) -> None:
    (unchecked,) = messages(await person.sends("/start"))
    assert list(unchecked.buttons) == list(texts.SUGGESTED_QUESTIONS.values())
    await check(suggestions)
    (welcome,) = messages(await person.sends("/start"))
    assert 0 < len(welcome.buttons) <= len(texts.SUGGESTED_QUESTIONS)
    assert texts.SUGGESTED_QUESTIONS["ngay"] in welcome.buttons
    assert texts.SUGGESTED_QUESTIONS["chucnang"] not in welcome.buttons
    for question, data in welcome.buttons.items():
        *_, reply = await person.presses(data)
        assert question in reply.text
        assert "không nêu điều này" not in reply.text


async def test_a_new_version_is_checked_anew(
    suggestions: Suggestions, bot: WholeBot, base: KnowledgeBase, articles: Path
) -> None:
    write(articles, "parking.md", PARKING)
    write(articles, "golden.yaml", f'answered:\n  - ask: "{PARKING_QUESTION}"\n')
    base.reload(articles)

    async def swap() -> None:
        bot.core.worker.swap(base.assistant())

    await asyncio.gather(suggestions.tick(), swap())  # in the middle of a check
    shown = [row[0].text for row in suggestions.keyboard().inline_keyboard]
    assert shown == list(texts.SUGGESTED_QUESTIONS.values())
    await check(suggestions)
    shown = [row[0].text for row in suggestions.keyboard().inline_keyboard]
    assert PARKING_QUESTION in shown


async def test_the_running_bot_checks_after_a_while_and_stops_at_its_end(
    suggestions: Suggestions, clock: HandClock, person: Telegram
) -> None:
    suggestions.start()
    for _ in range(CANDIDATES + 1):  # the next tick waits: the last candidate is asked
        await clock.passes(TICK_SECONDS)
    assert next_questions(await answer(person, RIGHT)) == [NEXT]
    await suggestions.close()


async def test_what_fails_is_logged_and_the_others_are_checked(
    suggestions: Suggestions,
    clock: HandClock,
    person: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    examine = Assistant.examine

    def fails(assistant: Assistant, question: str, top_k: int) -> tuple[Answer, Findings]:
        if question == RIGHT:
            raise StorageError("hỏng")
        return examine(assistant, question, top_k)

    monkeypatch.setattr(Assistant, "examine", fails)
    suggestions.start()
    for _ in range(CANDIDATES + 1):
        await clock.passes(TICK_SECONDS)
    assert next_questions(await answer(person, RIGHT)) == [NEXT]


async def test_a_check_waits_for_whoever_waits_for_an_answer(
    bot: WholeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = bot.core.worker
    order: list[str] = []
    may_end = threading.Event()

    def slow(_question: str) -> None:
        may_end.wait(20)
        order.append("answer")

    monkeypatch.setattr(worker._assistant, "answer", slow)
    asking = asyncio.create_task(worker.answer(RIGHT))
    await asyncio.sleep(0)  # it has begun
    aside = asyncio.create_task(worker.aside(lambda _assistant: order.append("aside")))
    may_end.set()
    await asyncio.gather(asking, aside)
    assert order == ["answer", "aside"]
