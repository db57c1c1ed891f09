"""A corpus of any size for the benchmarks, made from the shipped articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

SHIPPED = Path(__file__).parents[1] / "knowledge" / "articles" / "office"
_PARAGRAPHS = 4
_SENTENCES = 4

QUESTIONS = (
    "Ngày truyền thống của văn phòng là ngày nào?",
    "ngay truyen thong vp la ngay nao",
    "Quyết định 828 ký ngày nào",
    "ai ky quyet dinh 828",
    "2 thao 3 dung 3 khong gom nhung gi",
    "3 đúng gồm những gì",
    "Truyền thống của Văn phòng là gì?",
    "van phong bao nhieu nam roi",
    "chức năng của văn phòng là gì",
    "cac ngay ky niem trong nam",
    "Văn phòng thành lập ngày nào",
    "Bác Hồ thăm Lào Cai khi nào",
    "lao cai co bao nhieu xa phuong",
    "thời tiết hôm nay thế nào",
    "giá vàng hôm nay",
)


def anew(question: str, number: int) -> str:
    """Return `question` as nobody asked it before: what the reader read of others it remembers."""
    return f"{question} (lần {number})"


def write_corpus(folder: Path, articles: int, rng: random.Random) -> None:
    """Write `articles` articles of four chunks each beside the shipped ones."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = []
    for path in sorted(SHIPPED.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        folder.joinpath(path.name).write_text(text, encoding="utf-8")
        body = text.split("---", 2)[2]
        sentences += [s.strip() for s in body.split(". ") if len(s.split()) > 6 and "#" not in s]
    for number in range(articles):
        sections = []
        for section in range(_PARAGRAPHS):
            chosen = rng.sample(sentences, _SENTENCES)
            sections.append(f"## Mục {section + 1}\n\nĐơn vị {number}: {'. '.join(chosen)}.")
        text = f"---\ntitle: Tư liệu đơn vị số {number}\n---\n" + "\n\n".join(sections) + "\n"
        folder.joinpath(f"tu-lieu-{number:05d}.md").write_text(text, encoding="utf-8")


def passages(count: int, rng: random.Random) -> list[str]:
    """Return `count` passages of about 200 tokens."""
    texts = [path.read_text(encoding="utf-8").split("---", 2)[2] for path in SHIPPED.glob("*.md")]
    words = " ".join(sorted(texts)).split()
    starts = (rng.randrange(len(words) - 130) for _ in range(count))
    return [" ".join(words[start : start + 130]) for start in starts]
