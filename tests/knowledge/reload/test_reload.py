from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from embeddings import Encoder
from knowledge import (
    KnowledgeBase,
    ReloadProgress,
)
from tests.knowledge.counting_encoder import CountingEncoder
from tests.knowledge.small_articles import (
    DATE_QUESTION,
    PARKING,
    PARKING_QUESTION,
    manifests,
    says,
    write,
)


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = folder.joinpath(name).read_text(encoding="utf-8")
    assert old in text
    write(folder, name, text.replace(old, new))


def test_first_reload_adds_every_article(base: KnowledgeBase, articles: Path) -> None:
    assert base.active_version is None
    report = base.reload(articles)
    assert report.added == ("day.md", "principle.md")
    assert (report.changed, report.removed, report.unchanged, report.failed) == ((), (), (), ())
    assert report.version == base.active_version == "v0001"
    assert "28/8" in says(base, DATE_QUESTION)


def test_nothing_new_makes_no_version(counted: KnowledgeBase, articles: Path) -> None:
    counted.reload(articles)
    encoder = counted.encoder
    assert isinstance(encoder, CountingEncoder)
    encoder.passages.clear()
    report = counted.reload(articles)
    assert report.unchanged == ("day.md", "principle.md")
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert (report.version, encoder.passages) == ("v0001", [])


def test_only_changed_text_is_embedded_again(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    counted.reload(articles)
    counting.passages.clear()
    change(articles, "principle.md", "đúng thời gian", "đúng hạn")
    report = counted.reload(articles)
    assert (report.changed, report.unchanged) == (("principle.md",), ("day.md",))
    assert len(counting.passages) == 2  # the passage and its one sentence
    assert all("đúng hạn" in text for text in counting.passages)
    assert report.version == "v0002"
    answer = says(counted, "3 đúng là gì?")
    assert "đúng hạn" in answer
    assert "đúng thời gian" not in answer


def test_removed_article_no_longer_answers(base: KnowledgeBase, articles: Path) -> None:
    base.reload(articles)
    (citation,) = base.assistant().answer(DATE_QUESTION).citations
    articles.joinpath("day.md").unlink()
    report = base.reload(articles)
    assert (report.removed, report.unchanged) == (("day.md",), ("principle.md",))
    assistant = base.assistant()
    assert assistant.answer(DATE_QUESTION).refused
    assert assistant.citation(citation.chunk_id) is None


def test_added_article_answers(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    counted.reload(articles)
    counting.passages.clear()
    write(articles, "parking.md", PARKING)
    assert counted.reload(articles).added == ("parking.md",)
    assert len(counting.passages) == 2
    assert "6 giờ 30" in says(counted, PARKING_QUESTION)


def test_full_reload_embeds_everything_again(
    counted: KnowledgeBase, counting: CountingEncoder, articles: Path
) -> None:
    counted.reload(articles)
    first = sorted(counting.passages)
    counting.passages.clear()
    assert counted.reload(articles, full=True).version == "v0002"
    assert sorted(counting.passages) == first


def test_previous_version_is_kept_and_older_ones_go(
    encoder: Encoder, articles: Path, tmp_path: Path
) -> None:
    with KnowledgeBase(tmp_path / "data", encoder, keep_versions=2) as base:
        for number in range(4):
            write(articles, "parking.md", f"{PARKING}\nLần sửa thứ {number}.\n")
            base.reload(articles)
        assert manifests(tmp_path / "data") == ["v0003.json", "v0004.json"]
        assert base._store.versions() == ["v0001"]  # they share what did not change
        texts = base._store.read("v0001").texts
        assert [n for n in range(4) if f"Lần sửa thứ {n}." in texts] == [2, 3]
        tmp_path.joinpath("data", "index", "active").write_text("v0003\n", encoding="utf-8")
        assert base.assistant().kb_version == "v0003"
        assert "28/8" in says(base, DATE_QUESTION)


def test_loaded_assistant_outlives_the_next_reload(base: KnowledgeBase, articles: Path) -> None:
    base.reload(articles)
    old = base.assistant()
    write(articles, "parking.md", PARKING)
    base.reload(articles)
    assert "28/8" in old.answer(DATE_QUESTION).text
    assert (old.kb_version, base.assistant().kb_version) == ("v0001", "v0002")


def test_answers_go_on_during_a_reload(base: KnowledgeBase, articles: Path) -> None:
    base.reload(articles)
    assistant = base.assistant()
    answers = [assistant.answer(DATE_QUESTION)]
    with ThreadPoolExecutor(1) as thread:
        reloading = thread.submit(base.reload, articles, full=True)
        while not reloading.done():
            answers.append(assistant.answer(DATE_QUESTION))
    assert reloading.result().version == "v0002"
    assert {answer.text for answer in answers} == {answers[0].text}
    assert "28/8" in answers[0].text


def test_progress_counts_up_to_the_total(base: KnowledgeBase, articles: Path) -> None:
    seen: dict[str, list[ReloadProgress]] = {}
    base.reload(articles, progress=lambda p: seen.setdefault(p.stage, []).append(p))
    assert list(seen) == ["Đọc bài viết", "Nhúng và ghi", "Lập mục tra từ"]
    assert [step.done for step in seen.pop("Lập mục tra từ")] == [0, 1]
    for steps in seen.values():
        assert [step.done for step in steps] == list(range(1, steps[0].total + 1))
