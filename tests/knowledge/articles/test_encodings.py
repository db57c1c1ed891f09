"""What was typed in old fonts becomes Unicode, run by run; Unicode is never changed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.vietnamese_spelling import _ONSETS, _RIMES, TONE_KEYS, is_vietnamese
from knowledge.articles.encodings import _ABC_TABLE, decode, unicode_text, usual_font
from knowledge.errors import ArticleError

_TO_ABC = {letter: chr(code) for code, letter in _ABC_TABLE.items()}
TEXT = "Cơ quan được tổ chức theo quy định của pháp luật; người đứng đầu ký quyết định."
TEXT_IN_VNI = (
    "Cô quan ñöôïc toå chöùc theo quy ñònh cuûa phaùp luaät; ngöôøi ñöùng ñaàu kyù quyeát ñònh."
)


def abc(text: str) -> str:
    """Return lower-case text as it is typed for ".VnTime"."""
    return "".join(_TO_ABC.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("typed", "font", "read"),
    [
        (abc(TEXT), "", TEXT),
        (abc(TEXT), ".VnTime", TEXT),
        (TEXT_IN_VNI, "", TEXT),
        (TEXT_IN_VNI, "VNI-Times", TEXT),
        # short runs
        ("Néi dung", "", "Nội dung"),
        ("§¬n vÞ tÝnh", "", "Đơn vị tính"),
        ("ngµy lµm viÖc", "", "ngày làm việc"),
        ("Sè: 12/Q§-UBND ngµy 5/8", "", "Số: 12/QĐ-UBND ngày 5/8"),
        ("Ngöôøi kyù", "", "Người ký"),
        ("Soá löôïng", "", "Số lượng"),
        ("ÑIEÀU 3. CHEÁ ÑOÄ HOÏP", "", "ĐIỀU 3. CHẾ ĐỘ HỌP"),
        ("L\xad¬ng", "", "Lương"),
        ("Hµ Néi", "", "Hà Nội"),
        # the font decides what could be either, and the pieces that say nothing
        ("§", ".VnTime", "Đ"),
        ("Q§-N§", ".VnTime", "QĐ-NĐ"),
        ("cô Lan", "VNI-Times", "cơ Lan"),
        ("cô Lan", "", "cô Lan"),
        ("15 phót", "ABCDEF+.VnArial,Bold", "15 phút"),
        ("Héi ®ång", "VnTime", "Hội đồng"),
        ("Hoäi ñoàng", "VNI Helve", "Hội đồng"),
        ("Hoäi ñoàng", "VNTimes", "Hội đồng"),
        # fonts of capitals, and capitals in a font of small letters
        ("Quy ®Þnh", ".VnTimeH", "QUY ĐỊNH"),
        ("Quy che", ".VnArialH", "QUY CHE"),
        ("QUYÕT §ÞNH", ".VnTime", "QUYẾT ĐỊNH"),
        ("Uû ban", ".VnTime", "Uỷ ban"),
        # signs stay signs
        ("®é 35°C, 3 × 4 m², 1½ giê, 5 µg", ".VnTime", "độ 35°C, 3 × 4 m², 1½ giờ, 5 µg"),
        # Unicode set in an old font stays
        ("Văn phòng làm việc từ 7 giờ", ".VnTime", "Văn phòng làm việc từ 7 giờ"),
        ("Điều 3. Nghỉ phép", ".VnTimeH", "Điều 3. Nghỉ phép"),
        ("các phòng", "VNI-Times", "các phòng"),
        # both in one line
        ("Bộ phận tiếp nhận: §¬n vÞ qu¶n lý", "", "Bộ phận tiếp nhận: Đơn vị quản lý"),
        # UTF-8 that was taken for another code page
        ("VÄƒn phÃ²ng tá»‰nh", "", "Văn phòng tỉnh"),
    ],
)  # fmt: skip
def test_old_fonts(typed: str, font: str, read: str) -> None:
    assert unicode_text(typed, font) == read


@pytest.mark.parametrize(
    "text",
    [
        "Nhiệt độ 35°C, diện tích 3 × 4 m², 1½ giờ, 5 µg, 10 µm, 2 ± 1, § 5",
        "35°C; 3×4; ½; 5 µg; 10 µm; m²; § 5; © 2024; £5; ¥100; Nº 5",
        "René Müller và François Lefèvre",
        "Hôtel de l'Europe, 12 rue de la Liberté, Orléans",
        "Mädchen für Köln; Straße; Übung macht den Meister",
        "São Paulo, José Muñoz, Señor Peña, El Niño, La Coruña",
        "Le président a signé à Genève un traité créé en été",
        "Đ",
        "Đ/c Hà",
        "cà phê",
        "là",
        "cô",
        "Ông Léo và bà Chloé",
        "x¹ + y¹ = z²",
        "UBND¹ tỉnh",
        "«Nhân Dân»",
        "đơn vị µm",
        "µm",
        "A² + B²",
        "Windows® và Intel©",
        "· Kho lưu trữ",
    ],
)
def test_what_is_unicode_already_stays(text: str) -> None:
    assert unicode_text(text) == text


_SYLLABLES = sorted(
    syllable
    for onset in _ONSETS
    for rime in _RIMES
    for syllable in {
        unicodedata.normalize("NFC", onset + rime[:cut] + tone + rime[cut:])
        for tone in ["", *TONE_KEYS]
        for cut in range(1, len(rime) + 1)
    }
    if is_vietnamese(syllable)
)
_WORDS = st.sampled_from(_SYLLABLES).flatmap(
    lambda word: st.sampled_from([word, word.capitalize(), word.upper()])
)


@given(st.lists(_WORDS, min_size=1, max_size=12), st.sampled_from(["NFC", "NFD"]))
def test_vietnamese_syllables_are_never_changed(words: list[str], form: str) -> None:
    text = " ".join(words)
    assert unicode_text(unicodedata.normalize(form, text)) == text
    assert decode(text.encode()) == text


@given(st.lists(_WORDS, min_size=1, max_size=12))
def test_nor_are_they_in_an_old_font_when_one_letter_tells(words: list[str]) -> None:
    text = " ".join([*words, "được"])
    assert unicode_text(text, ".VnTime") == text == unicode_text(text, "VNI-Times")


@pytest.mark.parametrize(
    ("lines", "font"),
    [
        ([abc(TEXT), "Kho ở tầng một", abc("mười ngày")], ".VnTime"),
        ([TEXT, "Kho ở tầng một", abc("mười ngày")], ""),
        ([TEXT_IN_VNI], "VNI-Times"),
        (["plain", ""], ""),
    ],
)
def test_usual_font(lines: list[str], font: str) -> None:
    assert usual_font(lines) == font


def test_a_file_is_mended_line_by_line() -> None:
    assert decode(f"{TEXT}\n{abc(TEXT)}\r\n{TEXT}".encode()) == "\n".join([TEXT] * 3)
    assert decode(f"{TEXT}\n".encode() + abc(TEXT).encode("cp1252") + b"\n") == f"{TEXT}\n{TEXT}\n"


@pytest.mark.parametrize("text", ["Un élève français a créé à Genève", "Größe und Länge für Köln"])
def test_a_file_in_another_language_and_code_page_is_refused(text: str) -> None:
    with pytest.raises(ArticleError, match="bảng mã"):
        decode(text.encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Quy\u00ad định\u200b về\u200c lưu\u200d\u2060 trữ\ufeff", "Quy định về lưu trữ"),
        ("\u202aĐiều\u202c 3\u200e", "Điều 3"),
        ("15\u00a0ngày\u2009làm\u3000việc\u202f", "15 ngày làm việc "),
        ("một\r\nhai\rba\u2028bốn\x0cnăm\x85\x0b", "một\nhai\nba\nbốn\nnăm\n "),
        ("ﬁnance, oﬃce", "finance, office"),
        ("Ｖăn　ｐｈòｎｇ（１２）", "Văn phòng(12)"),
        ("𝐓𝐡ô𝐧𝐠 𝐛á𝐨", "Thông báo"),
        ("m² và 1½ và µg và x₂", "m² và 1½ và µg và x₂"),
        ("Vаn рhоng, Тhông báo", "Van phong, Thông báo"),
        ("а) Nội dung", "a) Nội dung"),
        ("tác phẩm Война и мир, СССР", "tác phẩm Война и мир, СССР"),
        ("Ελλάδα và góc α", "Ελλάδα và góc α"),
        ("Ðiều 5, NÐ-CP, ðồng bào, Guðmundsson", "Điều 5, NĐ-CP, đồng bào, Guðmundsson"),
        ("tie\u0301\u0302ng Vie\u0302\u0323t", "tiếng Việt"),
        ("o\u0301\u031b, \u00e9\u0302", "ớ, ế"),
        ("\uf0b7 Ý một", "• Ý một"),
        ("Số 8\u201119/QĐ\u2010UBND – 5\u20137", "Số 8-19/QĐ-UBND – 5\u20137"),
    ],
)
def test_tidy(text: str, tidied: str) -> None:
    assert unicode_text(text) == tidied
