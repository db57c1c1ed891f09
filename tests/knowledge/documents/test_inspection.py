from pathlib import Path

import pytest

from knowledge.articles.article import Paragraph
from knowledge.articles.reading import DocumentFormat, Reading
from knowledge.documents.inspection import Replaced, inspect_document
from knowledge.documents.loader import article_files
from knowledge.documents.near_duplicates import Fingerprint, KeptFingerprints
from knowledge.documents.personal_data import PersonalDataKind, find_personal_data
from knowledge.documents.reader import read_document
from tests.office_files import PARAGRAPH, word

K = PersonalDataKind


@pytest.mark.parametrize(
    ("text", "kind", "sample"),
    [
        ("Điện thoại: 0912 345 678.", K.PHONE, "09•• ••• •78"),
        ("gọi +84 912.345.678 nhé", K.PHONE, "+84 •••.•••.•78"),
        ("số bàn 0214 3840 123", K.PHONE, "02•• •••• •23"),
        ("CCCD 010 090 001 234", K.CITIZEN_ID, "01• ••• ••• •34"),
        ("mã 015190001234 kèm theo", K.CITIZEN_ID, "01••••••••34"),
        ("CMND số: 063123456", K.CITIZEN_ID, "06•••••56"),
        ("liên hệ an.nguyen@laocai.gov.vn ngay", K.EMAIL, "a•••@laocai.gov.vn"),
        ("Số tài khoản: 0123456789 tại Agribank", K.BANK_ACCOUNT, "01••••••89"),
        ("STK 12345678901234", K.BANK_ACCOUNT, "12••••••••••34"),
        ("sinh ngày 05/08/1990 tại Sa Pa", K.BIRTH_DATE, "05/••/••90"),
        ("Năm sinh: 1985", K.BIRTH_DATE, "1•••"),
    ],
)
def test_personal_data_is_found_and_masked(text: str, kind: PersonalDataKind, sample: str) -> None:
    (found,) = find_personal_data(text)
    assert (found.kind, found.count, found.samples) == (kind, 1, (sample,))


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 828/QĐ-TTg ngày 22/7/2004",
        "kinh phí 1.250.000.000 đồng",
        "từ 2020-2025, 63 tỉnh",
        "Văn bản số 123456789",
        "thành lập ngày 28/8/1945",
        "999190001234",
        "@laocai, https://laocai.gov.vn",
    ],
)
def test_numbers_of_other_kinds_are_let_be(text: str) -> None:
    assert find_personal_data(text) == ()


def test_samples_are_three_at_most_and_the_count_is_whole() -> None:
    text = "\n".join(f"ĐT 091234567{n}" for n in range(8))
    (found,) = find_personal_data(text)
    assert (found.count, len(found.samples)) == (8, 3)


def test_no_text_makes_the_finder_slow() -> None:
    for text in ("0" * 200_000, "1 " * 100_000, "a@" * 100_000, "sinh ngày " * 20_000):
        find_personal_data(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("quy-che.md").write_text(
        f"# Quy chế\n\n{PARAGRAPH}\n\nVăn phòng gồm chín phòng, ban và trung tâm trực thuộc.\n",
        encoding="utf-8",
    )
    tmp_path.joinpath("khac.md").write_text(
        "# Bãi xe\n\nBãi xe mở cửa lúc sáu giờ sáng và đóng cửa lúc bảy giờ tối mỗi ngày.\n",
        encoding="utf-8",
    )
    tmp_path.joinpath("hong.md").write_bytes(b"\x00")
    return tmp_path


def existing(folder: Path) -> list[Fingerprint]:
    return KeptFingerprints(folder / "kept" / "fingerprints.npz").of(article_files(folder))


def test_an_inspection_names_what_an_editor_should_know(folder: Path) -> None:
    data = word(
        [
            ("Title", "Quy chế mới"),
            ("Heading 1", "Mở đầu"),
            ("", PARAGRAPH.upper()),
            ("", "Liên hệ 0912345678."),
        ]
    )
    found = inspect_document(read_document(data, "q.docx"), "q.docx", existing(folder))
    assert found.guess.title == "Quy chế mới"
    assert (found.headings, found.heading_count, found.chunks) == (("Mở đầu",), 1, 1)
    (duplicate,) = found.duplicates
    assert (duplicate.article_id, duplicate.title) == ("quy-che.md", "Quy chế")
    assert duplicate.share > 0.8
    assert [data.kind for data in found.personal_data] == [K.PHONE]
    assert found.preview.startswith("Mở đầu\nVĂN PHÒNG")


def test_the_article_to_be_replaced_is_no_duplicate(folder: Path) -> None:
    reading = read_document(word(), "q.docx")
    found = inspect_document(
        reading, "q.docx", existing(folder), Replaced("quy-che.md", "Quy chế cũ", None)
    )
    assert found.duplicates == ()
    assert (found.guess.title, found.comparison) == ("Quy chế cũ", None)


def test_without_a_title_the_name_is_the_guess(folder: Path) -> None:
    reading = Reading(DocumentFormat.TEXT, (Paragraph("Nội dung."),))
    found = inspect_document(reading, "../x/nội_quy-cơ_quan.txt", existing(folder))
    assert found.guess.title == "nội quy cơ quan"


def test_fingerprints_are_kept_and_follow_what_the_articles_say(folder: Path) -> None:
    def prints() -> dict[str, list[int]]:
        return {each.article_id: each.shingles.tolist() for each in existing(folder)}

    first = prints()
    kept = folder / "kept" / "fingerprints.npz"
    made = kept.stat().st_ino
    assert prints() == first
    assert kept.stat().st_ino == made  # nothing was written
    folder.joinpath("khac.md").write_text("# Khác\n\nNay nói một điều khác hẳn.\n", "utf-8")
    second = prints()
    assert second["quy-che.md"] == first["quy-che.md"]
    assert second["khac.md"] != first["khac.md"]
    kept.write_bytes(b"PK broken")
    assert prints() == second
