"""What the tables 01 to 15 are usually called, and the times of which one is made."""

from reports.choices import ReportPeriod
from reports.progress.calendar.dues import PERIODS_A_YEAR, period_name, span_token

LEGAL_REFERENCE = "Phụ lục III Thông tư số 10/2022/TT-BLĐTBXH"
USUAL_NAMES = {
    1: "Chỉ số, khung kết quả",
    2: "Kết quả thực hiện chương trình",
}
COLLECTED = "Biểu mẫu thu thập thông tin"


def usual_name(number: int) -> str:
    return USUAL_NAMES.get(number, COLLECTED)


def times_of(year: int) -> list[tuple[str, str]]:
    """The times of a year of which a table can be made, with what each is called."""
    return [
        (span_token(period, year, number), period_name(period, year, number))
        for period, count in PERIODS_A_YEAR.items()
        if period != ReportPeriod.MONTH
        for number in range(1, count + 1)
    ]
