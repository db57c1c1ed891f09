"""What a Bot API server of before 9.6 writes: an office's own server may be that old."""

from __future__ import annotations

_ADDED = frozenset({"option_persistent_ids", "persistent_id", "allows_revoting", "members_only"})
"""Fields of PollAnswer, PollOption and Poll since Bot API 9.6 and 10.0."""


def as_before_9_6(written: object) -> object:
    """Return what a server writes without the later fields."""
    if isinstance(written, dict):
        return {key: as_before_9_6(each) for key, each in written.items() if key not in _ADDED}
    if isinstance(written, list):
        return [as_before_9_6(each) for each in written]
    return written
