"""Who may open the views of this app: one row a view."""

from households.field_access import FIELD_READERS, Field
from povertyplan.core.access.rules import (
    EVERY_ROLE,
    AccessScope,
    PageReading,
    Rule,
    SensitiveField,
    roles,
    rules_of_register_file,
    rules_of_writers,
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
    """A register: its list as a file, and the register from a file."""
    scope = AccessScope.SHARED if is_shared else AccessScope.WARD
    title = f"Xuất {name}, bản Excel"
    return [
        Rule(f"projects:{prefix}_export", reads=reads, scope=scope, title=title),
        *rules_of_register_file("projects", prefix, name, writes, scope=scope),
    ]


RULES = [
    Rule("projects:project_list", reads=READERS, title="Dự án, tiểu dự án"),
    Rule("projects:project_detail", reads=READERS, title="Một dự án"),
    *rules_of_writers(
        "projects",
        ASSIGNERS,
        project_new="Thực hiện một dự án tại địa bàn",
        project_edit="Mục tiêu, nội dung của một dự án tại địa bàn",
        project_leave="Thôi thực hiện một dự án",
        assignment_year="Phân công đơn vị thực hiện dự án trong năm",
        assignment_copy="Chép phân công dự án của năm trước",
    ),
    Rule("projects:unit_work", reads=roles(Role.UNIT_REPORTER), title="Việc của đơn vị tôi"),
    *rules_of_writers(
        "projects",
        ACTIVITY_WRITERS,
        activity_new="Thêm hoạt động của dự án",
        activity_edit="Sửa hoạt động của dự án",
        activity_report="Báo cáo một hoạt động",
        activity_remove="Bỏ một hoạt động",
    ),
    *(
        Rule(view, reads=KEEPERS, scope=AccessScope.SHARED, title=title)
        for view, title in (
            ("projects:programme_list", "Các chương trình"),
            ("projects:programme_detail", "Một chương trình"),
        )
    ),
    *rules_of_writers(
        "projects",
        KEEPERS,
        scope=AccessScope.SHARED,
        programme_new="Thêm chương trình",
        programme_edit="Sửa chương trình",
        part_new="Thêm dự án vào chương trình",
        part_below="Thêm phần dưới một dự án",
        part_edit="Sửa dự án của chương trình",
    ),
    *_register("activity_list", "hoạt động", reads=READERS, writes=ACTIVITY_WRITERS),
    *_register("ward_project_list", "dự án tại địa bàn", reads=READERS, writes=ASSIGNERS),
    *_register("assignment_list", "phân công", reads=READERS, writes=ASSIGNERS),
    *_register("programme_list", "chương trình", reads=KEEPERS, writes=KEEPERS, is_shared=True),
    *_register(
        "part_list", "dự án của chương trình", reads=KEEPERS, writes=KEEPERS, is_shared=True
    ),
    Rule("projects:duty_list", reads=DUTY_READERS, title="Việc giao riêng cho đơn vị"),
    *rules_of_writers(
        "projects",
        ASSIGNERS,
        duty_new="Giao việc cho đơn vị: giữ sổ ủng hộ, ghi kinh phí",
        duty_end="Thôi giao việc cho đơn vị",
    ),
    Rule("projects:donation_list", reads=READERS, title="Tiền, hàng ủng hộ"),
    *rules_of_writers(
        "projects",
        DONATION_WRITERS,
        donation_new="Ghi khoản ủng hộ",
        donation_reverse="Ghi hủy khoản ủng hộ",
    ),
    *_register("donation_register", "sổ ủng hộ", reads=READERS, writes=DONATION_WRITERS),
    Rule(
        "projects:livelihood_procedure_list",
        scope=AccessScope.SHARED,
        title="Thủ tục lựa chọn dự án sản xuất",
    ),
    *rules_of_writers(
        "projects",
        KEEPERS,
        scope=AccessScope.SHARED,
        livelihood_procedure_new="Thêm thủ tục lựa chọn dự án sản xuất",
        livelihood_procedure_edit="Sửa thủ tục lựa chọn dự án sản xuất",
    ),
    Rule("projects:livelihood_list", reads=READERS, title="Mô hình sinh kế, dự án sản xuất"),
    Rule("projects:livelihood_detail", reads=READERS, title="Một mô hình sinh kế"),
    *rules_of_writers(
        "projects",
        LIVELIHOOD_WRITERS,
        livelihood_new="Lập mô hình sinh kế",
        livelihood_edit="Sửa mô hình sinh kế",
        livelihood_stop="Dừng mô hình sinh kế",
        livelihood_step="Ghi bước của mô hình sinh kế",
        livelihood_step_withdraw="Bỏ bước ghi sai của mô hình",
        livelihood_member_new="Thêm thành viên mô hình",
        livelihood_member_end="Thôi tham gia mô hình",
    ),
    Rule("projects:money_year", reads=READERS, title="Kinh phí các dự án trong năm"),
    Rule("projects:money_export", reads=READERS, title="Kinh phí trong năm, bản Excel"),
    Rule("projects:money_template", reads=MONEY_WRITERS, title="Tệp mẫu nhập kinh phí"),
    Rule("projects:money_project", reads=READERS, title="Kinh phí một dự án"),
    *rules_of_writers(
        "projects",
        MONEY_WRITERS,
        entry_new="Ghi khoản kinh phí",
        entry_reverse="Ghi hủy khoản kinh phí",
        money_import="Xem trước tệp kinh phí",
        money_import_save="Ghi kinh phí từ tệp",
    ),
    *rules_of_register_file("projects", "support_register", "sổ hỗ trợ", SUPPORT_WRITERS),
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
    *rules_of_writers(
        "projects",
        KEEPERS,
        scope=AccessScope.SHARED,
        support_kind_new="Thêm loại hỗ trợ",
        support_kind_edit="Sửa loại hỗ trợ",
    ),
    Rule("projects:support_kinds", scope=AccessScope.SHARED, title="Loại hỗ trợ"),
    *rules_of_writers(
        "projects",
        SUPPORT_WRITERS,
        support_new="Ghi hỗ trợ của một nhóm, tìm hộ để ghi",
        support_household="Ghi hỗ trợ của một hộ",
        support_batch="Ghi hỗ trợ cho nhiều hộ",
        support_deliver="Ghi đã giao hỗ trợ",
        support_acknowledge="Ghi đã ký nhận hỗ trợ",
        support_withdraw="Thu hồi một hỗ trợ",
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
    *rules_of_writers(
        "projects",
        HANDOVER_WRITERS,
        handover_make="Lập danh sách chuyển giao",
        handover_send="Ghi đã gửi danh sách chuyển giao",
        handover_answer="Ghi trả lời danh sách chuyển giao",
    ),
    Rule("projects:publicity_plan", reads=READERS, title="Kế hoạch công khai"),
    Rule("projects:publication_list", reads=READERS, title="Danh mục đã công khai"),
    Rule("projects:publicity_supports", reads=HANDOVER_READERS, title="Hỗ trợ công khai theo thôn"),
    *rules_of_writers(
        "projects",
        PUBLISHERS,
        publication_new="Ghi lần công khai",
        publication_withdraw="Bỏ lần công khai ghi sai",
    ),
]

# Some kinds of support tell of illness or disability.
SENSITIVE_FIELDS = [
    SensitiveField("projects.support", "kind", "Loại hỗ trợ", reads=FIELD_READERS[Field.CONDITION]),
    SensitiveField("projects.handoverrow", "citizen_id", "Số định danh cá nhân (CCCD)"),
]
