"""What a backup holds beside the database, and where each thing belongs.

The data directory's own files can't be made again; articles, questions and the office's words are
files of the office, which the index and the quizzes are made from. Not in it: `.env` (secrets), the
index and the models, which the program makes anew, and what the trial in the browser keeps.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from knowledge.documents.sniffing import SUFFIXES
from knowledge.quiz.bank.reading import bank_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.settings import Settings

DATABASE = "database"
KEYS = frozenset({"certificate.key", "marks.key"})
DOCUMENTS = "documents"
HISTORY = f"{DOCUMENTS}/history.jsonl"
ORIGINALS = f"{DOCUMENTS}/originals"
READINGS = f"{DOCUMENTS}/readings"
PENDING = f"{DOCUMENTS}/pending"
OFFICE = "office"
OFFICE_FOLDERS = {"articles": "articles_dir", "quizzes": "quizzes_dir", OFFICE: "office_file"}
"""The office's own files: the folder's name in the archive, and the setting that names it."""
IN_DATA_DIR = frozenset({*KEYS, DOCUMENTS, *OFFICE_FOLDERS})
"""What a restore may put into a data directory, apart from the database."""

_BESIDE_ARTICLES = ".yaml"  # what is stated of a document, the golden questions, the office's words


def office_files(settings: Settings) -> dict[str, dict[str, Path]]:
    """Return the files of each office folder by their relative names with forward slashes.

    A folder that is not there is empty.
    """
    articles, quizzes = settings.articles_dir, settings.quizzes_dir
    questions = bank_files(quizzes) if quizzes.is_dir() else []
    office = [settings.office_file] if settings.office_file.is_file() else []
    return {
        "articles": {path.relative_to(articles).as_posix(): path for path in _articles(articles)},
        "quizzes": {path.name: path for path in questions},
        OFFICE: {path.name: path for path in office},
    }


def has_place(name: str) -> bool:
    """Tell whether a name in an archive, which is safe, is of something that a backup holds."""
    top, slash, _ = name.partition("/")
    return name in KEYS or (bool(slash) and top in IN_DATA_DIR - KEYS)


def sums_of(files: dict[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of each file; raises OSError."""
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def pending_files(data_dir: Path) -> dict[str, Path]:
    """Return the uploads that wait for a decision; a file may be gone when it is read."""
    root = data_dir / PENDING
    return {path.relative_to(data_dir).as_posix(): path for path in _files_below(root)}


def _articles(folder: Path) -> Iterator[Path]:
    for path in _files_below(folder):
        if path.suffix.lower() in {*SUFFIXES, _BESIDE_ARTICLES} and not path.name.startswith("~$"):
            yield path


def _files_below(root: Path) -> Iterator[Path]:
    """Yield the files below a folder in order, hidden ones not."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield root.joinpath(folder, name)
