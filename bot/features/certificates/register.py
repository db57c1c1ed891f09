"""The register of certificates: issues, finds, verifies and revokes them."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.access.audit import AuditAction, AuditEvent, append
from bot.access.marks import MarkKind
from bot.access.person import NAME_CHARACTERS, on_telegram
from bot.database.errors import DataConflictError
from bot.errors import KeyFileError
from bot.features.certificates.certificate import Certificate, Outcome, Verification
from bot.features.certificates.certificate_code import parse_code, shown_code
from bot.features.certificates.errors import (
    AlteredCertificateError,
    CertificateError,
    CertificateRevokedError,
    NoCertificateError,
)
from bot.features.certificates.signing import Signer
from bot.features.certificates.tables import CertificateRow
from bot.features.certificates.texts import NAMELESS, OFFICE
from bot.key_file import KeyFile

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession

    from bot.access.marks import Marks
    from bot.access.person import Actor
    from bot.database import Database
    from bot.features.certificates.signing import Signed
    from bot.key_file import SecretKey

KEY_FILE = "certificate.key"
MOST_TOPICS = 100
_TITLE_CHARACTERS = 200
_TRIES = 5
_MARKS = 3  # on one letter; Vietnamese has two, both inside the letter after NFC
_CHECKED_AGAINST_KEY = 100


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A certificate as the register lists it; `certificate` is None unless the row is genuine."""

    code: str
    issued_at: dt.datetime
    outcome: Outcome
    certificate: Certificate | None


def key_beside(data_dir: Path) -> KeyFile:
    """Return the file of the key that signs certificates."""
    return KeyFile(data_dir / KEY_FILE, "khóa chứng nhận")


class CertificateRegister:
    """All certificates, on the bot's database, signed with the key of `key_file`.

    The key is made with the first certificate. Where there are certificates but no key, or
    another's, KeyFileError says so: a new key would make all of them worthless.
    """

    def __init__(
        self,
        database: Database,
        key_file: KeyFile,
        marks: Marks,
        *,
        rng: random.Random | None = None,
    ) -> None:
        self._database = database
        self._marks = marks
        self._key_file = key_file
        self._rng = rng or secrets.SystemRandom()
        self._signer: Signer | None = None
        self._loading = asyncio.Lock()

    async def load(self) -> None:
        """Read the key if there is one; harmless when it is loaded. Raises KeyFileError."""
        async with self._loading:
            if self._signer is None:
                self._signer = await self._read()

    async def verify(self, typed: str) -> Verification:
        """Check what somebody typed; raises KeyFileError and DatabaseError."""
        code = parse_code(typed)
        if code is None:
            return Verification(Outcome.MALFORMED)
        await self.load()
        if self._signer is None or not self._signer.tagged(code):
            return Verification(Outcome.UNKNOWN, code)
        async with self._database.session() as session:
            row = await session.get(CertificateRow, code)
            if row is None:
                return Verification(Outcome.UNKNOWN, code)
            found = _verified(self._signer, row)
            if found.outcome is Outcome.REVOKED and row.replaceable:
                newest = await newest_of(session, row.person_id)
                if newest is not None and newest.revoked_at is None:
                    return replace(found, outcome=Outcome.REPLACED)
            return found

    async def issue(
        self, person_id: int, name: str, score: float, topics: Sequence[str], now: dt.datetime
    ) -> Certificate:
        """Return the person's certificate, a new one under a confirmed `name` if there is none yet.

        Raises CertificateRevokedError if theirs was revoked for good, AlteredCertificateError,
        KeyFileError, and CertificateError for a score outside 0–1 or topics out of range.
        """
        if not 0 <= score <= 1:
            raise CertificateError(f"Điểm phải từ 0 đến 1, đang là {score}.")
        if not 1 <= len(topics) <= MOST_TOPICS:
            raise CertificateError(f"Số chủ đề phải từ 1 đến {MOST_TOPICS}, đang là {len(topics)}.")
        wanted = (person_id, clean_name(name), float(score), topics, now)
        for _ in range(_TRIES - 1):
            with suppress(DataConflictError):  # issued at this very moment, or the code is taken
                return await self._issue(*wanted)
        return await self._issue(*wanted)

    async def find(self, person_id: int) -> Certificate | None:
        """Return the person's valid certificate; raises AlteredCertificateError."""
        await self.load()
        async with self._database.session() as session:
            row = await session.scalar(
                select(CertificateRow).where(
                    CertificateRow.person_id == person_id, CertificateRow.revoked_at.is_(None)
                )
            )
        return None if row is None else self._genuine(row)

    async def revoke(
        self, actor: Actor, typed: str, now: dt.datetime, *, replaceable: bool = False
    ) -> Certificate:
        """Make a certificate invalid; harmless when it is. `replaceable` lets a new one be issued.

        Raises NoCertificateError, and AlteredCertificateError for one that is invalid anyway.
        """
        code = parse_code(typed)
        await self.load()
        async with self._database.transaction() as session:
            row = None
            if code is not None:
                row = await session.get(CertificateRow, code, with_for_update=True)
            if row is None or row.erased_at is not None or self._signer is None:
                raise NoCertificateError(
                    f"Không có chứng nhận mang mã '{typed[:40]}'. Xem: vanphong certificates list."
                )
            certificate = self._genuine(row)
            if row.revoked_at is None or (replaceable and not row.replaceable):
                if row.revoked_at is None:
                    row.revoked_at, row.revoked_by = now.replace(microsecond=0), actor.person_id
                row.replaceable = replaceable
                row.signature = self._signer.signature(signed_fields(row))
                event = AuditEvent(
                    AuditAction.REVOKE_CERTIFICATE,
                    target=shown_code(row.code),
                    details={"replaceable": replaceable},
                )
                await append(session, actor, event, now)
            return certificate

    async def rename(self, person_id: int, name: str, now: dt.datetime) -> Certificate:
        """Return the person's certificate under a confirmed name: a new one if it bears another.

        The one before is told to be replaced when it is verified. Raises NoCertificateError,
        AlteredCertificateError and KeyFileError.
        """
        signer, name = await self._signer_for_new(), clean_name(name)
        async with self._database.transaction() as session:
            found = await newest_of(session, person_id, lock=True)
            if found is None or found.revoked_at is not None:
                raise NoCertificateError("Người này không có chứng nhận nào còn hiệu lực.")
            before = self._genuine(found)
            if before.name_confirmed and before.name == name:
                return before
            found.revoked_at, found.replaceable = now.replace(microsecond=0), True
            found.signature = signer.signature(signed_fields(found))
            await session.flush()
            row = await self._add(
                session, signer, person_id, name, before.score, before.topics, now
            )
            event = AuditEvent(AuditAction.REPLACE_CERTIFICATE, subject=person_id)
            await append(session, on_telegram(person_id), event, now)
            return _certificate(row)

    async def forgive(self, actor: Actor, person_id: int, now: dt.datetime) -> bool:
        """Let somebody have a certificate again whose last one was revoked before their erasure.

        Tells whether that was so.
        """
        async with self._database.transaction() as session:
            found = await self._marks.take_away(session, MarkKind.CERTIFICATE_REVOKED, person_id)
            if found:
                event = AuditEvent(AuditAction.FORGIVE_CERTIFICATE, subject=person_id)
                await append(session, actor, event, now)
            return found

    async def entries(self) -> list[RegisterEntry]:
        """Return all certificates that were ever issued, newest first."""
        await self.load()
        newest_first = CertificateRow.issued_at.desc(), CertificateRow.code
        async with self._database.session() as session:
            rows = await session.scalars(select(CertificateRow).order_by(*newest_first))
            return [self._entry(row) for row in rows]

    async def _issue(
        self, person_id: int, name: str, score: float, topics: Sequence[str], now: dt.datetime
    ) -> Certificate:
        signer = await self._signer_for_new()
        async with self._database.transaction() as session:
            if await self._marks.amount(session, MarkKind.CERTIFICATE_REVOKED, person_id, now):
                raise CertificateRevokedError(
                    "Chứng nhận trước đây của anh/chị đã bị thu hồi nên không cấp lại được. "
                    "Anh/chị hỏi người quản trị giúp nhé."
                )
            found = await newest_of(session, person_id, lock=True)
            if found is not None:
                certificate = self._genuine(found)
                if found.revoked_at is None:
                    return certificate
                if not found.replaceable:
                    raise CertificateRevokedError(
                        f"Chứng nhận {shown_code(found.code)} của anh/chị đã bị thu hồi nên không "
                        "cấp lại được. Anh/chị hỏi người quản trị giúp nhé."
                    )
            row = await self._add(session, signer, person_id, name, score, topics, now)
            # Without the code: it is on paper beside the name, and the log outlives an erasure.
            event = AuditEvent(AuditAction.ISSUE_CERTIFICATE, subject=person_id)
            await append(session, on_telegram(person_id), event, now)
            return _certificate(row)

    async def _add(  # noqa: PLR0913, PLR0917 -- what a certificate says
        self,
        session: AsyncSession,
        signer: Signer,
        person_id: int,
        name: str,
        score: float,
        topics: Sequence[str],
        now: dt.datetime,
    ) -> CertificateRow:
        row = CertificateRow(
            code=signer.new_code(self._rng),
            person_id=person_id,
            name=name,
            name_confirmed=True,
            office=OFFICE,
            issued_at=now.replace(microsecond=0),
            score=score,
            topics=[_clean(title)[:_TITLE_CHARACTERS] for title in topics],
            replaceable=False,
        )
        row.signature = signer.signature(signed_fields(row))
        session.add(row)
        await session.flush()
        return row

    def _genuine(self, row: CertificateRow) -> Certificate:
        if self._signer is None or not self._signer.signed(signed_fields(row), row.signature):
            raise AlteredCertificateError(
                f"Chứng nhận {shown_code(row.code)} trong cơ sở dữ liệu đã bị sửa ngoài chương "
                "trình nên không còn hiệu lực. Hãy khôi phục dòng này từ bản sao lưu."
            )
        return _certificate(row)

    def _entry(self, row: CertificateRow) -> RegisterEntry:
        found = (
            Verification(Outcome.FORGED, row.code)
            if self._signer is None or not self._signer.tagged(row.code)
            else _verified(self._signer, row)
        )
        genuine = found.outcome in {Outcome.VALID, Outcome.REVOKED}
        certificate = _certificate(row) if genuine else None
        return RegisterEntry(row.code, row.issued_at, found.outcome, certificate)

    async def _signer_for_new(self) -> Signer:
        await self.load()
        async with self._loading:
            if self._signer is None:  # and no certificates: `load` would have refused
                self._signer = Signer(await asyncio.to_thread(self._key_file.create))
            return self._signer

    async def _read(self) -> Signer | None:
        """Return a signer with the key of the file, once it fits what was issued."""
        key: SecretKey | None = await asyncio.to_thread(self._key_file.read)
        query = (
            select(CertificateRow.code)
            .order_by(CertificateRow.issued_at.desc())
            .limit(_CHECKED_AGAINST_KEY)
        )
        async with self._database.session() as session:
            codes = (await session.scalars(query)).all()
        if key is None:
            if codes:
                raise KeyFileError(
                    f"Thiếu khóa chứng nhận '{self._key_file.path}' trong khi đã cấp chứng nhận. "
                    "Hãy khôi phục tệp này từ bản sao lưu, hoặc đặt DATA_DIR (hay --data-dir) về "
                    "thư mục dữ liệu của bot."
                )
            return None
        signer = Signer(key)
        # One altered row must not lock the register; a key that fits none is another's.
        if codes and not any(signer.tagged(code) for code in codes):
            raise KeyFileError(
                f"Khóa chứng nhận '{self._key_file.path}' không phải khóa đã ký các chứng nhận "
                "trong cơ sở dữ liệu. Hãy khôi phục đúng tệp từ bản sao lưu, hoặc sửa DATA_DIR."
            )
        return signer


async def newest_of(
    session: AsyncSession, person_id: int | None, *, lock: bool = False
) -> CertificateRow | None:
    """Return a person's valid certificate, or else the one that was revoked last."""
    newest_first = (
        select(CertificateRow)
        .where(CertificateRow.person_id == person_id)
        .order_by(CertificateRow.revoked_at.is_not(None), CertificateRow.revoked_at.desc())
        .limit(1)
    )
    return await session.scalar(newest_first.with_for_update() if lock else newest_first)


def clean_name(name: str) -> str:
    """Return a name as a certificate holds it: on one line, in NFC, at most 160 characters.

    Controls go, such as those that turn the direction of text, and marks heaped on one letter.
    """
    cut = _clean(name)[:NAME_CHARACTERS].strip()
    return cut or NAMELESS


def _clean(text: str) -> str:
    # Controls first: what they kept apart may compose, or heap up.
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS:
            kept.append(character)
    text = " ".join("".join(kept).split())
    return text if text.strip("\u200c\u200d ") else ""


def _is_control(character: str) -> bool:
    joiner = character in "\u200c\u200d"  # inside words of some scripts, and emoji
    return not joiner and unicodedata.category(character)[0] == "C"


def _verified(signer: Signer, row: CertificateRow) -> Verification:
    if row.erased_at is not None:
        return Verification(Outcome.ERASED, row.code, since=row.erased_at)
    if not signer.signed(signed_fields(row), row.signature):
        return Verification(Outcome.FORGED, row.code)
    if row.revoked_at is not None:
        return Verification(Outcome.REVOKED, row.code, since=row.revoked_at)
    return Verification(Outcome.VALID, row.code, _certificate(row))


def signed_fields(row: CertificateRow) -> dict[str, Signed]:
    """Return what the signature of a row covers."""
    # Of earlier releases' rows the field is not signed; so no row can be made to have it.
    confirmed = {"name_confirmed": True} if row.name_confirmed else {}
    return confirmed | {
        "code": row.code,
        "person": row.person_id,
        "name": row.name,
        "office": row.office,
        "issued_at": row.issued_at.timestamp(),
        "score": row.score,
        "topics": row.topics,
        "revoked_at": None if row.revoked_at is None else row.revoked_at.timestamp(),
        "replaceable": row.replaceable,
    }


def _certificate(row: CertificateRow) -> Certificate:
    return Certificate(
        code=row.code,
        name=row.name or NAMELESS,
        issued_at=row.issued_at,
        score=row.score or 0.0,
        topics=tuple(row.topics or ()),
        office=row.office,
        name_confirmed=row.name_confirmed,
    )
