"""The pictures of progress and of the cohort. Warnings are errors: a missing letter would show."""

import dataclasses
import io

import pytest
from PIL import Image

from bot.database import Database
from bot.features.mentoring.cohort_picture import LEARNERS_A_PAGE, draw_cohort, pages_of
from bot.features.mentoring.cohort_text import learner_caption, page_caption
from bot.features.onboarding.path_progress import cohort, learner_progress
from bot.features.onboarding.progress_handlers import progress_caption
from bot.features.onboarding.progress_picture import draw_progress
from bot.limits import CAPTION_UNITS
from bot.telegram.formatting import utf16_units
from knowledge.quiz.bank.bank import QuestionBank
from tests.bot.features.quizzes.learners import BANK, NOW, Learning, a_bank, an_office

MOST_BYTES = 500_000
ODD = "Công Huyền Tôn Nữ Thị Phương Thảo Nguyên Khánh 李明 🌸 $x_1$ <b>&"
LONG = tuple(f"Chủ đề số {n} có tên thật dài để xem có vừa không: {'ươ' * 30}" for n in range(14))


@pytest.mark.parametrize("count", [0, 1, 12, 13, 60])
@pytest.mark.parametrize("bank", [BANK, a_bank(LONG), QuestionBank()])
async def test_any_cohort_can_be_drawn(
    app_database: Database, count: int, bank: QuestionBank
) -> None:
    learning = an_office(count, bank) if bank.topics else Learning()
    await learning.store(app_database)
    found = await cohort(app_database, bank, NOW)
    learners = tuple(
        dataclasses.replace(learner, name=name)
        for learner, name in zip(found.learners, [ODD, "漢字", "A" * 160] * 20, strict=False)
    )
    found = dataclasses.replace(found, learners=learners)
    heights = set()
    for page in {0, pages_of(found) - 1}:
        picture = draw_cohort(found, page)
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.width) == ("PNG", 1080)
        assert len(picture) < MOST_BYTES
        heights.add(image.height)
        first = page * LEARNERS_A_PAGE
        shown = learners[first : first + LEARNERS_A_PAGE]
        text = page_caption(found, shown, first)
        assert utf16_units(text) <= CAPTION_UNITS
    assert max(heights) <= 1600


@pytest.mark.parametrize("bank", [BANK, a_bank(LONG), a_bank(("Một",)), QuestionBank()])
async def test_anybody_s_progress_can_be_drawn(app_database: Database, bank: QuestionBank) -> None:
    learning = an_office(6, bank) if bank.topics else Learning()
    learning.learner(9, ODD, enrolled_at=None, deadline=None)
    await learning.store(app_database)
    for person in (9, *range(1000, 1006 if bank.topics else 1000)):
        found = await learner_progress(app_database, bank, person, NOW)
        assert found is not None
        picture = draw_progress(found, NOW)
        assert Image.open(io.BytesIO(picture)).size == (1080, 1440)
        assert len(picture) < MOST_BYTES
        assert utf16_units(progress_caption(found, NOW)) <= CAPTION_UNITS
        assert utf16_units(learner_caption(found)) <= CAPTION_UNITS
