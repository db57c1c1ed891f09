"""When a second source is shown beside the best."""

import pytest

from knowledge.answering.conflicting_sources import differing_source
from tests.knowledge.answering.evidence_made import evidence

BEST = evidence("Kho mở lúc 8 giờ 30.", "8 giờ 30", name="a.md", score=3.0)
NO_FIGURE = evidence("Kho mở buổi sáng.", "buổi sáng", name="a.md", score=3.0)
OTHER = evidence("Kho mở lúc 9 giờ.", "9 giờ", name="b.md", score=2.5)


@pytest.mark.parametrize(
    ("best", "others", "found"),
    [
        (BEST, [], None),
        (BEST, [OTHER], 0),
        (BEST, [evidence("Kho mở 8 giờ.", "8 giờ", name="b.md", score=2.5), OTHER], 1),
        (BEST, [evidence("Kho mở lúc 9 giờ.", "9 giờ", name="a.md", score=2.5)], None),
        (BEST, [evidence("Kho mở lúc 9 giờ.", "9 giờ", name="b.md", score=1.9)], None),
        (BEST, [evidence("Kho mở lúc 9 giờ.", "9 giờ", name="b.md", score=2.5, sure=0.4)], None),
        (BEST, [evidence("Kho mở lúc 9 giờ.", "Kho", name="b.md", score=2.5)], None),
        (BEST, [evidence("Kho mở lúc 9 giờ.", "", name="b.md", score=2.5)], None),
        (BEST, [evidence("8 giờ 30 ngày 28/8/1945.", "8 giờ 30 ngày 28/8/1945", name="b.md",
                         score=2.5)], None),
        (NO_FIGURE, [OTHER], None),
    ],
    ids=["alone", "differs", "only less detail", "same article", "far behind", "not sure",
         "no figure", "no stretch", "only more detail", "best has no figure"],
)  # fmt: skip
def test_a_source_differs_when_its_figures_do(best, others, found) -> None:  # noqa: ANN001
    expected = None if found is None else others[found]
    assert differing_source([best, *others]) is expected
