"""Invented content of the component gallery: long names, long numbers, every state."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils.datastructures import MultiValueDict

from povertyplan.core.text.fields import VietnameseDateField, WholeNumberField

LONG_NAME = "Nguyễn Hoàng Thị Phương Khánh Quỳnh Hương"

TAGS = [
    ("Hộ nghèo", "poor"),
    ("Hộ cận nghèo", "near_poor"),
    ("Hộ không nghèo", "not_poor"),
    ("Hộ có mức sống trung bình", "average_living"),
    ("Hộ mới thoát nghèo", "newly_escaped"),
    ("Đang nhập", "info"),
    ("Đạt", "ok"),
    ("Gần đạt", "warn"),
    ("Chậm", "danger"),
    ("Chưa có số liệu", "plain"),
]


class SampleForm(forms.Form):
    """One field of each kind; `SAMPLE_INPUT` leaves two of them wrong."""

    name = forms.CharField(label="Họ và tên chủ hộ")
    citizen_id = forms.RegexField(
        r"^\d{12}$",
        label="Số định danh cá nhân",
        help_text="12 chữ số, ví dụ 051098001234",
        error_messages={"invalid": "Số định danh phải có đúng 12 chữ số, bạn nhập 11."},
    )
    decided_on = VietnameseDateField(label="Ngày quyết định", help_text="ngày/tháng/năm")
    income_score = WholeNumberField(label="Điểm B1")
    amount = WholeNumberField(label="Số tiền (đồng)", required=False)
    village = forms.ChoiceField(
        label="Thôn, tổ dân phố", choices=[("1", "Tổ dân phố 3"), ("2", "Thôn Kon Rờ Bàng")]
    )
    kind = forms.ChoiceField(
        label="Loại rà soát",
        choices=[("1", "Định kỳ hằng năm"), ("2", "Thường xuyên trong năm")],
        widget=forms.RadioSelect,
    )
    causes = forms.MultipleChoiceField(
        label="Nguyên nhân nghèo",
        help_text="Chọn tất cả nguyên nhân đúng với hộ.",
        choices=[("1", "Không có đất sản xuất"), ("2", "Có người ốm đau, bệnh nặng")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="Chủ hộ đồng ý với kết quả", required=False)
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}))
    deprived_01 = forms.BooleanField(label="Việc làm", required=False)
    deprived_02 = forms.BooleanField(label="Phương tiện phục vụ tiếp cận thông tin", required=False)
    answer = forms.ChoiceField(
        label="Nguồn nước sinh hoạt của hộ",
        choices=[("no", "Không thiếu"), ("yes", "Thiếu hụt")],
        widget=forms.RadioSelect,
    )


SAMPLE_INPUT = {
    "name": [LONG_NAME],
    "citizen_id": ["05109800123"],
    "decided_on": ["18/12/2025"],
    "income_score": ["một trăm"],
    "amount": ["1.234.567.000"],
    "village": ["2"],
    "kind": ["1"],
    "causes": ["1"],
    "agreed": ["on"],
    "note": ["Hộ vắng nhà hai lần, đã hẹn lại."],
    "deprived_02": ["on"],
    "answer": ["yes"],
}

CRUMBS = [
    {"label": "Rà soát hằng năm", "url": "#main"},
    {"label": "Đợt năm 2026", "url": "#main"},
    {"label": "Tổ dân phố 3", "url": ""},
]

TABS = [
    {"label": "Sổ hộ nghèo", "url": "#main", "active": True, "count": 14},
    {"label": "Sổ hộ cận nghèo", "url": "#main", "count": 106},
    {"label": "Mới thoát nghèo (36 tháng)", "url": "#main", "count": 38},
    {"label": "Chưa rà soát", "url": "#main", "count": 0},
]

CHIPS = [
    {"label": "Thôn: Kon Rờ Bàng", "url": "#main"},
    {"label": "Phân loại: Hộ cận nghèo", "url": "#main"},
]

CONFLICT = {
    "who": "Trần Văn Bình",
    "time": "09:12",
    "rows": [
        {"name": "income_score", "label": "Điểm B1", "theirs": "120", "mine": "135"},
        {"name": "note", "label": "Ghi chú", "theirs": "–", "mine": "Hộ vắng nhà hai lần"},
    ],
}

MATRIX_ROWS = [
    {"number": 5, "name": "Trình độ giáo dục của người lớn", "cells": [True, True, True]},
    {"number": 9, "name": "Nguồn nước sinh hoạt", "cells": [True, False, True]},
    {"number": 1, "name": "Việc làm", "cells": [True, False, None]},
]

STEPS = [
    {"label": "Lập danh sách", "note": "05/11", "is_done": True, "url": "#main"},
    {"label": "Rà soát", "note": "12/60 hộ", "is_current": True, "url": "#main"},
    {"label": "Họp dân", "note": "chưa đến"},
    {"label": "Niêm yết công khai", "note": "chưa đến"},
    {"label": "Quyết định công nhận", "note": "chưa đến"},
]

EVENTS = [
    {
        "time": "09:14 ngày 20/11/2026",
        "who": "Lê Thị Cúc",
        "text": "Sửa điểm B1: 120 → 110.",
    },
    {"time": "18/12/2025", "who": "Trần Văn Bình", "text": "Công nhận Hộ nghèo."},
]

YEARS = [
    {"year": 2022, "label": "", "detail": "chưa quản lý"},
    {"year": 2023, "label": "Hộ nghèo", "tone": "poor", "detail": "B1 95 · B2 50"},
    {"year": 2024, "label": "Hộ nghèo", "tone": "poor", "detail": "B1 120 · B2 40"},
    {
        "year": 2025,
        "label": "Hộ cận nghèo",
        "tone": "near_poor",
        "change": "↑ thoát nghèo",
        "detail": "B1 110 · B2 20",
    },
    {"year": 2026, "label": "Đang rà soát", "tone": "info", "is_current": True},
]


def sample(today: date, page_number: str = "2") -> dict:
    """Everything the gallery's templates show, as of `today`."""
    return {
        "form": SampleForm(MultiValueDict(SAMPLE_INPUT)),
        "tags": TAGS,
        "dues": [today + timedelta(days=days) for days in (-41, 0, 5, 30)],
        "tasks": _tasks(today),
        "crumbs": CRUMBS,
        "tabs": TABS,
        "chips": CHIPS,
        "page": Paginator(_households() * 12, 4).get_page(page_number),
        "conflict": CONFLICT,
        "years": YEARS,
        "matrix_years": [2024, 2025, 2026],
        "matrix_rows": MATRIX_ROWS,
        "steps": STEPS,
        "events": EVENTS,
    }


def _tasks(today: date) -> list[dict]:
    return [
        {
            "title": "Gửi báo cáo 9 tháng",
            "reason": "Phòng Văn hóa - Xã hội chưa gửi",
            "url": "#main",
            "action": "Mở",
            "due_on": today - timedelta(days=41),
        },
        {
            "title": "Nhập kết quả rà soát: Tổ dân phố 3",
            "reason": "còn 18 hộ chưa có kết quả",
            "url": "#main",
            "action": "Nhập tiếp",
            "due_on": today + timedelta(days=5),
            "done": 42,
            "total": 60,
        },
        {
            "title": "12 hộ mới thoát nghèo sắp hết thời hạn 36 tháng",
            "url": "#main",
            "action": "Xem danh sách",
            "due_on": today + timedelta(days=41),
        },
        {"title": "Lập danh sách rà soát", "url": "#main", "is_done": True},
    ]


def _households() -> list[dict]:
    rows = [
        (LONG_NAME, "Thôn Kon Rờ Bàng", 4, "Hộ nghèo", "poor", "1 4 5 9 10", "051098001234"),
        ("Y Hữu Nam", "Tổ dân phố 3", 11, "Hộ cận nghèo", "near_poor", "5 9", "051198004321"),
        ("Đặng Thị Ủy", "Tổ dân phố 12", 2, "Hộ không nghèo", "not_poor", "–", "051160000007"),
        ("A Thút", "Thôn Kon Rờ Bàng", 6, "Hộ mới thoát nghèo", "newly_escaped", "3", "–"),
    ]
    keys = ("name", "village", "size", "label", "tone", "missing", "citizen_id")
    return [dict(zip(keys, row, strict=True)) for row in rows]
