"""What documents and prints ask of the database beyond constraints."""

from povertyplan.core.journal.history_tables import locked_year
from povertyplan.core.journal.triggers import DELETE, INSERT, UPDATE, Refusal

HISTORY = (
    "reports_acceptedfinding",
    "reports_assignedtarget",
    "reports_basisproposal",
    "reports_block",
    "reports_blockcomment",
    "reports_blockproposal",
    "reports_document",
    "reports_documentbasis",
    "reports_documentduty",
    # Its blocks stay out: the digest in this row says what they were.
    "reports_draftversion",
    "reports_dutyitem",
    "reports_indicatortable",
    "reports_indicatortablerow",
    "reports_legaldocument",
    "reports_printrun",
    "reports_recipient",
    "reports_reportingrule",
    "reports_reportrequest",
    "reports_returnedword",
    "reports_sentreport",
    # Its tree and its files stay out: the digests in this row say what they were.
    "reports_snapshot",
    "reports_standardbaseline",
    "reports_supervisionfinding",
    "reports_unitreport",
    "reports_unitreportfigure",
    "reports_unitreportreturn",
    "reports_unitreportsending",
    "reports_wordpassage",
    "reports_wordupload",
)

_ISSUED = "Văn bản đã ban hành, không sửa hoặc xóa được."
_OF_DUTY = "(SELECT duty.document_id FROM reports_documentduty duty WHERE duty.id = {row}.duty_id)"
_OF_ITEM = (
    "(SELECT duty.document_id FROM reports_documentduty duty JOIN reports_dutyitem item"
    " ON item.duty_id = duty.id WHERE item.id = {row}.dutyitem_id)"
)
_RECEIVED = "Báo cáo đã tiếp nhận, không sửa hoặc xóa được."
_SENT = "Báo cáo đã gửi, chờ tiếp nhận hoặc trả lại: không sửa hoặc xóa được."
_ASKED = "Đã có đơn vị gửi báo cáo: không sửa kỳ, ngày số liệu của yêu cầu này."
_FOREIGN = "Dữ liệu không cùng phường, xã."
# The document that a row of each table is a part of.
_PARTS = {
    "reports_acceptedfinding": "{row}.document_id",
    "reports_block": "{row}.document_id",
    "reports_blockcomment": (
        "(SELECT block.document_id FROM reports_block block WHERE block.id = {row}.block_id)"
    ),
    "reports_blockproposal": (
        "(SELECT block.document_id FROM reports_block block WHERE block.id = {row}.block_id)"
    ),
    "reports_returnedword": "{row}.document_id",
    "reports_basisproposal": "{row}.document_id",
    "reports_documentbasis": "{row}.document_id",
    "reports_documentduty": "{row}.document_id",
    "reports_recipient": "{row}.document_id",
    "reports_dutyitem": _OF_DUTY,
    "reports_dutyitem_projects": _OF_ITEM,
}

# What may still be said of an issued document, once: that it does not hold any more.
ENDING_COLUMNS = ("ended_as", "ended_on", "ended_text", "ended_reason", "version")
FROZEN_COLUMNS = (
    *("id", "ward_id", "kind", "code", "year_from", "year_to", "subject", "state", "number"),
    *("symbol", "number_repeats", "issued_on", "issued_year", "place_line", "issuer", "addressee"),
    *("data_on", "authority", "signer_title", "signer_name", "archive", "comment_until"),
    "submitted_by_id",
    *("submitted_at", "return_reason", "issued_by_id", "amends_id", "amend_kind", "amend_reason"),
)
# What a unit has answered to, from the first report that it sent.
ASKED_COLUMNS = (
    *("id", "ward_id", "rule_id", "period", "year", "number", "subject"),
    *("first_day", "last_day", "data_on", "asks_figures"),
)
# What somebody has put a name to, until it comes back.
SENT_COLUMNS = (
    *("id", "ward_id", "request_id", "unit_id", "village_id"),
    *("results", "difficulties", "proposals"),
    *("sent_by_id", "sent_at"),
)


def _stay(columns: tuple[str, ...]) -> str:
    """SQL that is never unknown: to take a value away is a change too."""
    return " AND ".join(
        f"COALESCE(NEW.{name} = OLD.{name}, NEW.{name} IS NULL AND OLD.{name} IS NULL)"
        for name in columns
    )


_STAYS = _stay(FROZEN_COLUMNS)
_ENDS = "OLD.ended_as = '' AND NEW.ended_as <> ''"

_BASIS_PROPOSED = (
    *("document_id", "act", "was", "role", "kind", "number", "dated_on", "issuer", "title"),
    *("reason", "author_id", "unit_id", "proposed_at", "outcome", "settled_by_id", "settled_at"),
)
_FOUND = (
    *("ward_id", "subject", "household_id", "indicator_id", "posting_id", "ward_project_id"),
    *("year", "found_on", "text", "reply_by", "recorded_by_id", "recorded_at"),
)
_ANSWERED = ("answer", "answered_by_id", "answered_at", "answered_on", "unit_id")
_WITHDRAWN = ("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")


def _is_other(columns: tuple[str, ...]) -> str:
    return " OR ".join(
        f"COALESCE(CAST(OLD.{name} AS TEXT), '') <> COALESCE(CAST(NEW.{name} AS TEXT), '')"
        for name in columns
    )


REFUSALS = (
    locked_year("reports_assignedtarget", "CAST({row}.year AS TEXT)"),
    *(
        Refusal(
            name="ward_of_indicator",
            table=table,
            operations=(INSERT, UPDATE),
            condition=(
                "NEW.ward_id <> (SELECT one.ward_id FROM projects_indicator one"
                " WHERE one.id = NEW.indicator_id)"
            ),
            message="Dữ liệu không cùng phường, xã.",
        )
        for table in ("reports_assignedtarget", "reports_standardbaseline")
    ),
    Refusal(
        name="found",
        table="reports_supervisionfinding",
        operations=(UPDATE,),
        condition=(
            f"({_is_other(_FOUND)})"
            f" OR (OLD.answered_at IS NOT NULL AND ({_is_other(_ANSWERED)}))"
            f" OR (OLD.withdrawn_at IS NOT NULL AND ({_is_other(_WITHDRAWN + _ANSWERED)}))"
        ),
        message="Kiến nghị giám sát và trả lời đã ghi được giữ nguyên: ghi sai thì rút, có lý do.",
    ),
    # In one, as the name of a trigger for each would be too long.
    Refusal(
        name="own_ward",
        table="reports_supervisionfinding",
        operations=(INSERT, UPDATE),
        condition=" OR ".join(
            f"(NEW.{column} IS NOT NULL AND NEW.ward_id <> (SELECT parent.ward_id"
            f" FROM {parent} parent WHERE parent.id = NEW.{column}))"
            for column, parent in (
                ("unit_id", "core_unit"),
                ("household_id", "households_household"),
                ("indicator_id", "projects_indicator"),
                ("posting_id", "households_posting"),
                ("ward_project_id", "projects_wardproject"),
            )
        ),
        message=_FOREIGN,
    ),
    Refusal(
        name="found",
        table="reports_supervisionfinding",
        operations=(DELETE,),
        message="Kiến nghị giám sát đã ghi không xóa được: ghi sai thì rút, có lý do.",
    ),
    Refusal(
        name="issued",
        table="reports_document",
        operations=(UPDATE,),
        condition=f"OLD.state = 'issued' AND NOT ({_ENDS} AND {_STAYS})",
        message=_ISSUED,
    ),
    Refusal(
        name="issued",
        table="reports_document",
        operations=(DELETE,),
        condition="OLD.state = 'issued'",
        message=_ISSUED,
    ),
    Refusal(
        name="replaced",
        table="reports_document",
        operations=(UPDATE,),
        condition=(
            "NEW.ended_as = 'replaced' AND NOT EXISTS (SELECT 1 FROM reports_document other"
            " WHERE other.amends_id = NEW.id AND other.amend_kind = 'replaces'"
            " AND other.state = 'issued')"
        ),
        message="Văn bản chỉ bị thay thế bởi một văn bản đã ban hành.",
    ),
    *(
        Refusal(
            name="issued",
            table=table,
            condition=(
                "EXISTS (SELECT 1 FROM reports_document document"
                f" WHERE document.id = {document} AND document.state = 'issued')"
            ),
            message=_ISSUED,
        )
        for table, document in _PARTS.items()
    ),
    Refusal(
        name="settled",
        table="reports_blockproposal",
        operations=(UPDATE, DELETE),
        condition="OLD.outcome <> ''",
        message="Đề nghị sửa đã xử lý được giữ nguyên, không sửa hoặc xóa được.",
    ),
    Refusal(
        name="ward_of_unit_id",
        table="reports_blockproposal",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.unit_id IS NOT NULL AND (SELECT unit.ward_id FROM core_unit unit"
            " WHERE unit.id = NEW.unit_id) <> (SELECT document.ward_id"
            " FROM reports_document document JOIN reports_block block"
            " ON block.document_id = document.id WHERE block.id = NEW.block_id)"
        ),
        message=_FOREIGN,
    ),
    Refusal(
        name="settled",
        table="reports_basisproposal",
        operations=(DELETE,),
        condition="OLD.outcome <> ''",
        message="Đề nghị về căn cứ đã xử lý được giữ nguyên, không sửa hoặc xóa được.",
    ),
    Refusal(
        name="settled",
        table="reports_basisproposal",
        operations=(UPDATE,),
        # Its basis may still go from the draft.
        condition=f"OLD.outcome <> '' AND ({_is_other(_BASIS_PROPOSED)})",
        message="Đề nghị về căn cứ đã xử lý được giữ nguyên, không sửa hoặc xóa được.",
    ),
    Refusal(
        name="ward_of_unit_id",
        table="reports_basisproposal",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.unit_id IS NOT NULL AND (SELECT unit.ward_id FROM core_unit unit"
            " WHERE unit.id = NEW.unit_id) <> (SELECT document.ward_id"
            " FROM reports_document document WHERE document.id = NEW.document_id)"
        ),
        message=_FOREIGN,
    ),
    Refusal(
        name="foreign_basis",
        table="reports_basisproposal",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.basis_id IS NOT NULL AND NEW.document_id <> (SELECT basis.document_id"
            " FROM reports_documentbasis basis WHERE basis.id = NEW.basis_id)"
        ),
        message=_FOREIGN,
    ),
    *(
        Refusal(
            name=f"ward_of_{column}",
            table="reports_wordpassage",
            operations=(INSERT, UPDATE),
            condition=(
                f"NEW.{column} IS NOT NULL AND (SELECT own.ward_id FROM {parent} own"
                f" WHERE own.id = NEW.{column}) <> (SELECT upload.ward_id"
                " FROM reports_wordupload upload WHERE upload.id = NEW.upload_id)"
            ),
            message=_FOREIGN,
        )
        for column, parent in (
            ("target_id", "projects_target"),
            ("ward_project_id", "projects_wardproject"),
        )
    ),
    Refusal(
        name="foreign_word",
        table="reports_blockproposal",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.word_id IS NOT NULL AND (SELECT word.document_id FROM reports_returnedword word"
            " WHERE word.id = NEW.word_id) <> (SELECT block.document_id"
            " FROM reports_block block WHERE block.id = NEW.block_id)"
        ),
        message=_FOREIGN,
    ),
    Refusal(
        name="foreign_parent",
        table="reports_block",
        operations=(INSERT, UPDATE),
        condition=(
            "{row}.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reports_block above"
            " WHERE above.id = {row}.parent_id AND above.document_id = {row}.document_id)"
        ),
        message="Khối nội dung chỉ đứng dưới khối của cùng văn bản.",
    ),
    # Whatever is issued from now on has what was signed; documents of before are left as they are.
    Refusal(
        name="signed",
        table="reports_document",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.state = 'issued' AND NOT EXISTS (SELECT 1 FROM reports_snapshot snapshot"
            " JOIN reports_snapshotcontent content ON content.snapshot_id = snapshot.id"
            " WHERE snapshot.document_id = NEW.id)"
        ),
        message="Văn bản ban hành phải có bản lưu của nội dung đã ký.",
    ),
    Refusal(
        name="new_repeats",
        table="reports_document",
        operations=(INSERT,),
        condition="NEW.number_repeats",
        message="Số văn bản này đã cấp trong năm.",
    ),
    Refusal(
        name="repeats",
        table="reports_document",
        operations=(UPDATE,),
        condition="NEW.number_repeats AND NOT OLD.number_repeats",
        message="Số văn bản này đã cấp trong năm.",
    ),
    *(
        Refusal(
            name="kept",
            table=table,
            operations=(UPDATE, DELETE),
            message="Bản lưu của văn bản đã ký được giữ nguyên, không sửa hoặc xóa được.",
        )
        for table in ("reports_snapshot", "reports_snapshotcontent")
    ),
    *(
        Refusal(
            name="kept",
            table=table,
            operations=(UPDATE, DELETE),
            message="Phiên bản dự thảo đã lưu được giữ nguyên, không sửa hoặc xóa được.",
        )
        for table in ("reports_draftversion", "reports_draftversioncontent")
    ),
    Refusal(
        name="received",
        table="reports_unitreport",
        operations=(UPDATE, DELETE),
        condition="OLD.state = 'received'",
        message=_RECEIVED,
    ),
    Refusal(
        name="changed_while_sent",
        table="reports_unitreport",
        operations=(UPDATE,),
        condition=f"OLD.state = 'sent' AND NOT ({_stay(SENT_COLUMNS)})",
        message=_SENT,
    ),
    Refusal(
        name="removed_while_sent",
        table="reports_unitreport",
        operations=(DELETE,),
        condition="OLD.state = 'sent'",
        message=_SENT,
    ),
    Refusal(
        name="changed_while_sent",
        table="reports_unitreportfigure",
        condition=(
            "EXISTS (SELECT 1 FROM reports_unitreport report"
            " WHERE report.id = {row}.report_id AND report.state = 'sent')"
        ),
        message=_SENT,
    ),
    Refusal(
        name="answered",
        table="reports_reportrequest",
        operations=(UPDATE,),
        condition=(
            f"NOT ({_stay(ASKED_COLUMNS)}) AND EXISTS (SELECT 1 FROM reports_unitreport report"
            " WHERE report.request_id = OLD.id AND report.state IN ('sent', 'received'))"
        ),
        message=_ASKED,
    ),
    *(
        Refusal(
            name="received",
            table=table,
            condition=(
                "EXISTS (SELECT 1 FROM reports_unitreport report"
                " WHERE report.id = {row}.report_id AND report.state = 'received')"
            ),
            message=_RECEIVED,
        )
        for table in (
            "reports_unitreportfigure",
            "reports_unitreportsending",
            "reports_unitreportreturn",
        )
    ),
    *(
        Refusal(
            name="kept",
            table=table,
            operations=(UPDATE, DELETE),
            message="Những lần gửi, trả lại báo cáo được giữ nguyên, không sửa hoặc xóa được.",
        )
        for table in ("reports_unitreportsending", "reports_unitreportreturn")
    ),
    Refusal(
        name="sent",
        table="reports_unitreport",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.state IN ('sent', 'received') AND NOT EXISTS (SELECT 1 FROM"
            " reports_unitreportsending sending WHERE sending.report_id = NEW.id)"
        ),
        message="Báo cáo đã gửi phải có bản lưu của lần gửi.",
    ),
    Refusal(
        name="ward_of_village_id",
        table="reports_unitreport",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.village_id IS NOT NULL AND NEW.ward_id <> (SELECT area.parent_id"
            " FROM core_area area WHERE area.id = NEW.village_id)"
        ),
        message=_FOREIGN,
    ),
    *(
        Refusal(
            name=f"ward_of_{column}",
            table=table,
            operations=(INSERT, UPDATE),
            condition=(
                f"NEW.{column} IS NOT NULL AND NEW.ward_id <> (SELECT parent.ward_id"
                f" FROM {parent} parent WHERE parent.id = NEW.{column})"
            ),
            message=_FOREIGN,
        )
        for table, column, parent in (
            ("reports_unitreport", "request_id", "reports_reportrequest"),
            ("reports_unitreport", "unit_id", "core_unit"),
            ("reports_reportrequest", "rule_id", "reports_reportingrule"),
            ("reports_sentreport", "rule_id", "reports_reportingrule"),
            ("reports_reportrequest", "document_id", "reports_document"),
            ("reports_document", "amends_id", "reports_document"),
            ("reports_legaldocument", "replaced_by_id", "reports_legaldocument"),
        )
    ),
    Refusal(
        name="ward_of_legal_id",
        table="reports_documentbasis",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.legal_id IS NOT NULL AND (SELECT legal.ward_id FROM reports_legaldocument legal"
            " WHERE legal.id = NEW.legal_id) <> (SELECT document.ward_id"
            " FROM reports_document document WHERE document.id = NEW.document_id)"
        ),
        message=_FOREIGN,
    ),
    Refusal(
        name="ward_of_unit_id",
        table="reports_block",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.unit_id IS NOT NULL AND (SELECT unit.ward_id FROM core_unit unit"
            " WHERE unit.id = NEW.unit_id) <> (SELECT document.ward_id"
            " FROM reports_document document WHERE document.id = NEW.document_id)"
        ),
        message=_FOREIGN,
    ),
)
