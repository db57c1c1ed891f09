"""The register of certificates."""

import datetime as dt

from sqlalchemy import JSON, BigInteger, CheckConstraint, Float, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.access.person import NAME_CHARACTERS
from bot.database.schema import Base, RowId, UtcDateTime
from bot.features.certificates.certificate_code import CODE_CHARACTERS

OFFICE_CHARACTERS = 160
SIGNATURE_CHARACTERS = 64


class NameRequestRow(Base):
    """Somebody's wish to have a name on their certificate, until an admin decides."""

    __tablename__ = "name_requests"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a button of an old one finds no other

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    requested_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    notices: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    """The admins' chats and the messages there that tell of it."""


class CertificateRow(Base):
    """One certificate that was issued.

    Erasing the person leaves the code, so that it verifies as erased and is never given again; the
    person, the name, the score and the topics go.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 1", "score"),
        Index("ix_certificates_issued_at", "issued_at"),
        Index("ix_certificates_person_id", "person_id"),
        Index(
            "ix_certificates_valid",
            "person_id",
            unique=True,  # one valid certificate a person
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    code: Mapped[str] = mapped_column(String(CODE_CHARACTERS), primary_key=True)
    """In its bare form."""
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    name: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    """As it was on the day of issue."""
    name_confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether an admin vouched for the name; certificates of earlier releases bear any."""
    office: Mapped[str] = mapped_column(String(OFFICE_CHARACTERS))
    issued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    score: Mapped[float | None] = mapped_column(Float(53))
    """0–1."""
    topics: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """Titles."""
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_by: Mapped[int | None] = mapped_column(BigInteger)
    """None for the command line, and after that person is erased."""
    replaceable: Mapped[bool] = mapped_column(default=False)
    """Whether, once this is revoked, the person may get another: a wrong name was on it."""
    erased_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    signature: Mapped[str] = mapped_column(String(SIGNATURE_CHARACTERS))
    """Over all other fields but `revoked_by` and `erased_at`; empty once erased."""
