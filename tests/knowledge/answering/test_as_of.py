import pytest

from knowledge.answering.as_of import UNDATED, as_of
from knowledge.index.citation import Citation

ARTICLE = "Bài viết “Phát huy truyền thống” (Phạm Vy, khoảng năm 2021)"
AGE = "Văn phòng có bề dày truyền thống gần 76 năm hình thành và phát triển."


def citation(source: str, published: str | None = None) -> Citation:
    return Citation("Tiêu đề", source, "", "", "", "a.1", published=published)


@pytest.mark.parametrize(
    ("text", "source", "published", "note"),
    [
        (AGE, ARTICLE, "2026-11-24", "theo bài viết khoảng năm 2021"),
        (AGE, "Báo cáo của Văn phòng", "2026-11-24", "theo tài liệu ngày 24/11/2026"),
        (AGE, "Báo cáo của Văn phòng", None, UNDATED),
        ("Hiện nay có 3 phòng.", "Báo cáo năm 2024", None, "theo tài liệu năm 2024"),
        ("Tính đến nay, năm 2021, đã gần 76 năm.", ARTICLE, None, None),  # says it itself
        ("Ngày truyền thống là ngày 28/8 hằng năm.", ARTICLE, "2026-11-24", None),
        ("Từ ngày 1/7/2025, tỉnh có 99 đơn vị hành chính.", ARTICLE, "2026-11-24", None),
    ],
)
def test_what_is_tied_to_a_time_says_to_which(
    text: str, source: str, published: str | None, note: str | None
) -> None:
    assert as_of(text, citation(source, published)) == note
