import pytest

from embeddings.vietnamese import fold
from knowledge.answering.office import read_office
from knowledge.answering.question import QuestionKind, analyse, without_politeness
from knowledge.retrieval.typed_question import tidy_question


@pytest.mark.parametrize(
    ("typed", "core"),
    [
        ("cho e hỏi phương châm vp mình vs ạ", "phương châm vp mình"),
        ("Dạ cho em hỏi, 2 thạo là gì ạ?", "2 thạo là gì"),
        ("ad ơi cho mình hỏi chút ngày truyền thống nhé", "ngày truyền thống"),
        ("xin cho biết chức năng của Văn phòng", "chức năng của Văn phòng"),
        ("các đoàn thể", "các đoàn thể"),
        ("văn phòng có bao nhiêu phòng ban", "văn phòng có bao nhiêu phòng ban"),
        ("xin chào", "xin chào"),
        ("cho em hỏi ạ", "cho em hỏi ạ"),
        ("em là nhân viên mới, cho em hỏi 2 thạo là gì nhỉ?", "2 thạo là gì"),
    ],
)
def test_politeness_is_taken_off(typed: str, core: str) -> None:
    assert without_politeness(typed).strip(" ?") == core
    assert without_politeness(fold(typed)).strip(" ?") == fold(core)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ngày truyền thống là ngày nào?", QuestionKind.DATE),
        ("Văn phòng thành lập khi nào", QuestionKind.DATE),
        ("bao nhiêu năm truyền thống", QuestionKind.DURATION),
        ("có bao nhiêu đề án", QuestionKind.COUNT),
        ("ai ký quyết định 828", QuestionKind.PERSON),
        ("trung tâm hành chính ở đâu", QuestionKind.PLACE),
        ("theo quyết định nào", QuestionKind.DOCUMENT),
        ("số điện thoại văn phòng", QuestionKind.CONTACT),
        ("địa chỉ trụ sở", QuestionKind.CONTACT),
        ("các ngày kỷ niệm trong năm", QuestionKind.LIST),
        ("3 đúng gồm những gì", QuestionKind.LIST),
        ("vì sao chọn ngày 28/8", QuestionKind.REASON),
        ("28/8 là ngày gì", QuestionKind.DEFINITION),
        ("đoàn thể", QuestionKind.OTHER),
        ("dân số tỉnh Lào Cai", QuestionKind.COUNT),
        ("nghị quyết sáp nhập tỉnh số bao nhiêu", QuestionKind.DOCUMENT),
        ("suy ra năm thành lập được không", QuestionKind.OTHER),  # asks for no year
    ],
)
def test_kinds(question: str, kind: QuestionKind) -> None:
    assert analyse(question).kind is kind


def test_content_leaves_out_the_words_that_ask() -> None:
    analysed = analyse("Hãy cho biết ngày truyền thống của Văn phòng là ngày nào?")
    assert [word for _, word in analysed.content] == ["ngày", "truyền", "thống", "văn", "phòng"]


@pytest.mark.parametrize(
    ("question", "formulas"),
    [
        ("2 thạo, 3 đúng, 3 không", ((2, "thạo"), (3, "đúng"), (3, "không"))),
        ("hai thạo ba không", ((2, "thạo"), (3, "không"))),
        ("hai câu trong 3 năm", ()),
        ("năm 2021", ()),
    ],
)
def test_numbered_mottos(question: str, formulas: tuple[tuple[int, str], ...]) -> None:
    assert analyse(question).formulas == formulas


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        ("vp là gì", "văn phòng là gì"),
        ("qđ828 và QD 828", "quyết định 828 và quyết định 828"),
        ("3 ko là j", "3 không là gì"),
        ("3 ko la j", "3 khong la gi"),  # the whole gets its diacritics together
        ("covid19", "covid19"),
    ],
)
def test_abbreviations(typed: str, expanded: str) -> None:
    assert read_office().glossary.expand(typed) == expanded


def test_tags_and_addresses_are_left_out() -> None:
    assert tidy_question(" <b>2 thạo</b>\n*là* [gì](https://x.vn/a) \x00") == "2 thạo là [gì]("


def test_a_motto_is_no_tag() -> None:
    assert tidy_question("số < 3 và > 2") == "số < 3 và > 2"
