"""Why something can't be put before the editors, or be closed: each in a line for whoever tries."""

from __future__ import annotations

from bot.errors import BotError


class ForwardingError(BotError):
    """The parent of these errors."""


class AlreadyForwardedError(ForwardingError):
    """The same question of the same person is open."""

    def __init__(self) -> None:
        super().__init__("Câu hỏi này đã được chuyển, biên tập viên sẽ trả lời anh/chị.")


class TooManyOpenError(ForwardingError):
    """A person has as many open questions as anybody may."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Anh/chị đang có {most} câu hỏi chờ trả lời, là số nhiều nhất. "
            "Có câu trả lời rồi anh/chị gửi tiếp nhé."
        )


class MessageLengthError(ForwardingError):
    """A text is empty or too long."""

    def __init__(self, characters: int, most: int) -> None:
        super().__init__(
            f"Nội dung phải có từ 1 đến {most} ký tự, đang có {characters}. Anh/chị viết lại nhé."
        )


class NotOpenError(ForwardingError):
    """An entry is closed already, or gone."""

    def __init__(self) -> None:
        super().__init__("Mục này đã xong hoặc không còn được lưu.")
