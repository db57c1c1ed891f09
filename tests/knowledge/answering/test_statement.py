import pytest

from knowledge.answering.question import analyse
from knowledge.answering.statement import (
    UNDATED,
    as_of,
    asks_document_date,
    complement_span,
    dates_only_the_decision,
    reach_back,
    states_document_date,
)
from knowledge.index.citation import Citation
from tests.knowledge.answering.passages import ask

ARTICLE = "Bài viết “Phát huy truyền thống” (Phạm Vy, khoảng năm 2021)"
AGE = "Văn phòng có bề dày truyền thống gần 76 năm hình thành và phát triển."
SIGNED = "Thủ tướng Chính phủ ký ban hành Quyết định số 828/QĐ-TTg vào ngày 22/7/2004."
DECIDED = "Nghị quyết về việc tái lập tỉnh Lào Cai được thông qua ngày 12/8/1991."


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


@pytest.mark.parametrize(
    ("question", "sentence", "complement"),
    [
        (
            "Chức năng của Văn phòng là gì?",
            "Chức năng của Văn phòng là tham mưu, giúp việc cho tỉnh; việc khác do tỉnh giao.",
            "tham mưu, giúp việc cho tỉnh",
        ),
        (
            "Văn phòng là gì?",
            "Văn phòng gồm: Công đoàn, Đoàn thanh niên và Hội Cựu chiến binh, theo quy định.",
            "Công đoàn, Đoàn thanh niên và Hội Cựu chiến binh",
        ),
        ("Khẩu hiệu là gì?", "Khẩu hiệu là “Vui, khỏe.” của đoàn.", "Vui, khỏe."),
        ("Văn phòng là gì?", "Văn phòng không phải là nơi tiếp dân.", None),
        ("Văn phòng là gì?", "Bếp ăn là nơi phục vụ bữa trưa.", None),  # of something else
        ("Văn phòng là gì?", "Văn phòng tham mưu cho tỉnh.", None),
    ],
)
def test_what_the_subject_is_said_to_be(
    question: str, sentence: str, complement: str | None
) -> None:
    span = complement_span(sentence, ask(question, sentence).coverage)
    assert (None if span is None else sentence[slice(*span)]) == complement


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("quyết định 828 năm nào", True),
        ("quyết định 828/QĐ-TTg ký ngày nào", True),
        ("nghị quyết 202 ký khi nào", True),
        ("quyết định 828 lấy ngày nào làm ngày truyền thống", False),
        ("quyết định 828 có hiệu lực từ ngày nào", False),
        ("ngày tái lập tỉnh", False),
        ("quyết định 828 nói về gì", False),
    ],
)
def test_questions_about_a_documents_date(question: str, *, asks: bool) -> None:
    assert asks_document_date(analyse(question)) is asks


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        (SIGNED, True),
        ("… quy định tại Quyết định số 828/QĐ-TTg ngày 22/7/2004 của Thủ tướng Chính phủ.", True),
        ("Quyết định số 828/QĐ-TTg lấy ngày 28/8 hằng năm làm Ngày truyền thống.", False),
    ],
)
def test_sentences_that_give_a_documents_date(sentence: str, *, states: bool) -> None:
    assert states_document_date(sentence) is states


def test_a_decisions_date_is_not_that_of_what_it_decides() -> None:
    assert dates_only_the_decision(DECIDED, analyse("Ngày tái lập tỉnh Lào Cai?"))
    assert not dates_only_the_decision(
        DECIDED, analyse("nghị quyết tái lập tỉnh thông qua khi nào")
    )
    tabled = "Tỉnh Lào Cai tái lập và hoạt động từ ngày 1/10/1991."
    assert not dates_only_the_decision(tabled, analyse("Ngày tái lập tỉnh Lào Cai?"))
