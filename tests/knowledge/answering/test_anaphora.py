import pytest

from knowledge.answering.anaphora import reach_back


@pytest.mark.parametrize(
    ("sentence", "sentences"),
    [
        ("Ngày này cũng động viên cán bộ văn phòng.", 1),
        ("Cán bộ rèn luyện theo chuẩn mực này.", 1),
        ("Bài viết không nói những con số này thuộc nhiệm kỳ nào.", 2),
        ("Cả hai cách viết đều lấy từ cùng một bài.", 2),
        ("Ngày truyền thống là ngày 28/8.", 0),
        ("Nguyên tắc có ba nhóm và tám nội dung.", 0),
    ],
)
def test_how_far_back_a_sentence_points(sentence: str, sentences: int) -> None:
    assert reach_back(sentence) == sentences
