"""Errors about certificates.

CertificateError (a BotError)
├── NoCertificateError       no certificate has this code
├── CertificateRevokedError  the person's certificate was revoked, and no new one is due
└── AlteredCertificateError  the row was changed by something else than this program

The messages are Vietnamese: they reach users as they are, and never hold the key.
"""

from __future__ import annotations

from bot.errors import BotError


class CertificateError(BotError):
    """Something about certificates can't be done."""


class NoCertificateError(CertificateError):
    """No certificate has this code."""


class CertificateRevokedError(CertificateError):
    """The person's certificate was revoked, and the person may not have another."""


class AlteredCertificateError(CertificateError):
    """The row in the register was changed by something that has not the key."""
