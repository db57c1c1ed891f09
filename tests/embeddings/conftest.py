from pathlib import Path

import pytest

from benchmarks.sentence_transformers_directory import write_sentence_transformers_directory
from embeddings.packaged_weights import PackagedWeights, packaged_weights_file
from tests.conftest import made_once

VARIED_TEXTS = [
    "Ngày truyền thống Văn phòng là ngày nào?",
    "ngay truyen thong van phong la ngay nao",
    "Thủ tướng Chính phủ ký Quyết định số 828/QĐ-TTg ngày 22/7/2004.",
    "3 không là: không vô cảm, không sách nhiễu, không né tránh.",
    "UBND",
    "Hỏi?!… — “ngoặc kép” (mở) [vuông]; 100%, 1.234.567 đồng, 8h30'.",
    "Điện thoại 0214.3840.123, thư: vanphong@laocai.gov.vn, trang https://laocai.gov.vn/a?b=c",
    "The office answers questions in Vietnamese and English.",
    "Đồng bào Hà Nhì, Mông, Dao ở Bát Xát, Sa Pa, Y Tý mừng lễ Gạ Ma Do 😀",
    "một\nhai\tba   bốn\u00a0năm",
    "TRÍCH YẾU: Về việc tăng cường kỷ luật, kỷ cương hành chính",
    "Văn phòng Ủy ban nhân dân tỉnh là cơ quan chuyên môn, tham mưu, giúp việc. " * 3,
]


@pytest.fixture(scope="session")
def float_model(run_dir: Path) -> Path:
    """The packaged model as a sentence-transformers directory in float32 (490 MB)."""

    def make(directory: Path) -> None:
        weights = PackagedWeights.read(packaged_weights_file())
        write_sentence_transformers_directory(weights, directory)

    return made_once(run_dir / "e5-small-float", make)
