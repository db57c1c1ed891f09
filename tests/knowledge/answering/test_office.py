from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings import Encoder, Reader
from knowledge import KnowledgeBase, OfficeFileError, read_office
from knowledge.answering.office import Office
from knowledge.retrieval.glossary import Glossary
from tests.knowledge.small_articles import write

CURATED = """
curated:
  - ask: ["Kho bạc mở cửa ngày nào?", "Kho bạc mở cửa khi nào?"]
    says: Không nguồn nào nêu ngày mở cửa của kho bạc.
"""
ABOUT = "Về kho bạc. Không nguồn nào nêu ngày mở cửa của kho bạc. Kho bạc ở phố Hàng Gà."


def test_a_file_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "office.yaml",
        "abbreviations: {KB: [kho bạc, kiểm bệnh], no: 5}\n"
        "common: ['thuế, phí', lệ phí]\n"
        "own_names: kho bạc mình\n" + CURATED,
    )
    office = read_office(tmp_path / "office.yaml")
    assert office.glossary == Glossary(
        abbreviations={"kb": ("kho bạc", "kiểm bệnh"), "no": ("5",)},
        common=("thuế", "phí", "lệ phí"),
        own_names=("kho bạc mình",),
    )
    (curated,) = office.curated
    assert curated.ask == ("Kho bạc mở cửa ngày nào?", "Kho bạc mở cửa khi nào?")
    assert curated.says == ("Không nguồn nào nêu ngày mở cửa của kho bạc.",)


def test_an_empty_file_is_an_office_without_words(tmp_path: Path) -> None:
    write(tmp_path, "office.yaml", "# chưa có gì\n")
    assert read_office(tmp_path / "office.yaml") == Office(Glossary({}))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("abbreviations: [vp]", "dòng 1: mỗi dòng phải có dạng"),
        ("abbreviations:\n  vp: {a: b}", "dòng 2: phải là một danh sách"),
        ("common: a\nsynonyms: [[a, b]]", "dòng 2: mục “synonyms” không còn dùng; hãy xóa"),
        ("glossary: []", "dòng 1: không có mục “glossary”, chỉ có abbreviations"),
        ("common: [a", "dòng 1: không phải YAML"),
        ("unstated: []", "dòng 1: mục “unstated” không còn dùng; hãy xóa"),
        ("curated:\n  - ask: a\n", "dòng 2: thiếu says"),
        ("curated:\n  - asks: a\n", "dòng 2: không có mục “asks”, chỉ có ask, says"),
    ],
)
def test_errors_name_the_file_and_the_line(tmp_path: Path, content: str, problem: str) -> None:
    write(tmp_path, "office.yaml", content)
    with pytest.raises(OfficeFileError, match=rf"office\.yaml', {problem}"):
        read_office(tmp_path / "office.yaml")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OfficeFileError, match=r"office\.yaml': không có tệp.*OFFICE_FILE"):
        read_office(tmp_path / "office.yaml")
    tmp_path.joinpath("office.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OfficeFileError, match="không phải UTF-8"):
        read_office(tmp_path / "office.yaml")


@pytest.fixture
def treasury(tmp_path: Path, encoder: Encoder, reader: Reader) -> Iterator[KnowledgeBase]:
    """A base whose office has a curated answer."""
    write(tmp_path, "office.yaml", CURATED)
    office = read_office(tmp_path / "office.yaml")
    with KnowledgeBase(tmp_path / "data", encoder, office=office, reader=reader) as base:
        yield base


ASKED = [
    "Kho bạc mở cửa ngày nào?",
    "kho bac mo cua khi nao",
    "cho em hỏi kho bạc mở cửa ngày nào ạ",
]
NOT_ASKED = ["Kho bạc ở phố nào?", "Kho bạc tỉnh Hà Giang mở cửa ngày nào?", "Mở cửa ngày nào?"]


def test_a_curated_answer_is_given_word_for_word_and_cited(
    treasury: KnowledgeBase, articles: Path
) -> None:
    write(articles, "about.md", f"# Kho bạc\n\n{ABOUT}\n")
    treasury.reload(articles)
    for question in ASKED:
        answer = treasury.assistant().answer(question)
        assert answer.text == "Không nguồn nào nêu ngày mở cửa của kho bạc."
        assert answer.citations[0].title == "Kho bạc"
        assert answer.reasons is not None
        assert answer.reasons.curated
    for question in NOT_ASKED:
        reasons = treasury.assistant().answer(question).reasons
        assert reasons is not None
        assert not reasons.curated


def test_a_document_that_states_it_takes_the_place_of_a_curated_answer(
    treasury: KnowledgeBase, articles: Path
) -> None:
    write(articles, "about.md", f"# Kho bạc\n\n{ABOUT}\n")
    write(articles, "opening.md", "# Lịch sử kho bạc\n\nKho bạc mở cửa ngày 15/10/1991.\n")
    treasury.reload(articles)
    assert treasury.assistant().answer(ASKED[0]).text == "Kho bạc mở cửa ngày 15/10/1991."


def test_a_curated_answer_without_its_article_is_not_given(
    treasury: KnowledgeBase, articles: Path
) -> None:
    treasury.reload(articles)
    assert treasury.assistant().answer(ASKED[0]).refused


def test_answers_use_the_office_that_the_base_is_given(
    tmp_path: Path, articles: Path, encoder: Encoder, reader: Reader
) -> None:
    office = Office(Glossary({"ntt": ("ngày truyền thống",)}))
    with KnowledgeBase(tmp_path / "other", encoder, office=office, reader=reader) as other:
        other.reload(articles)
        answer = other.assistant().answer("ntt là ngày nào")
    assert answer.reasons is not None
    assert answer.reasons.question == "ngày truyền thống là ngày nào"
