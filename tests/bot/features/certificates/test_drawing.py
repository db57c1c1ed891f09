import datetime as dt
import io
import unicodedata

import numpy as np
import pypdfium2
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.features.certificates import drawing, texts
from bot.features.certificates.certificate import Certificate
from bot.features.certificates.drawing import Drawing, draw_certificate
from bot.features.certificates.lettering import drawable, fit_name
from tests.bot.features.certificates.conftest import NAME, NOW, TOPICS

CODE = "LC7K2MQ4XWB9TD"
LINK = "https://t.me/vanphong_bot?start=v_LC7K2MQ4XWB9TD"


def drawn(
    name: str = NAME, username: str | None = "vanphong_bot", at: dt.datetime = NOW
) -> Drawing:
    certificate = Certificate(CODE, name, at, 0.925, TOPICS, texts.OFFICE)
    return draw_certificate(certificate, username)


def picture_of(made: Drawing) -> Image.Image:
    return Image.open(io.BytesIO(made.png))


def text_of(made: Drawing) -> str:
    document = pypdfium2.PdfDocument(made.pdf)
    page = document[0].get_textpage()
    text = unicodedata.normalize("NFC", page.get_text_range())
    document.close()
    return text


def modules(picture: Image.Image, size: int) -> list[list[bool]]:
    """The QR code's squares, sampled where the sheet has them."""
    grey = np.asarray(picture.convert("L"))
    height, width = grey.shape
    side = drawing.QR_SIZE / size

    def dark(row: int, column: int) -> bool:
        x = (drawing.QR_LEFT + (column + 0.5) * side) / drawing.WIDTH * width
        y = drawing.HEIGHT - drawing.QR_BOTTOM - drawing.QR_SIZE + (row + 0.5) * side
        return bool(grey[int(y / drawing.HEIGHT * height), int(x)] < 128)

    return [[dark(row, column) for column in range(size)] for row in range(size)]


@pytest.fixture(scope="module")
def made() -> Drawing:
    return drawn()


def test_the_picture_is_sharp_and_light(made: Drawing) -> None:
    picture = picture_of(made)
    width, height = picture.size
    assert width >= 1600
    assert width / height == pytest.approx(297 / 210, abs=0.002)
    assert len(made.png) < 1_000_000


@pytest.mark.parametrize(
    ("username", "content"), [("vanphong_bot", LINK), (None, "LC-7K2M-Q4XW-B9TD")]
)
def test_the_qr_code_shows_every_module(username: str | None, content: str) -> None:
    made = drawn(username=username)
    wanted = [
        [bool(dark) for dark in row] for row in segno.make(content, error="m", micro=False).matrix
    ]
    assert modules(picture_of(made), len(wanted)) == wanted
    page = pypdfium2.PdfDocument(made.pdf)[0].render(scale=4)
    assert modules(page.to_pil(), len(wanted)) == wanted


def test_the_qr_code_has_a_quiet_zone(made: Drawing) -> None:
    picture = picture_of(made).convert("L")
    scale = picture.width / drawing.WIDTH
    module = drawing.QR_SIZE / len(segno.make(LINK, error="m", micro=False).matrix)
    quiet = 4 * module - 0.3  # the card's edge lies on the fourth
    left = (drawing.QR_LEFT - quiet) * scale
    right = (drawing.QR_LEFT + drawing.QR_SIZE + quiet) * scale
    bottom = picture.height - (drawing.QR_BOTTOM - quiet) * scale
    top = picture.height - (drawing.QR_BOTTOM + drawing.QR_SIZE + quiet) * scale
    inset = module * scale / 2
    for box in (
        (left, top, left + 3 * inset, bottom),
        (right - 3 * inset, top, right, bottom),
        (left, top, right, top + 3 * inset),
        (left, bottom - 3 * inset, right, bottom),
    ):
        area = np.asarray(picture.crop(tuple(int(edge) for edge in box)))
        assert area.min() > 200


def test_the_pdf_is_one_sheet_of_searchable_text(made: Drawing) -> None:
    document = pypdfium2.PdfDocument(made.pdf)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx((841.89, 595.28), abs=0.01)
    assert document.get_metadata_dict()["Title"] == f"CHỨNG NHẬN – {NAME}"
    document.close()
    text = text_of(made)
    for wanted in (
        "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH LÀO CAI", NAME, *texts.ACHIEVEMENT, "92,5%", "3 chủ đề",
        "Lào Cai, ngày 25 tháng 11 năm 2026", "/verify LC-7K2M-Q4XW-B9TD",
    ):  # fmt: skip
        assert wanted in text
    assert b"/FontFile2" in made.pdf  # the fonts are inside
    assert b"/Subtype /Image" not in made.pdf  # and nothing is a picture


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (dt.datetime(2026, 1, 4, 17, 0, tzinfo=dt.UTC), "ngày 05 tháng 01 năm 2026"),
        (dt.datetime(2026, 2, 28, 16, 59, tzinfo=dt.UTC), "ngày 28 tháng 02 năm 2026"),
        (dt.datetime(2026, 9, 9, 9, 9, tzinfo=dt.UTC), "ngày 09 tháng 9 năm 2026"),
    ],
)
def test_the_day_is_the_offices_and_written_as_in_decree_30(at: dt.datetime, day: str) -> None:
    assert day in text_of(drawn(at=at))


def test_the_same_certificate_gives_the_same_files(made: Drawing) -> None:
    assert drawn() == made


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Hoàng Phương Thảo Linh " * 5,
        "W" * 160,
        "Ẵ" * 160,
        "$x^2_{1}$ \\frac{} % & <b>",
        "محمد بن سلمان שלום",
        "a" + "\u0301\u0323\u031b" * 3,
        "🐱🐱 Lan 🇻🇳",
        "\ud800\x00\x07Lan",
        "ကခဂ क्षि ไทย",
    ],
    ids=ascii,
)
def test_any_name_is_drawn_without_a_warning_inside_the_frame(name: str, made: Drawing) -> None:
    picture, plain = (np.asarray(picture_of(one).convert("L"), int) for one in (drawn(name), made))
    rows, columns = np.nonzero(np.abs(picture - plain) > 30)
    height, width = plain.shape
    assert columns.min() > 0.05 * width  # only the name differs, and it keeps to its place
    assert columns.max() < 0.95 * width
    assert rows.min() > 0.33 * height
    assert rows.max() < 0.475 * height


@pytest.mark.parametrize("name", ["田中", "🐱", "\u200d", ""], ids=ascii)
def test_a_name_that_cannot_be_drawn_refers_to_the_code(name: str) -> None:
    assert texts.NAME_BY_CODE in text_of(drawn(name))


@given(st.text(max_size=200))
def test_what_is_drawn_is_a_line_of_known_letters(name: str) -> None:
    kept = drawable(name)
    assert kept == " ".join(kept.split())
    assert drawable(kept) == kept


def test_vietnamese_is_drawn_whole() -> None:
    letters = "aăâeêioôơuưy"
    marks = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    every = "".join(
        unicodedata.normalize("NFC", letter + mark) for letter in letters for mark in marks
    )
    for text in (every + "đ", (every + "đ").upper()):
        assert drawable(unicodedata.normalize("NFD", text).replace("đ", "đ")) == text


@given(st.text("abc áW", min_size=1, max_size=160).map(lambda t: " ".join(t.split()) or "a"))
def test_a_fitted_name_fits_and_begins_as_it_should(name: str) -> None:
    def measure(text: str, size: float) -> float:
        return len(text) * size

    fitted = fit_name(name, 800, measure)
    assert 1 <= len(fitted.lines) <= 2
    assert all(measure(line, fitted.size) <= 800 for line in fitted.lines)
    joined = "".join(fitted.lines).removesuffix("…").replace(" ", "")
    assert name.replace(" ", "").startswith(joined)
    if "…" not in fitted.lines[-1]:
        assert joined == name.replace(" ", "")
