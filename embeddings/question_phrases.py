"""How questions are phrased in Vietnamese, in words that documents seldom hold."""

from __future__ import annotations

_TABLE = """
là gì | là ai | năm rồi | lâu rồi | là ngày nào | ngày nào | năm nào | tháng nào | khi nào
vào ngày nào | từ khi nào | bao giờ | bao nhiêu | bao nhiêu năm | có bao nhiêu | bao nhiêu tuổi
bao lâu | mấy năm | có mấy | là bao nhiêu | ở đâu | nơi nào | chỗ nào | như thế nào | thế nào là
ra sao | làm sao | tại sao | vì sao | do đâu | gồm những gì | bao gồm những gì
gồm những nội dung gì | những gì | cái gì | điều gì | việc gì | nói về gì | nói gì | quy định gì
nội dung gì | ý nghĩa gì | có ý nghĩa gì | nghĩa là gì | ai ký | ai ban hành | do ai | ai là
người nào | cơ quan nào | đơn vị nào | hãy cho biết | cho hỏi | cho mình hỏi | cho em hỏi
cho tôi hỏi | xin hỏi | bạn cho biết | giúp mình | với ạ | nhé | nêu | kể tên | liệt kê
trình bày | giải thích | có không | có phải không | được không | hay không | chưa
của văn phòng | văn phòng mình | cơ quan mình | đơn vị mình | tỉnh mình | chúng ta | hiện nay
bây giờ | hôm nay | những | các | một | hai | ba | bốn | năm | sáu | bảy | tám | chín | mười
và | với | của | cho | trong | trên | dưới | về | theo | được | đã | đang | sẽ | có | không
này | đó | kia | nào | thì | mà | để | từ | đến | tại | bởi | số điện thoại | địa chỉ | họ tên
tên gì | lúc mấy giờ | giờ làm việc | thời tiết | giá bao nhiêu | thành lập | ký ngày nào
ký khi nào | ban hành khi nào | có từ bao giờ | thành lập năm nào | thành lập ngày nào
thành lập khi nào | đã từng | từng | sự kiện gì | có sự kiện gì
"""

QUESTION_PHRASES = tuple(
    phrase.strip() for line in _TABLE.strip().splitlines() for phrase in line.split("|")
)
