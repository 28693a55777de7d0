"""Who may open the views of this app: one row a view."""

from households.field_access import CONDITION_READERS
from povertyplan.core.access.rules import (
    AccessScope,
    PageReading,
    Rule,
    roles,
    rules_of_register_file,
    rules_of_writers,
)
from povertyplan.core.choices import Role

REGISTER_READERS = roles(
    Role.COORDINATOR, Role.ENTRY_OFFICER, Role.UNIT_REPORTER, Role.LEADER, Role.OBSERVER
)
COORDINATOR = roles(Role.COORDINATOR)
LEADER = roles(Role.LEADER)
VILLAGE_KEEPERS = roles(Role.COORDINATOR, Role.ADMINISTRATOR)
REVIEWERS = roles(Role.COORDINATOR, Role.ENTRY_OFFICER)
REVEALERS = REVIEWERS | LEADER
NEED_WRITERS = REVIEWERS | roles(Role.UNIT_REPORTER)

# Acts on the register: who reviews proposes a change by the review, the coordinator writes it.
REGISTER_ACTS = {
    "household_new": "Đưa hộ mới, hộ chuyển đến vào sổ",
    "household_edit": "Sửa thông tin hộ",
    "household_split": "Tách hộ",
    "household_merge": "Nhập hộ",
    "household_close": "Đưa hộ ra khỏi sổ",
    "household_reopen": "Đưa hộ trở lại sổ",
    "household_village": "Chuyển hộ sang thôn khác",
    "head_change": "Đổi chủ hộ",
    "event_correct": "Đính chính, hủy biến động đã ghi",
    "member_add": "Thêm thành viên",
    "birth_add": "Ghi sinh",
    "member_edit": "Sửa thông tin thành viên",
    "member_move": "Chuyển thành viên sang hộ khác",
    "member_leave": "Ghi thành viên chết, chuyển đi",
}

REGISTER_READINGS = {
    "member_edit": PageReading(
        "Thông tin thành viên", subject="households.membership", key="membership_pk"
    ),
}

RULES: list[Rule] = [
    *(
        Rule(
            f"households:{view}",
            reads=COORDINATOR,
            writes=COORDINATOR,
            scope=AccessScope.VILLAGE,
            title=title,
            reading=REGISTER_READINGS.get(view),
        )
        for view, title in REGISTER_ACTS.items()
    ),
    Rule(
        "households:household_events",
        reads=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Các loại biến động của một hộ",
    ),
    Rule("households:village_list", reads=VILLAGE_KEEPERS, title="Danh sách thôn, tổ dân phố"),
    Rule("households:village_detail", reads=VILLAGE_KEEPERS, title="Một thôn, tổ dân phố"),
    *rules_of_writers(
        "households",
        VILLAGE_KEEPERS,
        village_new="Thêm thôn, tổ dân phố",
        village_paste="Dán danh sách thôn, tổ dân phố",
        village_edit="Sửa mã, khu vực, thứ tự của thôn",
        village_rename="Đổi tên thôn, tổ dân phố",
        village_merge="Nhập các thôn, tổ dân phố",
        village_end="Kết thúc thôn, tổ dân phố",
    ),
    # The households are chosen by their heads, which an administrator never sees.
    Rule(
        "households:village_split",
        reads=COORDINATOR,
        writes=COORDINATOR,
        title="Tách một thôn, tổ dân phố",
    ),
    Rule("households:population_list", reads=VILLAGE_KEEPERS, title="Tổng số hộ, nhân khẩu"),
    Rule(
        "households:population_area",
        reads=VILLAGE_KEEPERS,
        title="Tổng số hộ, nhân khẩu của một địa bàn",
    ),
    *rules_of_writers(
        "households",
        VILLAGE_KEEPERS,
        population_new="Ghi tổng số hộ, nhân khẩu",
        population_paste="Dán tổng số hộ, nhân khẩu của các thôn",
        population_edit="Sửa một tổng số hộ, nhân khẩu",
        population_remove="Xóa một tổng số hộ, nhân khẩu",
    ),
    Rule(
        "households:holiday_list",
        reads=VILLAGE_KEEPERS,
        title="Ngày nghỉ, ngày làm bù để tính ngày làm việc",
    ),
    *rules_of_writers(
        "households",
        VILLAGE_KEEPERS,
        holiday_new="Thêm ngày nghỉ, ngày làm bù",
        holiday_proposals="Xác nhận ngày nghỉ, ngày làm bù được đề xuất",
        holiday_remove="Gỡ một ngày nghỉ, ngày làm bù",
    ),
    Rule(
        "households:household_list",
        reads=REGISTER_READERS,
        scope=AccessScope.VILLAGE,
        title="Danh sách hộ gia đình",
        reading=PageReading("Danh sách hộ gia đình"),
    ),
    Rule(
        "households:household_detail",
        reads=REGISTER_READERS,
        scope=AccessScope.VILLAGE,
        title="Hồ sơ một hộ",
        reading=PageReading("Hồ sơ hộ", subject="households.household", roles=CONDITION_READERS),
    ),
    Rule(
        "households:reveal_citizen_id",
        reads=REVEALERS,
        writes=REVEALERS,
        scope=AccessScope.VILLAGE,
        title="Xem đủ số định danh cá nhân của một thành viên",
    ),
    Rule(
        "households:campaign_list",
        reads=REGISTER_READERS,
        scope=AccessScope.VILLAGE,
        title="Các đợt rà soát",
    ),
    Rule(
        "households:request_list",
        reads=REVIEWERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Giấy đề nghị rà soát",
    ),
    *rules_of_writers(
        "households",
        REVIEWERS,
        scope=AccessScope.VILLAGE,
        request_new="Ghi giấy đề nghị rà soát",
        request_link="Gắn giấy đề nghị với hộ trong sổ",
        request_close="Không giải quyết một giấy đề nghị",
    ),
    Rule(
        "households:campaign_open",
        reads=COORDINATOR,
        writes=COORDINATOR,
        title="Mở đợt rà soát",
    ),
    Rule(
        "households:campaign_overview",
        reads=REGISTER_READERS,
        scope=AccessScope.VILLAGE,
        title="Tiến độ, kết quả một đợt rà soát",
    ),
    Rule(
        "households:campaign_overview_excel",
        reads=REGISTER_READERS,
        scope=AccessScope.VILLAGE,
        title="Tải tiến độ một đợt rà soát ra Excel",
    ),
    Rule(
        "households:village_reviews",
        reads=REVIEWERS | roles(Role.LEADER, Role.UNIT_REPORTER),
        scope=AccessScope.VILLAGE,
        title="Danh sách phiếu của một thôn",
        reading=PageReading("Danh sách phiếu rà soát", subject="core.area", key="village_pk"),
    ),
    Rule(
        "households:village_reviewer",
        reads=COORDINATOR,
        writes=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Phân công rà soát viên của thôn",
    ),
    Rule(
        "households:window_list",
        reads=REGISTER_READERS - {Role.OBSERVER},
        scope=AccessScope.VILLAGE,
        title="Sổ theo dõi hộ mới thoát nghèo (36 tháng)",
        reading=PageReading("Sổ theo dõi 36 tháng"),
    ),
    Rule(
        "households:window_anchor",
        reads=COORDINATOR,
        writes=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Đổi mốc tính 36 tháng của một hộ",
    ),
    Rule(
        "households:window_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải sổ theo dõi 36 tháng ra Excel",
    ),
    Rule(
        "households:need_list",
        reads=NEED_WRITERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Nhu cầu hỗ trợ của các hộ",
        reading=PageReading("Danh sách nhu cầu hỗ trợ"),
    ),
    *rules_of_writers(
        "households",
        NEED_WRITERS,
        scope=AccessScope.VILLAGE,
        need_household="Ghi nhu cầu của một hộ",
        need_end="Kết thúc một nhu cầu",
    ),
    Rule(
        "households:need_village",
        reads=NEED_WRITERS,
        writes=NEED_WRITERS,
        scope=AccessScope.VILLAGE,
        title="Ghi nhu cầu của các hộ trong thôn",
        reading=PageReading("Bảng ghi nhu cầu", subject="core.area"),
    ),
    Rule(
        "households:need_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải danh sách nhu cầu ra Excel",
    ),
    *rules_of_register_file("households", "need_register", "nhu cầu", COORDINATOR),
    Rule(
        "households:fact_list",
        reads=NEED_WRITERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Bảo hiểm y tế, đi học của từng người",
        reading=PageReading("Danh sách bảo hiểm y tế, đi học"),
    ),
    *rules_of_writers(
        "households",
        NEED_WRITERS,
        scope=AccessScope.VILLAGE,
        fact_household="Ghi bảo hiểm y tế, đi học của một hộ",
    ),
    Rule(
        "households:fact_village",
        reads=NEED_WRITERS,
        writes=NEED_WRITERS,
        scope=AccessScope.VILLAGE,
        title="Ghi bảo hiểm y tế, đi học của các hộ trong thôn",
        reading=PageReading("Bảng ghi bảo hiểm y tế, đi học", subject="core.area"),
    ),
    Rule(
        "households:fact_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải danh sách bảo hiểm y tế, đi học ra Excel",
    ),
    *rules_of_register_file("households", "fact_register", "bảo hiểm y tế, đi học", COORDINATOR),
    Rule(
        "households:worker_list",
        reads=NEED_WRITERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Người lao động có thu nhập thấp",
        reading=PageReading("Danh sách người lao động có thu nhập thấp"),
    ),
    *rules_of_writers(
        "households",
        COORDINATOR,
        scope=AccessScope.VILLAGE,
        worker_new="Ghi người lao động có thu nhập thấp",
        worker_end="Đưa khỏi danh sách người lao động có thu nhập thấp",
    ),
    Rule(
        "households:worker_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải danh sách người lao động có thu nhập thấp ra Excel",
    ),
    *rules_of_register_file(
        "households", "worker_register", "người lao động có thu nhập thấp", COORDINATOR
    ),
    Rule(
        "households:certificate_list",
        reads=REVIEWERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Sổ cấp giấy chứng nhận hộ nghèo, hộ cận nghèo",
        reading=PageReading("Sổ cấp giấy chứng nhận"),
    ),
    Rule(
        "households:certificate_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải sổ cấp giấy chứng nhận ra Excel",
    ),
    Rule(
        "households:certificate_issue",
        reads=COORDINATOR,
        writes=COORDINATOR,
        title="Cấp số giấy chứng nhận của một đợt rà soát",
    ),
    Rule(
        "households:pledge_list",
        reads=NEED_WRITERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Đăng ký thoát nghèo của các hộ",
        reading=PageReading("Danh sách đăng ký thoát nghèo"),
    ),
    Rule(
        "households:pledge_detail",
        reads=NEED_WRITERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Đăng ký thoát nghèo của một hộ",
    ),
    Rule(
        "households:pledge_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải danh sách đăng ký thoát nghèo ra Excel",
    ),
    *(
        Rule(
            f"households:{view}",
            reads=writers,
            writes=writers,
            scope=AccessScope.VILLAGE,
            title=title,
        )
        for view, writers, title in (
            ("pledge_new", REVIEWERS, "Ghi đăng ký thoát nghèo của một hộ"),
            ("pledge_edit", REVIEWERS, "Sửa đăng ký thoát nghèo"),
            ("pledge_withdraw", REVIEWERS, "Thôi đăng ký thoát nghèo"),
            ("helper_new", COORDINATOR, "Phân công giúp đỡ hộ"),
            ("helper_end", COORDINATOR, "Thôi giúp đỡ hộ"),
            ("visit_new", NEED_WRITERS, "Ghi lần thăm hộ"),
            ("visit_withdraw", NEED_WRITERS, "Hủy lần thăm hộ ghi nhầm"),
        )
    ),
    Rule("households:need_kind_list", reads=VILLAGE_KEEPERS, title="Các loại nhu cầu"),
    *rules_of_writers(
        "households",
        VILLAGE_KEEPERS,
        need_kind_new="Thêm loại nhu cầu",
        need_kind_edit="Sửa loại nhu cầu",
    ),
    Rule(
        "households:quality",
        reads=REVIEWERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Chất lượng dữ liệu của sổ",
        reading=PageReading("Danh sách cần bổ sung, kiểm tra dữ liệu"),
    ),
    Rule(
        "households:number_list",
        reads=COORDINATOR,
        title="Số định danh cần đối chiếu với nơi khác",
    ),
    Rule(
        "households:number_settle",
        reads=COORDINATOR,
        writes=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Đối chiếu một số định danh",
    ),
    Rule(
        "households:household_export",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Tải danh sách hộ ra Excel",
    ),
    *rules_of_writers(
        "households",
        COORDINATOR,
        import_list="Nhập danh sách hộ từ Excel",
        import_template="Tệp mẫu để nhập từ Excel",
        import_sheets="Nhập từ Excel: trang tính và dòng tiêu đề",
        import_columns="Nhập từ Excel: ghép cột",
        import_rows="Nhập từ Excel: kiểm tra và sửa",
        import_preview="Nhập từ Excel: xem trước và ghi",
        import_result="Nhập từ Excel: kết quả",
        import_undo="Hoàn tác một lần nhập từ Excel",
        import_report="Tải tệp kết quả của một lần nhập",
    ),
    Rule(
        "households:review_grid",
        reads=REVIEWERS,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Nhập nhanh cả thôn",
        reading=PageReading("Bảng nhập nhanh", subject="core.area", key="village_pk"),
    ),
    Rule(
        "households:review_grid_save",
        reads=REVIEWERS,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Lưu một hộ của bảng nhập nhanh",
    ),
    Rule(
        "households:review_grid_details",
        reads=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Chi tiết một hộ trong bảng nhập nhanh",
    ),
    Rule(
        "households:review_grid_print",
        reads=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="In bảng nhập kết quả của một thôn",
        reading=PageReading("Bảng nhập để in", subject="core.area", key="village_pk"),
    ),
    Rule(
        "households:phone_list",
        reads=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Danh sách hộ cần rà soát trên điện thoại",
        reading=PageReading(
            "Danh sách hộ cần rà soát trên điện thoại", subject="households.reviewcampaign"
        ),
    ),
    *rules_of_writers(
        "households",
        REVIEWERS,
        scope=AccessScope.VILLAGE,
        phone_step="Nhập phiếu rà soát trên điện thoại",
        village_finish="Báo hoàn thành rà soát thôn",
    ),
    Rule(
        "households:village_reopen",
        reads=COORDINATOR,
        writes=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Mở lại rà soát thôn",
    ),
    Rule(
        "households:review_edit",
        reads=REVIEWERS | LEADER,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Nhập phiếu rà soát",
    ),
    Rule(
        "households:village_meeting",
        reads=REVIEWERS | LEADER,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Họp dân của thôn",
    ),
    Rule(
        "households:village_scans",
        reads=REVIEWERS | LEADER,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Bản chụp biên bản họp dân của thôn",
    ),
    Rule(
        "households:scan_file",
        reads=REVIEWERS | LEADER,
        scope=AccessScope.VILLAGE,
        title="Tải một bản chụp biên bản họp dân",
        reading=PageReading(
            "Tải bản chụp biên bản họp dân", subject="households.meetingscan", key="scan_pk"
        ),
    ),
    Rule(
        "households:scan_remove",
        reads=REVIEWERS,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Gỡ một bản chụp biên bản họp dân",
    ),
    Rule(
        "households:village_posting",
        reads=REVIEWERS | LEADER,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Niêm yết kết quả của thôn",
    ),
    Rule(
        "households:village_complaints",
        reads=REVIEWERS | LEADER,
        writes=REVIEWERS,
        scope=AccessScope.VILLAGE,
        title="Khiếu nại, phản ánh về kết quả của thôn",
    ),
    Rule(
        "households:complaint_answer",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR,
        scope=AccessScope.VILLAGE,
        title="Giải quyết một khiếu nại, phản ánh",
    ),
    Rule(
        "households:campaign_unlisted",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR,
        title="Hộ chưa có trong đợt rà soát",
    ),
    Rule(
        "households:campaign_submit",
        reads=COORDINATOR,
        writes=COORDINATOR,
        title="Trình kết quả rà soát",
    ),
    *rules_of_writers(
        "households",
        LEADER,
        campaign_recognise="Công nhận kết quả rà soát",
        campaign_return="Trả lại kết quả rà soát",
    ),
    Rule(
        "households:campaign_cancel",
        reads=COORDINATOR | LEADER,
        writes=COORDINATOR | LEADER,
        title="Hủy đợt rà soát mở nhầm",
    ),
    *rules_of_writers(
        "households",
        LEADER,
        campaign_cancel_decide="Quyết định đề nghị hủy đợt rà soát",
        campaign_reopen="Mở lại đợt rà soát đã công nhận",
    ),
    Rule(
        "households:campaign_version",
        reads=COORDINATOR | LEADER,
        title="Xem một bản công nhận",
        reading=PageReading("Bản công nhận kết quả rà soát", subject="households.reviewcampaign"),
    ),
]
