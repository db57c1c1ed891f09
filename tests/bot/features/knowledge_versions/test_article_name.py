from bot.article_name import article_name
from knowledge import ReloadReport


def test_articles_are_called_by_title_and_place() -> None:
    titles = {"kho:D1": "Quy chế làm việc", "lich-su.md": "Lịch sử " * 40}
    report = ReloadReport(("kho:D1",), (), (), (), (), "v0002", 0.1, titles)
    assert article_name(report, "kho:D1") == "Quy chế làm việc (D1)"
    assert article_name(report, "kho:D2") == "D2"
    assert article_name(report, "a.md") == "a.md"
    long = article_name(report, "lich-su.md")
    assert long.endswith("… (lich-su.md)")
    assert len(long) <= 120
