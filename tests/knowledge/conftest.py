from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings import Encoder
from knowledge import Assistant, KnowledgeBase
from tests.knowledge.counting_encoder import CountingEncoder

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


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    folder.joinpath("day.md").write_text(OFFICE_DAY, encoding="utf-8")
    folder.joinpath("principle.md").write_text(PRINCIPLE, encoding="utf-8")
    return folder


@pytest.fixture
def base(tmp_path: Path, encoder: Encoder) -> Iterator[KnowledgeBase]:
    """An open knowledge base without any version yet."""
    with KnowledgeBase(tmp_path / "data", encoder) as opened:
        yield opened


@pytest.fixture
def assistant(base: KnowledgeBase, articles: Path) -> Assistant:
    base.reload(articles)
    return base.assistant()


@pytest.fixture
def article(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes one article file into a folder of its own and returns the folder."""

    def write(name: str, content: str | bytes) -> Path:
        folder = tmp_path / "single"
        folder.mkdir(exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        folder.joinpath(name).write_bytes(data)
        return folder

    return write


@pytest.fixture
def counting(encoder: Encoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def counted(tmp_path: Path, counting: CountingEncoder) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "counted", counting) as base:
        yield base
