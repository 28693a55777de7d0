"""The shape of the rule table: which role may open which view.

Each app lists its own rows in its `access.py`; `povertyplan.access` collects them. A view
without a row answers 403. The same rows feed the middleware, the menu, the tests and the
printed authorisation sheet.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from povertyplan.core.choices import Role

if TYPE_CHECKING:
    from povertyplan.core.models import Area, RoleGrant, User

EVERY_ROLE = frozenset(Role)
NO_ROLE: frozenset[Role] = frozenset()


class AccessScope(StrEnum):
    """How far the rows of a view reach."""

    PUBLIC = "public"  # no log-in, no data
    SELF = "self"  # the user's own account
    SHARED = "shared"  # reference data, the same for every ward
    REGION = "region"  # rows of all wards of the user's province or district
    WARD = "ward"  # rows of the user's ward
    VILLAGE = "village"  # rows of the user's villages, or of the whole ward for ward roles


@dataclass(frozen=True)
class PageReading:
    """Personal data that a page shows in passing: who opens it leaves an access entry.

    `what` names the data, with the arguments of the address in braces. `subject` is the model of
    the row that the argument `key` names; without one the page is about the whole ward. `roles`
    are those that are shown the data, where others see the page without it.
    """

    what: str
    subject: str = ""
    key: str = "pk"
    roles: frozenset[Role] = EVERY_ROLE


@dataclass(frozen=True)
class Rule:
    """One row: `reads` may open the view, `writes` may also post to it.

    `view` is the URL name with its namespace ("households:household_list"); `title` says in
    Vietnamese what it is for, on the printed authorisation sheet. `reading` is what its page shows
    of people, where opening it is written down.
    """

    view: str
    reads: frozenset[Role] = EVERY_ROLE
    writes: frozenset[Role] = NO_ROLE
    scope: AccessScope = AccessScope.WARD
    title: str = ""
    reading: PageReading | None = None

    def allows(self, roles: frozenset[str], *, writing: bool) -> bool:
        return not (self.writes if writing else self.reads).isdisjoint(roles)


@dataclass(frozen=True)
class SensitiveField:
    """A field that not every reader of its row sees; others read a mask, in the journal too.

    `reveals` may open a masked value one at a time, with a purpose that is written down.
    """

    model: str  # "households.person"
    field: str
    label: str
    reads: frozenset[Role] = NO_ROLE
    reveals: frozenset[Role] = NO_ROLE


def roles(*names: Role) -> frozenset[Role]:
    return frozenset(names)


def rules_of_writers(
    app: str, writers: frozenset[Role], *, scope: AccessScope = AccessScope.WARD, **titles: str
) -> list[Rule]:
    """Views of an app that the same roles read and post to, each with what it is for."""
    return [
        Rule(f"{app}:{view}", reads=writers, writes=writers, scope=scope, title=title)
        for view, title in titles.items()
    ]


def rules_of_register_file(
    app: str,
    register: str,
    name: str,
    writers: frozenset[Role],
    *,
    scope: AccessScope = AccessScope.WARD,
) -> list[Rule]:
    """A register from a file: the empty file, the file that is read, what is written of it."""
    view, save = f"{register}_import", f"{register}_import_save"
    titles = {view: f"Xem trước tệp {name}", save: f"Ghi {name} từ tệp"}
    return [
        Rule(
            f"{app}:{register}_template", reads=writers, scope=scope, title=f"Tệp mẫu nhập {name}"
        ),
        *rules_of_writers(app, writers, scope=scope, **titles),
    ]


def rule_of(view: str) -> Rule | None:
    """The row of a view; None for a view that nobody opened."""
    return import_string(settings.ACCESS_TABLE).get(view)


def user_opening(user: "User", view: str, *, writing: bool = False) -> "User":
    """The user with those grants in use that open a view: what they see there, what they write."""
    return user.narrowed_to(_opening(user.grants_in_use, view, writing))


def may_open(user: "User", view: str, *, area: "Area | None" = None, writing: bool = False) -> bool:
    """Whether the rule of a view opens it for a user: anywhere, or with a grant over `area`."""
    return any(
        area is None or area.path.startswith(grant.area.path)
        for grant in _opening(user.grants_today, view, writing)
    )


def may_open_inside(user: "User", view: str, ward: "Area") -> bool:
    """Whether the rule of a view opens it for a user in a ward, or in one of its villages."""
    opening = user.narrowed_to(_opening(user.grants_today, view, writing=False))
    return bool(opening.grants_around(ward))


def only_reads(user: "User", view: str) -> bool:
    """Whether all that the rule would let a user write is closed to grants above the wards."""
    rule = rule_of(view)
    if rule is None or _opening(user.grants_in_use, view, writing=True):
        return False
    return any(rule.allows(frozenset({grant.role}), writing=True) for grant in user.grants_in_use)


def _opening(grants: "list[RoleGrant]", view: str, writing: bool) -> "list[RoleGrant]":
    rule = rule_of(view)
    if rule is None:
        return []
    return [
        grant
        for grant in grants
        if rule.allows(frozenset({grant.role}), writing=writing)
        and not (writing and grant.only_reads)
    ]


JOURNAL_READERS = roles(Role.COORDINATOR, Role.LEADER, Role.ADMINISTRATOR)

USER_KEEPERS = roles(Role.ADMINISTRATOR)

SETUP_READERS = roles(Role.COORDINATOR, Role.ADMINISTRATOR)

PERIOD_KEEPERS = roles(Role.COORDINATOR, Role.LEADER)

RULES = [
    Rule("core:login", scope=AccessScope.PUBLIC, title="Đăng nhập"),
    Rule("core:healthz", scope=AccessScope.PUBLIC, title="Máy chủ còn chạy tốt hay không"),
    Rule("core:logout", writes=EVERY_ROLE, scope=AccessScope.SELF, title="Đăng xuất"),
    Rule("core:login_code", writes=EVERY_ROLE, scope=AccessScope.SELF, title="Nhập mã xác thực"),
    Rule(
        "core:kept_form",
        writes=EVERY_ROLE,
        scope=AccessScope.SELF,
        title="Lấy lại biểu mẫu gửi khi phiên làm việc đã hết",
    ),
    Rule("core:password_change", writes=EVERY_ROLE, scope=AccessScope.SELF, title="Đổi mật khẩu"),
    Rule("core:second_factor", writes=EVERY_ROLE, scope=AccessScope.SELF, title="Xác thực hai lớp"),
    Rule("core:job_detail", scope=AccessScope.SELF, title="Tiến độ của một việc chạy nền"),
    Rule("core:job_file", scope=AccessScope.SELF, title="Tải tệp mà một việc chạy nền đã lập"),
    Rule(
        "core:job_restart",
        writes=EVERY_ROLE,
        scope=AccessScope.SELF,
        title="Chạy lại một việc chạy nền bị ngắt",
    ),
    Rule("core:home", scope=AccessScope.SELF, title="Trang đầu theo vai trò"),
    Rule("core:styleguide", scope=AccessScope.SHARED, title="Mẫu giao diện"),
    Rule("core:audit_list", reads=JOURNAL_READERS, title="Nhật ký thao tác"),
    Rule("core:audit_detail", reads=JOURNAL_READERS, title="Chi tiết một thao tác"),
    Rule("core:access_list", reads=JOURNAL_READERS, title="Nhật ký xem dữ liệu cá nhân"),
    Rule(
        "core:ward_new",
        writes=EVERY_ROLE,
        scope=AccessScope.SELF,
        title="Lập phường, xã đầu tiên",
    ),
    Rule("core:ward_detail", reads=SETUP_READERS, title="Thông tin phường, xã"),
    Rule(
        "core:ward_edit",
        reads=USER_KEEPERS,
        writes=USER_KEEPERS,
        title="Sửa thông tin phường, xã",
    ),
    Rule("core:unit_list", reads=SETUP_READERS, title="Đơn vị của phường, xã"),
    Rule("core:unit_detail", reads=SETUP_READERS, title="Một đơn vị"),
    *(
        Rule(view, reads=SETUP_READERS, writes=SETUP_READERS, title=title)
        for view, title in (
            ("core:unit_new", "Thêm đơn vị"),
            ("core:unit_paste", "Dán danh sách đơn vị"),
            ("core:unit_edit", "Sửa đơn vị"),
            ("core:unit_end", "Kết thúc đơn vị"),
        )
    ),
    Rule("core:settings_list", reads=PERIOD_KEEPERS | USER_KEEPERS, title="Thiết lập"),
    Rule("core:period_list", reads=PERIOD_KEEPERS, title="Khóa số liệu các năm"),
    Rule(
        "core:period_lock",
        reads=PERIOD_KEEPERS,
        writes=PERIOD_KEEPERS,
        title="Khóa số liệu một năm",
    ),
    Rule(
        "core:period_release",
        reads=roles(Role.LEADER),
        writes=roles(Role.LEADER),
        title="Mở khóa số liệu một năm",
    ),
    Rule("core:user_list", reads=USER_KEEPERS, title="Người dùng và vai trò"),
    Rule("core:user_detail", reads=USER_KEEPERS, title="Một người dùng và các vai trò"),
    *(
        Rule(view, reads=USER_KEEPERS, writes=USER_KEEPERS, title=title)
        for view, title in (
            ("core:user_new", "Thêm người dùng"),
            ("core:role_grant", "Giao vai trò cho người dùng"),
            ("core:role_end", "Kết thúc vai trò của người dùng"),
            ("core:password_issue", "Cấp mật khẩu dùng một lần"),
            ("core:device_remove", "Gỡ xác thực hai lớp của người dùng"),
            ("core:user_disable", "Ngừng tài khoản"),
            ("core:user_enable", "Cho dùng lại tài khoản"),
        )
    ),
]
