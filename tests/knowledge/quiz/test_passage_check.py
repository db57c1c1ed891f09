import unicodedata
from pathlib import Path

import pytest

from knowledge.articles.chunk import Chunk
from knowledge.articles.chunker import chunk_article
from knowledge.documents.loader import article_files, load_article
from knowledge.quiz.bank.passage_check import (
    PassageFinding,
    check_lessons,
    check_passages,
    lesson_chunks,
)
from knowledge.quiz.bank.reading import read_bank
from knowledge.quiz.topic import LessonPart, QuizTopic
from knowledge.quiz.wording import stands_in, wording
from tests.knowledge.quiz.banks import HEAD, question, write_bank

VALUES = """\
---
title: Truyền thống và chuẩn mực
---
## Truyền thống

Truyền thống là: “Đoàn kết, phục vụ, kịp thời”. Nước Việt Nam Dân chủ Cộng hòa ra tuyên cáo.

## Hai thạo

### Rèn luyện

Cán bộ Văn phòng rèn 2 thạo:

- Thạo nghề
- Thạo địa bàn
"""


@pytest.fixture
def articles(articles: Path) -> Path:
    articles.joinpath("values.md").write_text(VALUES, encoding="utf-8")
    return articles


@pytest.fixture
def chunks(articles: Path) -> tuple[Chunk, ...]:
    """The passages of three small articles, cut as a reload cuts them."""
    return tuple(
        chunk for file in article_files(articles) for chunk in chunk_article(load_article(file))
    )


def check(tmp_path: Path, chunks: tuple[Chunk, ...], **fields: str) -> PassageFinding:
    bank = read_bank(write_bank(tmp_path / "quizzes", a=HEAD + question(**fields))).bank
    found = check_passages(bank.questions.values(), chunks)
    assert list(found) == ["a_01"]
    return found["a_01"]


@pytest.mark.parametrize(
    "quote",
    [
        '"Truyền thống là: “Đoàn kết, phục vụ, kịp thời”."',
        "'truyền   thống là: \"đoàn kết, phục vụ, kịp thời\".'",
        '"«Đoàn kết, phục vụ, kịp thời»"',
        '"TRUYỀN THỐNG LÀ"',
        '"Cộng hoà ra tuyên cáo"',
        '"rèn 2 thạo: - Thạo nghề - Thạo địa bàn"',
        '"rèn 2 thạo:\\n\\n• Thạo nghề\\n• Thạo địa bàn"',
        unicodedata.normalize("NFD", "Nước Việt Nam Dân chủ Cộng hòa"),
    ],
)
def test_the_way_a_quote_is_typed_does_not_matter(
    tmp_path: Path, chunks: tuple[Chunk, ...], quote: str
) -> None:
    finding = check(tmp_path, chunks, article="values.md", quote=quote)
    assert finding.found
    assert finding.reason == ""
    (chunk,) = [chunk for chunk in chunks if chunk.chunk_id == finding.chunk_id]
    assert (finding.title, finding.heading) == ("Truyền thống và chuẩn mực", chunk.heading)
    assert chunk.article_id == "values.md"


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("“Đoàn kết, phục vụ kịp thời”", "Truyền thống là: “Đoàn kết, phục vụ, kịp thời”."),
        ("Nước Việt Nam Dân chủ Cộng hoà ra tuyên ngôn", "Nước Việt Nam Dân chủ Cộng hòa ra"),
        ("rèn 12 thạo", "Cán bộ Văn phòng rèn 2 thạo:"),
        ("hạo nghề", "Thạo nghề"),
        ("Bãi xe mở cửa lúc sáu giờ ba mươi phút", None),
        ("kịp thời”. Nước Việt Nam … rèn 2 thạo", None),
    ],
)
def test_a_quote_that_changed_is_gone_with_what_comes_close(
    tmp_path: Path, chunks: tuple[Chunk, ...], quote: str, hint: str | None
) -> None:
    finding = check(tmp_path, chunks, article="values.md", quote=f"'{quote}'")
    assert not finding.found
    assert finding.chunk_id is None
    gone = "câu trích không còn trong bài"
    if hint is None:
        assert finding.reason == gone
    else:
        assert finding.reason.startswith(f"{gone}; câu gần giống nhất: “{hint}")


def test_a_quote_must_stand_in_one_passage(tmp_path: Path, chunks: tuple[Chunk, ...]) -> None:
    across = "ra tuyên cáo. Cán bộ Văn phòng rèn 2 thạo"
    finding = check(tmp_path, chunks, article="values.md", quote=across)
    assert finding.reason.startswith("câu trích không còn trong bài")


def test_an_article_that_went_or_was_renamed(tmp_path: Path, chunks: tuple[Chunk, ...]) -> None:
    renamed = check(tmp_path, chunks, article="old.md")
    assert renamed.reason == "không còn bài này; câu trích nay ở bài day.md"
    moved = check(tmp_path, chunks, article="values.md")
    assert moved.reason == "câu trích không còn trong bài; câu trích nay ở bài day.md"
    gone = check(tmp_path, chunks, article="old.md", quote="Bãi xe")
    assert gone.reason == check(tmp_path, ()).reason == "không còn bài này"


def test_parts_of_lessons_are_checked_and_found(chunks: tuple[Chunk, ...]) -> None:
    parts = {
        LessonPart("values.md"): ["Truyền thống", "Hai thạo › Rèn luyện"],
        LessonPart("values.md", "hai thạo"): ["Hai thạo › Rèn luyện"],
        LessonPart("values.md", "Hai thạo › Rèn luyện"): ["Hai thạo › Rèn luyện"],
        LessonPart("values.md", "Ba thạo"): [],
        LessonPart("values.md", "thống"): ["Truyền thống"],
        LessonPart("values.md", "hống"): [],
        LessonPart("old.md", "Truyền thống"): [],
    }
    for part, headings in parts.items():
        assert [chunk.heading for chunk in lesson_chunks(part, chunks)] == headings
    topic = QuizTopic("a", "A", 1, tuple(parts), ())
    findings = check_lessons([topic], chunks)
    assert [(finding.topic_id, finding.reason) for finding in findings] == [
        ("a", "bài học: bài values.md không có đề mục “Ba thạo”"),
        ("a", "bài học: bài values.md không có đề mục “hống”"),
        ("a", "bài học: không còn bài old.md"),
    ]


@pytest.mark.parametrize(
    ("words", "text", "there"),
    [
        ("28/8", "ngày 28/8 hằng năm", True),
        ("28/8", "đoạn 128/8", False),
        ("28/8", "đoạn 128/8, ngày 28/8", True),
        ("28/8", "28/80", False),
        ("kỷ niệm", "Kỉ niệm", True),
        ("quý", "quí", False),
        ("Uỷ ban", "Ủy ban", True),
        ("khoẻ", "khỏe", True),
        ("28–29/8", "28-29/8", True),
        ("đoàn kết", "doan ket", False),
        ("", "gì cũng được", False),
    ],
)
def test_whole_words_in_any_typing(words: str, text: str, *, there: bool) -> None:
    assert stands_in(wording(words), wording(text)) is there
