"""Workbooks for tests: the official list as offices keep it, also damaged by chance."""

import io
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import openpyxl
from openpyxl.styles import Font

from households.intake.sheets.values import Reader
from households.intake.sheets.vocabulary import ethnic_choices, village_choices

TODAY = date(2026, 11, 20)
VILLAGES = ("Tổ dân phố 1", "Tổ dân phố 3", "Thôn Kon Rờ Bàng")
GROUPS = (("01", "Kinh", ()), ("14", "Xơ-đăng", ("Xê đăng",)), ("08", "Hmông", ("Mông", "H'Mông")))
CAUSES = frozenset(range(1, 9))
READER = Reader(village_choices(VILLAGES), ethnic_choices(GROUPS), CAUSES, TODAY)

FIRST_ROW = 8
# Letters of the official list: B household number … X causes, Z age, AA size.
HEADINGS = {
    "B": "STT hộ", "C": "Họ tên chủ hộ", "D": "Họ tên thành viên", "E": "Quan hệ với chủ hộ",
    "F": "Ngày sinh", "G": "Giới tính", "H": "CCCD", "I": "Tỉnh", "J": "Huyện", "K": "Mã huyện",
    "L": "Xã", "M": "Mã xã", "N": "Thôn", "O": "Dân tộc", "P": "Phân loại hộ",
    "Q": "Số QĐ công nhận", "R": "Ngày ban hành QĐ", "S": "B1", "T": "B2", "U": "Hộ DTTS",
    "V": "Hộ không có khả năng lao động", "W": "Có thành viên NCC với cách mạng",
    "X": "Nguyên nhân nghèo", "Z": "Tuổi", "AA": "Số nhân khẩu",
}  # fmt: skip
SURNAMES = ("Nguyễn Văn", "Y", "A", "Đặng Thị", "Trần")
GIVEN = ("Hữu", "Nam", "Ủy", "Hòa", "Bình", "Ân", "Lự", "Thơm", "Chính", "Quý")


@dataclass
class Sample:
    """A workbook being made; `cells` are what the official sheet holds by reference."""

    cells: dict[str, object] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    title: str = "DS ho ngheo, can ngheo"

    def content(self) -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = self.title
        sheet["B2"] = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT"
        sheet.merge_cells("B2:X2")
        for column, heading in HEADINGS.items():
            sheet[f"{column}5"] = heading
            sheet.merge_cells(f"{column}5:{column}6")
            sheet[f"{column}7"] = f"({column})"
        for reference, value in self.cells.items():
            sheet[reference] = value
        for reference, font in self.fonts.items():
            sheet[reference].font = Font(name=font)
        return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def citizen_id(number: int, *, female: bool, birth: date) -> str:
    century = 2 if birth.year >= 2000 else 0
    return f"062{century + female}{birth.year % 100:02}{number:06}"


def official_sample(households: int = 5, seed: int = 1) -> Sample:
    """An undamaged official list; every person has a number, a full birth date and a sex."""
    chance = random.Random(seed)
    sample = Sample()
    row = FIRST_ROW
    for number in range(1, households + 1):
        village = chance.choice(VILLAGES)
        head = _name(chance)
        for position in range(chance.randint(1, 5)):
            female = chance.random() < 0.5
            days = chance.randint(400, 30_000)
            # Whoever is a child is younger than the head.
            days = 12_000 + days // 2 if position == 0 else 400 + days % 10_000
            birth = TODAY - timedelta(days=days)
            name = head if position == 0 else _name(chance)
            values = {
                "B": str(number) if position == 0 else None, "C": head, "D": name,
                "E": "Chủ hộ" if position == 0 else "Con",
                "F": birth.strftime("%d/%m/%Y"), "G": "Nữ" if female else "Nam",
                "H": citizen_id(row, female=female, birth=birth), "I": "Quảng Ngãi",
                "L": "Phường Đăk Cấm", "N": village, "O": "Xơ-đăng",
            }  # fmt: skip
            if position == 0:
                values |= {"P": "Hộ nghèo", "S": 110, "T": 40, "U": "x"}
            for column, value in values.items():
                if value is not None:
                    sample.cells[f"{column}{row}"] = value
            row += 1
    sample.cells[f"C{row}"] = "Tổng cộng"
    sample.cells[f"AA{row}"] = f"=SUM(AA{FIRST_ROW}:AA{row - 1})"
    sample.cells[f"D{row + 2}"] = "Phường Đăk Cấm, ngày 20 tháng 11 năm 2026"
    sample.cells[f"D{row + 3}"] = "NGƯỜI LẬP BIỂU"
    return sample


def _name(chance: random.Random) -> str:
    return f"{chance.choice(SURNAMES)} {chance.choice(GIVEN)}"


# Damage: column, name of the kind, and what is put in place of the old value.
DAMAGES = [
    ("H", "lost zeros", lambda old, chance: int(old[:3].lstrip("0") + old[3:])),
    ("H", "rounded", lambda old, chance: "6,2E+10"),
    ("H", "cut", lambda old, chance: old[: chance.randint(1, 11)]),
    ("H", "letters", lambda old, chance: old[:11] + "O"),
    ("H", "too long", lambda old, chance: old + "1"),
    ("F", "serial", lambda old, chance: chance.randint(10_000, 40_000)),
    ("F", "year only", lambda old, chance: int(old[-4:])),
    ("F", "month only", lambda old, chance: old[3:]),
    ("F", "no such day", lambda old, chance: f"31/02/{old[-4:]}"),
    ("F", "short year", lambda old, chance: old[:6] + old[-2:]),
    ("F", "future", lambda old, chance: "01/01/2030"),
    ("F", "words", lambda old, chance: "không rõ"),
    ("G", "sex unknown", lambda old, chance: "X?"),
    ("E", "relation unknown", lambda old, chance: "bạn học"),
    ("N", "village unknown", lambda old, chance: "Tổ dân phố 33"),
    ("O", "group unknown", lambda old, chance: "Klingon"),
    ("D", "digits in name", lambda old, chance: f"{old} 2"),
    ("D", "decomposed", lambda old, chance: "Nguyễn Thị U\u0309y"),
    ("D", "old font text", lambda old, chance: "NguyÔn V¨n ThÞnh"),
    (
        "D",
        "no-break spaces",
        lambda old, chance: f"Trần\u00a0Văn\u00a0\u00a0{chance.choice(GIVEN)}",
    ),
    ("D", "formula", lambda old, chance: '="Trần "&"Văn"'),
    ("H", "formula error", lambda old, chance: "#N/A"),
    ("O", "alias", lambda old, chance: "Xê đăng"),
    ("N", "short village", lambda old, chance: "TDP 3"),
]


def damage(sample: Sample, seed: int, count: int = 6) -> dict[str, str]:
    """Damage up to `count` cells in different rows; what was done, by cell."""
    chance = random.Random(seed)
    rows = sorted({int(cell[1:]) for cell in sample.cells if cell[0] == "H" and cell[1:].isdigit()})
    done = {}
    for row in chance.sample(rows, min(count, len(rows))):
        column, kind, damaged = chance.choice(DAMAGES)
        cell = f"{column}{row}"
        if cell in sample.cells:
            sample.cells[cell] = damaged(sample.cells[cell], chance)
            done[cell] = kind
    return done
