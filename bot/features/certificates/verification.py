"""What checking a code comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from bot.features.certificates.certificate import Certificate


class Outcome(StrEnum):
    """Whether a certificate holds, or why not."""

    VALID = "valid"
    UNKNOWN = "unknown"
    """No certificate has this code: made up, or mistyped."""
    FORGED = "forged"
    """The register's row was changed by something without the key."""
    REVOKED = "revoked"
    ERASED = "erased"
    """It was issued; the person had their data erased, so nothing can be confirmed any more."""
    MALFORMED = "malformed"
    """What was typed can't be a code."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome; `code` is None for MALFORMED, `certificate` only with VALID.

    `since` is when it was revoked or erased, in UTC.
    """

    outcome: Outcome
    code: str | None = None
    certificate: Certificate | None = None
    since: dt.datetime | None = None
