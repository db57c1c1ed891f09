import pytest

from knowledge.entities.amendments import amendments


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            ("Quyết định này thay thế các Quyết định số 1/QĐ-VP, số 2/QĐ-VP và Quyết định số"
            " 3/QĐ-VP ngày 5/8/2020 về việc thực hiện Nghị định số 30/2020/NĐ-CP."),
            ["thay thế Quyết định số 1/QĐ-VP", "thay thế Quyết định số 2/QĐ-VP",
             "thay thế Quyết định số 3/QĐ-VP"],
        ),
        (
            ("Điều 2. Sửa đổi, bổ sung khoản 2 Điều 3 Quy chế ban hành kèm theo Quyết định số"
            " 45/QĐ-VPUBND như sau:"),
            ["sửa đổi, bổ sung Quyết định số 45/QĐ-VPUBND"],
        ),
        (
            "Nghị quyết này thay thế Nghị quyết số 4/NQ-HĐND và bãi bỏ Nghị quyết số 5/NQ-HĐND.",
            ["thay thế Nghị quyết số 4/NQ-HĐND", "bãi bỏ Nghị quyết số 5/NQ-HĐND"],
        ),
        (
            "Bãi bỏ khoản 3 Điều 5 Quyết định số 8/QĐ-UB.",
            ["bãi bỏ một phần Quyết định số 8/QĐ-UB"],
        ),
        (
            "Quyết định số 6/QĐ-UB hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
            ["bãi bỏ Quyết định số 6/QĐ-UB"],
        ),
        ("Huỷ bỏ Thông báo số 7/TB-VP.", ["hủy bỏ Thông báo số 7/TB-VP"]),
        ("Căn cứ Luật số 12/2020/QH14 sửa đổi, bổ sung Luật số 10/2015/QH13;", []),
        ("Quy chế này áp dụng Nghị định số 1/NĐ-CP đã được sửa đổi theo Nghị định số 2/NĐ-CP.", []),
        ("Phòng Tổng hợp tham mưu sửa đổi Quyết định số 9/QĐ-VP trước ngày 20/8.", []),
    ],
)  # fmt: skip
def test_what_a_clause_does_to_other_documents(line: str, said: list[str]) -> None:
    assert [str(one) for one in amendments(line, by_itself=True)] == said


def test_a_task_is_no_clause() -> None:
    assert amendments("Sửa đổi Quyết định số 9/QĐ-VP.", by_itself=False) == []
