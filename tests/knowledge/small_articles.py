from pathlib import Path

from knowledge import KnowledgeBase

DATE_QUESTION = "Ngày truyền thống Văn phòng là ngày nào?"
PARKING = "---\ntitle: Nội quy bãi xe\n---\nBãi xe mở cửa lúc 6 giờ 30 phút mỗi sáng.\n"
PARKING_QUESTION = "Bãi xe mở cửa lúc mấy giờ?"


def write(folder: Path, name: str, text: str) -> None:
    folder.joinpath(name).write_text(text, encoding="utf-8")


def says(base: KnowledgeBase, question: str) -> str:
    return base.assistant().answer(question).text


def manifests(data_dir: Path) -> list[str]:
    return sorted(path.name for path in data_dir.joinpath("index", "manifests").iterdir())
