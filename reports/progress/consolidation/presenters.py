"""What the page of a consolidated report says."""

from reports.models import UnitReport

BEGUN = "Đã lập dự thảo. Đưa lời văn của các đơn vị vào từng mục, rồi viết tiếp ở trang soạn thảo."


def describe_part_taken(reports: list[UnitReport]) -> str:
    units = "; ".join(report.author.name for report in reports)
    return f"Đã đưa lời văn vào dự thảo: {units}."


def describe_taken(report: UnitReport) -> str:
    return f"Đã đưa lời văn của {report.author.name} vào dự thảo."
