"""The contract of the register, on SQLite and PostgreSQL."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from bot.access.audit import AuditLog
from bot.access.person import CLI, on_telegram
from bot.errors import KeyFileError
from bot.features.certificates.certificate import Outcome, score_in_words
from bot.features.certificates.certificate_code import ALPHABET, parse_code, shown_code
from bot.features.certificates.errors import (
    AlteredCertificateError,
    CertificateError,
    CertificateRevokedError,
    NoCertificateError,
)
from bot.features.certificates.personal_data import CertificatesOfPerson
from bot.features.certificates.register import clean_name
from bot.features.certificates.tables import CertificateRow
from tests.bot.features.certificates.conftest import NAME, NOW, TOPICS, Office

DAY = dt.timedelta(days=1)


async def outcome(office: Office, typed: str) -> Outcome:
    return (await office.register.verify(typed)).outcome


async def change(register: Office, /, **values: Any) -> None:
    """Change rows behind the program's back."""
    async with register.database.transaction() as session:
        await session.execute(update(CertificateRow).values(**values))


async def test_what_was_issued_is_valid_also_in_another_process(office: Office) -> None:
    issued = await office.issue()
    for typed in (issued.code, shown_code(issued.code).lower()):
        found = await office.again().verify(typed)
        assert found.outcome is Outcome.VALID
        assert found.certificate == issued
    assert (issued.name, issued.score, issued.topics) == (NAME, 0.925, TOPICS)
    assert issued.issued_on == dt.date(2026, 11, 25)
    assert await office.register.find(7) == issued
    assert await office.register.find(8) is None
    (entry,) = [one async for one in AuditLog(office.database).all()]
    assert (entry.action, entry.target) == ("certificate.issue", None)


async def test_issuing_again_gives_the_same(office: Office) -> None:
    first = await office.issue()
    later = await office.register.issue(7, "Tên khác", 1.0, ["Khác"], NOW + DAY)
    assert later == first
    assert (await office.issue(8)).code != first.code
    assert len(await office.register.entries()) == 2


async def test_issuing_at_the_same_moment_gives_one(office: Office) -> None:
    registers = [office.again() for _ in range(4)]
    await office.issue(99)  # the key is there
    made = await asyncio.gather(
        *(register.issue(7, NAME, 0.9, TOPICS, NOW) for register in registers)
    )
    assert len({one.code for one in made}) == 1
    assert len(await office.register.entries()) == 2


async def test_a_code_that_is_taken_is_not_given_twice(office: Office) -> None:
    first = await office.again().issue(1, NAME, 1, TOPICS, NOW)
    second = await office.again().issue(2, NAME, 1, TOPICS, NOW)  # the same random numbers
    assert first.code != second.code


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Nguyễn Thị Phương Thao"},
        {"person_id": 8},
        {"score": 0.93},
        {"score": 1.0},
        {"topics": [*TOPICS, "Khác"]},
        {"topics": ["".join(TOPICS)]},
        {"office": "Văn phòng khác"},
        {"issued_at": NOW - DAY},
        {"replaceable": True},
        {"revoked_at": NOW},
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "ữ" * 64},
    ],
    ids=str,
)
async def test_a_changed_field_is_noticed(office: Office, values: dict[str, Any]) -> None:
    issued = await office.issue()
    await change(office, **values)
    assert await outcome(office, issued.code) is Outcome.FORGED
    (entry,) = await office.register.entries()
    assert (entry.outcome, entry.certificate) == (Outcome.FORGED, None)
    if "person_id" not in values and "revoked_at" not in values:
        with pytest.raises(AlteredCertificateError, match="bị sửa"):
            await office.register.find(7)
    with pytest.raises(AlteredCertificateError):
        await office.register.revoke(CLI, issued.code, NOW)
    assert await outcome(office, issued.code) is Outcome.FORGED  # revoking signs nothing anew


async def test_a_certificate_cannot_get_another_code(office: Office) -> None:
    issued, other = await office.issue(), await office.issue(8)
    async with office.database.transaction() as session:
        await session.execute(delete(CertificateRow).where(CertificateRow.code == other.code))
        await session.execute(update(CertificateRow).values(code=other.code))
    assert await outcome(office, other.code) is Outcome.FORGED
    assert await outcome(office, issued.code) is Outcome.UNKNOWN


async def test_every_changed_character_of_a_code_is_noticed(office: Office) -> None:
    code = (await office.issue()).code
    for place in range(len(code)):
        for other in ALPHABET + "ILOU?đ":
            typed = code[:place] + other + code[place + 1 :]
            if parse_code(typed) != code:
                assert await outcome(office, typed) in {Outcome.UNKNOWN, Outcome.MALFORMED}


async def test_revoking_is_kept_and_audited(office: Office) -> None:
    issued = await office.issue()
    assert await office.register.revoke(on_telegram(1), shown_code(issued.code), NOW + DAY)
    await office.register.revoke(CLI, issued.code, NOW + 2 * DAY)  # harmless
    found = await office.again().verify(issued.code)
    assert (found.outcome, found.since, found.certificate) == (Outcome.REVOKED, NOW + DAY, None)
    with pytest.raises(CertificateRevokedError, match="thu hồi"):
        await office.issue()
    actions = [entry.action async for entry in AuditLog(office.database).all()]
    assert actions == ["certificate.issue", "certificate.revoke"]
    await change(office, revoked_at=None)
    assert await outcome(office, issued.code) is Outcome.FORGED
    for typed in ("LC-0000-0000-0000", "x"):
        with pytest.raises(NoCertificateError):
            await office.register.revoke(CLI, typed, NOW)


async def test_a_replaceable_certificate_gives_way_to_a_new_one(office: Office) -> None:
    first = await office.issue(name="Mèo")
    await office.register.revoke(CLI, first.code, NOW)
    await office.register.revoke(CLI, first.code, NOW + DAY, replaceable=True)
    second = await office.issue()
    assert second.name == NAME
    assert await office.issue() == second
    assert await outcome(office, first.code) is Outcome.REPLACED
    assert await outcome(office, second.code) is Outcome.VALID
    await office.register.revoke(CLI, second.code, NOW + DAY)
    assert await outcome(office, first.code) is Outcome.REVOKED
    with pytest.raises(CertificateRevokedError):
        await office.issue()


async def test_a_person_sees_and_erases_theirs(office: Office) -> None:
    issued, other = await office.issue(), await office.issue(8, "Người khác")
    data = CertificatesOfPerson(office.database, office.marks, lambda: NOW + DAY)
    (shown,) = await data.export(7) or []
    assert shown["Mã"] == shown_code(issued.code)
    assert (shown["Tên"], shown["Điểm"]) == (NAME, "92,5%")
    office.key.unlink()  # erasing needs no key
    await data.erase(7)
    await data.erase(7)
    assert await data.export(7) is None
    async with office.database.session() as session:
        row = await session.get(CertificateRow, issued.code)
        assert row is not None
        kept = (row.person_id, row.name, row.score, row.topics, row.signature)
        assert kept == (None, None, None, None, "")
    found = await office.register.verify(issued.code)
    assert (found.outcome, found.since) == (Outcome.ERASED, NOW + DAY)
    assert await outcome(office, other.code) is Outcome.VALID
    with pytest.raises(NoCertificateError):
        await office.register.revoke(CLI, issued.code, NOW)
    assert await office.issue() != issued  # whoever comes back may earn another


async def test_a_revocation_outlives_an_erasure(office: Office) -> None:
    issued = await office.issue()
    await office.register.revoke(CLI, issued.code, NOW)
    data = CertificatesOfPerson(office.database, office.marks, lambda: NOW)
    await data.erase(7)
    await data.erase(7)
    with pytest.raises(CertificateRevokedError):
        await office.issue()
    await office.issue(8)
    assert await office.register.forgive(CLI, 7, NOW)
    assert not await office.register.forgive(CLI, 7, NOW)
    assert await outcome(office, (await office.issue()).code) is Outcome.VALID


async def test_who_may_have_another_may_after_an_erasure(office: Office) -> None:
    issued = await office.issue()
    await office.register.revoke(CLI, issued.code, NOW, replaceable=True)
    await CertificatesOfPerson(office.database, office.marks, lambda: NOW).erase(7)
    assert await outcome(office, (await office.issue()).code) is Outcome.VALID


async def test_erasing_who_revoked_leaves_the_revocation(office: Office) -> None:
    issued = await office.issue()
    await office.register.revoke(on_telegram(1), issued.code, NOW)
    await CertificatesOfPerson(office.database, office.marks, lambda: NOW).erase(1)
    assert await outcome(office, issued.code) is Outcome.REVOKED


async def test_a_lost_or_foreign_key_is_said_and_not_replaced(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    issued = await office.issue()
    kept = office.key.read_bytes()
    office.key.unlink()
    for attempt in (
        office.again().verify(issued.code),
        office.again().load(),
        office.again().issue(9, NAME, 1, TOPICS, NOW),
    ):
        with pytest.raises(KeyFileError, match="Thiếu khóa"):
            await attempt
    assert not office.key.exists()
    elsewhere = Office(office.database, tmp_path_factory.mktemp("else"))
    elsewhere.key.write_bytes(kept)
    assert await outcome(elsewhere, issued.code) is Outcome.VALID
    foreign = b"vanphong-key-1 " + b"00" * 32 + b" 66687aad\n"
    office.key.write_bytes(foreign)
    with pytest.raises(KeyFileError, match="không phải khóa"):
        await office.again().verify(issued.code)
    office.key.write_bytes(b"")
    with pytest.raises(KeyFileError, match="bị hỏng"):
        await office.again().verify(issued.code)


async def test_looking_makes_no_key(office: Office) -> None:
    assert await outcome(office, "LC-0000-0000-0000") is Outcome.UNKNOWN
    assert await office.register.entries() == []
    assert not office.key.exists()


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), float("inf")])
async def test_a_score_out_of_range_is_refused(office: Office, score: float) -> None:
    with pytest.raises(CertificateError, match="từ 0 đến 1"):
        await office.register.issue(7, NAME, score, TOPICS, NOW)


@pytest.mark.parametrize("count", [0, 101])
async def test_topics_out_of_range_are_refused(office: Office, count: int) -> None:
    with pytest.raises(CertificateError, match=f"đang là {count}"):
        await office.register.issue(7, NAME, 1, ["x"] * count, NOW)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Lê\n Văn\tA ", "Lê Văn A"),
        ("Tha\u0309o", "Thảo"),
        ("An\u202egnahp\u2066", "Angnahp"),
        ("A\x00\ud800B", "AB"),
        ("a" + "\u0316" * 40, "a" + "\u0316" * 3),
        ("0 \x1b 0", "0 0"),
        ("a\x00\u0301", "á"),
        ("\u200d\u200c ", "(không có tên)"),
        ("", "(không có tên)"),
        ("x" * 200, "x" * 160),
    ],
)
async def test_names_are_cleaned(office: Office, name: str, kept: str) -> None:
    issued = await office.issue(name=name)
    assert issued.name == kept
    assert await outcome(office, issued.code) is Outcome.VALID


@given(st.text(max_size=300))
def test_a_cleaned_name_is_short_and_stays(name: str) -> None:
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= 160
    cleaned.encode()
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("score", "words"),
    [(0, "0%"), (0.8, "80%"), (0.29, "29%"), (0.925, "92,5%"), (0.9999, "99,9%"), (1, "100%")],
)
def test_scores_are_rounded_down(score: float, words: str) -> None:
    assert score_in_words(score) == words
