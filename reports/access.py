"""Who may open the views of this app: one row a view."""

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

TARGET_READERS = roles(Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER, Role.OBSERVER)
TARGET_REPORTERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
TARGET_SETTERS = roles(Role.COORDINATOR)
REPORT_READERS = roles(Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER, Role.OBSERVER)
# Of a province or district: units are a ward's.
REGION_READERS = roles(Role.COORDINATOR, Role.LEADER, Role.OBSERVER)
PERSON_TABLE_READERS = roles(Role.COORDINATOR, Role.LEADER)
PLAN_READERS = REPORT_READERS | {Role.ENTRY_OFFICER}
DOCUMENT_WRITERS = roles(Role.COORDINATOR)
REPORT_COLLECTORS = roles(Role.COORDINATOR)
UNIT_WRITERS = roles(Role.UNIT_REPORTER)
VILLAGE_WRITERS = roles(Role.ENTRY_OFFICER)
DOCUMENT_SIGNERS = roles(Role.LEADER)
# A unit's officers write the sections that their unit was given, which the services check.
SECTION_WRITERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)
COMMENTERS = roles(Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER)

# Mặt trận, inspectors: they write findings and nothing else.
OBSERVERS = roles(Role.OBSERVER)
FINDING_READERS = REPORT_READERS
FINDING_ANSWERERS = roles(Role.COORDINATOR, Role.UNIT_REPORTER)

PAPER_READERS = roles(Role.COORDINATOR, Role.ENTRY_OFFICER, Role.LEADER)
WARD_PAPER_READERS = roles(Role.COORDINATOR, Role.LEADER)
RECEIPT_READERS = WARD_PAPER_READERS | roles(Role.UNIT_REPORTER)

RULES: list[Rule] = [
    Rule("reports:todo", scope=AccessScope.VILLAGE, title="Việc cần làm"),
    *(
        Rule(view, writes=EVERY_ROLE, scope=AccessScope.SELF, title=title)
        for view, title in (
            ("reports:todo_finish", "Cất một việc đã xong khỏi danh sách của mình"),
            ("reports:todo_restore", "Hiện lại các việc mình đã cất"),
        )
    ),
    Rule("reports:dashboard", scope=AccessScope.VILLAGE, title="Bảng điều hành"),
    Rule(
        "reports:dimension_board",
        reads=EVERY_ROLE - {Role.ENTRY_OFFICER},
        title="Bảng chiều thiếu hụt",
    ),
    *(
        Rule(view, reads=REGION_READERS, scope=AccessScope.REGION, title=title)
        for view, title in (
            ("reports:region_board", "Tổng hợp nhiều phường, xã"),
            ("reports:region_targets", "Chỉ tiêu của các phường, xã"),
            ("reports:region_reports", "Báo cáo của các phường, xã"),
            ("reports:region_table", "Biểu tổng hợp của các phường, xã"),
            ("reports:region_table_file", "Biểu tổng hợp của các phường, xã, tệp"),
        )
    ),
    Rule("reports:target_list", reads=TARGET_READERS, title="Chỉ tiêu"),
    Rule("reports:target_file", reads=TARGET_READERS, title="Bảng chỉ tiêu, bản PDF hoặc Excel"),
    Rule("reports:indicator_detail", reads=TARGET_READERS, title="Một chỉ tiêu theo dõi"),
    *rules_of_writers(
        "reports",
        TARGET_SETTERS,
        indicator_new="Thêm chỉ tiêu theo dõi",
        indicator_edit="Sửa chỉ tiêu theo dõi",
        indicator_baseline="Số gốc của chỉ tiêu theo chuẩn nghèo mới",
        target_year="Giao chỉ tiêu một năm",
        assigned_year="Chỉ tiêu cấp trên giao một năm",
        village_targets="Giao một chỉ tiêu cho các thôn",
    ),
    Rule(
        "reports:target_register_export", reads=TARGET_READERS, title="Chỉ tiêu, bản Excel để điền"
    ),
    *rules_of_register_file("reports", "target_register", "chỉ tiêu", TARGET_SETTERS),
    Rule(
        "reports:actual_register_export",
        reads=TARGET_REPORTERS,
        title="Kết quả chỉ tiêu, bản Excel để điền",
    ),
    *rules_of_register_file("reports", "actual_register", "kết quả chỉ tiêu", TARGET_REPORTERS),
    *rules_of_writers(
        "reports", TARGET_REPORTERS, actual_edit="Nhập kết quả thực hiện một chỉ tiêu"
    ),
    Rule(
        "reports:reaching",
        reads=PERSON_TABLE_READERS,
        title="Để đạt chỉ tiêu",
        reading=PageReading("Hộ theo khoảng cách đến mức ra khỏi danh sách"),
    ),
    *rules_of_writers(
        "reports",
        PERSON_TABLE_READERS,
        reaching_file="Danh sách việc để đạt chỉ tiêu, tệp PDF hoặc Excel",
        recognition_rehearsal="Nếu ký hôm nay: tính thử việc công nhận",
    ),
    Rule(
        "reports:recognition_rehearsal_file",
        reads=PERSON_TABLE_READERS,
        writes=PERSON_TABLE_READERS,
        title="Danh sách của “Nếu ký hôm nay”, tệp Excel",
    ),
    Rule("reports:simulation", reads=PERSON_TABLE_READERS, title="Mô phỏng chuẩn nghèo"),
    Rule(
        "reports:simulation_list",
        reads=PERSON_TABLE_READERS,
        title="Hộ của một mô phỏng chuẩn nghèo",
        reading=PageReading("Hộ của một mô phỏng chuẩn nghèo"),
    ),
    Rule(
        "reports:simulation_file",
        reads=PERSON_TABLE_READERS,
        writes=PERSON_TABLE_READERS,
        title="Mô phỏng chuẩn nghèo, tệp PDF hoặc Excel",
    ),
    Rule("reports:plan_result_list", reads=TARGET_READERS, title="Thực hiện các kế hoạch"),
    Rule("reports:plan_result_detail", reads=TARGET_READERS, title="Thực hiện một kế hoạch"),
    Rule("reports:plan_result_file", reads=TARGET_READERS, title="Thực hiện một kế hoạch, tệp"),
    Rule("reports:plan_list", reads=PLAN_READERS, title="Các kế hoạch"),
    *rules_of_writers(
        "reports",
        DOCUMENT_WRITERS,
        plan_new="Lập kế hoạch",
        plan_word="Lập kế hoạch từ tệp Word",
        plan_word_review="Xác nhận các đoạn của một tệp Word",
        word_target="Ghi một câu của tệp Word thành chỉ tiêu",
        word_project="Ghi một khối của tệp Word thành dự án",
        plan_word_discard="Bỏ một tệp Word đã gửi",
    ),
    Rule("reports:plan_detail", reads=PLAN_READERS, title="Một kế hoạch"),
    Rule("reports:plan_pdf", reads=PLAN_READERS, title="Kế hoạch, bản PDF"),
    Rule("reports:plan_docx", reads=PLAN_READERS, title="Kế hoạch, bản Word"),
    *(
        Rule(
            f"reports:document_{part}", reads=DOCUMENT_WRITERS, writes=DOCUMENT_WRITERS, title=title
        )
        for part, title in (
            ("heading", "Thể thức, người ký của một dự thảo"),
            ("bases", "Căn cứ của một dự thảo"),
            ("duties", "Phân công trong một dự thảo"),
            ("recipients", "Nơi nhận của một dự thảo"),
        )
    ),
    Rule("reports:legal_list", reads=REPORT_READERS, title="Thư viện văn bản căn cứ"),
    *rules_of_writers(
        "reports",
        DOCUMENT_WRITERS,
        legal_new="Thêm văn bản căn cứ",
        legal_edit="Sửa văn bản căn cứ",
        document_library="Chọn căn cứ của một dự thảo từ thư viện",
        document_submit="Trình ký một kế hoạch, báo cáo",
    ),
    *rules_of_writers(
        "reports",
        DOCUMENT_SIGNERS,
        document_issue="Ký ban hành một kế hoạch, báo cáo",
        document_return="Trả lại một kế hoạch, báo cáo trình ký",
    ),
    Rule(
        "reports:document_text",
        reads=SECTION_WRITERS,
        writes=SECTION_WRITERS,
        title="Viết dự thảo một kế hoạch, báo cáo",
    ),
    Rule(
        "reports:document_preview",
        reads=SECTION_WRITERS,
        title="Xem trước một dự thảo trên khổ A4",
    ),
    Rule(
        "reports:document_ask",
        reads=DOCUMENT_WRITERS,
        writes=DOCUMENT_WRITERS,
        title="Lấy ý kiến một dự thảo",
    ),
    *rules_of_writers(
        "reports",
        COMMENTERS,
        document_comments="Ý kiến về một dự thảo",
        document_proposals="Đề nghị sửa một dự thảo",
        document_basis_proposals="Đề nghị về căn cứ của một dự thảo",
        document_word="Nhận lại tệp Word của một dự thảo",
    ),
    Rule(
        "reports:document_versions",
        reads=COMMENTERS,
        writes=DOCUMENT_WRITERS,
        title="Các phiên bản của một dự thảo",
    ),
    Rule("reports:document_compare", reads=COMMENTERS, title="So sánh hai bản của một văn bản"),
    *rules_of_writers(
        "reports",
        DOCUMENT_WRITERS,
        document_findings="Kiểm tra một dự thảo",
        document_amend="Lập văn bản thay thế, sửa đổi một văn bản đã ban hành",
    ),
    Rule(
        "reports:document_abolish",
        reads=DOCUMENT_SIGNERS,
        writes=DOCUMENT_SIGNERS,
        title="Ghi bãi bỏ một văn bản đã ban hành",
    ),
    Rule("reports:report_list", reads=REPORT_READERS, title="Các báo cáo"),
    Rule("reports:report_detail", reads=REPORT_READERS, title="Một báo cáo"),
    Rule("reports:report_pdf", reads=REPORT_READERS, title="Báo cáo, bản PDF"),
    Rule("reports:report_docx", reads=REPORT_READERS, title="Báo cáo, bản Word"),
    Rule("reports:report_xlsx", reads=REPORT_READERS, title="Báo cáo, biểu kèm theo Excel"),
    Rule("reports:report_calendar", reads=REPORT_READERS, title="Lịch báo cáo"),
    Rule("reports:indicator_table_list", reads=REPORT_READERS, title="Biểu chỉ tiêu"),
    Rule("reports:indicator_table_detail", reads=REPORT_READERS, title="Một biểu chỉ tiêu"),
    Rule("reports:indicator_table_file", reads=REPORT_READERS, title="Một biểu chỉ tiêu, tệp"),
    Rule("reports:rule_list", reads=REPORT_READERS, title="Chế độ báo cáo"),
    Rule("reports:period_detail", reads=REPORT_READERS, title="Một kỳ báo cáo"),
    Rule("reports:unit_report_detail", reads=REPORT_READERS, title="Báo cáo của một đơn vị"),
    *rules_of_writers(
        "reports",
        REPORT_COLLECTORS,
        indicator_table_edit="Cấu hình một biểu chỉ tiêu",
        rule_new="Thêm chế độ báo cáo",
        rule_edit="Sửa chế độ báo cáo",
        due_sent="Ghi báo cáo đã gửi",
        period_new="Mở một kỳ báo cáo",
        period_units="Thêm đơn vị vào một kỳ báo cáo",
        unit_report_receive="Tiếp nhận báo cáo của một đơn vị",
        period_consolidate="Tổng hợp báo cáo của một kỳ",
        report_take_in="Đưa lời văn của đơn vị vào báo cáo tổng hợp",
        unit_report_return="Trả lại báo cáo của một đơn vị",
        village_part_record="Ghi thay phần báo cáo của thôn, tổ dân phố",
    ),
    *rules_of_writers(
        "reports",
        UNIT_WRITERS,
        unit_report_fill="Lấy số liệu vào báo cáo của đơn vị",
        unit_report_write="Soạn báo cáo của đơn vị",
        unit_report_check="Kiểm tra và gửi báo cáo của đơn vị",
        unit_report_import="Nhập số liệu báo cáo của đơn vị từ Excel",
        unit_report_import_save="Ghi số liệu báo cáo của đơn vị từ tệp",
    ),
    Rule(
        "reports:village_part_list",
        reads=VILLAGE_WRITERS,
        scope=AccessScope.VILLAGE,
        title="Phần báo cáo của thôn, tổ dân phố",
    ),
    Rule(
        "reports:village_part",
        reads=VILLAGE_WRITERS,
        writes=VILLAGE_WRITERS,
        scope=AccessScope.VILLAGE,
        title="Viết, gửi phần báo cáo của thôn, tổ dân phố",
    ),
    Rule(
        "reports:unit_report_template",
        reads=UNIT_WRITERS,
        title="Tải tệp số liệu báo cáo của đơn vị",
    ),
    Rule("reports:finding_list", reads=FINDING_READERS, title="Kiến nghị giám sát"),
    Rule("reports:finding_detail", reads=FINDING_READERS, title="Một kiến nghị giám sát"),
    Rule("reports:finding_file", reads=FINDING_READERS, title="Phụ lục kiến nghị giám sát, tệp"),
    *rules_of_writers(
        "reports",
        OBSERVERS,
        finding_new="Ghi kiến nghị giám sát",
        finding_withdraw="Rút kiến nghị giám sát",
    ),
    Rule(
        "reports:finding_answer",
        reads=FINDING_ANSWERERS,
        writes=FINDING_ANSWERERS,
        title="Trả lời kiến nghị giám sát",
    ),
    Rule("reports:form_list", reads=REPORT_READERS, title="Kho mẫu biểu"),
    Rule(
        "reports:review_papers",
        reads=PAPER_READERS,
        scope=AccessScope.VILLAGE,
        title="Mẫu của một đợt rà soát",
    ),
    Rule(
        "reports:village_paper",
        reads=PAPER_READERS,
        writes=PAPER_READERS,
        scope=AccessScope.VILLAGE,
        title="Một mẫu của một thôn",
    ),
    Rule(
        "reports:blank_paper",
        reads=PAPER_READERS,
        scope=AccessScope.VILLAGE,
        title="Một mẫu trống",
    ),
    Rule(
        "reports:village_pack",
        reads=PAPER_READERS,
        writes=PAPER_READERS,
        scope=AccessScope.VILLAGE,
        title="Bộ mẫu của một thôn, tệp nén",
    ),
    *rules_of_writers(
        "reports",
        WARD_PAPER_READERS,
        campaign_paper="Một mẫu của cả phường, xã",
        campaign_pack="Bộ mẫu của mọi thôn, tệp nén",
        handover_file="Một danh sách chuyển giao, tệp PDF hoặc Excel",
    ),
    Rule(
        "reports:pledge_paper",
        reads=PAPER_READERS,
        writes=PAPER_READERS,
        scope=AccessScope.VILLAGE,
        title="Bản cam kết thoát nghèo của một hộ",
    ),
    Rule(
        "reports:publicity_file",
        reads=WARD_PAPER_READERS,
        writes=WARD_PAPER_READERS,
        title="Danh sách, danh mục công khai, tệp PDF hoặc Excel",
    ),
    Rule("reports:receipt_sheet", reads=RECEIPT_READERS, title="Bảng kê ký nhận hỗ trợ, chọn dòng"),
    Rule(
        "reports:receipt_file",
        reads=RECEIPT_READERS,
        writes=RECEIPT_READERS,
        title="Bảng kê ký nhận hỗ trợ, tệp PDF hoặc Excel",
    ),
    Rule("reports:matrix", reads=REPORT_READERS, title="Bảng chuyển dịch phân loại"),
    Rule("reports:table_detail", reads=REPORT_READERS, title="Một biểu tổng hợp"),
    Rule("reports:table_excel", reads=REPORT_READERS, title="Biểu tổng hợp, bản Excel"),
    Rule("reports:table_pdf", reads=REPORT_READERS, title="Biểu tổng hợp, bản PDF"),
    Rule("reports:blank_table", reads=REPORT_READERS, title="Biểu tổng hợp, mẫu trống"),
    Rule("reports:table_docx", reads=REPORT_READERS, title="Biểu tổng hợp, bản Word"),
    Rule(
        "reports:person_table",
        reads=PERSON_TABLE_READERS,
        title="Danh sách chi tiết hộ nghèo, hộ cận nghèo",
        reading=PageReading("Danh sách chi tiết, biểu {number}"),
    ),
    *rules_of_writers(
        "reports",
        PERSON_TABLE_READERS,
        person_table_excel="Danh sách chi tiết, bản Excel",
        person_table_pdf="Danh sách chi tiết, bản PDF",
        person_table_docx="Danh sách chi tiết, bản Word",
    ),
]

# What was found of a household and answered may tell of its people.
SENSITIVE_FIELDS = [
    SensitiveField("reports.supervisionfinding", field, label, reads=FINDING_READERS)
    for field, label in (
        ("text", "Nội dung kiến nghị giám sát"),
        ("answer", "Trả lời kiến nghị giám sát"),
        ("withdrawal_reason", "Lý do rút kiến nghị giám sát"),
    )
]
