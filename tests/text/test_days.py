"""Days and hours as citizens of different ages and habits name them, and what only looks like a day."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.days import Said, days_in
from bot.text.folding import fold

NOW = datetime(2026, 11, 22, 10)  # a Sunday
NEW_YEARS_EVE = datetime(2026, 12, 31, 16)  # a Thursday
LEAP = datetime(2028, 2, 28, 9)  # a Monday
LAST_OF_JANUARY = datetime(2027, 1, 31, 10)

# Each message with the days (and hours) that it names, in its order.
OLD_FARMER: list[tuple[str, list[str]]] = [
    ("Tui tính sáng mai ra nộp giấy cho thằng út, mấy cô có làm không", ["2026-11-23"]),
    ("bác ở trên rẫy, chiều mốt bác mới xuống được", ["2026-11-24"]),
    ("thứ hai tuần sau bác ra có ai tiếp không cháu", ["2026-11-23"]),
    ("Hôm kia tui có lên mà cô cán bộ đi họp", ["2026-11-20"]),
    ("hồi thứ sáu vừa rồi tui nộp cái đơn xin trợ cấp", ["2026-11-20"]),
    ("ông già tôi mất hôm qua, giờ phải làm giấy gì", ["2026-11-21"]),
    ("mùng 5 tháng 1 thằng cháu cưới, giờ làm giấy kịp không", ["2027-01-05"]),
    ("bữa nay chủ nhật phường có mở cửa không cháu", ["2026-11-22"]),
    ("hai hôm nữa tôi mới có giấy ra viện", ["2026-11-24"]),
    ("cách đây 3 ngày tôi có gửi hồ sơ qua bưu điện", ["2026-11-19"]),
    ("Ba giờ chiều thứ sáu này tui ghé có còn ai ngồi đó không", ["2026-11-27 15:00"]),
    ("Hơn 4 giờ chiều mai tui mới đi làm đồng về, còn nộp được không", ["2026-11-23 16:00"]),
    ("ngày hai mươi lăm tháng mười hai tui lên lấy được chưa", ["2026-12-25"]),
    ("ba ngày trước tôi bị mất căn cước", ["2026-11-19"]),
]
YOUNG_MOTHER: list[tuple[str, list[str]]] = [
    ("bé nhà em sinh 12/10/2026 thì hạn chót đăng ký khai sinh là ngày nào ạ", ["2026-10-12"]),
    ("Bé em sinh ngày 3/11, mai em đi làm giấy được không ạ", ["2026-11-03", "2026-11-23"]),
    ("em sinh bé hôm 20 tháng 8 mà giờ chưa làm khai sinh có bị phạt không", ["2026-08-20"]),
    ("cuối tuần này em mới về quê, cho em hỏi có làm thứ 7 không", ["2026-11-28"]),
    ("2 tuần nữa em mới hết ở cữ thì đăng ký trễ không", ["2026-12-06"]),
    ("Em hẹn lấy kết quả thứ 4, 25/11 mà em bận, lấy trễ được không", ["2026-11-25"]),
    ("chiều nay 4 rưỡi em ghé lấy giấy khai sinh được hông ạ", ["2026-11-22 16:30"]),
    ("Sáng nay em nộp rồi mà chưa thấy tin nhắn", ["2026-11-22"]),
    ("đầu tuần sau em lên được không ạ", ["2026-11-23"]),
    ("cuối tháng em đi nước ngoài, làm kịp không", ["2026-11-30"]),
    ("đầu tháng sau em cưới, giờ mới xin giấy độc thân", ["2026-12-01"]),
    ("Dạ chào anh. Mai em qua lấy bản sao được chưa ạ", ["2026-11-23"]),
    ("chiều mai 4 giờ kém 15 em đón con xong mới tới", ["2026-11-23 15:45"]),
]
OFFICIAL: list[tuple[str, list[str]]] = [
    ("Hồ sơ nộp ngày 17/7/2026 thì đến ngày nào trả kết quả?", ["2026-07-17"]),
    ("Đề nghị cho biết hạn trả nếu tiếp nhận thứ sáu 17/7/2026 lúc 15 giờ 30.", ["2026-07-17 15:30"]),
    ("Công dân nộp lúc 15:00 ngày 03/12/2026 thì hẹn trả khi nào?", ["2026-12-03 15:00"]),
    ("Căn cứ Nghị định 118/2025/NĐ-CP, hồ sơ nộp ngày 24/12/2026 được trả ngày nào?", ["2026-12-24"]),
    ("Thứ Hai, ngày 30 tháng 11 năm 2026, bộ phận một cửa có làm việc không?", ["2026-11-30"]),
    ("Giấy hẹn ghi 15.12.2026, tôi đến trước một ngày được không?", ["2026-12-15"]),
    ("Ngày 1/1/2027 là ngày nghỉ thì hạn cuối tính sang ngày nào", ["2027-01-01"]),
    ("Tôi nộp lúc 8g30 sáng thứ ba tuần trước, mã hồ sơ H12.34-261110-0007", ["2026-11-10 08:30"]),
    ("Kết quả trả vào 16 giờ 45 phút ngày 30/11", ["2026-11-30 16:45"]),
    ("từ 20/12 đến 31/12 phường nghỉ mấy ngày", ["2026-12-20", "2026-12-31"]),
    ("Hôm nay là 22/11, hẹn 27/11 có lấy được không?", ["2026-11-22", "2026-11-27"]),
]
NO_MARKS: list[tuple[str, list[str]]] = [
    ("mai nop ho so thi bao gio co ket qua", ["2026-11-23"]),
    ("ngay mot toi len phuong co duoc khong", ["2026-11-24"]),
    ("thu sau nay 15 gio toi nop thi khi nao lay", ["2026-11-27 15:00"]),
    ("chu nhat tuan nay co ai truc khong", ["2026-11-22"]),
    ("hom qua e nop roi ma tra cuu ko thay", ["2026-11-21"]),
    ("con toi sinh 5 thang 10 nam 2026 gio dang ky con kip ko", ["2026-10-05"]),
    ("sang mai may gio mo cua vay", ["2026-11-23"]),
    ("3 ngay nua e moi du giay to", ["2026-11-25"]),
    ("thu 7 co lam viec ko a", ["2026-11-28"]),
    ("chieu thu nam khoang 2h toi ghe duoc ko", ["2026-11-26 14:00"]),
    ("ngay 15 nop thi bao gio xong", ["2026-12-15"]),
    ("8h sang mai toi mang ho so ra dc chua", ["2026-11-23 08:00"]),
    ("mot tuan nua quay lai lay duoc ko", ["2026-11-29"]),
    ("toi nop 3h chieu hom qua", ["2026-11-21 15:00"]),
]
SHORTHAND: list[tuple[str, list[str]]] = [
    ("t2 tuần sau e ra đc k", ["2026-11-23"]),
    ("t6 này em xin nghỉ làm để đi nộp hồ sơ cho con", ["2026-11-27"]),
    ("hnay phường mình có làm k ad", ["2026-11-22"]),
    ("mai 14h e qua dc hem", ["2026-11-23 14:00"]),
    ("t3 9h30 e nộp, khi nào có kq", ["2026-11-24 09:30"]),
    ("sáng cn này có trực k ạ", ["2026-11-22"]),
    ("15/12 e cưới, h làm giấy kịp k", ["2026-12-15"]),
    ("e nộp 15-12 thì bn ngày có", ["2026-12-15"]),
    ("t7 cn có làm hông ad", ["2026-11-28", "2026-11-22"]),
    ("nộp chiều t5 tuần này rồi mà chưa có j", ["2026-11-19"]),
]
ANYBODY: list[tuple[str, list[str]]] = [
    ("ngày kia 7h30 em có mặt", ["2026-11-24 07:30"]),
    ("Thứ bảy vừa qua tôi có tới nhưng đóng cửa", ["2026-11-21"]),
    ("Tuần tới, thứ tư, tôi mới sắp xếp được", ["2026-11-25"]),
    ("Thứ 2 mình ra nộp, thứ 6 lấy luôn được không?", ["2026-11-23", "2026-11-27"]),
    ("Sáng thứ hai 8 giờ hay chiều thứ ba 3 giờ thì vắng hơn?", ["2026-11-23 08:00", "2026-11-24 15:00"]),
    ("NGÀY MAI CÓ LÀM VIỆC KHÔNG", ["2026-11-23"]),
    ("mốt cô Mai đi làm giấy chứng tử cho bà ngoại", ["2026-11-24"]),
    ("30/4 phường có nghỉ không", ["2027-04-30"]),
]
NO_DAY = [
    "Nghị định 118/2025/NĐ-CP quy định gì về một cửa",
    "thông tư 01/2026/TT-BTP có hiệu lực chưa",
    "Được hưởng 1/2 suất trợ cấp thì làm sao",
    "đường dây nóng có trực 24/24 không",
    "trang nộp hồ sơ qua mạng chạy 24/7 phải không",
    "lệ phí 15.000 đồng một bản phải không ạ",
    "thu nhập 3.5 triệu một tháng có được hộ nghèo không",
    "thủ tục 1.001193 cần gì",
    "số em là 0912 345 678, gọi lại giúp em",
    "0905.15.12.26 gọi số này nha",
    "giải quyết 3 ngày làm việc hay 5 ngày làm việc",
    "trong 60 ngày phải khai sinh đúng không",
    "chờ 15 ngày rồi chưa thấy gì",
    "trong 7 ngày không nộp có bị phạt không",
    "thứ nhất là em chưa có chồng, thứ hai là con em mang họ mẹ thì làm sao",
    "cái thứ hai ấy",
    "cho xem thủ tục thứ ba trong danh sách",
    "em sinh con thứ hai thì giấy tờ có khác không",
    "lay cai thu 2 di",
    "cho toi 1 ban chinh, mot ban sao",
    "cho em xin một bản, à không, hai bản",
    "hỗ trợ chi phí mai táng cho người cao tuổi",
    "ho tro mai tang phi can giay gi",
    "nhà tôi có vườn hoa mai, muốn đăng ký hộ kinh doanh",
    "chị Mai ở bộ phận một cửa có đó không",
    "cho gặp bà mai địa chính",
    "Con gái tôi là Nguyễn Thị Mai, sai chữ lót trong khai sinh",
    "trong ngày mai táng cho ông có cần khai tử trước không",
    "cái kia thì sao",
    "nhà bên kia lấn đất nhà tôi",
    "tôi sinh năm 2000, vợ sinh năm 1999",
    "đợi quá 3 giờ đồng hồ mà chưa tới lượt",
    "phuong lam tu 7h30 den 11h30 phai khong",
    "mùng 5 Tết phường có làm không",
    "ngày 15 tháng giêng có nghỉ không",
    "ngày 10/3 âm lịch có được nghỉ không",
    "31/2 em nộp được không",
    "hôm trước em có hỏi rồi mà chị trả lời khác",
    "tuần trước tôi nộp rồi",
    "mai mốt con lớn muốn đổi họ có được không",
    "dang ky kinh doanh thuong mai thi can gi",
    "lay so thu tu o dau",
    "nhà tôi ở hẻm 15/12 đường 30/4, nhập hộ khẩu cần gì",
    "phải nộp ngay 2 bản photo hả",
    "từ đó tới nay chưa ai gọi tôi",
    "khám sức khỏe 6 tháng 1 lần có bắt buộc không",
    "doi chieu ban goc voi ho chieu can gi",
    "tầm 5-7 ngày là có phải không",
]
OTHER_NOWS: list[tuple[datetime, str, list[str]]] = [
    (NEW_YEARS_EVE, "mai có làm không ạ", ["2027-01-01"]),
    (NEW_YEARS_EVE, "thứ hai tuần sau mình lên", ["2027-01-04"]),
    (NEW_YEARS_EVE, "nộp 28/12 mà sao chưa có, 5/1 em ra lấy được không", ["2026-12-28", "2027-01-05"]),
    (NEW_YEARS_EVE, "ngày 15 em mới rảnh", ["2027-01-15"]),
    (NEW_YEARS_EVE, "thứ năm này còn làm tới mấy giờ", ["2026-12-31"]),
    (NEW_YEARS_EVE, "hom kia 8 gio sang toi co len", ["2026-12-29 08:00"]),
    (NEW_YEARS_EVE, "thứ năm vừa rồi tôi nộp", ["2026-12-24"]),
    (LEAP, "mai em nộp", ["2028-02-29"]),
    (LEAP, "29/2 phường làm việc không", ["2028-02-29"]),
    (LEAP, "cuối tháng em lấy được không", ["2028-02-29"]),
    (LEAP, "t2 này em lên liền", ["2028-02-28"]),
    (LAST_OF_JANUARY, "một tháng nữa em quay lại", ["2027-02-28"]),
]
MESSAGES: list[tuple[datetime, str, list[str]]] = [
    *((NOW, *case) for case in OLD_FARMER + YOUNG_MOTHER + OFFICIAL + NO_MARKS + SHORTHAND + ANYBODY),
    *((NOW, message, []) for message in NO_DAY),
    *OTHER_NOWS,
]


def _shown(found: list[Said]) -> list[str]:
    return [f"{said.day}" + (f" {said.hour:%H:%M}" if said.hour else "") for said in found]


def _expand(part: str) -> list[str]:
    return [line for line in part.split("|") if line]


def test_there_are_messages_enough() -> None:
    assert len(MESSAGES) >= 120
    assert sum(not expected for _, _, expected in MESSAGES) >= 40
    assert len({message for _, message, _ in MESSAGES}) == len(MESSAGES)


@pytest.mark.parametrize(("now", "message", "expected"), MESSAGES)
def test_the_days_of_a_message(now: datetime, message: str, expected: list[str]) -> None:
    assert _shown(days_in(message, now)) == expected


PHRASES = [
    ("2026-11-21", "hôm qua|bữa qua|chiều qua|hom qua|đêm qua"),
    ("2026-11-20", "hôm kia|hom kia|cách đây 2 ngày|hai ngày trước|2 bữa trước|cách nay hai hôm"),
    ("2026-11-22", "hôm nay|bữa nay|bữa ni|chiều nay|sáng nay|tối nay|hnay|hom nay|Hôm Nay"),
    ("2026-11-23", "mai|Mai|ngày mai|Ngày Mai|sáng mai|chiều mai|tối mai|ngay mai|thứ hai|thứ 2|t2|T2|thu hai"),
    (
        "2026-11-23",
        "thứ hai tuần tới|tuần sau thứ hai|thứ hai tới|đầu tuần sau|mai, thứ hai|mai là 23/11|ngày mai (thứ hai)",
    ),
    ("2026-11-24", "mốt|ngày mốt|sáng mốt|ngày kia|ngay mot|sang mot|chieu mot|ngay kia|thứ ba này|t3 này"),
    ("2026-11-25", "3 ngày nữa|ba hôm nữa|thứ tư|thu tu tuan sau|ba bữa nửa|thứ Tư"),
    ("2026-11-28", "thứ bảy|thứ bẩy|thứ 7|t7|cuối tuần|cuối tuần này|thứ bảy tuần sau|cuoi tuan nay"),
    ("2026-11-29", "một tuần nữa|1 tuần nữa|chủ nhật tuần sau|cn tuần tới"),
    ("2026-11-16", "thứ hai tuần này|thứ hai vừa rồi|thứ 2 vừa qua|hôm thứ hai|thứ hai tới giờ|đầu tuần này"),
    ("2026-11-13", "thứ sáu tuần trước|t6 tuần rồi|tuần trước thứ sáu"),
    (
        "2026-12-15",
        "15/12|15-12|ngày 15|15/12/2026|15-12-2026|15.12.2026|15/12/26|15 tháng 12|ngày 15.12|15 / 12 / 2026",
    ),
    ("2026-12-15", "15 tháng 12 năm 2026|ngày 15 tháng 12, 2026|thứ ba 15/12|15/12 (thứ ba)|thứ 3 ngày 15 tháng 12"),
    (
        "2026-12-15",
        "ngày mười lăm tháng mười hai|15/12 năm nay|ngày 15 tháng sau|sáng ngày 15/12|muoi lam thang muoi hai",
    ),
    ("2026-12-01", "đầu tháng sau|đầu tháng 12|1/12|mùng 1 tháng 12"),
    ("2026-11-01", "đầu tháng|đầu tháng này|mùng 1 tháng này"),
    ("2026-10-04", "mùng 4 tháng trước|ngày 4 tháng trước"),
    ("2026-11-30", "cuối tháng|cuối tháng này|cuối tháng 11|cuoi thang 11"),
    ("2026-12-31", "cuối tháng sau|cuối tháng 12|ngày 31/12"),
    ("2027-02-01", "ngày 1/2|mùng 1 tháng 2|1 tháng hai"),
    ("2027-05-20", "20/5|20 tháng 5|20 tháng năm|20 tháng năm năm 2027|20 tháng 5 năm sau"),
    ("2025-12-15", "15/12 năm ngoái|15/12/2025|15 tháng 12 năm 2025"),
    ("2026-12-06", "2 tuần nữa|hai tuần nữa"),
    ("2026-12-22", "1 tháng nữa|một tháng nữa"),
]


@pytest.mark.parametrize(("day", "phrase"), [(day, phrase) for day, several in PHRASES for phrase in _expand(several)])
def test_one_day_said_in_many_ways(day: str, phrase: str) -> None:
    assert _shown(days_in(phrase, NOW)) == [day]
    assert _shown(days_in(f"Dạ cho em hỏi, {phrase[0].lower()}{phrase[1:]} em tới được không ạ?", NOW)) == [day]


HOURS = [
    (
        "15:00",
        "15 giờ|15h|15:00|3h chiều|3 giờ chiều|ba giờ chiều|hơn 3 giờ chiều|3 gio chieu|15g00|lúc 15 giờ 00|3 giờ",
    ),
    ("15:30", "15 giờ 30|15h30|3 rưỡi chiều|3h rưỡi chiều|3 giờ rưỡi chiều|15 giờ 30 phút|15h30p|ba ruoi chieu"),
    ("08:00", "8h|8 giờ|8-9h|tám giờ sáng|8:00|08 giờ|8h em có mặt"),
    ("07:45", "8 giờ kém 15|7h45|8h kém 15 sáng"),
    ("11:00", "11 giờ trưa|mười một giờ|11h trua"),
    ("13:00", "1 giờ trưa|1h chiều|13h"),
    ("19:00", "7 giờ tối|19h"),
    ("03:00", "3 giờ sáng|03:00 sáng"),
]


@pytest.mark.parametrize(("hour", "phrase"), [(hour, phrase) for hour, several in HOURS for phrase in _expand(several)])
def test_one_hour_said_in_many_ways(hour: str, phrase: str) -> None:
    for message in (f"thứ sáu này {phrase}", f"{phrase} thứ sáu này em nộp", f"27/11/2026 {phrase}"):
        assert _shown(days_in(message, NOW)) == [f"2026-11-27 {hour}"]


@pytest.mark.parametrize(
    "message",
    [
        *["mai em đợi quá 3 giờ đồng hồ", "mai nộp thì trong 8 giờ có không", "mai có trực 24 giờ không"],
        *["mai bây giờ em hỏi", "mai em lên tầng 3", "mai em mang 5 triệu", "mai em gọi 0912 345 678"],
        *["mai 2 tiếng nữa em hỏi", "mai em mang bản chính", "mai em mang ban chinh ra", "mai bay gio em hoi"],
    ],
)
def test_a_stretch_of_time_is_no_hour(message: str) -> None:
    assert _shown(days_in(message, NOW)) == ["2026-11-23"]


def test_the_half_of_the_day_may_stand_apart_from_the_hour() -> None:
    assert _shown(days_in("chiều thứ sáu này chắc cũng hơn 4 giờ tui mới ra tới", NOW)) == ["2026-11-27 16:00"]
    assert _shown(days_in("sáng mai tầm 8 rưỡi sáng", NOW)) == ["2026-11-23 08:30"]


def test_the_hour_without_a_half_of_the_day_is_one_at_which_people_are_up() -> None:
    """Nobody files papers at three at night; who means it says so."""
    assert _shown(days_in("mai 3 giờ em ra", NOW)) == ["2026-11-23 15:00"]
    assert _shown(days_in("bé sinh 3 giờ sáng hôm qua", NOW)) == ["2026-11-21 03:00"]


def test_the_hour_of_another_half_of_the_day_is_another_days() -> None:
    assert _shown(days_in("rể tôi về lúc 11 giờ đêm. Sáng nay tôi mới nhớ là phải báo", NOW)) == ["2026-11-22"]


def test_this_evening_without_marks_begins_a_clause() -> None:
    """Elsewhere "toi nay" is "tôi nay" or "tới nay"."""
    assert _shown(days_in("toi nay con ai lam viec khong", NOW)) == ["2026-11-22"]
    assert _shown(days_in("cho hoi, toi nay nop qua mang, mai co khong", NOW)) == ["2026-11-22", "2026-11-23"]


def test_the_words_are_those_that_were_typed() -> None:
    said = days_in("Dạ Sáng Thứ  Sáu này 8h em nộp, còn 15/12/2026 thì sao", NOW)
    assert [(one.words, one.has_year) for one in said] == [("Sáng Thứ  Sáu này", False), ("15/12/2026", True)]


def test_what_is_said_twice_is_one_day_and_keeps_the_hour() -> None:
    assert days_in("mai em nộp, mai 9 giờ em tới", NOW) == [Said(date(2026, 11, 23), time(9), "mai", False)]


def test_a_year_said_in_words_counts_as_said() -> None:
    assert days_in("20 tháng 8 năm ngoái", NOW)[0].has_year
    assert not days_in("20 tháng 8", NOW)[0].has_year


@pytest.mark.parametrize(
    "phrase",
    _expand(
        "24/7|24/24|1/2 suất|2/3 diện tích|12/2026|tháng 12/2026|32/1|0/5|31/4|29/2|ngày 32|mục 1.12|15.12"
        "|15 ngày|một tuần|3 ngày|bảy ngày làm việc|7-10 ngày|10-12 bản|trước 3 ngày|3 ngày trước khi cưới"
        "|15/8 âm|15/8 âm lịch|rằm tháng 7|mùng 3 tết|20 tháng chạp|20 thang chap|ngày 15 âm lịch|15/8 al"
        "|hoa mai|cây mai vàng|khuyến mại|khuyen mai|thương mại|Hoàng Mai|tên mai|chị mai|em Mai|nay mai|một mai"
        "|người thứ hai|câu thứ 2|mục thứ ba|con thứ ba|con thu 2|đứa thứ tư|thứ nhất|số thứ tự|thứ tự|thu tuc|thư từ"
        "|thu 5 nghìn|thu 2 ban|mot|một|mot ban|hai mươi mốt|mốt thời trang|kia|đằng kia|cái kia|hôm nọ|hôm sau"
        "|năm nay|lâu nay|xưa nay|trước nay|nay|tháng này|tuần sau|tháng sau|năm sau|đến nay|mấy hôm nay là sao"
        "|bản chính|ban chinh|trung tâm hành chính công|tu thang 3|tu thang truoc roi|nghi sau thang nam|bây giờ"
        "|bay gio|ap mai nha|mai ton|bên thứ ba|thửa thứ hai|dòng thứ 2|cái t3|hôn thú hai người|ba tháng tư|mùng 5"
        "|nay đây mai đó|mấy hôm nay|mấy hnay|bảo mật hộ chiếu qua mạng|ho chieu qua mang|thu tu lam giay"
        "|bốn mốt tuổi|chung toi nay da gia"
        "|giấy cn|lớp 9/12|số nhà 15/12|đường 3/2|ngày 2 lần|mỗi ngày 3 lượt|1 ngày 8 tiếng|3 tháng 2 lần"
        "|lấy ngay 3 tờ được không|sang quá|quá tối|tôi qua phường|tôi nay 70 tuổi"
        "|số 15-12-1234-99|QĐ 15/12/QĐ-UB|0912-15-12"
    ),
)
def test_what_only_looks_like_a_day(phrase: str) -> None:
    assert days_in(phrase, NOW) == []
    assert days_in(f"dạ cho em hỏi {phrase} thì sao ạ", NOW) == []


def test_a_day_of_the_month_on_which_somebody_was_born_or_died_is_past() -> None:
    assert _shown(days_in("bé sinh ngày 15 thì hạn tới bao giờ", NOW)) == ["2026-11-15"]
    assert _shown(days_in("ông tôi mất ngày mùng 3", NOW)) == ["2026-11-03"]
    assert _shown(days_in("bé sinh ngày 30 thì hạn tới bao giờ", NOW)) == ["2026-10-30"]


@pytest.mark.parametrize("piece", ["ngày ", "thứ hai ", "15/12 ", "mai  ", "1", " ", "tuần sau, ", "hai mươi ", "8h "])
def test_a_very_long_text_takes_no_long_time(piece: str) -> None:
    started = perf_counter()
    days_in(piece * (5000 // len(piece)), NOW)
    assert perf_counter() - started < 1


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    days_in(text, NOW)


PIECES = """thứ hai sáu bảy nhật chủ tuần tháng ngày này sau trước nữa đầu cuối mai mốt hôm qua kia nay sáng chiều giờ
rưỡi kém năm mười mươi 0 1 2 15 29 31 99 2026 0000 9999 / - . : ( , h g t2 cn âm tết cách đây""".split()


@given(
    st.lists(st.sampled_from([*PIECES, " ", "  "]), max_size=14),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
)
def test_any_heap_of_its_words_is_read_without_an_error(pieces: list[str], now: datetime) -> None:
    for text in (" ".join(pieces), "".join(pieces)):
        days = [said.day for said in days_in(text, now)]
        assert len(days) == len(set(days))


@given(st.dates(), st.sampled_from(["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}"]))
def test_every_date_written_in_full_is_found(day: date, form: str) -> None:
    written = form.format(d=day.day, m=day.month, y=f"{day.year:04}")
    assert days_in(f"em nộp {written} thì sao", NOW) == [Said(day, None, written, True)]


@given(st.dates(NOW.date() - timedelta(days=180), NOW.date() + timedelta(days=180)))
def test_a_date_without_its_year_is_the_nearest(day: date) -> None:
    assert [said.day for said in days_in(f"ngày {day.day} tháng {day.month}", NOW)] == [day]


@given(st.sampled_from(MESSAGES), st.sampled_from(["NFD", "NFKD", "NFC"]))
def test_decomposed_letters_say_the_same(case: tuple[datetime, str, list[str]], form: str) -> None:
    now, message, _ = case
    assert days_in(unicodedata.normalize(form, message), now) == days_in(message, now)


@given(st.text())
def test_any_decomposed_text_says_the_same(text: str) -> None:
    assert days_in(unicodedata.normalize("NFD", text), NOW) == days_in(unicodedata.normalize("NFC", text), NOW)


# Bare "mot" is "một" unless "ngay", "sang" or "chieu" stands before it.
NEEDS_ITS_MARKS = "mốt cô Mai đi làm giấy chứng tử cho bà ngoại"


@pytest.mark.parametrize(
    ("now", "message", "expected"), [case for case in MESSAGES if case[2] and case[1] != NEEDS_ITS_MARKS]
)
def test_a_day_is_found_without_its_marks(now: datetime, message: str, expected: list[str]) -> None:
    assert _shown(days_in(fold(message), now)) == expected


@pytest.mark.parametrize("message", NO_DAY)
def test_nothing_is_found_without_its_marks_either(message: str) -> None:
    assert days_in(fold(message), NOW) == []
