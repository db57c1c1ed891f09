import asyncio
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder
from knowledge import (
    Answer,
    Assistant,
    ReloadInProgressError,
    ReloadProgress,
    ReloadStoppedError,
    VersionError,
)
from knowledge.index.vector_store import Records, VectorStore
from tests.bot.features.knowledge_versions.knowledge_at_work import (
    KnowledgeAtWork,
    knowledge_at_work,
)
from tests.knowledge.small_articles import DATE_QUESTION, PARKING, PARKING_QUESTION, write


@pytest.fixture
async def work(tmp_path: Path, encoder: Encoder) -> AsyncIterator[KnowledgeAtWork]:
    async with knowledge_at_work(tmp_path, encoder) as at_work:
        yield at_work


async def test_promoted_version_answers_at_once(work: KnowledgeAtWork) -> None:
    write(work.articles, "parking.md", PARKING)
    steps: list[ReloadProgress] = []
    outcome = await work.updates.reload(work.request, steps.append)
    assert outcome.promoted
    assert work.worker.kb_version == "v0002"
    assert "6 giờ 30" in await work.says(PARKING_QUESTION)
    assert {step.stage for step in steps} >= {"Nhúng và ghi", "Hỏi câu mẫu"}
    assert work.updates.reloading is None


async def test_version_that_got_worse_answers_only_once_someone_decides(
    work: KnowledgeAtWork,
) -> None:
    work.lose_the_day()
    outcome = await work.updates.reload(work.request)
    assert outcome.waiting == "v0002"
    assert "28/8" in await work.says(DATE_QUESTION)
    await work.updates.promote("v0002")
    assert work.worker.kb_version == "v0002"
    assert "28/8" not in await work.says(DATE_QUESTION)
    for decide in (work.updates.promote, work.updates.discard):
        with pytest.raises(VersionError, match="không còn chờ"):
            await decide("v0002")


async def test_rollback_within_a_second(work: KnowledgeAtWork) -> None:
    write(work.articles, "parking.md", PARKING)
    await work.updates.reload(work.request)
    begun = time.perf_counter()
    assert await work.updates.rollback() == "v0001"
    assert (await work.worker.answer(PARKING_QUESTION)).refused
    assert time.perf_counter() - begun < 1
    assert await work.updates.rollback("v0002") == "v0002"
    assert "6 giờ 30" in await work.says(PARKING_QUESTION)


async def test_previous_version_is_loaded_beforehand_after_a_restart(
    work: KnowledgeAtWork,
) -> None:
    write(work.articles, "parking.md", PARKING)
    await work.updates.reload(work.request)
    work.base._loaded.clear()  # as after a restart
    await work.updates.prepare()
    assert "v0001" in work.base._loaded


async def test_questions_in_flight_finish_on_the_version_they_began_with(
    work: KnowledgeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    answer = Assistant.answer

    def slowly(self: Assistant, question: str) -> Answer:
        if question == DATE_QUESTION:
            begun.set()
            assert go_on.wait(60)
        return answer(self, question)

    write(work.articles, "parking.md", PARKING)
    work.base.assistant()
    with monkeypatch.context() as patched:
        patched.setattr(Assistant, "answer", slowly)
        in_flight = asyncio.ensure_future(work.worker.answer(DATE_QUESTION))
        assert await asyncio.to_thread(begun.wait, 60)
        write(work.articles, "golden.yaml", f"answered: [ask: '{PARKING_QUESTION}']")
        assert (await work.updates.reload(work.request)).promoted
        assert (await work.worker.answer(PARKING_QUESTION)).kb_version == "v0002"
        go_on.set()
        old = await in_flight
    assert (old.kb_version, "28/8" in old.text) == ("v0001", True)


@pytest.mark.parametrize("stage", ["Đọc bài viết", "Nhúng và ghi"])
async def test_answers_and_rollbacks_go_on_during_a_reload(
    work: KnowledgeAtWork, stage: str
) -> None:
    write(work.articles, "parking.md", PARKING)
    await work.updates.reload(work.request)
    write(work.articles, "roof.md", "# Mái che\n\nBãi xe có mái che.\n")
    arrived, go_on = threading.Event(), threading.Event()

    def wait(step: ReloadProgress) -> None:
        if step.stage == stage:
            arrived.set()
            assert go_on.wait(60)

    reload = asyncio.ensure_future(
        work.worker.reload(lambda: work.base.reload_examined(work.request, progress=wait))
    )
    assert await asyncio.to_thread(arrived.wait, 60)
    try:
        assert "28/8" in await work.says(DATE_QUESTION)
        with pytest.raises(ReloadInProgressError):
            await work.updates.reload(work.request)
        assert await work.updates.rollback() == "v0001"
        assert (await work.worker.answer(PARKING_QUESTION)).refused
    finally:
        go_on.set()
    outcome = await reload
    assert outcome.exam is not None
    assert (outcome.promoted, outcome.exam.live_changed) == (False, True)


async def test_many_reloads_at_once_end_with_one_done_and_the_rest_told(
    work: KnowledgeAtWork,
) -> None:
    write(work.articles, "parking.md", PARKING)
    ends = await asyncio.gather(
        *(work.updates.reload(work.request) for _ in range(4)), return_exceptions=True
    )
    refused = [end for end in ends if isinstance(end, ReloadInProgressError)]
    done = [end for end in ends if not isinstance(end, BaseException)]
    assert len(refused) + len(done) == 4
    assert sum(end.promoted for end in done) == 1
    assert work.worker.kb_version == work.base.active_version == "v0002"
    await work.updates.idle()


async def test_rollback_while_a_build_writes_into_the_shared_collection(
    work: KnowledgeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(work.articles, "parking.md", PARKING)
    await work.updates.reload(work.request)
    write(work.articles, "roof.md", "# Mái che\n\nBãi xe có mái che.\n")
    arrived, go_on = threading.Event(), threading.Event()
    upsert = VectorStore.upsert

    def slowly(self: VectorStore, version: str, records: Records, **how: Any) -> None:
        upsert(self, version, records, **how)
        arrived.set()
        assert go_on.wait(60)

    with monkeypatch.context() as patched:
        patched.setattr(VectorStore, "upsert", slowly)
        reload = asyncio.ensure_future(work.updates.reload(work.request))
        assert await asyncio.to_thread(arrived.wait, 60)
        try:
            assert await work.updates.rollback() == "v0001"
            assert "28/8" in await work.says(DATE_QUESTION)
        finally:
            go_on.set()
        assert (await reload).waiting == "v0003"


@pytest.mark.parametrize(
    "stage", ["Tìm bài thay đổi", "Đọc bài viết", "Nhúng và ghi", "Nạp phiên bản mới"]
)
async def test_bot_that_ends_gives_up_its_reload_and_keeps_the_live_version(
    work: KnowledgeAtWork, stage: str
) -> None:
    write(work.articles, "parking.md", PARKING)
    arrived, go_on = threading.Event(), threading.Event()

    def pause(step: ReloadProgress) -> None:
        if step.stage == stage:
            arrived.set()
            assert go_on.wait(60)

    reload = asyncio.create_task(
        asyncio.to_thread(work.base.reload_examined, work.request, progress=pause)
    )
    assert await asyncio.to_thread(arrived.wait, 60)
    work.updates.stop()
    go_on.set()
    ends = await asyncio.gather(reload, work.updates.reload(work.request), return_exceptions=True)
    assert all(isinstance(end, ReloadStoppedError) for end in ends), ends
    assert [info.name for info in work.base.versions()] == ["v0001"]
    assert "28/8" in await work.says(DATE_QUESTION)


async def test_exam_of_a_bot_that_is_prepared_asks_only_the_new_version(
    work: KnowledgeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = Assistant.answer

    def noted(self: Assistant, *arguments: Any) -> Answer:
        asked.append(self.kb_version)
        return answer(self, *arguments)

    monkeypatch.setattr(Assistant, "answer", noted)
    await work.updates.rehearse(work.articles)
    assert asked == ["v0001"]
    write(work.articles, "parking.md", PARKING)
    assert (await work.updates.reload(work.request)).promoted
    assert asked == ["v0001", "v0002"]
