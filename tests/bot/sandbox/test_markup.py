import datetime as dt
import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from bot.sandbox.errors import ApiError
from bot.sandbox.found_entities import found_entities
from bot.sandbox.html_parser import parse_html
from bot.sandbox.markup import format_text


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("không có gì", "không có gì", []),
        ("<b>đậm</b> thường", "đậm thường", [entity("bold", 0, 3)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("😀<u>x</u>", "😀x", [entity("underline", 2, 1)]),
        ("<s>a</s><ins>b</ins>", "ab", [entity("strikethrough", 0, 1), entity("underline", 1, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
        ),
        ('<code class="language-py">x</code>', "x", [entity("code", 0, 1)]),
        (
            "<a href='http://x.vn/?a=1&amp;b'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://x.vn/?a=1&b")],
        ),
        ("<a href=x.vn>x</a>", "x", [entity("text_link", 0, 1, url="http://x.vn/")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ("<a>http://x.vn</a>", "http://x.vn", [entity("text_link", 0, 11, url="http://x.vn/")]),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&#272;&#x110; &nbsp; &#0; &#99999999; &ltx", "ĐĐ &nbsp; &#0; &#99999999; &ltx", []),
        ("a&lt b", "a< b", []),
        ("<code><pre>x</pre></code>", "x", [entity("pre", 0, 1), entity("code", 0, 1)]),
        ("<code class=language-py><pre>x</pre></code>", "x", [entity("pre", 0, 1, language="py")]),
        ("<a href>x.vn</a>", "x.vn", [entity("text_link", 0, 4, url="http://x.vn/")]),
        ("<blockquote cite=x.vn>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        (
            "<a href='tg://user?id=5'>An</a>",
            "An",
            [entity("text_mention", 0, 2, user={"id": 5, "is_bot": False, "first_name": "5"})],
        ),
        (
            "<tg-emoji emoji-id='53'>👍</tg-emoji>",
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="53")],
        ),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>đ</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("<img src=x onerror=alert(1)>", 'Unsupported start tag "img" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href= ", 'Unclosed start tag "a" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b />", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ("<tg-emoji emoji-id=x>😀</tg-emoji>", "Invalid custom emoji identifier"),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.status == 400
    assert caught.value.description.startswith("Bad Request: can't parse entities: ")
    assert complaint in caught.value.description


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


tags = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote"])
pieces = st.recursive(
    st.text("aă đ😀&<", min_size=1, max_size=4).map(html.escape),
    lambda inner: st.tuples(tags, st.lists(inner, min_size=1, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=6,
)


@given(pieces)
def test_entities_cover_what_the_library_of_the_bot_reads_from_them(source: str) -> None:
    text, entities = parse_html(source)
    message = Message(
        1,
        dt.datetime.now(dt.UTC),
        Chat(1, "private"),
        text=text,
        entities=[MessageEntity(**each) for each in entities],
    )
    for each, covered in message.parse_entities().items():
        assert covered
        assert len(covered.encode("utf-16-le")) // 2 == each.length


def test_white_space_at_the_ends_goes_and_entities_shrink() -> None:
    parsed = format_text("  \n<b> x </b>\n ", "HTML")
    assert (parsed.text, parsed.entities) == ("x", [entity("bold", 0, 1)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask@vanphong_bot gì", [("bot_command", "/ask@vanphong_bot")]),
        ("ngày 28/8, số 828/QĐ-TTg", []),
        ("hỏi @lan_vanphong nhé", [("mention", "@lan_vanphong")]),
        ("thư a.b@laocai.gov.vn.", [("email", "a.b@laocai.gov.vn")]),
        ("xem https://laocai.gov.vn/a?b=c.", [("url", "https://laocai.gov.vn/a?b=c")]),
        ("xem laocai.gov.vn, nhé", [("url", "laocai.gov.vn")]),
        ("tốt.Anh nói", []),
        ("#vănphòng #1", [("hashtag", "#vănphòng")]),
        ("gọi +84 214 3840 123", [("phone_number", "+84 214 3840 123")]),
        ("😀 /help", [("bot_command", "/help")]),
        ("ở/help ở@lanvp x@abcd", []),
        ("/a/b 1/2 </b", []),
        ("/start@vanphong_bot /x", [("bot_command", "/start@vanphong_bot"), ("bot_command", "/x")]),
        ("(@lanvp) @gif @ab", [("mention", "@lanvp"), ("mention", "@gif")]),
        ("#a#b ##ab", [("hashtag", "#ab")]),
        ("a_b.vn a.vn-b v1.2 văn.phòng.vn công-văn.docx", []),
        ("x.vn? x.vn/?a=1#b.", [("url", "x.vn"), ("url", "x.vn/?a=1#b")]),
        ("tg://user?id=5", [("url", "tg://user?id=5")]),
        ("HTTP://X.VN/Lào_Cai", [("url", "HTTP://X.VN/Lào_Cai")]),
        ("https://x https://localhost/a", []),
        ("mailto:a+b@c.gov.vn", [("email", "a+b@c.gov.vn")]),
        ("02143840123", []),
    ],
)
def test_what_telegram_finds_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")
    assert [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in found_entities(text)
    ] == found


def test_nothing_is_found_inside_code() -> None:
    parsed = format_text("<code>/help</code> /start", "HTML")
    assert [each["type"] for each in parsed.entities] == ["code", "bot_command"]
