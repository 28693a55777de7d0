"""Who may open the views of this app: one row a view."""

from households.field_access import FIELD_READERS, Field
from povertyplan.core.access.rules import (
    EVERY_ROLE,
    AccessScope,
    PageReading,
    Rule,
    SensitiveField,
    roles,
)
from povertyplan.core.choices import Role

READERS = EVERY_ROLE - {Role.ADMINISTRATOR}
SUPPORT_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
# Who reads the needs of households: those who see their records.
NEED_READERS = SUPPORT_WRITERS | roles(Role.ENTRY_OFFICER, Role.LEADER)
ASSIGNERS = roles(Role.COORDINATOR)
ACTIVITY_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
MONEY_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
KEEPERS = roles(Role.ADMINISTRATOR)
SUPPORT_EXPORTERS = roles(Role.COORDINATOR, Role.LEADER)
# Of the units only those with the duty to keep the book.
DONATION_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
DUTY_READERS = roles(Role.COORDINATOR, Role.LEADER)
LIVELIHOOD_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
HANDOVER_READERS = roles(Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER)
HANDOVER_WRITERS = roles(Role.COORDINATOR)
PUBLISHERS = roles(Role.COORDINATOR)


def _register(
    prefix: str, name: str, *, reads: frozenset, writes: frozenset, is_shared: bool = False
) -> list[Rule]:
    """The views of a register: its list as a file, the empty file, the file that is read."""
    scope = AccessScope.SHARED if is_shared else AccessScope.WARD
    view = f"projects:{prefix}"
    return [
        Rule(f"{view}_export", reads=reads, scope=scope, title=f"Xuất {name}, bản Excel"),
        Rule(f"{view}_template", reads=writes, scope=scope, title=f"Tệp mẫu nhập {name}"),
        Rule(
            f"{view}_import",
            reads=writes,
            writes=writes,
            scope=scope,
            title=f"Xem trước tệp {name}",
        ),
        Rule(
            f"{view}_import_save",
            reads=writes,
            writes=writes,
            scope=scope,
            title=f"Ghi {name} từ tệp",
        ),
    ]


RULES = [
    Rule("projects:project_list", reads=READERS, title="Dự án, tiểu dự án"),
    Rule("projects:project_detail", reads=READERS, title="Một dự án"),
    *(
        Rule(view, reads=ASSIGNERS, writes=ASSIGNERS, title=title)
        for view, title in (
            ("projects:project_new", "Thực hiện một dự án tại địa bàn"),
            ("projects:project_edit", "Mục tiêu, nội dung của một dự án tại địa bàn"),
            ("projects:project_leave", "Thôi thực hiện một dự án"),
            ("projects:assignment_year", "Phân công đơn vị thực hiện dự án trong năm"),
            ("projects:assignment_copy", "Chép phân công dự án của năm trước"),
        )
    ),
    Rule("projects:unit_work", reads=roles(Role.UNIT_REPORTER), title="Việc của đơn vị tôi"),
    *(
        Rule(view, reads=ACTIVITY_WRITERS, writes=ACTIVITY_WRITERS, title=title)
        for view, title in (
            ("projects:activity_new", "Thêm hoạt động của dự án"),
            ("projects:activity_edit", "Sửa hoạt động của dự án"),
            ("projects:activity_report", "Báo cáo một hoạt động"),
            ("projects:activity_remove", "Bỏ một hoạt động"),
        )
    ),
    *(
        Rule(view, reads=KEEPERS, scope=AccessScope.SHARED, title=title)
        for view, title in (
            ("projects:programme_list", "Các chương trình"),
            ("projects:programme_detail", "Một chương trình"),
        )
    ),
    *(
        Rule(view, reads=KEEPERS, writes=KEEPERS, scope=AccessScope.SHARED, title=title)
        for view, title in (
            ("projects:programme_new", "Thêm chương trình"),
            ("projects:programme_edit", "Sửa chương trình"),
            ("projects:part_new", "Thêm dự án vào chương trình"),
            ("projects:part_below", "Thêm phần dưới một dự án"),
            ("projects:part_edit", "Sửa dự án của chương trình"),
        )
    ),
    *_register("activity_list", "hoạt động", reads=READERS, writes=ACTIVITY_WRITERS),
    *_register("ward_project_list", "dự án tại địa bàn", reads=READERS, writes=ASSIGNERS),
    *_register("assignment_list", "phân công", reads=READERS, writes=ASSIGNERS),
    *_register("programme_list", "chương trình", reads=KEEPERS, writes=KEEPERS, is_shared=True),
    *_register(
        "part_list", "dự án của chương trình", reads=KEEPERS, writes=KEEPERS, is_shared=True
    ),
    Rule("projects:duty_list", reads=DUTY_READERS, title="Việc giao riêng cho đơn vị"),
    *(
        Rule(view, reads=ASSIGNERS, writes=ASSIGNERS, title=title)
        for view, title in (
            ("projects:duty_new", "Giao việc cho đơn vị: giữ sổ ủng hộ, ghi kinh phí"),
            ("projects:duty_end", "Thôi giao việc cho đơn vị"),
        )
    ),
    Rule("projects:donation_list", reads=READERS, title="Tiền, hàng ủng hộ"),
    *(
        Rule(view, reads=DONATION_WRITERS, writes=DONATION_WRITERS, title=title)
        for view, title in (
            ("projects:donation_new", "Ghi khoản ủng hộ"),
            ("projects:donation_reverse", "Ghi hủy khoản ủng hộ"),
        )
    ),
    *_register("donation_register", "sổ ủng hộ", reads=READERS, writes=DONATION_WRITERS),
    Rule(
        "projects:livelihood_procedure_list",
        scope=AccessScope.SHARED,
        title="Thủ tục lựa chọn dự án sản xuất",
    ),
    *(
        Rule(view, reads=KEEPERS, writes=KEEPERS, scope=AccessScope.SHARED, title=title)
        for view, title in (
            ("projects:livelihood_procedure_new", "Thêm thủ tục lựa chọn dự án sản xuất"),
            ("projects:livelihood_procedure_edit", "Sửa thủ tục lựa chọn dự án sản xuất"),
        )
    ),
    Rule("projects:livelihood_list", reads=READERS, title="Mô hình sinh kế, dự án sản xuất"),
    Rule("projects:livelihood_detail", reads=READERS, title="Một mô hình sinh kế"),
    *(
        Rule(view, reads=LIVELIHOOD_WRITERS, writes=LIVELIHOOD_WRITERS, title=title)
        for view, title in (
            ("projects:livelihood_new", "Lập mô hình sinh kế"),
            ("projects:livelihood_edit", "Sửa mô hình sinh kế"),
            ("projects:livelihood_stop", "Dừng mô hình sinh kế"),
            ("projects:livelihood_step", "Ghi bước của mô hình sinh kế"),
            ("projects:livelihood_step_withdraw", "Bỏ bước ghi sai của mô hình"),
            ("projects:livelihood_member_new", "Thêm thành viên mô hình"),
            ("projects:livelihood_member_end", "Thôi tham gia mô hình"),
        )
    ),
    Rule("projects:money_year", reads=READERS, title="Kinh phí các dự án trong năm"),
    Rule("projects:money_export", reads=READERS, title="Kinh phí trong năm, bản Excel"),
    Rule("projects:money_template", reads=MONEY_WRITERS, title="Tệp mẫu nhập kinh phí"),
    Rule("projects:money_project", reads=READERS, title="Kinh phí một dự án"),
    *(
        Rule(view, reads=MONEY_WRITERS, writes=MONEY_WRITERS, title=title)
        for view, title in (
            ("projects:entry_new", "Ghi khoản kinh phí"),
            ("projects:entry_reverse", "Ghi hủy khoản kinh phí"),
            ("projects:money_import", "Xem trước tệp kinh phí"),
            ("projects:money_import_save", "Ghi kinh phí từ tệp"),
        )
    ),
    *_register("support_register", "sổ hỗ trợ", reads=frozenset(), writes=SUPPORT_WRITERS)[1:],
    *_register(
        "support_kind_list", "loại hỗ trợ", reads=EVERY_ROLE, writes=KEEPERS, is_shared=True
    ),
    Rule("projects:support_list", reads=READERS, scope=AccessScope.VILLAGE, title="Hỗ trợ đã cấp"),
    Rule("projects:support_detail", reads=READERS, scope=AccessScope.VILLAGE, title="Một hỗ trợ"),
    Rule(
        "projects:need_gap",
        reads=NEED_READERS,
        scope=AccessScope.VILLAGE,
        title="Ai cần gì, đã nhận gì",
        reading=PageReading("Ai cần gì, đã nhận gì"),
    ),
    Rule(
        "projects:need_met",
        reads=SUPPORT_WRITERS,
        writes=SUPPORT_WRITERS,
        title="Kết thúc các nhu cầu đã được đáp ứng",
    ),
    Rule("projects:support_kind_detail", scope=AccessScope.SHARED, title="Một loại hỗ trợ"),
    *(
        Rule(view, reads=KEEPERS, writes=KEEPERS, scope=AccessScope.SHARED, title=title)
        for view, title in (
            ("projects:support_kind_new", "Thêm loại hỗ trợ"),
            ("projects:support_kind_edit", "Sửa loại hỗ trợ"),
        )
    ),
    Rule("projects:support_kinds", scope=AccessScope.SHARED, title="Loại hỗ trợ"),
    *(
        Rule(view, reads=SUPPORT_WRITERS, writes=SUPPORT_WRITERS, title=title)
        for view, title in (
            ("projects:support_new", "Ghi hỗ trợ của một nhóm, tìm hộ để ghi"),
            ("projects:support_household", "Ghi hỗ trợ của một hộ"),
            ("projects:support_batch", "Ghi hỗ trợ cho nhiều hộ"),
            ("projects:support_deliver", "Ghi đã giao hỗ trợ"),
            ("projects:support_acknowledge", "Ghi đã ký nhận hỗ trợ"),
            ("projects:support_withdraw", "Thu hồi một hỗ trợ"),
        )
    ),
    Rule(
        "projects:support_export",
        reads=SUPPORT_EXPORTERS,
        writes=SUPPORT_EXPORTERS,
        title="Tải sổ hỗ trợ ra Excel",
    ),
    Rule(
        "projects:handover_list",
        reads=HANDOVER_READERS | {Role.OBSERVER},
        title="Danh sách chuyển giao sau quyết định",
    ),
    Rule("projects:handover_detail", reads=HANDOVER_READERS, title="Một danh sách chuyển giao"),
    *(
        Rule(view, reads=HANDOVER_WRITERS, writes=HANDOVER_WRITERS, title=title)
        for view, title in (
            ("projects:handover_make", "Lập danh sách chuyển giao"),
            ("projects:handover_send", "Ghi đã gửi danh sách chuyển giao"),
            ("projects:handover_answer", "Ghi trả lời danh sách chuyển giao"),
        )
    ),
    Rule("projects:publicity_plan", reads=READERS, title="Kế hoạch công khai"),
    Rule("projects:publication_list", reads=READERS, title="Danh mục đã công khai"),
    Rule("projects:publicity_supports", reads=HANDOVER_READERS, title="Hỗ trợ công khai theo thôn"),
    *(
        Rule(view, reads=PUBLISHERS, writes=PUBLISHERS, title=title)
        for view, title in (
            ("projects:publication_new", "Ghi lần công khai"),
            ("projects:publication_withdraw", "Bỏ lần công khai ghi sai"),
        )
    ),
]

# Some kinds of support tell of illness or disability.
SENSITIVE_FIELDS = [
    SensitiveField("projects.support", "kind", "Loại hỗ trợ", reads=FIELD_READERS[Field.CONDITION]),
    SensitiveField("projects.handoverrow", "citizen_id", "Số định danh cá nhân (CCCD)"),
]
