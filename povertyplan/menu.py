"""What stands around every page: the menu of the user's roles, the ward, the day, the demo mark."""

from django.conf import settings
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core import clock
from povertyplan.core.access.rules import AccessScope, may_open, user_opening
from povertyplan.core.areas import WARD
from povertyplan.core.models import Area

SETTINGS_LIST = "core:settings_list"
REGION_BOARD = "reports:region_board"
SEARCHED = "households:household_list"

# Key, label, view: in the order of the side menu.
ENTRIES = [
    ("regions", "Nhiều phường, xã", REGION_BOARD),
    ("todo", "Việc cần làm", "reports:todo"),
    ("households", "Hộ gia đình", SEARCHED),
    ("reviews", "Rà soát hằng năm", "households:campaign_list"),
    ("handovers", "Sau quyết định", "projects:handover_list"),
    ("needs", "Nhu cầu hỗ trợ", "households:need_list"),
    ("facts", "Bảo hiểm y tế, đi học", "households:fact_list"),
    ("workers", "Lao động thu nhập thấp", "households:worker_list"),
    ("pledges", "Đăng ký thoát nghèo", "households:pledge_list"),
    ("projects", "Dự án, chính sách", "projects:project_list"),
    ("money", "Kinh phí", "projects:money_year"),
    ("donations", "Tiền, hàng ủng hộ", "projects:donation_list"),
    ("unit", "Việc của đơn vị tôi", "projects:unit_work"),
    ("supports", "Hỗ trợ đã cấp", "projects:support_list"),
    ("publicity", "Công khai", "projects:publicity_plan"),
    ("targets", "Chỉ tiêu", "reports:target_list"),
    ("reaching", "Để đạt chỉ tiêu", "reports:reaching"),
    ("simulation", "Mô phỏng chuẩn nghèo", "reports:simulation"),
    ("plans", "Kế hoạch", "reports:plan_list"),
    ("plan_results", "Thực hiện kế hoạch", "reports:plan_result_list"),
    ("reports", "Báo cáo", "reports:report_list"),
    ("village_parts", "Báo cáo của thôn, tổ dân phố", "reports:village_part_list"),
    ("supervision", "Giám sát", "reports:finding_list"),
    ("forms", "Kho mẫu biểu", "reports:form_list"),
    ("dashboard", "Bảng điều hành", "reports:dashboard"),
    ("settings", "Thiết lập", SETTINGS_LIST),
    ("audit", "Nhật ký", "core:audit_list"),
]

# Label, view, what for: in the order of the page of settings.
SETTINGS = [
    (
        "Phường, xã",
        "core:ward_detail",
        "Tên, mã, khu vực; cơ quan ban hành và địa danh in trên văn bản.",
    ),
    (
        "Thôn, tổ dân phố",
        "households:village_list",
        "Thêm, đổi tên, nhập, tách, kết thúc thôn khi có quyết định; số liệu trước đó không đổi.",
    ),
    (
        "Đơn vị",
        "core:unit_list",
        "Phòng, trạm, đoàn thể, ngân hàng được giao việc: tên in trên văn bản, đơn vị thay thế.",
    ),
    (
        "Việc giao riêng cho đơn vị",
        "projects:duty_list",
        "Đơn vị nào giữ sổ tiền, hàng ủng hộ; đơn vị nào ghi kinh phí của mọi dự án.",
    ),
    (
        "Tổng số hộ, nhân khẩu",
        "households:population_list",
        "Tổng số hộ dân cư từng thôn và cả phường, xã vào một ngày, kèm nguồn: mẫu số của tỷ lệ.",
    ),
    (
        "Người dùng và vai trò",
        "core:user_list",
        "Thêm người dùng, giao và kết thúc vai trò, cấp mật khẩu dùng một lần, ngừng tài khoản.",
    ),
    (
        "Ngày nghỉ, ngày làm bù",
        "households:holiday_list",
        "Ngày nghỉ và ngày làm bù của từng năm, để tính thời gian niêm yết và các thời hạn.",
    ),
    (
        "Loại nhu cầu",
        "households:need_kind_list",
        "Các loại nhu cầu hỏi hộ khi rà soát; thêm loại riêng của phường, xã.",
    ),
    (
        "Chương trình, dự án",
        "projects:programme_list",
        "Chương trình, dự án thành phần, chính sách chung dùng cho phân công và kế hoạch.",
    ),
    (
        "Loại hỗ trợ",
        "projects:support_kinds",
        "Ai được nhận, bao lâu một lần, mức nào, theo văn bản nào; danh mục dùng chung.",
    ),
    (
        "Thủ tục dự án sản xuất",
        "projects:livelihood_procedure_list",
        "Số ngày công khai, tỷ lệ đối tượng, bên thẩm định mô hình sinh kế, theo văn bản nào.",
    ),
    (
        "Khóa số liệu",
        "core:period_list",
        "Khóa số liệu của năm đã báo cáo để không ai sửa được; lãnh đạo mở khóa để đính chính.",
    ),
]


# What anybody may read, but only some find among their settings: those who open the second view.
SET_BY = {
    "projects:support_kinds": "projects:support_kind_list_import",
    "projects:livelihood_procedure_list": "projects:livelihood_procedure_edit",
}


def menu_for(user, path: str, *, has_settings: bool) -> list[dict]:
    """The entries whose view the user's roles open, with the one that holds `path` marked.

    That of the settings is there only when one of them is.
    """
    items = []
    regions = user_opening(user.narrowed_to(user.grants_today), REGION_BOARD).regions
    for key, label, view in ENTRIES:
        if view == SETTINGS_LIST and not has_settings:
            continue
        if RULES[view].scope == AccessScope.REGION and not regions:
            continue
        if RULES[view].allows(user.roles, writing=False):
            url = reverse(view)
            items.append({"key": key, "label": label, "url": url, "active": path.startswith(url)})
    return items


def settings_for(user) -> list[dict]:
    """The settings that they may open in a ward of theirs."""
    wards = user.narrowed_to(user.grants_today).wards
    return [
        {"label": label, "url": reverse(view), "text": text}
        for label, view, text in SETTINGS
        if any(may_open(user, SET_BY.get(view, view), area=ward) for ward in wards)
    ]


def _ward_around(user) -> Area | None:
    """The ward that all of a page lies in; none where it mixes those of the user's roles."""
    return user.ward if len(user.wards) == 1 else None


def shell(request) -> dict:
    """Context processor: what base.html asks for, and `settings_pages`.

    `may_search` is whether the list that the search of the bar leads to opens for them.

    `ward_choices` are the wards between which the reader of a page of one ward can change;
    `ward_query` names that ward in the address of a form that is sent to another page.
    """
    user = getattr(request, "user", None)
    signed_in = user if user is not None and user.is_authenticated else None
    pages = settings_for(signed_in) if signed_in else []
    named = getattr(request, "ward_named", None)
    return {
        "menu": menu_for(signed_in, request.path, has_settings=bool(pages)) if signed_in else [],
        "settings_pages": pages,
        "may_search": signed_in is not None
        and RULES[SEARCHED].allows(signed_in.roles, writing=False),
        "ward": _ward_around(signed_in) if signed_in else None,
        "ward_choices": getattr(request, "ward_choices", []),
        "ward_query": f"?{WARD}={named.pk}" if named else "",
        "demo": settings.DEMO,
        "today": clock.today(),
    }
