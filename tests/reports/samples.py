"""A full plan as a tree: every kind of block, long names, two appendices. Invented figures."""

from dataclasses import replace
from datetime import date

from reports.printing.tree import (
    Align,
    Appendix,
    Basis,
    Cell,
    ComponentBlock,
    Dash,
    DataValue,
    DocumentTree,
    DutyList,
    Heading,
    LabelledField,
    Numbered,
    Paragraph,
    Plus,
    Signature,
    Table,
    TableColumn,
)

ECONOMY = "Phòng Kinh tế, Hạ tầng và Đô thị"
CULTURE = "Phòng Văn hóa - Xã hội"
FRONT = "Ủy ban MTTQ Việt Nam phường và các tổ chức chính trị - xã hội"
YEARS = range(2024, 2031)

BASES = (
    Basis("Căn cứ", "Nghị quyết số 24/2021/QH15 ngày 28 tháng 7 năm 2021 của Quốc hội"),
    Basis("Căn cứ", "Thông tư số 55/2023/TT-BTC ngày 15 tháng 8 năm 2023 của Bộ Tài chính;"),
    Basis("Thực hiện", "Kế hoạch số 14/KH-UBND ngày 09 tháng 8 năm 2025 của UBND phường"),
)

POOR_2024 = DataValue("poor_households:2024", "21", "Danh sách hộ nghèo, ngày 31/12/2024")
POOR_RATE_2024 = DataValue("poor_rate:2024", "0,27%", "Danh sách hộ nghèo, ngày 31/12/2024")


def component(title: str, lead: str, level: int = 2) -> ComponentBlock:
    return ComponentBlock(
        title,
        (
            LabelledField(
                "Mục tiêu",
                ("Tăng thu nhập, giảm dần khoảng cách về mức sống giữa các nhóm hộ.",),
            ),
            LabelledField(
                "Đối tượng",
                ("Hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo trên địa bàn phường.",),
            ),
            LabelledField(
                "Nội dung",
                (
                    "Hỗ trợ cây giống, con giống và vật tư phù hợp với điều kiện từng hộ;",
                    "Tập huấn kỹ thuật và giúp hộ tiếp cận thị trường tiêu thụ sản phẩm.",
                ),
            ),
            LabelledField("Đơn vị thực hiện", (f"{lead}.",)),
            LabelledField("Cơ quan phối hợp", (f"{FRONT}; các đơn vị liên quan.",)),
        ),
        level=level,
    )


def yearly_targets() -> Table:
    """A wide table: two head rows, seven years of four columns each would not fit upright."""
    return Table(
        columns=(
            TableColumn(5, Align.CENTER),
            TableColumn(25),
            *[TableColumn(10, Align.RIGHT)] * len(YEARS),
        ),
        head=(
            (
                Cell("TT", rowspan=2),
                Cell("Chỉ tiêu", rowspan=2),
                Cell("Thực hiện đến 31/12"),
                Cell("Kế hoạch đến ngày 31 tháng 12 hằng năm", colspan=6),
            ),
            tuple(Cell(str(year)) for year in YEARS),
        ),
        rows=(
            (Cell("Hộ nghèo", colspan=9, align=Align.LEFT, strong=True),),
            ("1", "Số hộ nghèo cuối năm", (POOR_2024,), "12", "10", "7", "5", "2", "0"),
            ("2", "Tỷ lệ hộ nghèo (%)", "0,27", "0,15", "0,12", "0,09", "0,06", "0,02", "0"),
            (Cell("Hộ cận nghèo", colspan=9, align=Align.LEFT, strong=True),),
            ("3", "Số hộ cận nghèo cuối năm", "113", "106", "88", "70", "51", "33", "16"),
            ("4", "Tỷ lệ hộ cận nghèo (%)", "1,44", "1,27", "1,05", "0,8", "0,6", "0,4", "0,19"),
        ),
        totals=(("", "Cộng số hộ", "134", "118", "98", "77", "56", "35", "16"),),
        title="Lộ trình giảm nghèo giai đoạn 2025-2030",
        measure_unit="hộ, %",
        note="Ghi chú: số liệu năm 2024 theo kết quả rà soát đã được công nhận.",
    )


def households_by_village() -> Table:
    """A long table that runs over several pages."""
    rows = [
        (str(place), f"Tổ dân phố {place}", str(place % 4), str(place % 7 + 2), "")
        for place in range(1, 61)
    ]
    return Table(
        columns=(
            TableColumn(8, Align.CENTER),
            TableColumn(40),
            TableColumn(16, Align.RIGHT),
            TableColumn(16, Align.RIGHT),
            TableColumn(20),
        ),
        head=(("TT", "Thôn, tổ dân phố", "Hộ nghèo", "Hộ cận nghèo", "Ghi chú"),),
        rows=tuple(rows),
        totals=(("", "Tổng cộng", "90", "299", ""),),
        measure_unit="hộ",
    )


BODY = (
    Paragraph(
        "Ủy ban nhân dân phường Đăk Cấm ban hành Kế hoạch công tác giảm nghèo bền vững trên địa "
        "bàn phường giai đoạn 2025-2030, cụ thể như sau:"
    ),
    Heading(1, "Mục đích, yêu cầu"),
    Heading(2, "Mục đích"),
    Dash("Giúp hộ nghèo, hộ cận nghèo vươn lên, hạn chế tái nghèo và phát sinh nghèo mới."),
    Heading(2, "Yêu cầu"),
    Dash("Xác định đúng, đủ đối tượng; lồng ghép nguồn lực, không trùng lặp, không bỏ sót."),
    Dash("Phân công rõ người, rõ việc, rõ thời gian và rõ kết quả cho từng đơn vị."),
    Heading(1, "Mục tiêu"),
    Heading(2, "Mục tiêu chung"),
    Paragraph(
        (
            "Đến ngày 31 tháng 12 năm 2024 phường còn ",
            POOR_2024,
            " hộ nghèo (chiếm ",
            POOR_RATE_2024,
            " tổng số hộ). Phấn đấu đến năm 2030 không còn hộ nghèo.",
        )
    ),
    Heading(2, "Mục tiêu cụ thể"),
    Heading(3, "Chiều thiếu hụt về việc làm"),
    Dash("100% lao động thuộc hộ nghèo, hộ cận nghèo có nhu cầu được tư vấn, tìm việc làm."),
    Plus("Mỗi hộ có ít nhất 01 lao động có việc làm ổn định."),
    Heading(3, "Chiều thiếu hụt về y tế"),
    Dash("100% người thuộc hộ nghèo có thẻ bảo hiểm y tế."),
    Heading(1, "Nội dung thực hiện"),
    component("Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo", ECONOMY),
    Heading(2, "Dự án 3: Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng"),
    component("Tiểu dự án 1: Hỗ trợ phát triển sản xuất nông nghiệp", ECONOMY, level=3),
    component("Tiểu dự án 2: Cải thiện dinh dưỡng", CULTURE, level=3),
    component("Dự án 6: Truyền thông và giảm nghèo về thông tin", CULTURE),
    Heading(1, "Kinh phí thực hiện"),
    Numbered("Nguồn vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững."),
    Numbered("Nguồn vốn lồng ghép từ các chương trình, dự án khác trên địa bàn."),
    Numbered("Nguồn huy động xã hội hóa và các nguồn hợp pháp khác."),
    Heading(1, "Tổ chức thực hiện"),
    DutyList(
        ECONOMY,
        (
            "Là cơ quan thường trực, theo dõi, đôn đốc và tổng hợp kết quả thực hiện Kế hoạch;",
            "Chủ trì thực hiện Dự án 2, Tiểu dự án 1 thuộc Dự án 3; lộ trình tại Phụ lục I;",
            "Báo cáo Ủy ban nhân dân phường trước ngày 10 tháng 6 và ngày 10 tháng 11 hằng năm.",
        ),
    ),
    DutyList(CULTURE, ("Chủ trì thực hiện Tiểu dự án 2 thuộc Dự án 3 và Dự án 6.",)),
    DutyList(f"Đề nghị {FRONT}", ("Giám sát việc thực hiện chính sách giảm nghèo.",)),
)

RECIPIENTS = (
    "Thường trực Đảng ủy phường",
    "Thường trực HĐND phường",
    "Chủ tịch và các Phó Chủ tịch UBND phường",
    "UBMTTQVN phường",
    "Các cơ quan, đơn vị thuộc UBND phường",
    "24 thôn trưởng, tổ trưởng tổ dân phố",
)


def sample_plan(**changes) -> DocumentTree:
    """A signed plan; `changes` replace its parts."""
    plan = DocumentTree(
        kind="Kế hoạch",
        symbol="KH-UBND",
        subject="công tác giảm nghèo bền vững, nâng cao đời sống vật chất và tinh thần "
        "cho nhân dân trên địa bàn phường giai đoạn 2025-2030",
        issuer="Ủy ban nhân dân phường Đăk Cấm",
        issuer_lines=("Ủy ban nhân dân", "phường Đăk Cấm"),
        place="Đăk Cấm",
        year=2025,
        number=5,
        signed_on=date(2026, 1, 5),
        bases=BASES,
        body=BODY,
        closing="Trên đây là Kế hoạch công tác giảm nghèo bền vững giai đoạn 2025-2030; yêu cầu "
        "các cơ quan, đơn vị và các thôn, tổ dân phố tổ chức thực hiện",
        signature=Signature(
            ("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), "Đặng Thị Ngọc Ủy"
        ),
        recipients=RECIPIENTS,
        archive="VT, KTHTĐT",
        appendices=(
            Appendix("Lộ trình giảm nghèo hằng năm", (yearly_targets(),), landscape=True),
            Appendix(
                "Hộ nghèo, hộ cận nghèo theo thôn, tổ dân phố",
                (Paragraph("Số hộ tại ngày 31 tháng 12 năm 2024:"), households_by_village()),
            ),
        ),
    )
    return replace(plan, **changes)


def sample_draft(**changes) -> DocumentTree:
    """The same plan before it has a number, a date and a signature."""
    return sample_plan(
        number=None,
        signed_on=None,
        signature=Signature(("TM. Ủy ban nhân dân", "Chủ tịch")),
        **changes,
    )
