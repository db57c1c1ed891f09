import pytest

from tests.knowledge.answering.passages import ask

DAY = "Ngày truyền thống Văn phòng là ngày 28/8 hằng năm."
MEANING = "Ngày truyền thống Văn phòng là dịp ôn lại lịch sử Văn phòng."
SIGNED = "Thủ tướng ký Quyết định số 828/QĐ-TTg ngày 22/7/2004."
CHOSEN = "Quyết định số 828/QĐ-TTg lấy ngày 28/8 làm ngày truyền thống."
RESTORED = "Tỉnh tái lập và hoạt động từ ngày 1/10/1991."
DECIDED = "Nghị quyết về việc tái lập tỉnh được thông qua ngày 12/8/1991."
PROGRAMMES = "Văn phòng tham mưu 7 chương trình, các đề án thì ở dưới."
PROJECTS = "Văn phòng tham mưu các việc khác, có 29 đề án."
RIGHTS = "3 đúng là: đúng chính sách, đúng thẩm quyền, đúng thời gian."
ABOUT_RIGHTS = "Cán bộ văn phòng rèn luyện 3 đúng mỗi ngày."
FUNCTION = "Chức năng của Văn phòng là tham mưu, giúp việc cho lãnh đạo tỉnh."
ORDER = "Chức năng của Văn phòng được quy định rõ."
NEEDS_DAY = "Ngày này được tổ chức trang trọng ở trụ sở tỉnh."
OTHER = "Bếp ăn tập thể phục vụ bữa trưa."
HEDGED = "Theo một nguồn, Văn phòng ra đời năm 1945."
SURE = "Văn phòng ra đời năm 1947."


@pytest.mark.parametrize(
    ("question", "passages", "best"),
    [
        # what has the form that is asked for
        ("Ngày truyền thống Văn phòng là ngày nào?", [f"{MEANING} {DAY}"], DAY),
        ("Ý nghĩa ngày truyền thống Văn phòng?", [f"{MEANING} {DAY}"], MEANING),
        ("Ai ký Quyết định 828?", [f"{CHOSEN} {SIGNED}"], SIGNED),
        ("Có bao nhiêu đề án?", [f"{PROGRAMMES} {PROJECTS}"], PROJECTS),
        # dates of documents, and of what they decide
        ("Quyết định 828 ký ngày nào?", [f"{CHOSEN} {SIGNED}"], SIGNED),
        ("Ngày tái lập tỉnh là ngày nào?", [f"{DECIDED} {RESTORED}"], RESTORED),
        # a motto that is spelled out, and what something is
        ("3 đúng là gì?", [f"{ABOUT_RIGHTS} {RIGHTS}"], RIGHTS),
        ("Chức năng của Văn phòng là gì?", [f"{ORDER} {FUNCTION}"], FUNCTION),
        # a heading that asks the same, and a source that is unsure
        ("Văn phòng thành lập năm nào?", [f"{OTHER} {SURE}"], SURE),
        (
            "Bếp ăn mở cửa thế nào?",
            ["Xe # Mở cửa sớm.", "Bếp ăn # Mở cửa muộn."],
            "Mở cửa muộn.",
        ),
        ("Văn phòng thành lập năm nào?", [f"{HEDGED} {SURE}"], SURE),
        ("Văn phòng thành lập năm nào?", [HEDGED, SURE], SURE),
    ],
)
def test_the_best_evidence(question: str, passages: list[str], best: str) -> None:
    assert ask(question, *passages).evidence[0].sentence.text == best


@pytest.mark.parametrize(
    ("question", "passage", "covered"),
    [
        ("Bếp ăn tập thể?", OTHER, 1.0),
        ("Bếp ăn tập trung?", OTHER, 0.4),
        ("Thời tiết?", OTHER, 0.0),
        ("Bep an tap the?", OTHER, 0.8),  # typed without diacritics: a guess
    ],
)
def test_coverage(question: str, passage: str, covered: float) -> None:
    assert ask(question, passage).evidence[0].coverage == pytest.approx(covered, abs=0.05)


def test_a_sentence_that_points_back_is_read_with_the_one_before() -> None:
    asked = ask("Ngày truyền thống Văn phòng tổ chức ở đâu?", f"{DAY} {NEEDS_DAY} {OTHER}")
    assert asked.at(NEEDS_DAY).coverage > asked.at(DAY).coverage > asked.at(OTHER).coverage
