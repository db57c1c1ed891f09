import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.typing_slips import KEYS_AROUND
from embeddings.vietnamese import canonical_syllable, nfc
from knowledge.evaluation.slips import slip
from tests.knowledge.seeded import seeded

WORDS = st.sampled_from(
    "truyền phòng đúng Đoàn ở UBND nghiệp hòa khoẻ quý kỷ gì việt VĂN người tuyển ký a ừ".split()
)
SEEDS = st.integers(0, 10**9)
# what the office's people are known to type, and the slips that must be able to make it
KNOWN = [
    ("truyền", {"truỳen", "truyeenf", "truye6n2", "truyênf", "truyên2", "trruyền"}),
    ("phòng", {"phòg", "phongf", "phong2", "phònh", "hpòng"}),
    ("đúng", {"đúgn", "ddungs", "d9ung1", "đung1", "đúngg"}),
    ("Đoàn", {"Ddoanf", "Đòan", "D9oan2"}),
    ("ở", {"owr", "o73", "ởở"}),
]


@given(WORDS, SEEDS)
def test_a_slip_makes_another_word_and_the_same_one_from_the_same_seed(
    word: str, seed: int
) -> None:
    slipped = slip(word, seeded(seed))
    assert slipped == slip(word, seeded(seed))
    assert canonical_syllable(slipped.lower()) != canonical_syllable(word.lower())
    assert slipped == nfc(slipped)
    assert slipped.strip() == slipped != ""


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=8).map(nfc), SEEDS)
def test_letters_of_any_script_survive(word: str, seed: int) -> None:
    slipped = slip(word, seeded(seed))
    assert slipped
    assert slipped == nfc(slipped)


@pytest.mark.parametrize(("word", "expected"), KNOWN)
def test_slips_that_people_make_occur(word: str, expected: set[str]) -> None:
    rng = seeded(1)
    assert expected <= {slip(word, rng) for _ in range(3000)}


def test_another_accepted_spelling_is_no_slip() -> None:
    rng = seeded(2)
    assert "hoà" not in {slip("hòa", rng) for _ in range(1000)}


def test_neighbouring_keys_touch_both_ways() -> None:
    assert set(KEYS_AROUND["g"]) == set("tyfhvb")
    assert set(KEYS_AROUND["q"]) == set("wa")
    assert all(key in KEYS_AROUND[other] for key in KEYS_AROUND for other in KEYS_AROUND[key])
