import pytest

from knowledge.answering.document_dates import (
    asks_document_date,
    dates_only_the_decision,
    states_document_date,
)
from knowledge.answering.question import analyse

SIGNED = "Thủ tướng Chính phủ ký ban hành Quyết định số 828/QĐ-TTg vào ngày 22/7/2004."
DECIDED = "Nghị quyết về việc tái lập tỉnh Lào Cai được thông qua ngày 12/8/1991."


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
