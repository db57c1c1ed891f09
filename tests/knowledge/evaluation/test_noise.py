import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.vietnamese import fold, has_diacritics, nfc, syllables
from knowledge.answering.office import read_office
from knowledge.evaluation.noise import Typing, abbreviated, in_typing, mistyped, partly_folded
from tests.knowledge.seeded import seeded

GLOSSARY = read_office().glossary
SHORT_FORMS = {short: full[0] for short, full in GLOSSARY.abbreviations.items()}
# what the others mean takes documents to tell
OF_ONE_MEANING = {s: full[0] for s, full in GLOSSARY.abbreviations.items() if len(full) == 1}
WORDS = (
    "Văn phòng UBND tỉnh Lào Cai không được bao nhiêu quyết định số 828/QĐ-TTg ngày 22/7/2004 "
    "truyền thống là gì ? – hòa Thủ tướng Chính phủ COVID19 như thế nào , ai ký"
).split()
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
SEEDS = st.integers(0, 10**9)
SHARES = st.floats(0, 1)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(QUESTIONS | st.text(max_size=60), SEEDS, st.sampled_from(Typing))
def test_the_same_seed_types_the_same_in_normal_form(text: str, seed: int, typing: Typing) -> None:
    typed = in_typing(text, typing, seeded(seed), SHORT_FORMS)
    assert typed == in_typing(nfc(text), typing, seeded(seed), SHORT_FORMS)
    assert typed == nfc(typed)


@given(QUESTIONS, SEEDS, SHARES)
def test_typos_hit_the_share_of_words_of_letters_only(text: str, seed: int, share: float) -> None:
    before, after = words_of(text), words_of(mistyped(text, seeded(seed), share))
    assert len(before) == len(after)
    letters = sum(word.isalpha() for word in before)
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert all(old.isalpha() for old in changed)
    assert abs(len(changed) - share * letters) < 1
    assert re.split(r"\w+", text) == re.split(r"\w+", mistyped(text, seeded(seed), share))


@given(st.text(st.sampled_from("0123456789 /.-?_"), max_size=40), SEEDS)
def test_text_without_letters_stays(text: str, seed: int) -> None:
    for typing in Typing:
        assert in_typing(text, typing, seeded(seed), SHORT_FORMS) == text


def test_the_share_holds_over_short_questions() -> None:
    rng = seeded(5)
    text = "Ai ký quyết định này"  # five words: a tenth is none or one
    typed = [mistyped(text, rng) for _ in range(2000)]
    changed = sum(
        old != new for t in typed for old, new in zip(text.split(), t.split(), strict=True)
    )
    assert 0.085 < changed / (5 * len(typed)) < 0.115


@given(QUESTIONS, SEEDS)
def test_partial_diacritics_leave_about_half(text: str, seed: int) -> None:
    typed = partly_folded(text, seeded(seed))
    marked = sum(map(has_diacritics, words_of(text)))
    assert abs(sum(map(has_diacritics, words_of(typed))) - marked / 2) < 1
    assert fold(typed) == fold(text)


def test_without_diacritics_nothing_is_left_but_case() -> None:
    typed = in_typing("Đoàn kết hoà", Typing.WITHOUT_DIACRITICS, seeded(0), {})
    assert typed == "Doan ket hoa"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Văn phòng có gì?", {"vp có j?"}),
        ("Văn phòng UBND tỉnh", {"vpub tỉnh", "vpubnd tỉnh"}),
        ("văn, phòng", {"văn, phòng"}),
        ("Có được không?", {f"Có {d} {k}?" for d in ("dc", "đc", "đk") for k in
                            ("k", "ko", "hok", "khg", "hem")}),
        ("quyết định 828/QĐ-TTg", {"qđ 828/QĐ-TTg", "qd 828/QĐ-TTg"}),
        ("", {""}),
    ],
)  # fmt: skip
def test_phrases_are_abbreviated_the_longest_first(text: str, expected: set[str]) -> None:
    rng = seeded(1)
    assert {abbreviated(text, rng, SHORT_FORMS) for _ in range(300)} == expected


@given(QUESTIONS, SEEDS)
def test_the_glossary_reads_abbreviations_back(text: str, seed: int) -> None:
    short = abbreviated(text, seeded(seed), OF_ONE_MEANING)
    assert len(words_of(short)) <= len(words_of(text))
    # of a question without diacritics, the forms written out have none either
    assert syllables(fold(GLOSSARY.expand(short))) == syllables(fold(GLOSSARY.expand(text)))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_beyond_its_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=r"share must be in 0\.\.1"):
        mistyped("một hai", seeded(0), share)
