"""Pressed buttons as values: what a button's callback data means, and how it is written.

Each kind of button is a subclass of Press, a frozen dataclass whose fields are what the button
says. Its callback data is `<kind>:<field>:…`: a number in base 36, an enumeration by its value, the
items of a tuple with commas between, None as nothing; last fields that have their default are left
out. Data that no button could have is read as None.
"""

from __future__ import annotations

import dataclasses
import re
import string
from enum import StrEnum
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    NamedTuple,
    Self,
    dataclass_transform,
    get_args,
    get_type_hints,
)

from telegram import InlineKeyboardButton

from bot.limits import BUTTON_UNITS, CALLBACK_DATA_BYTES
from bot.telegram.formatting import clip

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = string.digits + string.ascii_lowercase
_NUMBER = re.compile(r"0|[1-9a-z][0-9a-z]{0,10}")  # ids have 52 bits at most
_WORD = re.compile(r"[0-9A-Za-z_]*")
_KIND = re.compile(r"[a-z]+")
_KINDS: dict[str, type[Press]] = {}


class PressKindError(TypeError):
    """A class of presses that can't be told from another, or written into callback data."""


class _Codec(NamedTuple):
    """How values of a field are written and read; both raise ValueError."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


@dataclass_transform(frozen_default=True)
class Press:
    """A button that was pressed; a subclass without a kind is only a base of others."""

    kind: ClassVar[str] = ""
    _codecs: ClassVar[dict[str, _Codec]] = {}

    def __init_subclass__(cls, *, kind: str = "") -> None:
        """Make the class a dataclass and register its kind; raises PressKindError."""
        super().__init_subclass__()
        dataclasses.dataclass(frozen=True)(cls)
        cls.kind = kind
        if not kind:
            return
        if _KIND.fullmatch(kind) is None:  # with no ":" in it, no kind matches another's data
            raise PressKindError(f"a kind must be of the letters a to z, got {kind!r}")
        if kind in _KINDS:
            raise PressKindError(f"a kind must be of one class, {kind!r} is {_KINDS[kind]}'s")
        hints = get_type_hints(cls)
        cls._codecs = {field.name: _codec(hints[field.name]) for field in _fields(cls)}
        _KINDS[kind] = cls

    @property
    def data(self) -> str:
        """The callback data; raises ValueError where it does not fit or could not be read."""
        data = self._written()
        if len(data) > CALLBACK_DATA_BYTES:
            raise ValueError(f"callback data must fit in {CALLBACK_DATA_BYTES} bytes, got {data!r}")
        if self.read(data) != self:
            raise ValueError(f"callback data must say what {self!r} says, got {data!r}")
        return data

    def button(self, label: str) -> InlineKeyboardButton:
        """Return a button that says this when pressed."""
        return InlineKeyboardButton(clip(label, BUTTON_UNITS), callback_data=self.data)

    @classmethod
    def read(cls, data: object) -> Self | None:
        """Return what the data of a button of this kind says, or None where it says nothing."""
        if not isinstance(data, str) or len(data) > CALLBACK_DATA_BYTES:
            return None
        kind, *parts = data.split(":")
        needed = sum(field.default is dataclasses.MISSING for field in _fields(cls))
        if kind != cls.kind or not needed <= len(parts) <= len(cls._codecs):
            return None
        read = zip(cls._codecs.values(), parts, strict=False)
        try:
            press = cls(*(codec.read(part) for codec, part in read))
        except ValueError:  # a part that is none of its field's
            return None
        return press if press._written() == data else None

    @classmethod
    def pattern(cls) -> re.Pattern[str]:
        """Return what the data of every button of this kind begins with."""
        return re.compile(rf"{cls.kind}(?::|\Z)")

    def _written(self) -> str:
        parts = [codec.write(getattr(self, name)) for name, codec in self._codecs.items()]
        for field in reversed(_fields(type(self))):
            if field.default is dataclasses.MISSING or getattr(self, field.name) != field.default:
                break
            parts.pop()
        return ":".join([self.kind, *parts])


class PersonalPress(Press):
    """A button that only the person it was shown to may press.

    The owner in the data is no proof of anything: a changed client may send what it likes. It tells
    a bystander's press from the owner's; what the presser may do is judged by role.
    """

    owner: int


def read_press(data: object) -> Press | None:
    """Return what the data of a button of any kind says, or None where it says nothing."""
    kind = _KINDS.get(data.partition(":")[0]) if isinstance(data, str) else None
    return None if kind is None else kind.read(data)


def to_base36(number: int) -> str:
    """Return a number ≥ 0 in base 36."""
    if number < 0:
        raise ValueError(f"a number in a button must be ≥ 0, got {number}")
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits


def _fields(cls: type[Press]) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(cls)  # type: ignore[arg-type]  # __init_subclass__ made it one


def _codec(hint: Any) -> _Codec:  # noqa: ANN401 -- what get_type_hints gives
    if hint is int:
        return _Codec(to_base36, _from_base36)
    if hint is str:
        return _Codec(_word, _word)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _Codec(str, hint)
    inner = [part for part in get_args(hint) if part not in {NoneType, Ellipsis}]
    if len(inner) == 1:
        write, read = _codec(inner[0])
        if isinstance(hint, UnionType):
            return _Codec(
                lambda value: "" if value is None else write(value),
                lambda text: None if text == "" else read(text),
            )
        return _Codec(
            lambda items: ",".join(map(write, items)),
            lambda text: tuple(map(read, text.split(","))),
        )
    raise PressKindError(f"a field of a button can't be {hint!r}")


def _word(text: str) -> str:
    if _WORD.fullmatch(text) is None:
        raise ValueError(f"a text in a button must match {_WORD.pattern}, got {text!r}")
    return text


def _from_base36(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f"a number in a button must match {_NUMBER.pattern}, got {text!r}")
    return int(text, 36)
