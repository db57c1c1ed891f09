from pathlib import Path

import pytest

from knowledge import KnowledgeBase, OfficeFileError, read_office
from knowledge.answering.office import Office
from knowledge.answering.question import QuestionKind, analyse
from knowledge.retrieval.glossary import Glossary
from tests.knowledge.small_articles import write

FACT = """
unstated:
  - notice: "Không tài liệu nào nêu giờ làm việc:"
    related: "Kho bạc ở đâu?"
    kind: date
    verbs: [mở cửa]
    subjects: [kho bạc, kb]
    words: [kho bạc kb mở cửa, ngày]
    stated: ['mở cửa ngày \\d']
"""


def test_a_file_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "office.yaml",
        "abbreviations: {KB: [kho bạc, kiểm bệnh], no: 5}\n"
        "common: ['thuế, phí', lệ phí]\n"
        "own_names: kho bạc mình\n" + FACT,
    )
    office = read_office(tmp_path / "office.yaml")
    assert office.glossary == Glossary(
        abbreviations={"kb": ("kho bạc", "kiểm bệnh"), "no": ("5",)},
        common=("thuế", "phí", "lệ phí"),
        own_names=("kho bạc mình",),
    )
    (fact,) = office.unstated
    assert (fact.related, fact.kind) == (("Kho bạc ở đâu?",), QuestionKind.DATE)


ASKED = ["Kho bạc mở cửa ngày nào?", "kb mở cửa ngày nào"]
NOT_ASKED = [
    "Kho bạc nhà nước mở cửa ngày nào?",  # more is said than the words of the fact
    "Kho bạc đóng cửa ngày nào?",
    "Mở cửa ngày nào?",  # of what?
    "Ai mở cửa kho bạc?",
]


def test_a_question_asks_for_an_unstated_fact(tmp_path: Path) -> None:
    write(tmp_path, "office.yaml", FACT)
    (fact,) = read_office(tmp_path / "office.yaml").unstated
    asked = [text for text in [*ASKED, *NOT_ASKED] if fact.is_asked(analyse(text))]
    assert asked == ASKED
    assert fact.is_stated("Kho bạc Mở cửa ngày 2/1.")
    assert not fact.is_stated("Kho bạc mở cửa.")


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
        ("unstated:\n  - notice: a\n", "dòng 2: thiếu related, kind"),
        (FACT.replace("kind: date", "kind: hour"), "dòng 5: không có loại “hour”, chỉ có date,"),
        (FACT.replace(r"\d'", "('"), "dòng 9: không phải biểu thức chính quy: "),
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


def test_answers_use_the_office_that_the_base_is_given(
    tmp_path: Path, articles: Path, base: KnowledgeBase
) -> None:
    office = Office(Glossary({"ntt": ("ngày truyền thống",)}))
    with KnowledgeBase(tmp_path / "other", base.encoder, office=office) as other:
        other.reload(articles)
        assert "28/8" in other.assistant().answer("ntt là ngày nào").text
        assert other.assistant().answer("Văn phòng thành lập ngày nào?").notice != (
            read_office().unstated[0].notice
        )
