"""Keeps what the bot stores from the other accounts of the machine, where it has accounts (POSIX).

Files made from now on are closed by the process's umask; those of earlier releases are closed when
they are next used.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE, S_ISVTX

import structlog

_GROUP_AND_OTHERS = 0o077
_OTHERS = 0o007

_log = structlog.get_logger(__name__)


def close_new_files() -> None:
    """Let only this account read what this process makes from now on."""
    os.umask(_GROUP_AND_OTHERS)


def is_open(path: Path, *, to_group: bool = True) -> bool:
    """Tell whether other accounts may do anything with `path`; False where there is none.

    Without `to_group` the accounts of the file's group don't count.
    """
    if os.name != "posix":
        return False
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return bool(mode & (_GROUP_AND_OTHERS if to_group else _OTHERS))


def close_to_others(*paths: Path) -> None:
    """Let only this account read `paths`; logs what was open, and what can't be closed."""
    for path in paths:
        if not is_open(path) or _is_shared(path):
            continue
        try:
            path.chmod(S_IMODE(path.stat().st_mode) & ~_GROUP_AND_OTHERS)
        except OSError as error:  # another account's, or a file system without modes
            _log.warning("open_to_other_accounts", path=str(path), reason=str(error))
        else:
            _log.info("closed_to_other_accounts", path=str(path))


def _is_shared(path: Path) -> bool:
    """Tell whether `path` is a folder that others need: of everybody's (/tmp), or above a home."""
    if not path.is_dir():
        return False
    place, homes = path.resolve(), (Path.home(), Path.cwd())
    return bool(path.stat().st_mode & S_ISVTX) or any(
        place in (home, *home.parents) for home in homes
    )
