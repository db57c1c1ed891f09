"""What a web page's styles say about an element: whether it is seen, and in which font."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Declarations = dict[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};@]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_SIMPLE = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_WANTED = frozenset(
    """display visibility mso-hide font-size font-family list-style-type list-style mso-list
    mso-element""".split()
)
_NOTHING = re.compile(r"0+(?:\.0+)?(?:[a-z]{2}|%)?")


class StyleSheet:
    """The rules of a page whose selectors are a tag, a class or an id; others are not followed."""

    def __init__(self) -> None:
        self._rules: dict[str, Declarations] = {}

    def add(self, css: str) -> None:
        """Add the rules of a `<style>`; what is said for printing and the like does not count."""
        for rule in _AT_RULE.sub("", _COMMENT.sub("", css)).split("}"):
            selectors, _, body = rule.rpartition("{")
            if found := declarations(body):
                for selector in selectors.split(","):
                    if _SIMPLE.fullmatch(selector.strip()):
                        self._rules.setdefault(selector.strip().lower(), {}).update(found)

    def of(self, tag: str, attributes: Mapping[str, str]) -> Declarations:
        """Return what holds for an element, its own `style` last."""
        found: Declarations = {}
        if not self._rules and "style" not in attributes:
            return found
        if self._rules:
            classes = [f".{name}" for name in attributes.get("class", "").lower().split()[:20]]
            ids = [f"#{attributes['id'].lower()}"] if attributes.get("id") else []
            for mark in ("", *classes, *ids):
                found |= self._rules.get(mark, {}) if mark else {}
                found |= self._rules.get(tag + mark, {})
        return found | declarations(attributes.get("style", ""))


def declarations(css: str) -> Declarations:
    """Return the declarations that matter here, in lower case."""
    found: Declarations = {}
    for declaration in css.split(";") if css else ():
        name, _, value = declaration.partition(":")
        if (name := name.strip().lower()) in _WANTED:
            found[name] = value.lower().replace("!important", "").strip()
    return found


def hides(style: Declarations) -> bool:
    """Tell whether an element with this style is not to be seen."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
        or _NOTHING.fullmatch(style.get("font-size", "")) is not None
    )


def font_of(style: Declarations) -> str:
    """Return the name of the first font, empty where the style names none."""
    return style.get("font-family", "").split(",")[0].strip(" '\"")
