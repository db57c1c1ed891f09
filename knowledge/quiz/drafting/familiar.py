"""Names and phrases that everybody in a Vietnamese office knows, where the corpus has too few.

They stand beside the right answer as wrong ones, so each must be real and of its kind.
"""

from __future__ import annotations

from types import MappingProxyType


def _listed(options: str) -> tuple[str, ...]:
    return tuple(options.split(", "))


PROVINCES = _listed("Lai Châu, Hà Giang, Sơn La, Điện Biên, Tuyên Quang, Phú Thọ, Cao Bằng")
PEOPLE = _listed(
    "Thủ tướng Phạm Văn Đồng, Đại tướng Võ Nguyên Giáp, Tổng Bí thư Trường Chinh, Chủ tịch Tôn "
    "Đức Thắng"
)
HOLDERS = _listed("Chủ tịch nước, Chủ tịch Quốc hội, Bộ trưởng Bộ Nội vụ, Tổng Bí thư")
BODIES = _listed("Quốc hội, Chính phủ, Bộ Nội vụ, Hội đồng nhân dân tỉnh, Ban Thường vụ Tỉnh ủy")
UNIONS = _listed(
    "Hội Nông dân, Hội Liên hiệp Phụ nữ, Hội Luật gia, Hội Nhà báo, Hội Khuyến học, Hội Làm vườn"
)
DAYS = _listed(
    "ngày Thầy thuốc Việt Nam 27/2, ngày Quốc tế Phụ nữ 8/3, ngày Thương binh – Liệt sĩ 27/7, "
    "ngày Phụ nữ Việt Nam 20/10, ngày Nhà giáo Việt Nam 20/11"
)
VALUES = _listed(
    "kiên trì, khiêm tốn, cần kiệm, liêm chính, công tâm, gương mẫu, thân thiện, kỷ luật, minh "
    "bạch, dũng cảm"
)
BEGINNING_WITH = MappingProxyType(
    {
        "thạo": _listed("thạo máy tính, thạo ngoại ngữ, thạo văn bản"),
        "đúng": _listed("đúng quy trình, đúng đối tượng, đúng mục đích, đúng hình thức"),
        "không": _listed(
            "không vụ lợi, không quan liêu, không đùn đẩy, không phô trương, không bè phái"
        ),
        "biết": _listed("biết lắng nghe, biết chia sẻ, biết phối hợp, biết tổ chức"),
        "rõ": _listed("rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ kết quả"),
    }
)
"""Members of mottos by the word that they begin with."""
