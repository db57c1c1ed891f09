import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.person import NAME_CHARACTERS, Identity, shown_name

NAMES = {
    "as it should be": ("Nguyễn Thị Lan", "Nguyễn Thị Lan"),
    "in pieces": ("Tie\u0302\u0301n \u0110a\u0323\u0306ng", "Tiến Đặng"),
    "on many lines": ("Lan\n\n Anh\u2028Chị\u00a0Ba", "Lan Anh Chị Ba"),
    "turned round": ("Lan\u202egnp.exe", "Langnp.exe"),
    "isolated": ("\u2066Lan\u2069 \u200fAnh", "Lan Anh"),
    "piled up": ("L" + "\u0301\u0489" * 30 + "an", "Ĺ\u0489\u0301an"),
    "hidden between letters": ("La\u200b\u2060\ufeffn", "Lan"),
    "half a surrogate": ("Lan\ud83d", "Lan"),
    "other scripts": ("กำ่ 李 😀 Lan", "กำ่ 李 😀 Lan"),
    "blanks that are letters": ("\u3164\u115f\u2800\uffa0", ""),
    "marks alone": ("\u0301 \u0302", ""),
    "nothing": (" \t", ""),
}


@pytest.mark.parametrize(("given_name", "shown"), NAMES.values(), ids=NAMES)
def test_names(given_name: str, shown: str) -> None:
    assert shown_name(given_name) == shown
    assert Identity(7, given_name).short_name == (shown or "7")


@given(st.text(max_size=400))
def test_what_is_shown_is_one_line_that_stays_as_it_is(name: str) -> None:
    shown = shown_name(name)
    assert shown_name(shown) == shown
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert 0 < len(Identity(7, name).short_name) <= NAME_CHARACTERS
