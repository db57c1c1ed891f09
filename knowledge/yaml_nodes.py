"""Reading YAML by its nodes, which know their lines, so that a wrong entry can be pointed at."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING

import yaml

from embeddings.vietnamese import nfc
from knowledge.errors import KnowledgeError, NodeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Node = yaml.Node

_DEEPEST = 100
_NULL = "tag:yaml.org,2002:null"


@contextmanager
def naming(path: Path, error_type: type[KnowledgeError]) -> Iterator[None]:
    """Turn what is wrong in a file that is read inside into an error that names it and the line."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise error_type(f"Tệp '{path}' không phải UTF-8; hãy lưu lại bằng UTF-8.") from error
    except NodeError as error:
        line = f", dòng {error.line}" if error.line is not None else ""
        raise error_type(f"Tệp '{path}'{line}: {error}.") from error


def compose(text: str) -> Node | None:
    """Return the root node of a YAML text, or None when it holds nothing.

    Raises NodeError where the text is not YAML, or nested deeper than anybody writes.
    """
    if odd := yaml.reader.Reader.NON_PRINTABLE.search(text):
        raise NodeError("có ký tự mà YAML không nhận", text.count("\n", 0, odd.start()) + 1)
    try:
        if any(depth > _DEEPEST for depth in _depths(text)):  # libyaml would crash
            raise NodeError("các mục lồng nhau quá sâu", None)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NodeError(
            "không phải YAML hợp lệ (câu có dấu ? : , [ ] hãy đặt trong ngoặc kép)",
            min(mark.line + 1, len(text.splitlines())) if mark is not None else None,
        ) from error


def _depths(text: str) -> Iterator[int]:
    """Return how deep each part of a YAML text is nested; raises YAMLError."""
    return accumulate(
        isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
    )


def line_of(node: Node) -> int:
    """Return the line that a node begins on, from 1."""
    return int(node.start_mark.line) + 1


def mapping(node: Node, allowed: tuple[str, ...]) -> dict[str, Node]:
    """Return the fields of a mapping; raises NodeError for another node, key or a key twice."""
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, f"phải gồm các mục {', '.join(allowed)}")
    fields: dict[str, Node] = {}
    for key, value in node.value:
        name = text_of(key)
        if name not in allowed:
            raise wrong(key, f"không có mục “{name}”, chỉ có {', '.join(allowed)}")
        if name in fields:
            raise wrong(key, f"mục “{name}” lặp lại")
        fields[name] = value
    return fields


def items(node: Node) -> list[Node]:
    """Return the members of a list; a single text counts as a list of one."""
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.ScalarNode) and node.value:
        return [node]
    raise wrong(node, "phải là một danh sách")


def texts(node: Node) -> list[str]:
    """Return the members of a list as `text_of` reads them."""
    return [text_of(item) for item in items(node)]


def text_of(node: Node) -> str:
    """Return what was written, in NFC, so that `28/8` and `2026` need no quotes."""
    if (
        not isinstance(node, yaml.ScalarNode)
        or node.tag == _NULL
        or not (text := nfc(str(node.value)).strip())
    ):
        raise wrong(node, "phải là một dòng chữ")
    return text


def data_of(node: Node) -> object:
    """Return a node's text, None for null, a list of such, or a dict for a mapping."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == _NULL else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [data_of(member) for member in node.value]
    return {}  # where texts are wanted, what it holds does not matter


def wrong(node: Node, problem: str) -> NodeError:
    """Return the error that says what is wrong with `node`."""
    return NodeError(problem, line_of(node))
