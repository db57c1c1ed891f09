"""Errors about people.

PeopleError (a BotError)
├── UnknownPersonError     nobody with that id is known
├── LastAdminError         the office would be left without an admin
├── ConfiguredAdminError   ADMIN_IDS makes this person an admin
├── RoleError              a role that can't be given
├── NameProblemError       what was typed can't be a person's name
├── NameRequestError       a name that can't be asked for or confirmed (any more)
├── InvitationError        a link that does not let anybody in
└── JoinRequestError       a request that can't be made or decided (any more)

The messages are Vietnamese: they reach users as they are.
"""

from __future__ import annotations

from enum import StrEnum

from bot.errors import BotError


class PeopleError(BotError):
    """Something about people can't be done."""


class UnknownPersonError(PeopleError):
    """Nobody with that id is known."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"Không có ai mang số {person_id} trong danh sách. Xem: /people.")


class LastAdminError(PeopleError):
    """The office would be left without an admin."""

    def __init__(self) -> None:
        super().__init__(
            "Đây là quản trị viên cuối cùng. Hãy giao quyền quản trị cho người khác trước."
        )


class ConfiguredAdminError(PeopleError):
    """ADMIN_IDS makes this person an admin at every start."""

    def __init__(self, person_id: int) -> None:
        super().__init__(
            f"Số {person_id} là quản trị viên theo ADMIN_IDS. Hãy bỏ số này khỏi ADMIN_IDS, khởi "
            "động lại bot rồi thử lại."
        )


class RoleError(PeopleError):
    """A role that can't be given."""


class NameProblemError(PeopleError):
    """What was typed can't be a person's name."""


class NameRequestError(PeopleError):
    """A name can't be asked for or confirmed."""


class InvitationProblem(StrEnum):
    """Why an invitation does not let somebody in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED_UP = "used_up"
    USED_BY_YOU = "used_by_you"
    NOT_NEEDED = "not_needed"


_INVITATION_TEXTS = {
    InvitationProblem.UNKNOWN: "Liên kết mời không đúng. Hãy xin người mời gửi lại liên kết.",
    InvitationProblem.EXPIRED: "Liên kết mời đã hết hạn. Hãy xin người mời gửi liên kết mới.",
    InvitationProblem.REVOKED: "Liên kết mời đã bị thu hồi. Hãy xin người mời gửi liên kết mới.",
    InvitationProblem.USED_UP: "Liên kết mời đã hết lượt. Hãy xin người mời gửi liên kết mới.",
    InvitationProblem.USED_BY_YOU: (
        "Anh/chị đã dùng liên kết này rồi. Hãy xin người mời gửi liên kết mới."
    ),
    InvitationProblem.NOT_NEEDED: "Anh/chị đã có quyền này rồi, không cần liên kết mời.",
}


class InvitationError(PeopleError):
    """A link does not let somebody in; `problem` says why."""

    def __init__(self, problem: InvitationProblem) -> None:
        super().__init__(_INVITATION_TEXTS[problem])
        self.problem = problem


class JoinRequestError(PeopleError):
    """A request can't be made or decided."""
