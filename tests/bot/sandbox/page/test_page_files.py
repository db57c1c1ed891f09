"""What holds for every file of the chat page, without a browser."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[4] / "bot" / "sandbox" / "page"
FILES = sorted(file for file in FOLDER.iterdir() if file.suffix in {".js", ".css", ".html"})
MAX_LINES = 400
MAKES_HTML = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|DOMParser|document\.write|\beval\b"
    r"|new Function"
)
OUTSIDE = re.compile(r"https?://(?!www\.w3\.org/2000/svg|\$)")
# Text and the ground it stands on; WCAG AA asks for 4.5 to 1.
CONTRASTS = [
    ("--ink", "--panel"),
    ("--ink-soft", "--panel"),
    ("--ink-soft", "--panel-soft"),
    ("--ink-soft", "--selected"),
    ("--ink-soft", "--hover"),
    ("--accent", "--panel"),
    ("--accent", "--selected"),
    ("--accent-ink", "--accent"),
    ("--danger", "--panel"),
    ("--ink", "--in"),
    ("--ink-soft", "--in"),
    ("--link", "--in"),
    ("--right", "--in"),
    ("--danger", "--in"),
    ("--ink", "--out"),
    ("--out-soft", "--out"),
    ("--link", "--out"),
    ("--on-wall", "--pill-solid"),
    *((f"--person-{number}", "--in") for number in range(7)),
]
AA = 4.5


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_makes_html_from_text_or_asks_outside(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not MAKES_HTML.search(text)
    assert not OUTSIDE.search(text)
    assert len(text.splitlines()) <= MAX_LINES


def test_the_index_has_no_inline_script_or_style() -> None:
    index = FOLDER.joinpath("index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", index)


def test_the_index_names_only_files_that_are_there() -> None:
    index = FOLDER.joinpath("index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'"/page/([^"#]+)', index))
    assert named
    assert {name for name in named if not FOLDER.joinpath(name).is_file()} == set()
    # Every module is asked for at once: one after the other would take too long.
    assert {file.name for file in FOLDER.glob("*.js")} <= named
    icons = FOLDER.joinpath("icons.svg").read_text(encoding="utf-8")
    symbols = set(re.findall(r'<symbol id="([^"]+)"', icons))
    assert set(re.findall(r"icons\.svg#([\w-]+)", index)) <= symbols
    scripts = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.js"))
    assert set(re.findall(r'icon(?:Button)?\("([\w-]+)"', scripts)) <= symbols
    assert set(re.findall(r'icon: "([\w-]+)"', scripts)) <= symbols


def luminance(color: str) -> float:
    """Relative luminance of a colour such as "#1b6b83", as WCAG 2 defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_letters_stand_out_by_day_and_by_night() -> None:
    css = FOLDER.joinpath("theme.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root[^{]*\{([^}]*)\}", css)[:2]
    weak = {}
    for theme, block in (("light", light), ("dark", dark)):
        value = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block))
        for ink, ground in CONTRASTS:
            darker, lighter = sorted((luminance(value[ink]), luminance(value[ground])))
            ratio = (lighter + 0.05) / (darker + 0.05)
            if ratio < AA:
                weak[theme, ink, ground] = round(ratio, 2)
    assert weak == {}
