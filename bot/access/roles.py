"""The roles of people, from the least to the most."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the office; each may do all that those before may.

    A stranger is everybody of whom nothing is stored.
    """

    STRANGER = "stranger"
    PENDING = "pending"
    NEWCOMER = "newcomer"
    STAFF = "staff"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """The place in the order, from 0."""
        return _RANKS[self.value]

    def reaches(self, least: Role) -> bool:
        """Tell whether this role is `least` or more."""
        return self.rank >= least.rank

    @property
    def is_admitted(self) -> bool:
        """Whether somebody was let in, by an admin or an invitation."""
        return self.reaches(Role.NEWCOMER)


_RANKS = {role.value: rank for rank, role in enumerate(Role)}

ASSIGNABLE = (Role.NEWCOMER, Role.STAFF, Role.EDITOR, Role.ADMIN)
"""The roles that an admin or an invitation gives."""
STORED = (Role.PENDING, *ASSIGNABLE)
"""The roles of people who are in the database."""
