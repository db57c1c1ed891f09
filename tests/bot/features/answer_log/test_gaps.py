import dataclasses
import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import yaml

from bot.access.audit import AuditLog
from bot.database import Database
from bot.features.answer_log import texts
from bot.features.answer_log.gap_finder import GapFinder
from bot.features.answer_log.gaps import MOST_CLUSTERED, Gap, GapQuestion, group_gaps
from bot.features.answer_log.logged_answer import Reason, Vote, normalised_question
from bot.features.answer_log.personal_data import AnswersOfPerson
from bot.features.answer_log.store import AnswerLog
from bot.office_time import Period
from embeddings import Encoder
from embeddings.vietnamese import fold
from knowledge import Assistant
from tests.bot.features.answer_log.conftest import ADMIN, Office
from tests.bot.features.answer_log.logged import GLOSSARY, NOON, a_refusal, an_answer
from tests.bot.offline_request import Call

GROUPS = yaml.safe_load(
    Path(__file__).parents[3].joinpath("data/question_groups.yaml").read_text(encoding="utf-8")
)
WEEK = Period.up_to(NOON, 7)


def gap_question(number: int, question: str, normalised: str) -> GapQuestion:
    key = fold(normalised)
    return GapQuestion(str(number), question, normalised, key, number, NOON, refused=True)


def grouped(encoder: Encoder, questions: Sequence[GapQuestion]) -> list[Gap]:
    keys = {question.key: question.normalised for question in questions}
    vectors = dict(zip(keys, encoder.encode_queries(list(keys.values())), strict=True))
    return group_gaps(questions, vectors)


def b_cubed(found: Sequence[set[int]], meant: Sequence[int]) -> float:
    """B-cubed F1 of groups of question numbers, against each question's meaning."""
    precision = recall = 0.0
    for group in found:
        for number in group:
            same = sum(meant[other] == meant[number] for other in group)
            precision += same / len(group)
            recall += same / meant.count(meant[number])
    precision, recall = precision / len(meant), recall / len(meant)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(("part", "least"), [("chosen_on", 0.86), ("tested_on", 0.84)])
def test_questions_are_grouped_by_meaning(
    encoder: Encoder, shipped_assistant: Assistant, part: str, least: float
) -> None:
    asked = [(n, question) for n, group in enumerate(GROUPS[part]) for question in group]
    questions = [
        gap_question(
            number,
            question,
            normalised_question(
                GLOSSARY, question, shipped_assistant.answer(question).restored_question
            ),
        )
        for number, (_, question) in enumerate(asked)
    ]
    gaps = grouped(encoder, questions)
    assert sum(gap.asked for gap in gaps) == len(asked)
    groups = [{int(answer_id) for answer_id in gap.answer_ids} for gap in gaps]
    assert b_cubed(groups, [meaning for meaning, _ in asked]) >= least


def test_the_most_asked_comes_first_under_its_commonest_wording(encoder: Encoder) -> None:
    wordings = [
        *["SỐ ĐIỆN THOẠI VP"] * 2,
        *["Số điện thoại văn phòng là gì?"] * 3,
        "cho hỏi số điện thoại của văn phòng với ạ",
        *["giá vàng hôm nay"] * 2,
    ]
    questions = [
        dataclasses.replace(
            gap_question(n, wording, normalised_question(GLOSSARY, wording)),
            shown_at=NOON + dt.timedelta(minutes=n),
        )
        for n, wording in enumerate(wordings)
    ]
    phone, gold = grouped(encoder, questions)
    assert phone.example == "Số điện thoại văn phòng là gì?"
    assert phone.answer_ids == ("5", "4", "3", "2", "1", "0")
    assert (phone.asked, phone.people, phone.refused) == (6, 6, 6)
    assert phone.last_asked == NOON + dt.timedelta(minutes=5)
    assert (gold.example, gold.asked) == ("giá vàng hôm nay", 2)


def test_rare_wordings_join_the_clustered_ones(encoder: Encoder) -> None:
    """More wordings than are compared each with each: nothing is lost, equals stay together."""
    rng = np.random.default_rng(5)
    questions: list[GapQuestion] = []
    vectors = {}
    count = MOST_CLUSTERED + 300
    for number in range(count):
        text = f"từ{number} chữ{number} âm{number}"
        vector = rng.normal(size=64).astype(np.float32)
        vectors[fold(text)] = vector / np.linalg.norm(vector)
        questions.append(gap_question(number, text, text))
    late = questions[0]
    text = f"{late.normalised} à"  # the same meaning in one more word
    vectors[fold(text)] = vectors[fold(late.normalised)]
    twice = [*questions, *questions[:MOST_CLUSTERED]]
    gaps = group_gaps([*twice, gap_question(count, text, text)], vectors)
    assert sum(gap.asked for gap in gaps) == len(twice) + 1
    joined = next(gap for gap in gaps if str(count) in gap.answer_ids)
    assert sorted(set(joined.answer_ids)) == ["0", str(count)]


def test_no_questions_make_no_gaps() -> None:
    assert group_gaps([], {}) == []


async def test_gaps_are_the_refused_and_the_marked_down(
    database: Database, encoder: Encoder
) -> None:
    answer_log, finder = AnswerLog(database), GapFinder(database, encoder)
    good = an_answer()
    bad = an_answer("3 đúng là gì", person_id=5)
    old = a_refusal("giá vàng", shown_at=NOON - dt.timedelta(days=8))
    refused = [a_refusal("số điện thoại văn phòng", person_id=n) for n in (1, 2, 2)]
    for answer in (good, bad, old, *refused):
        await answer_log.add(answer)
    await answer_log.vote(good.answer_id, 7, Vote.UP, NOON)
    for voter in (7, 8):
        await answer_log.vote(bad.answer_id, voter, Vote.DOWN, NOON)
    await answer_log.give_reason(bad.answer_id, 7, Reason.INCOMPLETE, NOON)
    phone, marked = await finder.find(WEEK)
    assert (phone.asked, phone.people, phone.refused, phone.down) == (3, 2, 3, 0)
    assert (marked.example, marked.refused, marked.down) == (bad.question, 0, 2)
    assert marked.reasons == ((Reason.INCOMPLETE, 1),)
    assert [gap.example for gap in await finder.find(Period.up_to(NOON, 30))][-1] == "giá vàng"

    await finder.mark_handled(phone, NOON)
    assert [gap.example for gap in await finder.find(WEEK)] == [bad.question]
    await answer_log.add(a_refusal("so dien thoai vp"))  # asked again: a gap again
    assert [gap.asked for gap in await finder.find(WEEK)] == [1, 1]
    assert await finder.reopen(NOON) == 3
    assert [gap.asked for gap in await finder.find(WEEK)] == [4, 1]
    assert await finder.reopen(NOON) == 0

    await AnswersOfPerson(database).erase(2)
    assert [gap.asked for gap in await finder.find(WEEK)] == [2, 1]


class OtherModel:
    """The real model under another name, counting what it is asked."""

    def __init__(self, encoder: Encoder, model_id: str) -> None:
        self._encoder = encoder
        self.model_id = model_id
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Any:
        self.encoded += texts
        return self._encoder.encode_queries(texts)


async def test_vectors_are_made_once_a_model(database: Database, encoder: Encoder) -> None:
    answer_log = AnswerLog(database)
    for question in ("giá vàng", "Giá vàng?", "gia vang", "thời tiết"):
        await answer_log.add(a_refusal(question))
    models = [OtherModel(encoder, "one"), OtherModel(encoder, "two")]
    for model in models:
        finder = GapFinder(database, cast("Encoder", model))
        for _ in range(2):
            gaps = await finder.find(WEEK)
            assert [gap.asked for gap in gaps] == [3, 1]
        assert sorted(map(fold, model.encoded)) == ["gia vang", "thoi tiet"]


def sent(calls: list[Call]) -> Call:
    return next(c for c in calls if c.method in {"sendMessage", "editMessageText"})


async def ask_much(office: Office) -> None:
    for by, question in enumerate(
        [
            "so dien thoai vp",
            "Số điện thoại văn phòng là gì?",
            "giá vàng hôm nay",
            "<b>thời tiết</b> ngày mai thế nào",
            "mật khẩu wifi",
            "ai là bí thư tỉnh ủy",
            "cách đăng ký phòng họp",
            "cho em hỏi số điện thoại của văn phòng với ạ",
        ],
        start=100,
    ):
        await office.sends(question, by=by)
        office.clock.pass_time(minutes=1)


async def test_an_admin_sees_closes_and_reopens_a_gap(
    office: Office, app_database: Database
) -> None:
    await ask_much(office)
    page = sent(await office.sends("/gaps", by=ADMIN))
    assert "8 lượt hỏi, 6 nội dung" in page.text
    assert "1. <b>Số điện thoại văn phòng là gì?</b>" in page.text
    assert "3 lần · 3 người · gần nhất 20/11 12:07" in page.text
    assert "2/2" not in page.buttons
    assert "1/2" in page.buttons
    second = sent(await office.presses(page.buttons["▶"], page, by=ADMIN))
    assert "6. <b>" in second.text
    closed = await office.presses(page.buttons["✅ 1"], page, by=ADMIN)
    assert closed[0].parameters["text"].startswith("Đã xử lý: Số điện thoại")
    assert "Số điện thoại" not in sent(closed).text
    again = await office.presses(page.buttons["✅ 1"], page, by=ADMIN)
    assert again[0].parameters["text"] == texts.GAP_CHANGED
    undo = sent(closed).buttons[texts.UNDO_BUTTON]
    undone = await office.presses(undo, sent(closed), by=ADMIN)
    assert undone[0].parameters["text"] == texts.UNDONE
    assert "3 lần" in sent(undone).text
    actions = [entry.action for entry in await AuditLog(app_database).page(0, 9)]
    assert actions[:2] == ["record.reopen_gap", "record.close_gap"]


async def test_questions_are_shown_as_typed_not_as_markup(office: Office) -> None:
    await office.sends("<i>giá vàng</i> & <script> hôm nay")
    page = sent(await office.sends("/gaps 7", by=ADMIN))
    assert "&lt;i&gt;giá vàng&lt;/i&gt; &amp; &lt;script&gt; hôm nay" in page.text


async def test_an_answer_is_found_by_its_id(office: Office) -> None:
    await office.sends("2 thạo là gì")
    (answer,) = [c for c in office.request.sent() if "thạo nghề" in c.text]
    answer_id = next(data for data in answer.buttons.values() if data.startswith("v:"))[2:9]
    spoken = f"{answer_id[:3].lower()}-{answer_id[3:]}"
    shown = sent(await office.sends(f"/gaps {spoken}", by=ADMIN))
    assert "❓ 2 thạo là gì" in shown.text
    assert "20/11/2026 12:00" in shown.text
    assert "<blockquote>" in shown.text
    assert "👍 0 · 👎 0" in shown.text
    unknown = sent(await office.sends("/gaps 7777777", by=ADMIN))
    assert "Không có câu trả lời nào" in unknown.text
    wrong = sent(await office.sends("/gaps <xin>", by=ADMIN))
    assert "Tôi chưa hiểu <code>&lt;xin&gt;</code>" in wrong.text


async def test_no_gaps_are_good_news(office: Office) -> None:
    page = sent(await office.sends("/gaps", by=ADMIN))
    assert texts.NO_GAPS in page.text
    labels = list(page.buttons)
    assert labels == ["7 ngày", "• 30 ngày", "90 ngày", texts.EXPORT_BUTTON]


@pytest.mark.parametrize("data", ["gaps:0", "gaps:u:zzz:0000000", "gaps:!", "gaps:u:0::1"])
async def test_stale_and_forged_buttons_of_gaps(office: Office, data: str) -> None:
    page = sent(await office.sends("/gaps", by=ADMIN))
    answered = await office.presses(data, page, by=ADMIN)
    assert answered[0].method == "answerCallbackQuery"
    assert answered[0].parameters.get("text") == texts.GAP_CHANGED


def test_periods_of_the_keyboard_are_named() -> None:
    for shorter, longer in pairwise(texts.STATISTICS_DAYS):
        assert shorter < longer
        assert texts.PERIODS[shorter]


async def test_small_talk_and_topics_are_no_gaps(office: Office) -> None:
    for text in ("xin chào", "👍", "sai rồi", "nguồn đâu", "chi tiết hơn", "ok", "lịch sử"):
        await office.sends(text)
    await office.sends("giá vàng hôm nay")
    page = sent(await office.sends("/gaps", by=ADMIN))
    assert "1 lượt hỏi, 1 nội dung" in page.text
    assert "1. <b>giá vàng hôm nay</b>" in page.text
