import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.sources.buttons import SourcesPress, sources_keyboard, topics_keyboard
from bot.features.sources.messages import (
    answer_messages,
    source_messages,
    topic_messages,
)
from bot.features.sources.names import source_names
from bot.limits import CALLBACK_DATA_BYTES, MESSAGE_UNITS
from bot.telegram.formatting import HtmlBlock, clip, escape, pack, split_text, utf16_units
from knowledge import Answer, AnswerSentence, Citation, Topic

NASTY = st.text(alphabet="aệ <>&\"'\n😀", max_size=9000)
SHORT = st.text(alphabet="aệ <>&\n😀", min_size=1, max_size=700)


def citation(passage: str, chunk_id: str = "0" * 16, **fields: str) -> Citation:
    values = {"title": "T", "source": "S", "heading": "H", "quote": passage[:5], **fields}
    return Citation(passage=passage, chunk_id=chunk_id, **values)


def answer(*texts: str, notice: str | None = None, note: str | None = None) -> Answer:
    sentences = tuple(
        AnswerSentence(text, ((0, min(3, len(text))),) if text else (), citation("p"), note)
        for text in texts
    )
    return Answer("q", sentences, notice, not texts, 1.0, None, "v0001", 1.0)


def visible(html: str) -> str:
    text = re.sub(r"</?(?:b|i|code|blockquote)(?: expandable)?>", "", html)
    assert "<" not in text
    assert ">" not in text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(st.lists(NASTY, min_size=1, max_size=4), st.none() | SHORT, st.none() | SHORT)
def test_answers_fit_and_escape(texts: list[str], notice: str | None, note: str | None) -> None:
    sent = answer_messages(answer(*texts, notice=notice, note=note), asked="<b>?")
    assert all(0 < utf16_units(visible(message)) <= MESSAGE_UNITS for message in sent)
    shown = "".join("".join(visible(message).split()) for message in sent)
    for text in texts:
        assert "".join(text.split()) in shown
    assert note is None or "".join(note.split()) in shown


@given(NASTY, NASTY, SHORT)
def test_sources_fit_and_escape(passage: str, title: str, heading: str) -> None:
    cited = citation(passage, title=title, source=title, heading=heading, author=title)
    for message in source_messages([cited, cited, cited]):
        assert utf16_units(visible(message)) <= MESSAGE_UNITS
        assert message.count("<blockquote expandable>") == message.count("</blockquote>")


@pytest.mark.parametrize(
    ("source", "number", "line"),
    [
        ("Quyết định số 45/QĐ-VP", "45/QĐ-VP", "Nguồn: Quyết định số 45/QĐ-VP ngày 15/03/2026"),
        ("Cổng thông tin", "45/QĐ-VP", "Nguồn: Cổng thông tin, số 45/QĐ-VP ngày 15/03/2026"),
        ("Cổng thông tin", None, "Nguồn: Cổng thông tin\nNgày ban hành: 15/03/2026"),
    ],
)
def test_a_source_names_the_number_and_date_of_an_official_document(
    source: str, number: str | None, line: str
) -> None:
    cited = citation("Nghỉ 14 ngày.", source=source, number=number, published="2026-03-15")
    (message,) = source_messages([cited])
    assert f"\n{line}\n" in message


@given(NASTY, st.integers(10, 500))
def test_split_keeps_the_words(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert all(utf16_units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(NASTY, st.integers(2, 300))
def test_clip_fits(text: str, limit: int) -> None:
    assert utf16_units(clip(text, limit)) <= limit


def test_short_answers_stay_in_one_message() -> None:
    assert answer_messages(answer("Một.", "Hai.", notice="Xin nêu cả hai:")) == [
        "Xin nêu cả hai:\n\n• <b>Một</b>.\n\n• <b>Hai</b>.\n\n<i>Nguồn: T › H</i>"
    ]


def test_topic_shows_its_title() -> None:
    assert topic_messages(answer("Đoạn"))[0] == "<b>q</b>\n\n<b>Đoạ</b>n\n\n<i>Nguồn: T › H</i>"


def test_a_block_over_the_limit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at most 5 units, got 6"):
        pack([HtmlBlock.plain("123456")], limit=5)


def test_dates_are_written_the_vietnamese_way() -> None:
    (message,) = source_messages([citation("p", published="2021-08-27", author="Phạm Vy")])
    assert "Tác giả: Phạm Vy · Ngày ban hành: 27/08/2021" in message


def test_callback_data_fits_for_any_number_of_citations() -> None:
    citations = [citation("p", chunk_id=f"{number:016x}") for number in range(9)]
    keyboard = sources_keyboard(citations)
    assert keyboard is not None
    data = keyboard.inline_keyboard[0][0].callback_data
    assert isinstance(data, str)
    assert len(data) <= CALLBACK_DATA_BYTES
    assert SourcesPress.read(data) == SourcesPress(tuple(c.chunk_id for c in citations[:3]))
    assert sources_keyboard([]) is None


@pytest.mark.parametrize(
    ("title", "article", "label"),
    [
        ("Điều 3. Giờ làm việc", "Nội quy cơ quan", "Nội quy cơ quan › Điều 3. Giờ làm việc"),
        ("Điều 3", "Nội quy " * 9, "Nội quy Nội quy Nội quy… › Điều 3"),
        ("chữ " * 50, "Nội quy", f"Nội quy › {'chữ ' * 12}c…"),
        ("Nội quy – Điều 3", "", "Nội quy – Điều 3"),
    ],
)
def test_topics_name_article_and_heading_and_are_cut(title: str, article: str, label: str) -> None:
    keyboard = topics_keyboard([Topic(title, "0" * 16, article)])
    assert keyboard is not None
    assert keyboard.inline_keyboard[0][0].text == label


def test_an_answer_names_three_sources_at_most_each_once() -> None:
    paths = ["A › B", "A › B", "", "Ê" * 300, "C"]
    cited = [citation("p", f"{n:016}", heading=path) for n, path in enumerate(paths)]
    assert source_names(cited) == [
        "Nguồn: T › A › B",
        "Nguồn: T",
        f"Nguồn: T › {'Ê' * 89}…",
    ]
    long = citation("p", heading=f"{'Chương ' * 20} › Điều 3")
    assert source_names([long]) == ["Nguồn: T › Điều 3"]


@given(NASTY)
def test_a_block_is_as_long_as_what_is_read(text: str) -> None:
    assert HtmlBlock.of(f"<b>{escape(text)}</b>") == HtmlBlock.plain(text, "b")


@pytest.mark.parametrize(
    ("text", "limit", "escaped"),
    [
        ("a < b & c", None, "a &lt; b &amp; c"),
        ('nói "vậy"', None, 'nói "vậy"'),
        ("<<<<", 3, "&lt;&lt;…"),
        ("😀😀", 3, "😀…"),
        (ValueError("1 > 0"), None, "1 &gt; 0"),
    ],
)
def test_what_means_something_in_html_is_escaped(
    text: object, limit: int | None, escaped: str
) -> None:
    assert escape(text, limit) == escaped
