"""What learning is called in the file of one's own data."""

from __future__ import annotations

from bot.features.quizzes.tables import SessionKind, SessionState

TITLE = "Việc học"
KINDS: dict[SessionKind, str] = {
    SessionKind.PATH: "chặng làm quen",
    SessionKind.PRACTICE: "luyện tập",
    SessionKind.REVIEW: "ôn tập",
}
STATES: dict[SessionState, str] = {
    SessionState.RUNNING: "đang làm",
    SessionState.PAUSED: "tạm dừng",
    SessionState.FINISHED: "đã xong",
    SessionState.ABANDONED: "đã bỏ",
}
RATINGS: dict[int, str] = {1: "quên", 2: "khó", 3: "nhớ", 4: "dễ"}
