import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.articles.article import Article
from knowledge.articles.encodings import _TCVN, _VISCII
from knowledge.articles.reading import MAX_DOCUMENT_BYTES
from knowledge.documents.loader import article_files, load_article
from knowledge.errors import ArticleError, ArticlesFolderError

Write = Callable[[str, str | bytes], Path]
SENTENCE = "Văn phòng của tỉnh và các cơ quan nhà nước được thành lập trong những năm đầu."


def only_article(folder: Path) -> Article:
    (file,) = article_files(folder)
    return load_article(file)


def text_of(loaded: Article) -> str:
    return "\n".join(block.text for block in loaded.blocks)


def test_markdown_with_front_matter(article: Write) -> None:
    loaded = only_article(
        article(
            "bai.md",
            "---\ntitle: Tên bài\nsource: Quyết định 828\nauthor: An\npublished: 2004-07-22\n"
            "tags: [a, b]\n---\n# Mở đầu\n\nMột **đoạn** [văn](http://x).\nVẫn đoạn ấy.\n\n"
            "- mục một\n- mục hai\n  nối tiếp\n",
        )
    )
    assert (loaded.title, loaded.source, loaded.author) == ("Tên bài", "Quyết định 828", "An")
    assert (loaded.published, loaded.tags) == ("2004-07-22", ("a", "b"))
    assert [(b.kind, b.text) for b in loaded.blocks] == [
        ("paragraph", "Một đoạn văn. Vẫn đoạn ấy."),
        ("list_item", "mục một"),
        ("list_item", "mục hai nối tiếp"),
    ]


def test_plain_text_gives_title_and_byline_and_loses_no_line(article: Write) -> None:
    loaded = only_article(
        article(
            "bai.txt",
            "Cán bộ phát huy truyền thống\nTrải qua bề dày truyền thống, Văn phòng lớn mạnh.\n\n"
            "Hôm nay: 456\n\nTổng số: 87\n\n      Phạm Vy\n",
        )
    )
    assert loaded.title == "Cán bộ phát huy truyền thống"
    assert loaded.author == "Phạm Vy"
    assert text_of(loaded) == (
        "Trải qua bề dày truyền thống, Văn phòng lớn mạnh.\nHôm nay: 456\nTổng số: 87"
    )


def test_web_page_keeps_its_text_and_not_its_frame(article: Write) -> None:
    loaded = only_article(
        article(
            "bai.html",
            "<html><head><title>Trang | Báo</title><meta name=author content='An'>"
            "<meta property='article:published_time' content='2021-08-28T07:00:00+07:00'>"
            "<script>alert(1)</script></head><body><nav>Trang chủ</nav><article>"
            "<h1>Tên bài</h1><p>Đoạn <b>một</b>,<br>dòng hai.</p><h2>Mục</h2><ul><li>ý một"
            "<li>ý hai</ul><!-- ẩn --></article><footer>Đăng nhập</footer></body></html>",
        )
    )
    assert (loaded.title, loaded.author, loaded.published) == ("Tên bài", "An", "2021-08-28")
    assert text_of(loaded) == "Đoạn một,\ndòng hai.\nMục\ný một\ný hai"


def test_deeply_nested_page_is_read(article: Write) -> None:
    page = "<div>" * 600 + "Ngày truyền thống là 28/8." + "</div>" * 600
    assert text_of(only_article(article("a.html", page))) == "Ngày truyền thống là 28/8."


def tcvn(text: str, table: str) -> bytes:
    return bytes(ord(c) if ord(c) < 128 else 128 + table.index(c) for c in text)


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        ("\ufeff" + SENTENCE).encode(),
        SENTENCE.encode("utf-16"),
        unicodedata.normalize("NFD", SENTENCE).encode(),
        tcvn(SENTENCE, _TCVN),
        tcvn(SENTENCE, _VISCII),
        "Vaên phoøng cuûa tænh vaø caùc cô quan nhaø nöôùc ñöôïc thaønh laäp trong nhöõng naêm "
        "ñaàu.".encode("cp1252"),
    ],
    ids=["utf-8", "bom", "utf-16", "nfd", "tcvn3", "viscii", "vni"],
)
def test_encodings(article: Write, data: bytes) -> None:
    assert text_of(only_article(article("bai.txt", data))) == SENTENCE


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.md", b"", "tệp trống"),
        ("a.txt", b" \n\t ", "tệp trống"),
        ("a.md", b"# Ch\xe1\xbb\x89 ti\xc3\xaau \xc4\x91\xe1\xbb\x81\n", "không có nội dung"),
        ("a.txt", b"\x7fELF\x00\x01\x02", "nhị phân"),
        ("a.txt", bytes(range(128, 256)) * 20, "bảng mã"),
        ("a.md", b"---\ntitle: [a\n---\nx", "YAML hợp lệ ở dòng"),
        ("a.md", b"---\ntitle: a\nx", "đóng lại"),
        ("a.md", b"---\n- a\n---\nx", "tên: giá trị"),
        ("a.md", b"---\ntitle: {a: b}\n---\nx", "'title'"),
        ("a.md", b"---\ntags: 3.5: x\n---\nx", "YAML"),
        ("a.txt", b"x" * (MAX_DOCUMENT_BYTES + 1), "quá lớn"),
    ],
)
def test_an_article_that_cannot_be_read_says_why(
    article: Write, name: str, data: bytes, says: str
) -> None:
    with pytest.raises(ArticleError, match=says):
        only_article(article(name, data))


def test_control_characters_and_nul_free_text(article: Write) -> None:
    loaded = only_article(article("a.md", "Văn\x01 phòng\u200b tỉnh\x0b.\r\nDòng hai."))
    assert text_of(loaded) == "Văn phòng tỉnh . Dòng hai."


def test_missing_folder_says_which_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(ArticlesFolderError, match="ARTICLES_DIR"):
        article_files(tmp_path / "none")


def test_only_article_files_count(article: Write) -> None:
    folder = article("a.md", "Một.")
    for name in ("README.md", ".hidden.md", "b.doc", "~$a.docx"):
        article(name, "x")
    assert [file.article_id for file in article_files(folder)] == ["a.md"]
