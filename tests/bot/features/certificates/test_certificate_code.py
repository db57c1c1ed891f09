import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.certificates.certificate_code import (
    ALPHABET,
    CODE_CHARACTERS,
    link_of,
    parse_code,
    shown_code,
)
from bot.features.certificates.signing import Signer, canonical
from bot.key_file import SecretKey
from tests.bot.features.certificates.conftest import seeded

SIGNER = Signer(SecretKey(bytes(range(32))))
CODES = st.integers().map(lambda seed: SIGNER.new_code(seeded(seed)))


@pytest.mark.parametrize(
    "typed",
    [
        "LC-7K10-Q4X0-B9T1",
        "lc-7k1o-q4xo-b9tl",
        "LC7K10Q4X0B9T1",
        " lc 7kIO q4xO b9tI ",
        "7K10-Q4X0-B9T1",
        "LC–7K10—Q4X0‑B9T1",
        "1C-7K10-Q4X0-B9T1",
        "https://t.me/vanphong_bot?start=v_LC7K10Q4X0B9T1",
        "\uff2c\uff23-7K10-Q4X0-B9T1",  # full width
    ],
)
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert parse_code(typed) == "LC7K10Q4X0B9T1"


@pytest.mark.parametrize(
    "typed",
    ["", "LC", "LC-7K10-Q4X0-B9T", "LC-7K10-Q4X0-B9T11", "LC-7K10-Q4X0-B9TU", "AB-7K10-Q4X0-B9T1",
     "LC-7K10-Q4X0-B9T\x00", "LC-7K10-Q4X0-B9Tđ", "LC-7K10_Q4X0-B9T1", "L" * 10_000, "<b>",
     "-" * 14],
)  # fmt: skip
def test_what_can_be_no_code_is_refused(typed: str) -> None:
    assert parse_code(typed) is None


@given(CODES)
def test_a_code_survives_paper_and_link(code: str) -> None:
    assert len(code) == CODE_CHARACTERS
    assert SIGNER.tagged(code)
    assert parse_code(shown_code(code)) == code
    assert parse_code(link_of(code, "vanphong_bot")) == code
    assert len(link_of(code, "x" * 32).partition("start=")[2]) <= 64


@given(st.text(max_size=300))
def test_reading_never_fails(typed: str) -> None:
    code = parse_code(typed)
    assert code is None or parse_code(shown_code(code)) == code


@given(CODES, st.integers(10, CODE_CHARACTERS - 1), st.sampled_from(ALPHABET))
def test_a_changed_character_of_the_tag_is_noticed(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert SIGNER.tagged(changed) is (changed == code)


def test_a_changed_character_before_the_tag_is_missed_as_seldom_as_stated() -> None:
    rng = seeded(4)
    missed = 0
    for code in (SIGNER.new_code(rng) for _ in range(40)):
        for place in range(2, 10):
            for other in set(ALPHABET) - {code[place]}:
                missed += SIGNER.tagged(code[:place] + other + code[place + 1 :])
    assert missed <= 1  # of 9,920; 0.01 expected


def test_made_up_codes_pass_the_tag_as_seldom_as_stated() -> None:
    rng = seeded(1)
    made_up = ("LC" + "".join(rng.choices(ALPHABET, k=12)) for _ in range(20_000))
    assert sum(SIGNER.tagged(code) for code in made_up) <= 1  # 0.02 expected


def test_tags_use_the_whole_alphabet() -> None:
    rng = seeded(2)
    tags = "".join(SIGNER.new_code(rng)[10:] for _ in range(500))
    assert set(tags) == set(ALPHABET)


def test_another_key_knows_neither_tag_nor_signature() -> None:
    other = Signer(SecretKey(bytes(32)))
    code = SIGNER.new_code(seeded(3))
    assert not other.tagged(code)
    assert not other.signed({"code": code}, SIGNER.signature({"code": code}))


def test_the_canonical_form_is_fixed() -> None:
    assert canonical({"b": 0.1, "a": "Thảo", "c": None}) == b'{"a":"Th\\u1ea3o","b":0.1,"c":null}'


def test_the_key_shows_nowhere() -> None:
    assert repr(SecretKey(b"secret!!")) == "SecretKey()"
