"""A standard for the tests of the rules, with the figures of 2022-2026."""

from households.choices import Dimension
from households.rules.classification import IndicatorRule, ScoreLine, StandardRules
from povertyplan.core.choices import Setting

INDICATORS = (
    ("Việc làm", Dimension.EMPLOYMENT),
    ("Người phụ thuộc trong hộ gia đình", Dimension.EMPLOYMENT),
    ("Dinh dưỡng", Dimension.HEALTH),
    ("Bảo hiểm y tế", Dimension.HEALTH),
    ("Trình độ giáo dục của người lớn", Dimension.EDUCATION),
    ("Tình trạng đi học của trẻ em", Dimension.EDUCATION),
    ("Chất lượng nhà ở", Dimension.HOUSING),
    ("Diện tích nhà ở bình quân đầu người", Dimension.HOUSING),
    ("Nguồn nước sinh hoạt", Dimension.WATER_SANITATION),
    ("Nhà tiêu hợp vệ sinh", Dimension.WATER_SANITATION),
    ("Sử dụng dịch vụ viễn thông", Dimension.INFORMATION),
    ("Phương tiện phục vụ tiếp cận thông tin", Dimension.INFORMATION),
)

STANDARD = StandardRules(
    code="2022-2026",
    legal_reference="Nghị định số 07/2021/NĐ-CP",
    poor_from_points=30,
    income_lines=(ScoreLine(Setting.RURAL, 140), ScoreLine(Setting.URBAN, 175)),
    indicators=tuple(
        IndicatorRule(number, name, dimension, 10)
        for number, (name, dimension) in enumerate(INDICATORS, start=1)
    ),
)
