"""A disk that takes no more: files may not grow past a limit of the operating system."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "knowledge" / "articles" / "office"
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from bot.cli import main
main(sys.argv[2:])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits are set the Unix way")


def vanphong(limit: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _LIMITED, str(limit), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_preparing_the_model_says_what_is_missing_and_leaves_nothing(tmp_path: Path) -> None:
    done = vanphong(1_000_000, "--data-dir", str(tmp_path), "ask", "2 thạo là gì")
    assert done.returncode == 1
    assert "Không ghi được mô hình" in done.stderr
    assert "dung lượng trống" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [
        path for path in tmp_path.rglob("*") if path.name.startswith(".multi") and path.is_dir()
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("indexed")
def test_a_reload_that_runs_out_of_disk_keeps_the_old_version(
    data_dir: Path, tmp_path: Path
) -> None:
    place = ("--data-dir", str(data_dir))
    articles = tmp_path / "articles"
    articles.mkdir()
    for path in SHIPPED.glob("*.md"):
        articles.joinpath(path.name).write_bytes(path.read_bytes())
    words = "Đoạn thêm vào để tệp cơ sở dữ liệu phải lớn lên. " * 40
    for number in range(5):
        articles.joinpath(f"them-{number}.txt").write_text(f"Bài {number}\n\n{words}", "utf-8")
    failed = vanphong(200_000, *place, "reload", "--articles", str(articles))
    assert failed.returncode == 1, failed.stderr
    assert failed.stderr.strip().splitlines()[-1].startswith("Lỗi: ")
    assert "Traceback" not in failed.stderr
    unlimited = 1 << 40
    asked = vanphong(unlimited, *place, "ask", "2 thạo là gì")
    assert "thạo địa bàn" in asked.stdout
    assert vanphong(unlimited, *place, "doctor").returncode == 0
