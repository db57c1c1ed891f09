from pathlib import Path

import pytest

from knowledge import (
    Answer,
    Assistant,
    Change,
    GoldenFileError,
    KnowledgeBase,
    ReloadProgress,
    ReloadRequest,
    VersionError,
)
from knowledge.answering.assistant import OFF_TOPIC
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    SHIPPED,
    manifests,
    says,
    write,
)

GOLDEN = f"""\
answered:
  - ask: {DATE_QUESTION}
    contains: [28/8]
  - ask: {PARKING_QUESTION}
    contains: [6 giờ 30]
  - ask: 3 đúng là gì?
    contains: [đúng chính sách]
refused:
  - giá vàng hôm nay
"""


@pytest.fixture
def examined(base: KnowledgeBase, articles: Path) -> KnowledgeBase:
    """A base with a live version, beside which the golden questions lie."""
    write(articles, "golden.yaml", GOLDEN)
    outcome = base.reload_examined(ReloadRequest(articles))
    assert outcome.promoted
    return base


def lose_the_day(articles: Path) -> None:
    text = articles.joinpath("day.md").read_text(encoding="utf-8")
    write(articles, "day.md", text.replace("28/8", "ấy"))


def test_first_version_is_promoted_and_says_what_it_cannot_answer(
    base: KnowledgeBase, articles: Path
) -> None:
    write(articles, "golden.yaml", GOLDEN)
    outcome = base.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert (outcome.promoted, outcome.exam.passed, outcome.exam.compared_with) == (True, True, None)
    assert [result.question for result in outcome.exam.wrong] == [PARKING_QUESTION]
    assert base.active_version == "v0001"


def test_gained_answer_is_promoted(examined: KnowledgeBase, articles: Path) -> None:
    write(articles, "parking.md", PARKING)
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    (gained,) = outcome.exam.having(Change.GAINED)
    assert gained.question == PARKING_QUESTION
    assert gained.before == OFF_TOPIC
    assert "6 giờ 30" in gained.after
    assert len(outcome.exam.having(Change.UNCHANGED)) == 3
    assert (outcome.promoted, outcome.waiting, examined.active_version) == (True, None, "v0002")


def test_changed_answer_is_promoted_and_shown(examined: KnowledgeBase, articles: Path) -> None:
    text = articles.joinpath("principle.md").read_text(encoding="utf-8")
    write(articles, "principle.md", text.replace("đúng thời gian", "đúng hạn"))
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    (changed,) = outcome.exam.having(Change.CHANGED)
    assert changed.before is not None
    assert ("đúng thời gian" in changed.before, "đúng hạn" in changed.after) == (True, True)
    assert outcome.promoted


def test_lost_answer_waits_and_the_old_version_answers(
    examined: KnowledgeBase, articles: Path
) -> None:
    lose_the_day(articles)
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert [result.question for result in outcome.exam.having(Change.LOST)] == [DATE_QUESTION]
    assert (outcome.promoted, outcome.waiting) == (False, "v0002")
    assert examined.active_version == "v0001"
    assert "28/8" in says(examined, DATE_QUESTION)
    assert [(i.name, i.active, i.waiting) for i in examined.versions()] == [
        ("v0002", False, True),
        ("v0001", True, False),
    ]


def test_question_to_be_refused_that_is_answered_is_lost(
    examined: KnowledgeBase, articles: Path
) -> None:
    write(articles, "gold.md", "# Giá vàng\n\nGiá vàng hôm nay là 15 triệu đồng một chỉ.\n")
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert [result.question for result in outcome.exam.having(Change.LOST)] == ["giá vàng hôm nay"]
    assert not outcome.promoted


def test_waiting_version_is_promoted_by_decision(examined: KnowledgeBase, articles: Path) -> None:
    lose_the_day(articles)
    waiting = examined.reload_examined(ReloadRequest(articles)).waiting
    assert waiting is not None
    examined.require_waiting(waiting)
    examined.promote(waiting)
    assert examined.active_version == waiting
    assert "28/8" not in says(examined, DATE_QUESTION)
    with pytest.raises(VersionError, match="không còn chờ"):
        examined.require_waiting(waiting)


def test_waiting_version_is_discarded(
    examined: KnowledgeBase, articles: Path, tmp_path: Path
) -> None:
    lose_the_day(articles)
    waiting = examined.reload_examined(ReloadRequest(articles)).waiting
    assert waiting is not None
    examined.discard(waiting)
    assert manifests(tmp_path / "data") == ["v0001.json"]
    assert "28/8" in says(examined, DATE_QUESTION)
    assert all("ngày ấy" not in text for text in examined._store.read("v0001").texts)
    with pytest.raises(VersionError, match="Không có phiên bản v0002"):
        examined.promote(waiting)


def test_next_reload_supersedes_a_waiting_version(examined: KnowledgeBase, articles: Path) -> None:
    lose_the_day(articles)
    first = examined.reload_examined(ReloadRequest(articles))
    write(articles, "parking.md", PARKING)
    second = examined.reload_examined(ReloadRequest(articles))
    assert first.waiting is not None
    assert second.waiting is not None
    assert [info.name for info in examined.versions() if info.waiting] == [second.waiting]
    assert len(examined.versions()) == 2
    assert second.waiting != first.waiting  # the buttons under the first report are void
    with pytest.raises(VersionError, match="không còn chờ"):
        examined.require_waiting(first.waiting)
    examined.promote(second.waiting)
    assert "6 giờ 30" in says(examined, PARKING_QUESTION)


def test_name_of_a_discarded_version_is_not_given_again(
    examined: KnowledgeBase, articles: Path
) -> None:
    lose_the_day(articles)
    first = examined.reload_examined(ReloadRequest(articles)).waiting
    assert first is not None
    examined.discard(first)
    assert examined.reload_examined(ReloadRequest(articles)).waiting not in {None, first}


def test_live_version_is_asked_each_golden_question_once(
    examined: KnowledgeBase, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    answer = Assistant.answer

    def noted(self: Assistant, question: str) -> Answer:
        asked.append((self.kb_version, question))
        return answer(self, question)

    monkeypatch.setattr(Assistant, "answer", noted)
    for text in ("Xe để ở sân.", "Xe để ở sân sau."):
        write(articles, "parking.md", f"# Gửi xe\n\n{text}\n")
        assert examined.reload_examined(ReloadRequest(articles)).promoted
    assert {version for version, _ in asked} == {"v0002", "v0003"}  # v0001 was in its own exam
    assert len(asked) == len(set(asked))


def test_force_and_no_exam_promote_whatever_gets_worse(
    examined: KnowledgeBase, articles: Path
) -> None:
    lose_the_day(articles)
    forced = examined.reload_examined(ReloadRequest(articles, force=True))
    assert forced.exam is not None
    assert (forced.promoted, forced.exam.passed) == (True, False)
    write(articles, "principle.md", "# Nguyên tắc\n\nKhông còn gì.\n")
    unexamined = examined.reload_examined(ReloadRequest(articles, exam=False))
    assert (unexamined.promoted, unexamined.exam) == (True, None)


def test_article_that_fails_anew_waits_but_one_that_keeps_failing_does_not(
    examined: KnowledgeBase, articles: Path
) -> None:
    articles.joinpath("day.md").write_bytes(b"\x00")
    articles.joinpath("never-read.md").write_bytes(b"\x00")
    write(articles, "parking.md", PARKING)
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert outcome.exam.newly_failed == ("day.md",)
    assert outcome.waiting is not None
    examined.promote(outcome.waiting)
    write(articles, "parking.md", f"{PARKING}\nCó mái che.\n")
    again = examined.reload_examined(ReloadRequest(articles))
    assert [bad.path for bad in again.report.failed] == ["day.md", "never-read.md"]
    assert again.promoted


def test_articles_that_vanish_at_once_wait(examined: KnowledgeBase, articles: Path) -> None:
    write(articles, "parking.md", PARKING)
    write(articles, "golden.yaml", "refused: [giá vàng hôm nay]\n")
    assert examined.reload_examined(ReloadRequest(articles)).promoted
    articles.joinpath("day.md").unlink()
    articles.joinpath("principle.md").unlink()
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert outcome.exam.too_many_removed
    assert outcome.report.removed == ("day.md", "principle.md")
    assert not outcome.promoted


def test_without_golden_questions_only_the_articles_are_compared(
    base: KnowledgeBase, articles: Path
) -> None:
    base.reload(articles)
    lose_the_day(articles)
    outcome = base.reload_examined(ReloadRequest(articles))
    assert outcome.exam is not None
    assert (outcome.exam.results, outcome.promoted) == (None, True)


def test_nothing_new_is_not_examined(examined: KnowledgeBase, articles: Path) -> None:
    outcome = examined.reload_examined(ReloadRequest(articles))
    assert (outcome.exam, outcome.promoted, outcome.waiting) == (None, False, None)
    assert outcome.report.version == "v0001"


def test_golden_file_with_an_error_stops_before_anything_is_built(
    examined: KnowledgeBase, articles: Path
) -> None:
    write(articles, "parking.md", PARKING)
    write(articles, "golden.yaml", "answered: 5: 6")
    with pytest.raises(GoldenFileError, match="dòng 1"):
        examined.reload_examined(ReloadRequest(articles))
    assert [info.name for info in examined.versions()] == ["v0001"]


def test_interrupted_exam_leaves_no_candidate(examined: KnowledgeBase, articles: Path) -> None:
    def interrupt(progress: ReloadProgress) -> None:
        if progress.stage == "Hỏi câu mẫu":
            raise KeyboardInterrupt

    write(articles, "parking.md", PARKING)
    with pytest.raises(KeyboardInterrupt):
        examined.reload_examined(ReloadRequest(articles), progress=interrupt)
    assert [info.name for info in examined.versions()] == ["v0001"]
    assert examined.reload_examined(ReloadRequest(articles)).promoted


@pytest.mark.parametrize(
    ("stage", "compared_with"), [("Nhúng và ghi", "v0001"), ("Hỏi câu mẫu", "v0002")]
)
def test_candidate_built_upon_a_version_that_is_live_no_more_waits(
    examined: KnowledgeBase, articles: Path, stage: str, compared_with: str
) -> None:
    write(articles, "parking.md", PARKING)
    assert examined.reload_examined(ReloadRequest(articles)).promoted
    write(articles, "roof.md", "# Mái che\n\nBãi xe có mái che.\n")

    def go_back(progress: ReloadProgress) -> None:
        if progress.stage == stage and examined.active_version == "v0002":
            assert examined.rollback() == "v0001"

    outcome = examined.reload_examined(ReloadRequest(articles), progress=go_back)
    assert outcome.exam is not None
    assert (outcome.exam.live_changed, outcome.exam.compared_with) == (True, compared_with)
    assert (outcome.promoted, examined.active_version) == (False, "v0001")


def test_live_version_answers_while_the_new_one_is_built_and_examined(
    examined: KnowledgeBase, articles: Path
) -> None:
    write(articles, "parking.md", PARKING)
    stages: set[str] = set()

    def ask(progress: ReloadProgress) -> None:
        stages.add(progress.stage)
        assert examined.active_version == "v0001"
        assert examined.assistant().answer(PARKING_QUESTION).refused

    assert examined.reload_examined(ReloadRequest(articles), progress=ask).promoted
    assert {"Nhúng và ghi", "Hỏi câu mẫu"} <= stages
    assert "6 giờ 30" in says(examined, PARKING_QUESTION)


def test_shipped_articles_pass_their_own_exam(base: KnowledgeBase) -> None:
    outcome = base.reload_examined(ReloadRequest(SHIPPED))
    assert outcome.exam is not None
    assert outcome.exam.wrong == ()
