"""Finds personal data in a text, so that a person looks before it is published.

Vietnam's Law on Personal Data Protection (91/2025/QH15) asks for a reason to publish such data; the
finder only points at it and shows it masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SAMPLES = 3
_CONTEXT = 40  # characters before a number in which its meaning is looked for
_PROVINCES = range(1, 97)  # of citizen numbers, Circular 59/2021/TT-BCA: 001 to 096


class PersonalDataKind(StrEnum):
    """What kind of personal data was found."""

    PHONE = "phone"
    CITIZEN_ID = "citizen_id"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How often a kind of data was found, with at most three different masked samples."""

    kind: PersonalDataKind
    count: int
    samples: tuple[str, ...]


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_BIRTH = re.compile(
    r"(?:sinh\s+ngày|ngày\s+sinh|ngày,?\s*tháng,?\s*năm\s+sinh|sinh\s+năm|năm\s+sinh)\W{0,5}"
    r"(\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\d{4})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w./,-])(?:\(?\+?\d[\d.\-() ]{6,24}\d)(?![\w/])")
_PHONE = re.compile(r"(?:\+?84|0)(?:[35789]\d{8}|2\d{9})")
_ID_WORDS = re.compile(r"cmnd|cccd|chứng minh|căn cước|định danh|số thẻ", re.IGNORECASE)
_BANK_WORDS = re.compile(r"tài khoản|stk|số tk\b|ngân hàng", re.IGNORECASE)


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Return what was found, each kind once, in the order of PersonalDataKind.

    Numbers count as phones and citizen numbers by their form, as old identity cards (9 digits)
    and bank accounts (6 to 19 digits) by the words before them.
    """
    found: dict[PersonalDataKind, list[str]] = {kind: [] for kind in PersonalDataKind}
    for match in _EMAIL.finditer(text):
        found[PersonalDataKind.EMAIL].append(_masked_address(match.group()))
    for match in _BIRTH.finditer(text):
        found[PersonalDataKind.BIRTH_DATE].append(_masked(match.group(1)))
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        kind = _kind_of(match.group(), before)
        if kind is not None:
            found[kind].append(_masked(match.group()))
    return tuple(
        PersonalData(kind, len(samples), tuple(dict.fromkeys(samples))[:_SAMPLES])
        for kind, samples in found.items()
        if samples
    )


def _kind_of(number: str, before: str) -> PersonalDataKind | None:
    digits = "".join(c for c in number if c.isdecimal() or c == "+")
    bank, identity = _last_place(_BANK_WORDS, before), _last_place(_ID_WORDS, before)
    if bank > identity and 6 <= len(digits) <= 19:
        return PersonalDataKind.BANK_ACCOUNT
    if identity and len(digits) in {9, 12}:
        return PersonalDataKind.CITIZEN_ID
    if _PHONE.fullmatch(digits):
        return PersonalDataKind.PHONE
    if len(digits) == 12 and digits[0] == "0" and int(digits[:3]) in _PROVINCES:
        return PersonalDataKind.CITIZEN_ID
    return None


def _last_place(words: re.Pattern[str], text: str) -> int:
    """Return where the last of `words` ends in `text`, or 0 when there is none."""
    return max((match.end() for match in words.finditer(text)), default=0)


def _masked(number: str) -> str:
    """Return `number` with all digits but the first two and last two hidden."""
    places = [place for place, character in enumerate(number) if character.isdecimal()]
    shown = {*places[:2], *places[-2:]} if len(places) > 4 else set(places[:1])
    return "".join(
        "•" if character.isdecimal() and place not in shown else character
        for place, character in enumerate(number.strip())
    )


def _masked_address(address: str) -> str:
    name, _, domain = address.partition("@")
    return f"{name[0]}•••@{domain}"
