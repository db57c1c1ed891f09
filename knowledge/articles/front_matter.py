"""The YAML block at the head of a Markdown article."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from knowledge.errors import ArticleError

if TYPE_CHECKING:
    from knowledge.entities.amendments import Amendment

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)(?:^---[ \t]*(?:\n|\Z))", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says about itself; an absent field is None or empty."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    tags: tuple[str, ...] = ()
    number: str | None = None
    issuer: str | None = None
    signer: str | None = None
    summary: str | None = None
    amends: tuple[Amendment, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of `text` and the text after it.

    Raises ArticleError when the block is not closed, not YAML, or a field has the wrong type.
    """
    if not text.startswith("---\n"):
        return FrontMatter(), text
    match = _FENCE.match(text)
    if match is None:
        raise ArticleError("phần khai báo đầu bài mở bằng '---' nhưng không có dòng '---' đóng lại")
    return front_matter(match.group(1), first_line=2), text[match.end() :]


def front_matter(text: str, *, first_line: int = 1) -> FrontMatter:
    """Return what the YAML `text`, beginning on `first_line` of its file, says.

    Raises ArticleError when it is not YAML or a field has the wrong type.
    """
    try:
        fields = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" ở dòng {mark.line + first_line}" if mark is not None else ""
        raise ArticleError(f"phần khai báo đầu bài không phải YAML hợp lệ{line}") from error
    if not isinstance(fields, dict):
        raise ArticleError("phần khai báo đầu bài phải gồm các dòng 'tên: giá trị'")
    return FrontMatter(
        title=_text(fields, "title"),
        source=_text(fields, "source"),
        author=_text(fields, "author"),
        published=_text(fields, "published"),
        tags=_tags(fields),
        number=_text(fields, "number"),
        issuer=_text(fields, "issuer"),
        signer=_text(fields, "signer"),
        summary=_text(fields, "summary"),
    )


def _text(fields: dict[object, object], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str | int | float):
        return " ".join(str(value).split())
    raise ArticleError(f"trường '{name}' phải là một dòng chữ, nhưng là {type(value).__name__}")


def _tags(fields: dict[object, object]) -> tuple[str, ...]:
    value = fields.get("tags")
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(tag.strip() for tag in value.split(",") if tag.strip())
    if isinstance(value, list) and all(isinstance(tag, str | int | float) for tag in value):
        return tuple(str(tag) for tag in value)
    raise ArticleError("trường 'tags' phải là một danh sách chữ")
