"""A printed form (biểu mẫu): one table under the national heading, signed below. Pure.

Unlike a document it has no number of its own, no legal bases and no recipients.
"""

from dataclasses import dataclass

from reports.printing.tree import Signature, Table


@dataclass(frozen=True)
class FormSheet:
    """The form as it is printed: `label` ("Biểu số 2") stands at the top right corner.

    `date_line` is "Đăk Cấm, ngày 20 tháng 11 năm 2026"; `signatures` stand side by side.
    """

    label: str
    title: str
    period: str
    issuer: str
    issuer_lines: tuple[str, ...]
    date_line: str
    table: Table
    signatures: tuple[Signature, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    is_wide: bool = False
    demo: bool = False
    source: str = ""  # time of the data, at the foot of each page
