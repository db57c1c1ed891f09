"""Reads article files from a folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.system_errors import system_reason
from knowledge.article import Article, BlockKind
from knowledge.errors import ArticleError, ArticlesFolderError
from knowledge.front_matter import FrontMatter, split_front_matter
from knowledge.markdown_blocks import markdown_blocks
from knowledge.plain_text_blocks import read_plain_text
from knowledge.text_encoding import decode
from knowledge.web_page import read_web_page

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = frozenset({".md", ".txt", ".html", ".htm"})
MAX_ARTICLE_BYTES = 20 * 1024 * 1024
_MAX_TITLE = 300


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of the articles' folder: its id (relative path with forward slashes) and its path."""

    article_id: str
    path: Path


def article_files(folder: Path) -> list[ArticleFile]:
    """Return the article files under `folder`, sorted by id, without hidden files and READMEs.

    Raises ArticlesFolderError when the folder is missing or cannot be read.
    """
    if not folder.is_dir():
        raise ArticlesFolderError(
            f"Không thấy thư mục bài viết '{folder}'. Hãy tạo thư mục hoặc sửa ARTICLES_DIR "
            "(hay --articles) cho đúng."
        )
    try:
        found = [
            ArticleFile(path.relative_to(folder).as_posix(), path)
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES
            and path.is_file()
            and path.stem.lower() != "readme"
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    except OSError as error:
        raise ArticlesFolderError(
            f"Không đọc được thư mục bài viết '{folder}' ({system_reason(error)}). "
            "Hãy kiểm tra quyền đọc."
        ) from error
    return sorted(found, key=lambda file: file.article_id)


def load_article(file: ArticleFile) -> Article:
    """Read one article.

    Raises ArticleError when the file is unreadable, too large, empty, binary, in an unknown
    encoding or has broken front matter.
    """
    data = _read(file.path)
    text = decode(data)
    suffix = file.path.suffix.lower()
    if suffix == ".md":
        meta, body = split_front_matter(text)
        blocks = markdown_blocks(body)
        if blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
            meta = FrontMatter(
                meta.title or blocks[0].text, meta.source, meta.author, meta.published, meta.tags
            )
            blocks = blocks[1:]
    elif suffix == ".txt":
        plain = read_plain_text(text)
        meta, blocks = FrontMatter(title=plain.title, author=plain.author), plain.blocks
    else:
        page = read_web_page(text)
        meta = FrontMatter(title=page.title, author=page.author, published=page.published)
        blocks = page.blocks
    if not any(block.kind is not BlockKind.HEADING for block in blocks):
        raise ArticleError("bài không có nội dung nào ngoài tiêu đề; hãy bổ sung hoặc xóa tệp")
    title = meta.title or file.path.stem.replace("-", " ").replace("_", " ")
    return Article(
        article_id=file.article_id,
        title=title[:_MAX_TITLE],
        source=meta.source or f"Tệp {file.path.name}",
        author=meta.author,
        published=meta.published,
        tags=meta.tags,
        blocks=blocks,
        content_hash=hashlib.sha256(data).hexdigest(),
    )


def content_hash(file: ArticleFile) -> str:
    """Return the SHA-256 of the file's bytes; raises ArticleError like `load_article`."""
    return hashlib.sha256(_read(file.path)).hexdigest()


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_ARTICLE_BYTES:
            raise ArticleError(
                f"tệp quá lớn ({size / 1024**2:.0f} MB, tối đa {MAX_ARTICLE_BYTES // 1024**2} MB); "
                "hãy chia thành nhiều bài"
            )
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"không đọc được tệp: {system_reason(error)}") from error
    if not data.strip():
        raise ArticleError("tệp trống; hãy bổ sung nội dung hoặc xóa tệp")
    return data
