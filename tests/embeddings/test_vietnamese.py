import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.vietnamese import (
    canonical_syllable,
    fold,
    has_diacritics,
    nfc,
    syllable_spans,
    syllables,
    terms,
)

VIETNAMESE = st.text(
    alphabet=(
        "aăâbcdđeêghiklmnoôơpqrstuưvxy ,.0123"
        "áàảãạấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn kết", "Doan ket"),
        ("Quyết định số 828/QĐ-TTg", "Quyet dinh so 828/QD-TTg"),
        ("nước Việt Nam", "nuoc Viet Nam"),
        ("tận tụy, kỷ cương", "tan tuy, ky cuong"),
    ],
)
def test_folding_removes_every_diacritic(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(VIETNAMESE)
def test_folding_is_idempotent_and_blind_to_the_normal_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert not has_diacritics(fold(text))


@pytest.mark.parametrize(
    ("spellings"),
    [
        ("hoà", "hòa"),
        ("uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("tuỵ", "tụy"),
        ("kỉ", "kỷ"),
        ("tỉ", "tỷ"),
        ("lí", "lý"),
    ],
)
def test_accepted_spellings_are_one_syllable(spellings: tuple[str, str]) -> None:
    one, other = spellings
    assert canonical_syllable(one) == canonical_syllable(other) == other


@pytest.mark.parametrize("syllable", ["quý", "quỳ", "hoàn", "thi", "đi", "tuyên"])
def test_other_syllables_stay(syllable: str) -> None:
    assert canonical_syllable(syllable) == syllable


@given(VIETNAMESE)
def test_syllables_and_their_places_go_together(text: str) -> None:
    text = nfc(text)
    spans = syllable_spans(text)
    assert len(spans) == len(syllables(text))
    assert [canonical_syllable(text[a:b].lower()) for a, b in spans] == syllables(text)


def test_terms_are_syllables_and_their_bigrams() -> None:
    assert terms(syllables("Văn phòng tỉnh")) == [
        "văn",
        "phòng",
        "tỉnh",
        "văn_phòng",
        "phòng_tỉnh",
    ]
