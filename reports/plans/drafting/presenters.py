"""What the page of a new plan says."""

from collections.abc import Sequence

from reports.models import Document, DocumentBasis
from reports.plans.builder import basis_text

NO_WARD = "Bạn không lập kế hoạch ở địa bàn này."


def begun(document: Document) -> str:
    return f"Đã lập dự thảo kế hoạch {document.subject}."


def left_behind(bases: Sequence[DocumentBasis]) -> str:
    """Which bases of the earlier plan were not taken over."""
    listed = "; ".join(map(basis_text, bases))
    return f"Không mang sang căn cứ đã hết hiệu lực: {listed}. Bổ sung căn cứ thay thế."
