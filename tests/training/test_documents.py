"""The training data, and what each part of it is for."""

import json
from collections import Counter
from pathlib import Path

import pytest

from training.documents import Base, Document, Split, document_bases, office_bases, squad_bases


@pytest.fixture(scope="module")
def offices() -> list[Base]:
    return office_bases()


@pytest.fixture(scope="module")
def documents() -> list[Base]:
    return document_bases()


def test_all_of_the_data_is_read(offices: list[Base], documents: list[Base]) -> None:
    assert Counter(base.split for base in offices) == {"train": 14, "fit": 7, "dev": 7}
    assert {base.split for base in documents} == {Split.TRAIN, Split.DEV}
    assert sum(len(base.questions) for base in offices) == 5_040
    assert sum(len(base.questions) for base in documents) == 19_332
    assert sum(len(base.documents) for base in documents) == 1_338
    assert all(0 < len(base.documents) <= 14 for base in offices + documents)
    assert len({base.name for base in offices + documents}) == len(offices + documents)


def test_no_document_serves_two_splits(offices: list[Base], documents: list[Base]) -> None:
    splits: dict[str, set[Split]] = {}
    for base in offices + documents:
        for document in base.documents:
            for known in (document.document_id, document.text):
                splits.setdefault(known, set()).add(base.split)
    assert {len(found) for found in splits.values()} == {1}


def test_every_answer_stands_in_its_document(offices: list[Base], documents: list[Base]) -> None:
    for base in offices + documents:
        texts = {document.document_id: document.text for document in base.documents}
        for question in base.questions:
            for answer in question.answers:
                text, at = texts[answer.document], answer.at
                assert answer.text in text
                assert at is None or text[at:].startswith(answer.text)


def test_the_same_bases_are_made_again(documents: list[Base]) -> None:
    assert document_bases() == documents


def test_a_document_is_written_as_an_article(tmp_path: Path) -> None:
    Document("a-1", 'Quy chế "mới"', "Câu.").write(tmp_path)
    text = (tmp_path / "a-1.md").read_text(encoding="utf-8")
    assert text == '---\ntitle: "Quy chế \\"mới\\""\n---\n\nCâu.\n'


def test_squad_is_cut_into_blocks_of_paragraphs(tmp_path: Path) -> None:
    asked = [
        {"question": "Ở đâu?", "answers": [{"text": " "}, {"text": "ở đây"}]},
        {"question": "Khi nào?", "answers": [], "is_impossible": True},
        {"question": "Mất câu trả lời?", "answers": []},
    ]
    paragraphs = [{"context": f"Đoạn {n} ở đây.", "qas": asked} for n in range(210)]
    path = tmp_path / "squad.json"
    data = {"data": [{"paragraphs": paragraphs[:100]}, {"paragraphs": paragraphs[100:]}]}
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    bases = squad_bases(path)
    assert [base.split for base in bases] == ["dev", *["train"] * 4, "dev"]
    assert [len(base.documents) for base in bases] == [40] * 5 + [10]
    for base in bases:
        assert [q.text for q in base.questions] == ["Ở đâu?", "Khi nào?"] * len(base.documents)
        assert [a.text for q in base.questions for a in q.answers] == ["ở đây"] * len(
            base.documents
        )
