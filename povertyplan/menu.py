"""What stands around every page: the menu of the user's roles, the ward, the day, the demo mark."""

from django.conf import settings
from django.urls import reverse

from povertyplan.access import RULES
from povertyplan.core import clock

# Key, label, view: in the order of the side menu.
ENTRIES = [
    ("todo", "Việc cần làm", "reports:todo"),
    ("households", "Hộ gia đình", "households:household_list"),
    ("reviews", "Rà soát hằng năm", "households:campaign_list"),
    ("projects", "Dự án thành phần", "projects:project_list"),
    ("targets", "Chỉ tiêu", "reports:target_list"),
    ("plans", "Kế hoạch", "reports:plan_list"),
    ("reports", "Báo cáo", "reports:report_list"),
    ("forms", "Kho mẫu biểu", "reports:form_list"),
    ("dashboard", "Bảng điều hành", "reports:dashboard"),
    ("settings", "Khóa số liệu", "core:period_list"),
    ("users", "Người dùng", "core:user_list"),
    ("villages", "Thôn, tổ dân phố", "households:village_list"),
    ("holidays", "Ngày nghỉ", "households:holiday_list"),
    ("audit", "Nhật ký", "core:audit_list"),
]


def menu_for(user, path: str) -> list[dict]:
    """The entries whose view the user's roles open, with the one that holds `path` marked."""
    items = []
    for key, label, view in ENTRIES:
        if RULES[view].allows(user.roles, writing=False):
            url = reverse(view)
            items.append({"key": key, "label": label, "url": url, "active": path.startswith(url)})
    return items


def shell(request) -> dict:
    """Context processor of base.html: `menu`, `ward`, `demo`, `today`."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "menu": menu_for(user, request.path) if signed_in else [],
        "ward": user.ward if signed_in else None,
        "demo": settings.DEMO,
        "today": clock.today(),
    }
