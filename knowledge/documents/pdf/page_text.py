"""What stands on a page: its words with their places, its ruling lines and its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """A word of a page; `base` is its baseline, from the top of the page, in points.

    `spaced` tells that a space stands before it.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool = False
    spaced: bool = True
    font: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page, `top` above `bottom`; a ruling line is one without height or width."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def area(self) -> float:
        """Return how large it is."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.bottom - self.top)

    def holds(self, word: Word) -> bool:
        """Tell whether the middle of `word` lies in it."""
        middle = word.base - 0.3 * word.size
        return self.x0 <= (word.x0 + word.x1) / 2 <= self.x1 and self.top <= middle <= self.bottom


@dataclass(slots=True)
class PageText:
    """What stands on a page, turned so that its text is level."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rulings: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    paths: int = 0
    invisible: bool = False  # some of its words are, over a picture
    hidden: list[str] = field(default_factory=list)
    slanting: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def pictured(self) -> float:
        """Return how much of the page its pictures cover, from 0 to 1; a scan may be in strips."""
        covered = sum(picture.area for picture in self.pictures)
        return min(1.0, covered / max(self.width * self.height, 1.0))

    @property
    def text(self) -> str:
        """Return its words in the order of the file."""
        return " ".join(word.text for word in self.words)
