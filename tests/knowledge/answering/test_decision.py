import pytest

from knowledge.answering.decision import (
    ANSWER_THRESHOLD,
    calibration_for,
    confidence,
    merely_counts,
)
from knowledge.answering.question import analyse
from tests.knowledge.answering.passages import ask

BY_WORDS = calibration_for("any-other-model@1")
DAY = "Ngày truyền thống Văn phòng là ngày 28/8 hằng năm."
SIGNED = "Thủ tướng ký Quyết định số 828/QĐ-TTg ngày 22/7/2004."
PROGRAMMES = "Văn phòng đã tham mưu 7 chương trình và 29 đề án."
UNITS = "Tỉnh có 99 đơn vị hành chính cấp xã, gồm 89 xã và 10 phường."
DAYS = "Các ngày lễ lớn: ngày thành lập Đảng 03/02, ngày thành lập Đoàn 26/3, ngày toàn thắng 30/4."
OFFICE = "Văn phòng tham mưu, giúp việc cho lãnh đạo tỉnh."
SEAT = "Văn phòng đặt tại phường Nam Cường."
GROUPS = "Văn phòng có các đoàn thể gồm: Công đoàn, Đoàn thanh niên và Hội Cựu chiến binh."


def sure(question: str, passage: str) -> float:
    asked = ask(question, passage, "Bếp ăn tập thể phục vụ bữa trưa.")
    best = asked.evidence[0]
    (hit,) = (hit for hit in asked.hits if hit.chunk is best.chunk)
    return confidence(asked.question, asked.coverage, best, hit, BY_WORDS)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Ngày truyền thống Văn phòng là ngày nào?", DAY),
        ("Quyết định 828/QĐ-TTg ký ngày nào?", SIGNED),
        ("Văn phòng đã tham mưu bao nhiêu đề án?", PROGRAMMES),
        ("Tỉnh có bao nhiêu đơn vị hành chính cấp xã?", UNITS),
        ("Ngày toàn thắng là ngày nào?", DAYS),
        ("Văn phòng ở đâu?", SEAT),
        ("Văn phòng có mấy đoàn thể?", GROUPS),  # counts by naming all
    ],
)
def test_what_answers(question: str, passage: str) -> None:
    assert sure(question, passage) >= ANSWER_THRESHOLD


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Quyết định 829 ký ngày nào?", SIGNED),  # another figure
        ("Quyết định 828/QĐ-UBND ký ngày nào?", SIGNED),  # another document
        ("Số điện thoại Văn phòng?", OFFICE),
        ("Văn phòng mở cửa lúc mấy giờ?", OFFICE),
        ("Bạn là ai?", OFFICE),
    ],
)
def test_what_cannot_answer(question: str, passage: str) -> None:
    assert sure(question, passage) == 0


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Ngày truyền thống ngành y tế là ngày nào?", DAY),  # another thing
        ("Ngày truyền thống Văn phòng hiện nay là ngày nào?", DAY),  # nothing of today
        ("Văn phòng ở đâu?", OFFICE),  # nothing says where
        ("Tên 29 đề án là gì?", PROGRAMMES),  # only counted
        ("Ngày thành lập Công đoàn là ngày nào?", DAYS),  # in a list, dates of other things
        ("Văn phòng có mấy phòng ban?", OFFICE),  # no count
        ("Ông Nguyễn Trung Trực ký Quyết định 828 ngày nào?", SIGNED),  # a name not in it
    ],
)
def test_what_hardly_answers(question: str, passage: str) -> None:
    assert 0 < sure(question, passage) < ANSWER_THRESHOLD


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
