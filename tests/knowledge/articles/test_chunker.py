from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles.article import (
    Article,
    Block,
    Heading,
    ListItem,
    Note,
    Paragraph,
    Table,
    lines_of,
)
from knowledge.articles.chunker import ChunkingSettings, chunk_article

WORDS = st.lists(st.sampled_from("văn phòng. tỉnh, Lào Cai; 28/8 đúng".split()), min_size=1)
TEXTS = WORDS.map(" ".join)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, TEXTS, st.integers(1, 3)),
        st.builds(Paragraph, TEXTS),
        st.builds(ListItem, TEXTS, st.sampled_from(["", "1.", "a)"]), st.integers(0, 2)),
        st.builds(Note, TEXTS, st.just("1")),
        st.builds(Table, ROWS, st.just(("Đơn vị", "Số"))),
    ),
    max_size=12,
)
SMALL = ChunkingSettings(target=60, limit=120)


def article(*blocks: Block, title: str = "Tên bài") -> Article:
    return Article("bai.md", title, "nguồn", None, None, (), blocks, "0" * 64)


@given(BLOCKS)
def test_chunks_keep_all_text_within_the_limit_under_unique_ids(blocks: list[Block]) -> None:
    chunks = chunk_article(article(*blocks), SMALL)
    shown = " ".join(chunk.text for chunk in chunks).split()
    assert not Counter(
        word
        for block in blocks
        if not isinstance(block, Heading)
        for line in lines_of(block)
        for word in line.text.split()
    ) - Counter(shown)
    assert all(len(chunk.text) <= SMALL.limit for chunk in chunks)
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert all(chunk.text[s.start : s.end] == s.text for s in chunk.sentences)
        assert all(0 <= a <= b <= len(s.text) for s in chunk.sentences for a, b in s.cells)


def test_headings_become_the_context() -> None:
    (first, second) = chunk_article(
        article(
            Heading("Nguyên tắc", 1),
            Heading("Hai thạo", 2),
            Paragraph("Thạo nghề."),
            Heading("Ý nghĩa", 1),
            Paragraph("Làm tốt hơn."),
        )
    )
    assert first.heading == "Nguyên tắc › Hai thạo"
    assert first.embedded_text == "Tên bài. Nguyên tắc › Hai thạo\nThạo nghề."
    assert second.heading == "Ý nghĩa"


def test_a_list_stays_with_its_introduction_and_its_items_are_sentences() -> None:
    (chunk,) = chunk_article(
        article(
            Paragraph("Ba không gồm:"),
            ListItem("không vô cảm"),
            ListItem("không né tránh"),
        )
    )
    assert chunk.text == "Ba không gồm:\n- không vô cảm\n- không né tránh"
    assert [s.text for s in chunk.sentences] == ["Ba không gồm:", "không vô cảm", "không né tránh"]


def test_ids_follow_the_content_only() -> None:
    block = Paragraph("Một câu.")
    (one,) = chunk_article(article(block))
    (same,) = chunk_article(article(block))
    (other_title,) = chunk_article(article(block, title="Tên khác"))
    assert one.chunk_id == same.chunk_id != other_title.chunk_id


@pytest.mark.parametrize(("target", "limit"), [(0, 10), (20, 10), (-1, 5)])
def test_sizes_that_make_no_sense_are_refused(target: int, limit: int) -> None:
    with pytest.raises(ValueError, match="target"):
        ChunkingSettings(target, limit)
