import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles.article import Article, Block, BlockKind
from knowledge.articles.chunker import ChunkingSettings, chunk_article

WORDS = st.lists(st.sampled_from("văn phòng. tỉnh, Lào Cai; 28/8 đúng".split()), min_size=1)
BLOCKS = st.lists(
    st.builds(
        lambda kind, words, level: Block(
            kind, " ".join(words), level if kind is BlockKind.HEADING else 0
        ),
        st.sampled_from(BlockKind),
        WORDS,
        st.integers(1, 3),
    ),
    max_size=12,
)
SMALL = ChunkingSettings(target=60, limit=120)


def article(*blocks: Block, title: str = "Tên bài") -> Article:
    return Article("bai.md", title, "nguồn", None, None, (), blocks, "0" * 64)


@given(BLOCKS)
def test_chunks_keep_all_text_within_the_limit_under_unique_ids(blocks: list[Block]) -> None:
    chunks = chunk_article(article(*blocks), SMALL)
    kept = " ".join(c.text.replace("\n- ", " ").removeprefix("- ") for c in chunks)
    wanted = " ".join(b.text for b in blocks if b.kind is not BlockKind.HEADING)
    assert kept.replace("- ", "").split() == wanted.split()
    assert all(len(chunk.text) <= SMALL.limit for chunk in chunks)
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    for chunk in chunks:
        assert all(chunk.text[s.start : s.end] == s.text for s in chunk.sentences)


def test_headings_become_the_context() -> None:
    (first, second) = chunk_article(
        article(
            Block(BlockKind.HEADING, "Nguyên tắc", 1),
            Block(BlockKind.HEADING, "Hai thạo", 2),
            Block(BlockKind.PARAGRAPH, "Thạo nghề."),
            Block(BlockKind.HEADING, "Ý nghĩa", 1),
            Block(BlockKind.PARAGRAPH, "Làm tốt hơn."),
        )
    )
    assert first.heading == "Nguyên tắc › Hai thạo"
    assert first.embedded_text == "Tên bài. Nguyên tắc › Hai thạo\nThạo nghề."
    assert second.heading == "Ý nghĩa"


def test_a_list_stays_with_its_introduction_and_its_items_are_sentences() -> None:
    (chunk,) = chunk_article(
        article(
            Block(BlockKind.PARAGRAPH, "Ba không gồm:"),
            Block(BlockKind.LIST_ITEM, "không vô cảm"),
            Block(BlockKind.LIST_ITEM, "không né tránh"),
        )
    )
    assert chunk.text == "Ba không gồm:\n- không vô cảm\n- không né tránh"
    assert [s.text for s in chunk.sentences] == ["Ba không gồm:", "không vô cảm", "không né tránh"]


def test_ids_follow_the_content_only() -> None:
    block = Block(BlockKind.PARAGRAPH, "Một câu.")
    (one,) = chunk_article(article(block))
    (same,) = chunk_article(article(block))
    (other_title,) = chunk_article(article(block, title="Tên khác"))
    assert one.chunk_id == same.chunk_id != other_title.chunk_id


@pytest.mark.parametrize(("target", "limit"), [(0, 10), (20, 10), (-1, 5)])
def test_sizes_that_make_no_sense_are_refused(target: int, limit: int) -> None:
    with pytest.raises(ValueError, match="target"):
        ChunkingSettings(target, limit)
