"""What the end of an import says after an act, and writes into the record of accesses."""

from households.models import ImportBatch

UNDONE = "Đã hoàn tác lần nhập này."
REPORT_PURPOSE = "Đối chiếu kết quả nhập từ tệp"


def report_taken(batch: ImportBatch) -> str:
    return f"Tệp kết quả của lần nhập {batch.file_name}"
