import pytest

from embeddings.diacritics import DiacriticRestorer
from embeddings.vietnamese import fold

CORPUS = [
    "Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày 28/8 hằng năm.",
    "Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004.",
    "Phát triển kinh tế - xã hội; thạo nghề, thạo địa bàn; đúng chính sách, không vô cảm.",
    "Văn phòng tham mưu, giúp việc Ủy ban nhân dân tỉnh Lào Cai.",
]


@pytest.fixture(scope="module")
def restorer() -> DiacriticRestorer:
    return DiacriticRestorer(CORPUS)


@pytest.mark.parametrize(
    "question",
    [
        "Ngày truyền thống văn phòng là ngày nào?",
        "ai ký quyết định 828",
        "không vô cảm là gì",
        "văn phòng thành lập khi nào",
        "VĂN PHÒNG có bao nhiêu năm",
    ],
)
def test_a_question_without_diacritics_is_restored(
    restorer: DiacriticRestorer, question: str
) -> None:
    assert restorer.needs_restoring(fold(question))
    assert restorer.restore(fold(question)) == question


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ngày truyen thống văn phong", "ngày truyền thống văn phòng"),
        ("ngày truyền thống ngành y tế", "ngày truyền thống ngành y tế"),
        ("người Việt Nam", "người Việt Nam"),
    ],
)
def test_what_was_typed_with_diacritics_stays(
    restorer: DiacriticRestorer, typed: str, restored: str
) -> None:
    assert restorer.restore(typed) == restored


def test_a_fully_typed_question_needs_nothing(restorer: DiacriticRestorer) -> None:
    assert not restorer.needs_restoring("Ngày truyền thống Văn phòng là ngày nào?")


def test_an_empty_corpus_still_knows_how_questions_are_asked() -> None:
    assert DiacriticRestorer([]).restore("la ngay nao") == "là ngày nào"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ngay truyen thog van phong", "ngày truyền thống văn phòng"),
        ("ngày truyềnn thống", "ngày truyền thống"),
        ("kinh te xax hooi", "kinh tế xax hooi"),  # nothing near, or no neighbour that vouches
        ("google và facebook", "google và facebook"),
    ],
)
def test_slips_of_the_finger_are_mended_where_the_neighbours_vouch(
    restorer: DiacriticRestorer, typed: str, restored: str
) -> None:
    assert restorer.restore(typed) == restored
