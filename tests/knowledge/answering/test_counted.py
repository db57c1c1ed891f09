import pytest

from knowledge.answering.counted import merely_counts
from knowledge.answering.question import analyse

PROGRAMMES = "Văn phòng đã tham mưu 7 chương trình và 29 đề án."
UNITS = "Tỉnh có 99 đơn vị hành chính cấp xã, gồm 89 xã và 10 phường."


@pytest.mark.parametrize(
    ("question", "passage", "merely"),
    [
        ("tên 29 đề án là gì", PROGRAMMES, True),
        ("29 đề án là những đề án nào", PROGRAMMES, True),
        ("29 đề án do ai tham mưu", PROGRAMMES, False),
        ("bao nhiêu đề án", PROGRAMMES, False),
        ("tên 30 đề án là gì", PROGRAMMES, False),  # another number: not counted at all
        ("10 phường tên là gì", UNITS, True),
        ("99 đơn vị hành chính cấp xã gồm những gì", UNITS, False),
        ("4 mảng việc gồm những gì", "Công tác có 4 mảng việc sau: A, B, C và D.", False),
    ],
)
def test_what_is_only_counted_has_no_names(question: str, passage: str, *, merely: bool) -> None:
    assert merely_counts(analyse(question), passage) is merely
