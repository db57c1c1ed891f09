import contextlib
import html
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Message

from bot.sandbox.errors import ApiError
from bot.sandbox.markup import FormattedText, format_text

HTML_ONLY = "the sandbox takes formatted texts as parse_mode HTML only"


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("  \n<b> x </b>\n ", "x", [entity("bold", 0, 1)]),
        ("<b> </b>x", "x", []),
        ("a<b>  b</b>", "a  b", [entity("bold", 3, 1)]),
        ("<pre>  x\n</pre>", "  x", [entity("pre", 0, 3)]),
        ("<b>ab\r\n</b>c", "ab\nc", [entity("bold", 0, 3)]),
        ("a\tb\u202ec", "a bc", []),
        # styles are cut where another one begins, and merged where they touch
        (
            "<b>a<i>b</i></b>",
            "ab",
            [entity("bold", 0, 1), entity("bold", 1, 1), entity("italic", 1, 1)],
        ),
        ("<b>a</b><b>b</b>", "ab", [entity("bold", 0, 2)]),
        ("<b>a<b>b</b>c</b>", "abc", [entity("bold", 0, 3)]),
        # nothing inside code, no code inside styles or links
        (
            "<b>a<code>b</code>c</b>",
            "abc",
            [entity("bold", 0, 1), entity("code", 1, 1), entity("bold", 2, 1)],
        ),
        ("<code>a<b>b</b></code>", "ab", [entity("code", 0, 2)]),
        ("<a href='x.vn'><code>a</code></a>", "a", [entity("code", 0, 1)]),
        # quotes hold everything but quotes
        (
            "<blockquote>a<b>b</b><blockquote>c</blockquote></blockquote>",
            "abc",
            [entity("blockquote", 0, 3), entity("bold", 1, 1)],
        ),
        # what is found stays out of code and links
        (
            "<code>/help</code> /start",
            "/help /start",
            [entity("code", 0, 5), entity("bot_command", 6, 6)],
        ),
        ("<a href='y.vn'>x.vn</a>", "x.vn", [entity("text_link", 0, 4, url="http://y.vn/")]),
        (
            "<b>x.vn a</b>",
            "x.vn a",
            [entity("url", 0, 4), entity("bold", 0, 4), entity("bold", 5, 1)],
        ),
    ],
)
def test_texts_are_kept_as_telegram_keeps_them(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert format_text(source, "HTML") == FormattedText(text, entities)


@pytest.mark.parametrize("mode", [None, "", "none", "None"])
def test_without_a_mode_markup_is_text(mode: str | None) -> None:
    assert format_text("<b>x", mode) == FormattedText("<b>x")


@pytest.mark.parametrize(
    ("mode", "entities", "refusal"),
    [
        ("x", None, "unsupported parse_mode"),
        ("Markdown", None, HTML_ONLY),
        ("MarkdownV2", None, HTML_ONLY),
        (None, [entity("bold", 0, 1)], HTML_ONLY),
        ("HTML", [entity("bold", 0, 1)], HTML_ONLY),
    ],
)
def test_other_formatting_is_refused(
    mode: str | None, entities: list[dict[str, Any]] | None, refusal: str
) -> None:
    with pytest.raises(ApiError) as caught:
        format_text("x", mode, entities)
    assert caught.value.description == f"Bad Request: {refusal}"


def test_a_hundred_entities_are_kept() -> None:
    formatted = format_text("<b>a</b> " * 150, "HTML")
    assert len(formatted.entities) == 100


# Characters that are neither trimmed, dropped nor found as something.
words = st.text("aăĐ😀&<>'\" ", min_size=1, max_size=5)
marked = st.recursive(
    words.map(html.escape),
    lambda inner: st.tuples(
        st.sampled_from(
            ["b", "i", "u", "s", "tg-spoiler", "code", "pre", "blockquote", "a href='http://x.vn/'"]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0].partition(' ')[0]}>"),
    max_leaves=8,
)


def as_message(formatted: FormattedText) -> Message:
    """The message as the bot's library reads it."""
    raw = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 1, "type": "private"},
        "text": formatted.text,
        "entities": formatted.entities,
    }
    message = Message.de_json(raw)
    assert message is not None
    return message


@given(marked)
def test_what_the_bots_library_writes_as_html_comes_back_the_same(source: str) -> None:
    formatted = format_text(source, "HTML")
    if formatted.text:
        again = format_text(as_message(formatted).text_html, "HTML")
        assert again == formatted


@given(marked, st.sampled_from(["HTML", None]))
def test_entities_always_fit_the_text(source: str, mode: str | None) -> None:
    formatted = format_text(source, mode)
    for each, covered in as_message(formatted).parse_entities().items():
        assert len(covered.encode("utf-16-le")) // 2 == each.length > 0


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "a",
            "a.",
            "a@",
            "#a",
            "@aaaa",
            "/a",
            "<b>",
            "&",
            "http://",
            "+84 ",
            "*",
            ">\n",
            "[",
            "a-",
            "a_.",
        ]
    )
)
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (4096 // len(piece))
    for mode in ("HTML", None):
        began = time.perf_counter()
        with contextlib.suppress(ApiError):
            format_text(text, mode)
        assert time.perf_counter() - began < 2


def test_a_style_around_code_goes_on_to_its_own_end() -> None:
    formatted = format_text("<b>một <code>hai</code> ba bốn</b>", "HTML")
    shown = [(each["type"], each["offset"], each["length"]) for each in formatted.entities]
    assert shown == [("bold", 0, 4), ("code", 4, 3), ("bold", 8, 6)]
