"""Reads article files from a folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.errors import system_reason
from knowledge.articles.article import Article
from knowledge.articles.encodings import decode
from knowledge.articles.front_matter import FrontMatter, front_matter
from knowledge.articles.reading import MAX_DOCUMENT_BYTES, DocumentFormat, Reading, kept_reading
from knowledge.documents.fenced_reading import read_fenced
from knowledge.documents.reader import read_text
from knowledge.documents.sniffing import SUFFIXES
from knowledge.errors import ArticleError, ArticlesFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OFFICE_FORMATS = frozenset({DocumentFormat.WORD, DocumentFormat.PDF, DocumentFormat.EXCEL})
_MAX_TITLE = 300


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that holds an article.

    The id of a file in the articles' folder is its relative path with forward slashes. Documents of
    the store also say what is `stated` about them, and the file with the `reading` made when they
    were added.
    """

    article_id: str
    path: Path
    stated: FrontMatter | None = None
    reading: Path | None = None

    @property
    def edition(self) -> str | None:
        """What names a stored document with what is stated of it; nothing is read for it.

        Its file is named after the SHA-256 of its bytes. None for a file of the folder.
        """
        if self.stated is None:
            return None
        return hashlib.sha256(f"{self.path.name} {self.stated!r}".encode()).hexdigest()[:16]


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
        found = [ArticleFile(name, Path(folder, name)) for name in _below(str(folder), "")]
    except OSError as error:
        raise ArticlesFolderError(
            f"Không đọc được thư mục bài viết '{folder}' ({system_reason(error)}). "
            "Hãy kiểm tra quyền đọc."
        ) from error
    return sorted(found, key=lambda file: file.article_id)


def _below(folder: str, above: str) -> Iterator[str]:
    """Yield the names of the article files under `folder`, each behind the folders `above` it.

    Links to folders are not followed.
    """
    with os.scandir(folder) as entries:  # Path.rglob takes ten times as long
        for entry in entries:
            name = entry.name
            if name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{above}{name}/")
                continue
            stem, dot, suffix = name.rpartition(".")
            known = dot + suffix.lower() in SUFFIXES
            if known and stem.lower() != "readme" and entry.is_file():
                yield above + name


def load_article(file: ArticleFile) -> Article:
    """Read one article.

    What the registry or a sidecar file (`name.docx.yaml`) states wins over the document's own
    words. Raises ArticleError when the file is unreadable, too large, empty, binary, in an unknown
    encoding or has broken front matter.
    """
    data, note = _contents(file)
    reading = _reading(file, data)
    reading.require_content()
    stated = file.stated or FrontMatter()
    if note is not None:
        stated = front_matter(decode(note))
    name = file.path.name
    title = stated.title or reading.title or file.path.stem.replace("-", " ").replace("_", " ")
    return Article(
        article_id=file.article_id,
        title=title[:_MAX_TITLE],
        source=stated.source or reading.source or f"Tệp {name}",
        author=stated.author or reading.author,
        published=stated.published or reading.published,
        tags=stated.tags or reading.tags,
        blocks=reading.blocks,
        content_hash=_digest(file, data, note),
        **_official(stated, reading, all_stated=file.stated is not None),
    )


def _official(stated: FrontMatter, reading: Reading, *, all_stated: bool) -> dict[str, Any]:
    """Return the details of an official document; the registry's are complete as they are."""
    names = ("number", "issuer", "signer", "summary", "amends")
    read = {name: getattr(reading, name) for name in names}
    said = {name: getattr(stated, name) for name in names}
    return said if all_stated else {name: said[name] or read[name] for name in names}


def content_hash(file: ArticleFile) -> str:
    """Return what `load_article` would give as the article's hash, without parsing anything.

    Raises ArticleError like `load_article`.
    """
    return _digest(file, *_contents(file))


def signature(file: ArticleFile) -> tuple[str, int]:
    """Return what changes with the bytes that `content_hash` reads, and when it last did (ns).

    It holds size, times and inode of the file and of its sidecar, and what the registry states; no
    file is opened. Raises OSError.
    """
    path = os.fspath(file.path)
    stats = [os.stat(path)]  # noqa: PTH116 -- Path.stat takes thrice as long
    if file.stated is None:
        with contextlib.suppress(FileNotFoundError):
            stats.append(os.stat(f"{path}.yaml"))  # noqa: PTH116
    parts = [f"{s.st_size}.{s.st_mtime_ns}.{s.st_ctime_ns}.{s.st_ino}" for s in stats]
    if file.stated is not None:
        parts.append(hashlib.sha256(repr(file.stated).encode()).hexdigest()[:16])
    return " ".join(parts), max(max(s.st_mtime_ns, s.st_ctime_ns) for s in stats)


def _contents(file: ArticleFile) -> tuple[bytes, bytes | None]:
    """Return the file's bytes and those of its sidecar, which the registry's word overrules."""
    data = _read(file.path)
    sidecar = file.path.with_name(f"{file.path.name}.yaml")
    has_note = file.stated is None and sidecar.is_file()
    return data, _read(sidecar) if has_note else None


def _digest(file: ArticleFile, data: bytes, note: bytes | None) -> str:
    digest = hashlib.sha256(data)
    if note is not None:
        digest.update(note)
    elif file.stated is not None:
        digest.update(repr(file.stated).encode())  # a new title is a change, too
    return digest.hexdigest()


def _reading(file: ArticleFile, data: bytes) -> Reading:
    if file.reading is not None:
        return kept_reading(file.reading)
    format_ = SUFFIXES[file.path.suffix.lower()]
    if format_ in _OFFICE_FORMATS:
        return _office_reading(file.path, hashlib.sha256(data).hexdigest())
    return read_text(data, format_)


@lru_cache(maxsize=256)
def _office_reading(path: Path, _sha256: str) -> Reading:
    """Read an office file behind the fence, once for each content of the file."""
    return read_fenced(_read(path), path.name)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise ArticleError(
                f"tệp quá lớn ({size / 1024**2:.0f} MB, tối đa "
                f"{MAX_DOCUMENT_BYTES // 1024**2} MB); hãy chia thành nhiều bài"
            )
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"không đọc được tệp: {system_reason(error)}") from error
    if not data.strip():
        raise ArticleError("tệp trống; hãy bổ sung nội dung hoặc xóa tệp")
    return data
