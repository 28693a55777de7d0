"""Passwords made of a familiar word or two, with digits added, are refused.

Django's list of common passwords is English. This one knows what people here type: everyday
Vietnamese, the words and places of the office, the rows of the keyboard. A rule over a short
list refuses more than a long list would: every pair of its words, in any case and order, with
any digits and marks around them.
"""

import re
from functools import cache

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.db.models import Q

from povertyplan.core.models import Area, User
from povertyplan.core.text.vietnamese import search_key

TOO_FAMILIAR = (
    "Mật khẩu này dễ đoán: chỉ gồm một, hai từ quen thuộc, tên người, tên địa bàn, dãy phím hoặc "
    "dãy số. Dùng ít nhất ba từ không liên quan đến nhau."
)
WORDS_NEEDED = 3
SHORTEST_WALK = 3
# Marks that may stand for a letter, as in "p@$$w0rd", and digits that do.
MARKS = "@$!"
SUBSTITUTES = str.maketrans("013457@$!", "oieastasi")
WALKS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "q1w2e3r4t5y6u7i8o9p0",
    "01234567890",
)

EVERYDAY = """
    mật khẩu|mật mã|xin chào|tạm biệt|cảm ơn|anh yêu em|em yêu anh|anh nhớ em|yêu em|yêu anh|
    con yêu|bố yêu|mẹ yêu|yêu mẹ|ba mẹ|bố mẹ|gia đình|hạnh phúc|bình an|may mắn|tình yêu|
    tình bạn|mãi mãi|một mình|không biết|không nhớ|quên rồi|đăng nhập|tài khoản|người dùng|
    quản trị|quản trị viên|máy tính|điện thoại|học sinh|sinh viên|giáo viên|bác sĩ|bóng đá|
    con mèo|con chó|con gà|con lợn|con trâu|mèo con|gấu bông|hoa hồng|hoa sen|hoa mai|hoa đào|
    mùa xuân|mùa hè|mùa thu|mùa đông|mặt trời|mặt trăng|bầu trời|ngôi sao|trời xanh|sao vàng|
    cờ đỏ|thành công|phát tài|phát lộc|an khang|thịnh vượng|chúc mừng|năm mới|sinh nhật|
    hòa bình|độc lập|tự do|bác hồ|tổ quốc|quê hương|đất nước|đồng bào|bí mật|riêng tư|
    thứ hai|chủ nhật|hôm nay|ngày mai|tháng một|cà phê|bánh mì|trà sữa|nước mắm|xe máy|
    vàng bạc|tiền bạc|đại gia|nông dân|con trai|con gái|bé yêu|cục cưng|vợ yêu|chồng yêu|
    password|admin|administrator|root|login|welcome|letmein|hello|iloveyou|love|secret|master|
    dragon|monkey|football|sunshine|princess|superman|batman|facebook|google|zalo|youtube|tiktok|
    samsung|iphone|nokia|windows|computer|internet|system|test|demo|user|guest|changeme|default|
    pass|abc|xyz|qwerty|azerty|linux|server|office|excel|word|hanoi|saigon|vietnam
"""
OFFICE = """
    giảm nghèo|giảm nghèo bền vững|xóa đói|xóa đói giảm nghèo|hộ nghèo|hộ cận nghèo|cận nghèo|
    thoát nghèo|không nghèo|nghèo đa chiều|đa chiều|rà soát|phiếu rà soát|rà soát viên|
    bảo trợ|trợ cấp|chính sách|xã hội|bảo hiểm|y tế|giáo dục|lao động|việc làm|nhà ở|nước sạch|
    kế hoạch|báo cáo|chỉ tiêu|quyết định|nghị định|thông tư|công văn|ủy ban|ủy ban nhân dân|
    nhân dân|hội đồng|chủ tịch|phó chủ tịch|bí thư|đảng ủy|đảng viên|mặt trận|mặt trận tổ quốc|
    đoàn thể|phụ nữ|thanh niên|nông thôn|nông thôn mới|đô thị|cán bộ|công chức|viên chức|văn phòng|
    văn hóa|kinh tế|tài chính|địa chính|tư pháp|hộ tịch|dân cư|căn cước|phường|xã|thôn|làng|bản|
    ấp|khu phố|tổ dân phố|trưởng thôn|tổ trưởng|đặc khu|huyện|quận|thị xã|thành phố|tỉnh|
    ubnd|hđnd|lđtbxh|mttq|cccd|bhyt|povertyplan|poverty|plan|quản lý|quản lý giảm nghèo|
    việt nam|chương trình|mục tiêu|quốc gia|dự án|tiểu dự án|hỗ trợ|sinh kế|hộ gia đình|nhân khẩu
"""
PLACES = """
    hà nội|sài gòn|hồ chí minh|thành phố hồ chí minh|đà nẵng|hải phòng|cần thơ|huế|kon tum|
    quảng ngãi|gia lai|pleiku|đắk lắk|đăk lăk|buôn ma thuột|đắk nông|lâm đồng|đà lạt|đăk cấm|
    đăk bla|đăk rơ wa|ngọk bay|ia chim|kon rẫy|kon plông|măng đen|đăk tô|đăk hà|sa thầy|ngọc hồi|
    tu mơ rông|đăk glei|tây nguyên|tây bắc|miền trung|miền nam|miền bắc|điện biên|lai châu|sơn la|
    hòa bình|lào cai|yên bái|hà giang|tuyên quang|cao bằng|bắc kạn|lạng sơn|thái nguyên|bắc giang|
    bắc ninh|phú thọ|vĩnh phúc|quảng ninh|hải dương|hưng yên|thái bình|nam định|ninh bình|hà nam|
    thanh hóa|nghệ an|vinh|hà tĩnh|quảng bình|quảng trị|quảng nam|bình định|quy nhơn|phú yên|
    khánh hòa|nha trang|ninh thuận|bình thuận|phan thiết|bình phước|bình dương|đồng nai|biên hòa|
    tây ninh|vũng tàu|bà rịa|long an|tiền giang|bến tre|trà vinh|vĩnh long|đồng tháp|an giang|
    kiên giang|phú quốc|hậu giang|sóc trăng|bạc liêu|cà mau|sông hồng|mê kông|trường sơn|
    trường sa|hoàng sa|biển đông
"""
NAMES = """
    nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|văn|thị|anh|hương|hoa|
    lan|mai|linh|trang|thảo|thu|hà|hồng|hạnh|hùng|dũng|tuấn|minh|nam|long|sơn|thành|tùng|quang|
    huy|khánh|đức|bình|cường|trung|kiên|phúc|tâm|ngọc|yến|vy|my|nhung|phương|thanh|xuân|thủy|
    tiến|toàn|tú|việt|vinh|y|siu|rơ châm|kpuih|ksor|nay|rah lan|h'|niê|êban
"""


def squash(text: str) -> str:
    """Lower case without accents, spaces and most marks: "Mật-khẩu 1!" is "matkhau1!"."""
    return re.sub(f"[^0-9a-z{MARKS}]", "", search_key(text))


@cache
def familiar_words() -> frozenset[str]:
    """The words of every list above, squashed."""
    words = "|".join((EVERYDAY, OFFICE, PLACES, NAMES)).split("|")
    return frozenset(filter(None, map(squash, words)))


class LengthValidator(MinimumLengthValidator):
    """Django's rule of length, whose refusal has no Vietnamese words of its own."""

    def get_error_message(self) -> str:
        return f"Mật khẩu này ngắn quá: cần ít nhất {self.min_length} ký tự."


class FamiliarWordsValidator:
    """Refuse a password that fewer than three familiar words, digits and key rows make up."""

    def validate(self, password: str, user: User | None = None) -> None:
        own = _own_words(user) if user is not None and user.pk else frozenset()
        if _words_in(squash(password), familiar_words() | own) < WORDS_NEEDED:
            raise ValidationError(TOO_FAMILIAR, code="password_too_familiar")

    def get_help_text(self) -> str:
        return "Không dùng một, hai từ quen thuộc, tên người, tên địa bàn, dãy phím, dãy số."


def _own_words(user: User) -> frozenset[str]:
    """Names of the user and of the areas and villages around."""
    names = [user.username, user.full_name, *user.full_name.split(), user.job_title]
    if user.ward is not None:
        around = Area.objects.filter(Q(pk=user.ward.pk) | Q(parent=user.ward.pk))
        for area in around:
            names += [area.name, area.name.partition(" ")[2]]
    return frozenset(word for word in map(squash, names) if word)


def _words_in(text: str, words: frozenset[str]) -> int:
    """The fewest words that make up the whole text; digits and key rows are free.

    A text that has anything else in it counts as enough words.
    """
    fewest: list[int] = [0] + [WORDS_NEEDED] * len(text)
    longest = max(map(len, words))
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - longest), end):
            part = text[start:end]
            if part in words or part.translate(SUBSTITUTES) in words:
                fewest[end] = min(fewest[end], fewest[start] + 1)
            elif _is_free(part):
                fewest[end] = min(fewest[end], fewest[start])
    return fewest[-1]


def _is_free(part: str) -> bool:
    """Whether a part adds nothing to guess: digits, one letter over and over, a row of keys."""
    if part.isdigit() or part in MARKS or (len(set(part)) == 1 and len(part) >= SHORTEST_WALK):
        return True
    return len(part) >= SHORTEST_WALK and any(part in walk or part in walk[::-1] for walk in WALKS)
