import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.diacritics import DiacriticRestorer
from embeddings.syllable_model import SyllableCounts
from embeddings.syllable_texts import SyllableTexts
from embeddings.typing_slips import slip_log_probability
from embeddings.vietnamese import fold, nfc, syllables
from embeddings.vietnamese_spelling import is_folded_vietnamese, is_vietnamese

CORPUS = [
    "Ngày truyền thống Văn phòng các cơ quan hành chính nhà nước là ngày 28/8 hằng năm.",
    "Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004.",
    "Phát triển kinh tế - xã hội; thạo nghề, thạo địa bàn; đúng chính sách, không vô cảm.",
    "Văn phòng tham mưu, giúp việc Ủy ban nhân dân tỉnh Lào Cai.",
    "Đảng bộ tỉnh Lào Cai thành lập ngày 5/3/1947.",
]


def learned_from(texts: list[str]) -> DiacriticRestorer:
    return DiacriticRestorer(SyllableCounts.of(SyllableTexts.of(texts)))


RESTORER = learned_from(CORPUS)
QUESTIONS = [
    "Ngày truyền thống văn phòng là ngày nào?",
    "ai ký quyết định 828",
    "không vô cảm là gì",
    "văn phòng thành lập khi nào",
    "VĂN PHÒNG có bao nhiêu năm",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_without_diacritics_is_restored(question: str) -> None:
    assert RESTORER.restore(fold(question)) == question


@pytest.mark.parametrize(
    "question",
    [
        # words that the corpus lacks
        "em mất thẻ xe thì phải làm gì",
        "mấy giờ thì được về nhà ạ",
        "con chó nhà tôi ốm thì hỏi ai",
        "muốn mượn sách phải trả tiền không",
    ],
)
def test_everyday_words_are_restored_that_no_document_holds(question: str) -> None:
    assert RESTORER.restore(fold(question)) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # marks left out in part
        ("ngày truyen thống văn phong", "ngày truyền thống văn phòng"),
        ("ngay truyên thông văn phong", "ngày truyền thống văn phòng"),
        ("ngày truỳen thống", "ngày truyền thống"),
        # a letter missing, doubled, swapped, extra or off by a key, with marks and without
        ("ngay truyen thog van phong", "ngày truyền thống văn phòng"),
        ("ngày truyềnn thống", "ngày truyền thống"),
        ("ngày truyền thống văn phòg", "ngày truyền thống văn phòng"),
        ("đúgn chính sách", "đúng chính sách"),
        ("văn pòhng tham mưu", "văn phòng tham mưu"),
        ("quyếr định số 828", "quyết định số 828"),
        ("thamk mưu giúp việc", "tham mưu giúp việc"),
        # keys of an input method left over: Telex, VNI
        ("ngày truyeenf thống vanw phongf là gì", "ngày truyền thống văn phòng là gì"),
        ("ddaang bộ tỉnh lào cai", "đảng bộ tỉnh lào cai"),
        ("ngày truye62n thống", "ngày truyền thống"),
        ("quye61t d9inh5 828", "quyết định 828"),
        ("văn phòngf tham mưu", "văn phòng tham mưu"),
    ],
)
def test_what_was_typed_with_slips_is_read_as_meant(typed: str, meant: str) -> None:
    assert RESTORER.restore(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *QUESTIONS,
        "ngày truyền thống ngành y tế",
        "người Việt Nam",
        "google và facebook",
        "Microsoft Teams và KPI của văn phòng",
        "deadline nộp báo cáo là khi nào",
        "gửi file scan qua email hay Zalo",
        "Quyết định 828/QĐ-TTg, 202/2025/QH15 và 12-NQ/TW",
        "TTg là gì",
        "http://laocai.gov.vn/van-phong và a.b@c.vn",
        "uỷ ban nhân dân, ủy ban nhân dân, hoà bình, hòa bình, khoẻ, thuỷ lợi",
        "Ông Trần Quốc Cường và bà Lê Thuý Kiều",
        # words that are some as they stand, beside likelier ones
        "cho phòng kế toán mượn máy nào",
        "thủ tướng ký chờ phòng họp",
        "văn phòng cho ca ngày đầu nghỉ ngay",
        "ông ấy mất năm nào, bà ấy có con không",
        "",
        "828 ???",
    ],
)
def test_what_was_typed_rightly_stays(typed: str) -> None:
    assert RESTORER.restore(typed) == typed


def test_an_empty_corpus_still_knows_how_questions_are_asked() -> None:
    assert learned_from([]).restore("la ngay nao") == "là ngày nào"


WORDS = st.sampled_from(sorted({s for text in CORPUS for s in syllables(text)}))


@given(st.lists(WORDS | st.text(max_size=8), max_size=8).map(" ".join))
def test_a_reading_has_the_syllables_of_what_was_typed(text: str) -> None:
    assert len(syllables(RESTORER.restore(text))) == len(syllables(text))


def test_the_likeliest_reading_is_what_the_corpus_writes_most() -> None:
    restorer = learned_from(10 * ["cán bộ", "cần bộ", "căn bộ", "cán bộ"])
    assert restorer.restore("can bo") == "cán bộ"


def test_the_longest_question_of_the_shortest_words_is_read() -> None:
    assert RESTORER.restore("d " * 500) == "d " * 500


@given(st.lists(WORDS, min_size=1, max_size=8).map(" ".join))
def test_normal_forms_are_read_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert RESTORER.restore(decomposed) == RESTORER.restore(text) == nfc(RESTORER.restore(text))


@pytest.mark.parametrize(
    ("typed", "meant", "wrong"),
    [
        ("phomg", "phong", "phoqg"),  # a neighbouring key is likelier than one far away
        ("phoong", "phong", "phoqng"),  # a doubled letter likelier than any extra one
        ("phogn", "phong", "phozg"),
    ],
)
def test_common_slips_are_likelier(typed: str, meant: str, wrong: str) -> None:
    common, rare = slip_log_probability(typed, meant), slip_log_probability(wrong, meant)
    assert common is not None
    assert rare is not None
    assert rare < common < 0


@pytest.mark.parametrize("typed", ["ph", "phongggg", "ngohp"])
def test_more_than_one_slip_is_none(typed: str) -> None:
    assert slip_log_probability(typed, "phong") is None


VALID = "nghiêng quyết giếng gì gìn khuya khuỷu oái yếu thuở quốc ngoằn ủy đường xoong".split()


@pytest.mark.parametrize("syllable", VALID)
def test_syllables_that_exist_are_known_by_rule(syllable: str) -> None:
    assert is_vietnamese(syllable)
    assert is_folded_vietnamese(fold(syllable))


@pytest.mark.parametrize("syllable", "phòg đúgn truỳen kà ngiêng cê màc xtato microsoft".split())
def test_what_cannot_be_a_syllable_is_known_by_rule(syllable: str) -> None:
    assert not is_vietnamese(syllable)
