"""Files of secret keys in the data directory: each made once, never replaced."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.errors import KeyFileError
from embeddings.errors import system_reason
from knowledge.documents.durable_file import fsync_folder, write_durably

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32

_FORM = re.compile(rf"vanphong-key-1 ([0-9a-f]{{{2 * KEY_BYTES}}}) ([0-9a-f]{{8}})\n?")
_READ_AT_MOST = 4096
_OTHERS = 0o077
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SecretKey:
    """The 32 secret bytes; they show in no `repr`."""

    secret: bytes = field(repr=False)


class KeyFile:
    """Reads and makes the file of one key; `what` says in Vietnamese what the key is.

    One line: a name of the form, the key in hexadecimal and the beginning of its SHA-256, which
    tells a damaged file from a good one. Blocks.
    """

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        self.what = what

    def read(self) -> SecretKey | None:
        """Return the key; None where there is no file. Raises KeyFileError."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_READ_AT_MOST)
                others = os.fstat(file.fileno()).st_mode & _OTHERS
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeyFileError(
                f"Không đọc được {self.what} '{self.path}' ({system_reason(error)}). Hãy sửa "
                "quyền đọc của tệp này rồi chạy lại."
            ) from error
        found = _FORM.fullmatch(data.decode("ascii", "replace"))
        if found is None or _check(secret := bytes.fromhex(found[1])) != found[2]:
            raise KeyFileError(
                f"Tệp '{self.path}' ({self.what}) bị hỏng: cần một dòng vanphong-key-1 với "
                f"{KEY_BYTES} byte khóa, tệp đang có {len(data)} byte. Hãy khôi phục tệp này từ "
                "bản sao lưu."
            )
        if others and os.name == "posix":
            _log.warning("key_open_to_others", path=str(self.path), hint="chmod 600")
        return SecretKey(secret)

    def create(self) -> SecretKey:
        """Make a new key, readable by the owner alone, and return it; raises KeyFileError.

        Where a key is already, that one is returned.
        """
        found = self.read()
        if found is not None:
            return found
        secret = secrets.token_bytes(KEY_BYTES)
        line = f"vanphong-key-1 {secret.hex()} {_check(secret)}\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(self.path, line.encode("ascii"))  # mode 0600, as tempfile makes files
            fsync_folder(self.path.parent)
        except OSError as error:
            raise KeyFileError(
                f"Không ghi được {self.what} '{self.path}' ({system_reason(error)}). Hãy kiểm "
                "tra quyền ghi và dung lượng đĩa, hoặc đổi DATA_DIR."
            ) from error
        _log.info("key_made", path=str(self.path), hint="back it up")
        return SecretKey(secret)


def _check(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()[:8]
