from knowledge.documents.text_comparison import LineChange, compare_texts


def test_lines_changed_added_and_removed_are_counted() -> None:
    old = "Điều 1\nnghỉ 12 ngày\nĐiều 2\nbỏ đi\nĐiều 3"
    new = "Điều 1\nnghỉ 14 ngày\nĐiều 2\nĐiều 3\nĐiều 4"
    found = compare_texts(old, new)
    assert (found.changed, found.added, found.removed, found.count) == (1, 1, 1, 3)
    assert found.first == (
        LineChange("nghỉ 12 ngày", "nghỉ 14 ngày"),
        LineChange("bỏ đi", None),
        LineChange(None, "Điều 4"),
    )


def test_the_same_text_has_no_changes() -> None:
    assert compare_texts("a\nb", "a\nb").count == 0


def test_long_texts_are_compared_quickly() -> None:
    old = "\n".join(f"dòng {n}" for n in range(50_000))
    found = compare_texts(old, old.replace("dòng 7", "hàng 7"))
    assert found.changed == 1_111
    assert len(found.first) == 20
