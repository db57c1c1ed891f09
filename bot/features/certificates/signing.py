"""Signatures of certificates: what nobody without the secret key can make.

Two kinds, both HMAC-SHA256 (RFC 2104) under one 256-bit key and kept apart by their first word:

- The **signature** of a row of the register, 256 bits over a canonical form of every field that
  anybody relies on. Who can write the database but has no key can't issue a certificate, change a
  word of one, give it to somebody else or take back a revocation by editing it. What they can do is
  delete a row, or put back a whole row as it once was, such as from before it was revoked: a
  signature can't tell old from new.
- The **tag** in a code, cut to 20 bits: it refuses a made-up or mistyped code without the
  database (one made-up code in 1,048,576 passes). Passing makes nothing valid: the code must be
  in the register, where a guess hits one of `n` certificates once in 2⁴⁰/n tries, and wrong tries
  are limited (`wrong_tries.py`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from bot.features.certificates.certificate_code import (
    ALPHABET,
    BODY_CHARACTERS,
    PREFIX,
    TAG_CHARACTERS,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from bot.key_file import SecretKey

_BITS = 5  # of a character of the alphabet
_ROW, _CODE = b"certificate-row-1\n", b"certificate-code-1\n"

Signed = str | int | float | bool | list[str] | None
"""A value in the canonical form."""


class Signer:
    """Makes and checks tags and signatures with one key."""

    def __init__(self, key: SecretKey) -> None:
        self._key = key

    def new_code(self, rng: random.Random) -> str:
        """Return a new bare code with its tag."""
        body = "".join(rng.choices(ALPHABET, k=BODY_CHARACTERS))
        return f"{PREFIX}{body}{self._tag(body)}"

    def tagged(self, code: str) -> bool:
        """Tell whether the tag of a bare code fits the rest of it."""
        rest = code.removeprefix(PREFIX)
        return hmac.compare_digest(self._tag(rest[:BODY_CHARACTERS]), rest[BODY_CHARACTERS:])

    def signature(self, fields: Mapping[str, Signed]) -> str:
        """Return the signature of `fields` as 64 hexadecimal digits."""
        return self._digest(_ROW, canonical(fields)).hex()

    def signed(self, fields: Mapping[str, Signed], signature: str) -> bool:
        """Tell whether `signature` is that of `fields`."""
        return hmac.compare_digest(self.signature(fields).encode(), signature.encode())

    def _tag(self, body: str) -> str:
        bits = int.from_bytes(self._digest(_CODE, body.encode())[:4], "big")
        return "".join(
            ALPHABET[bits >> (32 - _BITS * place) & 31] for place in range(1, TAG_CHARACTERS + 1)
        )

    def _digest(self, kind: bytes, message: bytes) -> bytes:
        return hmac.digest(self._key.secret, kind + message, hashlib.sha256)


def canonical(fields: Mapping[str, Signed]) -> bytes:
    """Return the one form of `fields` that is signed: JSON in ASCII, keys sorted, no spaces.

    Different fields never have one form. Floats are written so that they read back the same.
    """
    return json.dumps(
        dict(fields), ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("ascii")
