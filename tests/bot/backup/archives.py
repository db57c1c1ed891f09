"""Archives that no `vanphong backup` would write, sealed all the same."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from bot.backup.archive import FORMAT

SEAL = "vanphong-backup-{} sha256 "


def listed(entries: dict[str, bytes]) -> dict[str, Any]:
    return {
        "created": "2026-11-24T02:00:00+00:00",
        "program": "1.0",
        "database": "sqlite",
        "revision": "0001_people",
        "entries": [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in entries.items()
        ],
    }


def write_archive(
    path: Path,
    entries: dict[str, bytes],
    manifest: dict[str, Any] | None = None,
    *,
    form: int = FORMAT,
    attributes: int = 0,
) -> Path:
    """Write a ZIP with these entries, a manifest that lists them unless it is given, and a seal."""
    with zipfile.ZipFile(path, "w") as zipped:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes
            zipped.writestr(info, data)
        zipped.writestr("manifest.json", json.dumps(listed(entries) | (manifest or {})))
        zipped.comment = SEAL.format(form).encode() + b"0" * 64
    seal(path)
    return path


def seal(path: Path) -> None:
    data = path.read_bytes()[:-64]
    path.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
