"""A safe name to show for a file that somebody sent; never used as a path."""

from __future__ import annotations

import re
import unicodedata

from embeddings.vietnamese import nfc

MAX_NAME = 100
_NAMELESS = "tai-lieu"
_SEPARATORS = re.compile(r"[/\\]+")
_AWKWARD = re.compile(r'[<>:"|?*]+')
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def display_name(name: str | None) -> str:
    """Return the last part of `name` in at most 100 characters, keeping its suffix.

    Control, formatting (such as right-to-left overrides) and unpaired characters vanish, and those
    that file systems refuse become "_"; leading dots and blanks go. Never empty.
    """
    last = _SEPARATORS.split((name or "").rstrip("/\\"))[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C" or c in "\t\n\r")
    tidy = _AWKWARD.sub("_", " ".join(nfc(visible).split())).lstrip(". ").rstrip(". ")
    match = _SUFFIX.search(tidy)
    suffix = match.group() if match else ""
    stem = tidy.removesuffix(suffix)[: MAX_NAME - len(suffix)].strip(". ")
    return (stem or _NAMELESS) + suffix
