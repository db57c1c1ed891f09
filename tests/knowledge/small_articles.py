from pathlib import Path

from knowledge import KnowledgeBase

SHIPPED = Path(__file__).parents[2] / "knowledge" / "articles" / "office"

OFFICE_DAY = """\
---
title: Ngày truyền thống
source: Quyết định số 828/QĐ-TTg
author: Ban biên soạn
published: 2026-11-23
tags: [ngày truyền thống]
---
## Ngày 28/8

Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày 28/8 hằng năm.

## Quyết định 828

Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004.
"""

PRINCIPLE = """\
---
title: Nguyên tắc 2 thạo, 3 đúng, 3 không
source: Bài viết của Văn phòng
---
Nguyên tắc gồm ba nhóm.

## Hai thạo

Cán bộ Văn phòng rèn 2 thạo:

- Thạo nghề
- Thạo địa bàn

## Ba đúng

3 đúng là: đúng chính sách, đúng thẩm quyền, đúng thời gian.

## Ba không

3 không là: không vô cảm, không sách nhiễu, không né tránh.
"""

DATE_QUESTION = "Ngày truyền thống Văn phòng là ngày nào?"
PARKING = "---\ntitle: Nội quy bãi xe\n---\nBãi xe mở cửa lúc 6 giờ 30 phút mỗi sáng.\n"
PARKING_QUESTION = "Bãi xe mở cửa lúc mấy giờ?"


def write(folder: Path, name: str, text: str) -> None:
    folder.joinpath(name).write_text(text, encoding="utf-8")


def write_small_articles(folder: Path) -> Path:
    folder.mkdir(parents=True)
    write(folder, "day.md", OFFICE_DAY)
    write(folder, "principle.md", PRINCIPLE)
    return folder


def says(base: KnowledgeBase, question: str) -> str:
    return base.assistant().answer(question).text


def manifests(data_dir: Path) -> list[str]:
    return sorted(path.name for path in data_dir.joinpath("index", "manifests").iterdir())
