"""The golden questions: what the articles must go on answering, and what they must refuse.

A YAML file named `golden.yaml` beside the articles:

    answered:
      - ask: ["Ngày truyền thống là ngày nào?", "ngay truyen thong"]  # one text or several
        contains: ["28/8"]    # optional: what the answer must show
        title: "Ngày truyền thống"   # optional: the article that the answer must come from
    refused:
      - giá vàng hôm nay

Each text of `ask` is a question of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from embeddings.errors import system_reason
from embeddings.vietnamese import plain
from knowledge.errors import GoldenFileError, QuestionError
from knowledge.retrieval.typed_question import tidy_question
from knowledge.yaml_nodes import compose, items, mapping, naming, text_of, texts, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knowledge.answering.answer import Answer
    from knowledge.yaml_nodes import Node

GOLDEN_FILE = "golden.yaml"
MAX_QUESTIONS = 2000
_MAX_BYTES = 1024 * 1024
_SECTIONS = ("answered", "refused")
_FIELDS = ("ask", "contains", "title")


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with what its answer must show; `refuse`: there must be none."""

    text: str
    contains: tuple[str, ...] = ()
    title: str | None = None
    refuse: bool = False

    def is_right(self, answer: Answer) -> bool:
        """Tell whether `answer` is what the question asks for; case and spacing don't count."""
        if self.refuse or answer.refused:
            return self.refuse and answer.refused
        shown = plain(answer.text)
        return all(plain(part) in shown for part in self.contains) and (
            self.title is None or any(plain(c.title) == plain(self.title) for c in answer.citations)
        )


def read_golden(articles_dir: Path) -> tuple[GoldenQuestion, ...] | None:
    """Return the golden questions beside the articles; see `read_golden_file`."""
    return read_golden_file(articles_dir / GOLDEN_FILE)


def read_golden_file(path: Path) -> tuple[GoldenQuestion, ...] | None:
    """Return the golden questions of a file, or None when there is no such file.

    Raises GoldenFileError naming the line of what is wrong.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise GoldenFileError(f"Tệp '{path}' quá lớn (tối đa {_MAX_BYTES // 1024} KB).")
        with naming(path, GoldenFileError):
            questions = _questions(compose(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GoldenFileError(f"Không đọc được tệp '{path}': {system_reason(error)}.") from error
    if not questions:
        raise GoldenFileError(
            f"Tệp '{path}' không có câu hỏi nào; hãy thêm mục answered hoặc refused, hoặc xóa tệp."
        )
    return questions


def _questions(root: Node | None) -> tuple[GoldenQuestion, ...]:
    questions: dict[str, GoldenQuestion] = {}
    sections = {} if root is None else mapping(root, _SECTIONS)
    for name, node in sections.items():
        for entry in items(node):
            for question in _entry(name, entry):
                if question.text in questions:
                    raise wrong(entry, f"câu “{question.text}” đã có ở trên")
                questions[question.text] = question
                if len(questions) > MAX_QUESTIONS:
                    raise wrong(entry, f"quá {MAX_QUESTIONS} câu hỏi")
    return tuple(questions.values())


def _entry(section: str, entry: Node) -> Iterator[GoldenQuestion]:
    if section == "refused":
        yield GoldenQuestion(_question(entry), refuse=True)
        return
    fields = mapping(entry, _FIELDS)
    if "ask" not in fields:
        raise wrong(entry, "thiếu ask (câu hỏi)")
    contains = tuple(texts(fields["contains"])) if "contains" in fields else ()
    title = text_of(fields["title"]) if "title" in fields else None
    for node in items(fields["ask"]):
        yield GoldenQuestion(_question(node), contains, title)


def _question(node: Node) -> str:
    text = text_of(node)
    try:
        tidy_question(text)
    except QuestionError as error:
        raise wrong(node, f"câu hỏi không hỏi được: {error}") from error
    return text
