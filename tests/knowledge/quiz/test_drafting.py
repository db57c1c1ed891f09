import random
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.sentences import sentence_spans
from embeddings.vietnamese import plain, syllables
from knowledge.articles.chunk import Chunk, Sentence
from knowledge.entities.dates import dates_in
from knowledge.quiz.bank.bank import QuestionBank
from knowledge.quiz.drafting import Draft, DraftKind, draft_questions
from knowledge.quiz.question import QuizQuestion
from knowledge.quiz.topic import LessonPart, QuizTopic
from tests.knowledge.quiz.passages import SHIPPED, passages_of, written

CHUNKS = passages_of(SHIPPED)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- to be repeatable


def drafts_of(chunks: list[Chunk], seed: int = 1, limit: int = 200) -> tuple[Draft, ...]:
    return draft_questions(chunks, (), {}, seeded(seed), limit)


def right(draft: Draft) -> tuple[str, ...]:
    return tuple(draft.question.options[index] for index in draft.question.correct)


def wrong(draft: Draft) -> set[str]:
    return set(draft.question.options) - set(right(draft))


def asked(drafts: tuple[Draft, ...]) -> dict[str, tuple[str, ...]]:
    """The right answers by question."""
    return {draft.question.text: right(draft) for draft in drafts}


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Tỉnh Bắc Hà được thành lập ngày 12/7/1907.",
         "Tỉnh Bắc Hà được thành lập ngày nào?", "12/7/1907"),
        ("Từ ngày 1/7/2025, tỉnh Bắc Hà không còn đơn vị cấp huyện.",
         "Từ ngày nào, tỉnh Bắc Hà không còn đơn vị cấp huyện?", "1/7/2025"),
        ("Ngày 28/8/1945, Chính phủ ra tuyên cáo.",
         "Vào ngày nào, Chính phủ ra tuyên cáo?", "28/8/1945"),
        ("Nhà văn hóa khánh thành ngày 2 tháng 9 năm 1995.",
         "Nhà văn hóa khánh thành ngày nào?", "2 tháng 9 năm 1995"),
        ("Tỉnh Bắc Hà hình thành đầu năm 1976.",
         "Tỉnh Bắc Hà hình thành khi nào?", "Đầu năm 1976"),
        ("Kho lưu trữ mở cửa năm 1998.", "Kho lưu trữ mở cửa năm nào?", "Năm 1998"),
        ("Ngày hội đọc sách là ngày 21/4 hằng năm.", "Ngày hội đọc sách là ngày nào?", "21/4"),
        ("Phòng Hành chính đã tham mưu 7 chương trình và 29 đề án.",
         "Phòng Hành chính đã tham mưu bao nhiêu đề án?", "29"),
        ("Phòng Hành chính đã tham mưu 7 chương trình và 29 đề án.",
         "Phòng Hành chính đã tham mưu bao nhiêu chương trình?", "7"),
        ("Kho lưu trữ giữ hơn 12.500 hồ sơ.", "Kho lưu trữ giữ bao nhiêu hồ sơ?", "Hơn 12.500"),
        ("Quy chế làm việc được ban hành theo Quyết định số 15/QĐ-UBND.",
         "Quy chế làm việc được ban hành theo quyết định nào?", "Quyết định số 15/QĐ-UBND"),
        ("Quy chế theo Quyết định số 15/QĐ-UBND ngày 3/4/2019.",
         "Quyết định số 15/QĐ-UBND được ban hành ngày nào?", "3/4/2019"),
        ("Thủ tướng Chính phủ ký ban hành quy chế mẫu.",
         "Ai ký ban hành quy chế mẫu?", "Thủ tướng Chính phủ"),
        ("Huyện Mường nhập vào tỉnh Hoàng Liên Sơn trước đây.",
         "Huyện Mường nhập vào tỉnh nào trước đây?", "Hoàng Liên Sơn"),
    ],
)  # fmt: skip
def test_a_sentence_becomes_its_question(
    tmp_path: Path, sentence: str, question: str, answer: str
) -> None:
    drafts = drafts_of(written(tmp_path, a=sentence))
    assert asked(drafts)[question] == (answer,)
    (draft,) = [draft for draft in drafts if draft.question.text == question]
    assert draft.question.quote == sentence
    assert draft.question.explanation == "Theo bài “Bài a”."


@pytest.mark.parametrize(
    "sentence",
    [
        "Điều này bắt đầu từ ngày 12/7/1907.",
        "Chương trình đó có 29 đề án.",
        "Ngày 28/8 không phải là ngày thành lập Văn phòng.",
        "Không nguồn nào nêu ngày 28/8 là ngày gì.",
        "Chuyến thăm kéo dài hai ngày 23 và 24/9/1958.",
        "Từ những năm 1930, báo có thêm phụ trương.",
        "Bài viết này ra đời ngày 12/7/1907.",
        "Nguyên tắc có ba nhóm.",
        "Bão cấp 12 vào bờ.",
        "Ngày 31/13/2020, Văn phòng họp.",
        "Sau đó, ngày 12/7/1907.",
        "Ngày 1/1/2020?",
        "Hội nghị 12/7/1987 họp ngày 12/7/1987.",
    ],
)
def test_what_cannot_stand_alone_is_not_asked(tmp_path: Path, sentence: str) -> None:
    assert drafts_of(written(tmp_path, a=sentence)) == ()


def test_members_of_a_list_are_asked_together(tmp_path: Path) -> None:
    drafts = drafts_of(
        written(
            tmp_path,
            a="3 đúng là: đúng chính sách, đúng thẩm quyền, đúng thời gian.",
            b="Các đoàn thể của Văn phòng gồm: Công đoàn, Đoàn thanh niên và Hội Cựu chiến binh.",
            c="Văn phòng tham mưu trên các lĩnh vực sau:\n\n- cải cách hành chính công\n"
            "- chuyển đổi số toàn tỉnh\n- xây dựng cơ bản tại xã",
            d="Công tác tổng hợp gồm các mảng việc sau:\n\n- theo dõi chương trình làm việc\n"
            "- viết báo cáo hằng tháng\n- quản lý con dấu cơ quan",
        )
    )
    lists = {d.question.text: d for d in drafts if d.kind is DraftKind.LIST}
    several = " (chọn nhiều phương án)"
    assert set(lists) == {
        f"“3 đúng” gồm những nội dung nào?{several}",
        f"Đâu là các đoàn thể của Văn phòng?{several}",
        f"Văn phòng tham mưu trên những lĩnh vực nào?{several}",
        f"Công tác tổng hợp gồm những mảng việc nào?{several}",
    }
    motto = lists[f"“3 đúng” gồm những nội dung nào?{several}"]
    assert set(right(motto)) == {"Đúng chính sách", "Đúng thẩm quyền", "Đúng thời gian"}
    assert all(option.startswith("Đúng ") for option in wrong(motto))
    areas = lists[f"Văn phòng tham mưu trên những lĩnh vực nào?{several}"]
    assert wrong(areas) <= {
        "Theo dõi chương trình làm việc", "Viết báo cáo hằng tháng", "Quản lý con dấu cơ quan"
    }  # fmt: skip
    assert asked(drafts)[
        "Điền vào chỗ trống: “3 đúng là: đúng chính sách, đúng thẩm quyền, ____”"
    ] == ("đúng thời gian",)


def test_another_wording_of_a_list_gives_no_wrong_options(tmp_path: Path) -> None:
    chunks = written(
        tmp_path,
        a="Truyền thống của Văn phòng là: “Đoàn kết, dân chủ, sáng tạo, tận tụy”.",
        b="Chuẩn mực của Văn phòng là: “Đoàn kết, dân chủ, sáng tạo, kỷ cương”.",
    )
    for seed in range(20):
        for draft in drafts_of(chunks, seed):
            assert not {plain(option) for option in wrong(draft)} & {"kỷ cương", "tận tụy"}


def test_a_date_that_answers_too_is_no_wrong_option(tmp_path: Path) -> None:
    chunks = written(
        tmp_path,
        a="Bác Hồ thăm Lào Cai ngày 23/9/1958.",
        b="Theo một nguồn, Bác Hồ thăm Lào Cai lần nữa vào ngày 24/9/1958.",
        c="Trường Tiểu học khai giảng ngày 5/9/1960. Kho bạc mở cửa ngày 6/1/1990.",
    )
    for seed in range(20):
        (draft,) = [
            d for d in drafts_of(chunks, seed) if d.question.text == "Bác Hồ thăm Lào Cai ngày nào?"
        ]
        assert "24/9/1958" not in draft.question.options
        assert {"5/9/1960", "6/1/1990"} <= wrong(draft)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_every_draft_of_the_shipped_articles_can_be_shown(seed: int) -> None:
    texts = {chunk.chunk_id: chunk for chunk in CHUNKS}
    drafts = drafts_of(CHUNKS, seed)
    assert len(drafts) >= 45
    assert len({draft.fingerprint for draft in drafts}) == len(drafts)
    for draft in drafts:
        question = draft.question
        question.require_sound()
        assert question.question_id == draft.fingerprint
        assert question.quote in texts[draft.chunk_id].text
        assert question.article == texts[draft.chunk_id].article_id
        words = f" {' '.join(syllables(question.text))} "
        assert not any(f" {' '.join(syllables(answer))} " in words for answer in right(draft))
        assert not re.search(r"(?<!\w)(?:này|đó|ấy)(?!\w)", question.text)
        assert question.takes_several == (draft.kind is DraftKind.LIST)
        forms = {_form(option, draft.kind) for option in question.options}
        assert len(forms) == 1, question.options
        if draft.kind is DraftKind.DATE:
            dates = [dates_in(option)[0][1] for option in question.options]
            assert not any(one.agrees_with(other) for one, other in combinations(dates, 2))


def _form(option: str, kind: DraftKind) -> object:
    """What options of one question must have in common."""
    match kind:
        case DraftKind.DATE:
            ((_, date),) = dates_in(option)
            return date.shape
        case DraftKind.COUNT:
            return re.sub(r"[\d.]+", "#", option) if any(map(str.isdigit, option)) else "word"
        case DraftKind.DOCUMENT:
            return re.sub(r"\d+(?=/)", "#", option, count=1)
        case _:
            return option[0].isupper()


def test_drafting_is_repeatable_and_known_drafts_are_left_out() -> None:
    drafts = drafts_of(CHUNKS, 7)
    assert drafts == drafts_of(CHUNKS, 7)
    other = drafts_of(CHUNKS, 8)
    assert {d.fingerprint for d in drafts} == {d.fingerprint for d in other}
    assert [d.question.options for d in drafts] != [d.question.options for d in other]
    first = [draft.fingerprint for draft in drafts[:20]]
    rest = draft_questions(CHUNKS, first, {}, seeded(7))
    assert {d.fingerprint for d in rest} == {d.fingerprint for d in drafts[20:]}
    assert {d.fingerprint: d for d in drafts}.items() >= {d.fingerprint: d for d in rest}.items()
    everything = [draft.fingerprint for draft in drafts]
    assert draft_questions(CHUNKS, everything, {}, seeded(7)) == ()


def test_questions_that_there_are_are_not_drafted_again() -> None:
    existing = [
        QuizQuestion("a1", "t", "Lào Cai thành tỉnh khi nào?", ("12/7/1907", "1/1/1900"), (0,),
                     "…", "09-moc-lich-su-tinh-lao-cai.md", "thành lập ngày 12/7/1907"),
        QuizQuestion("a2", "t", "Ngày sinh nhật Bác Hồ là ngày nào?", ("19/5/1890", "2/9/1945"),
                     (0,), "…", "khac.md", "…"),
    ]  # fmt: skip
    texts = asked(draft_questions(CHUNKS, existing, {}, seeded(1)))
    assert "Tỉnh Lào Cai được thành lập ngày nào?" not in texts
    assert "Ngày sinh nhật Bác là ngày nào?" not in texts
    assert "Tỉnh Lào Cai được giải phóng ngày nào?" in texts


def test_kinds_and_articles_take_turns() -> None:
    few = drafts_of(CHUNKS, limit=12)
    assert len(few) == 12
    assert max(Counter((d.question.article, d.kind) for d in few).values()) == 1
    assert few == drafts_of(CHUNKS)[:12]
    with pytest.raises(ValueError, match="limit must be ≥ 1, got 0"):
        drafts_of(CHUNKS, limit=0)


def test_the_topic_is_that_of_the_lesson_then_of_the_questions() -> None:
    def question(article: str) -> QuizQuestion:
        return QuizQuestion("q", "t", "?", ("a", "b"), (0,), "…", article, "…")

    bank = QuestionBank(
        (
            QuizTopic("one", "Một", 1, (LessonPart("a.md"),), (question("b.md"),)),
            QuizTopic("two", "Hai", 2, (), (question("a.md"), question("b.md"), question("b.md"))),
        )
    )
    assert bank.topic_of_article == {"a.md": "one", "b.md": "two"}


def test_the_topic_of_the_article_is_set(tmp_path: Path) -> None:
    chunks = written(tmp_path, a="Kho lưu trữ mở cửa năm 1998.", b="Kho bạc mở cửa năm 1999.")
    drafts = draft_questions(chunks, (), {"a.md": "kho"}, seeded(1))
    assert {d.question.article: d.question.topic for d in drafts} == {"a.md": "kho", "b.md": ""}


PIECES = [
    "ngày ", "28/8", "2/9/1945", "năm 1976", "đầu năm 1976 ", ", ", ". ", ": ", "; ", "\n", "- ",
    "“", "”", '"', "(", ")", "3 đúng", " là ", "gồm", " các lĩnh vực sau", " đúng hẹn", " và ",
    " đúng việc", "Tỉnh Lào Cai ", "Hoàng Liên Sơn", "Chủ tịch Hồ Chí Minh ", "ký ", "chương trình",
    "Quyết định số 8/QĐ-TTg ", "7 ", "ba ", "1.200 ", "gần ", "tên của xã là ", "____", "đặt ở ",
    "nào", "?", "100000 ",
]  # fmt: skip


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    sentences = tuple(Sentence(text[a:b], a, b) for a, b in sentence_spans(text))
    chunk = Chunk("0" * 16, "a.md", "Bài", "", 0, text, sentences)
    for draft in drafts_of([chunk, CHUNKS[0]]):
        draft.question.require_sound()


def test_the_office_article_gives_questions(real_articles: Path) -> None:
    texts = asked(drafts_of(passages_of(real_articles)))
    assert texts["Ngày thành lập Đảng là ngày nào?"] == ("03/02",)
    assert "“3 không” gồm những nội dung nào? (chọn nhiều phương án)" in texts
    assert not any("Bao nhiêu đúng" in text for text in texts)
