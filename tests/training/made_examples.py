"""Small made-up examples to train on."""

from training.documents import Split
from training.examples import Example, Examples, ReadWindow

FACTS = {
    "Bãi xe mở lúc mấy giờ?": ("Bãi xe mở lúc 6 giờ.", "6 giờ"),
    "Ai giữ con dấu?": ("Văn thư giữ con dấu.", "Văn thư"),
    "Phòng họp ở tầng mấy?": ("Phòng họp ở tầng ba.", "tầng ba"),
    "Họp giao ban ngày nào?": ("Họp giao ban vào thứ Hai.", "thứ Hai"),
}


def window(text: str, answer: str = "", *, doubtful: bool = False) -> ReadWindow:
    at = text.index(answer)
    return ReadWindow("Nội quy", text, (at, at + len(answer)) if answer else None, doubtful, ())


def answered() -> tuple[Example, ...]:
    """A question each, its answer among the other windows."""
    return tuple(
        Example(question, "date", answerable=True, windows=tuple(
            window(text, answer if own == question else "")
            for own, (text, answer) in FACTS.items()
        ))
        for question in FACTS
    )  # fmt: skip


def unanswered() -> Example:
    """A question that no window answers."""
    return Example(
        "Nhà ăn ở đâu?",
        "where",
        answerable=False,
        windows=tuple(window(t) for t, _ in FACTS.values()),
    )


def made(*examples: Example, split: Split = Split.TRAIN, base: str = "b01") -> Examples:
    return Examples(base, split, "base", examples or (*answered(), unanswered()))
