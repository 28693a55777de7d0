"""Invented money of the demonstration's fund for the poor: in, out, and one entry reversed."""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.choices import DonationFund, DonationWay
from projects.donations.services.entries import add_donation, reverse_donation
from projects.rules.donations import DonationDraft

INVENTED = "Số liệu giả định của dữ liệu mẫu"
MILLION = 1_000_000
POOR, RELIEF = DonationFund.FOR_THE_POOR, DonationFund.RELIEF
IN, OUT = DonationWay.IN, DonationWay.OUT
# Fund, way, millions, day, who, what for, goods, paper.
DONATIONS = (
    (POOR, IN, 80, date(2025, 10, 17), "Doanh nghiệp A (giả định)", "Tháng cao điểm vì người nghèo",
     "", "PT 14"),
    (POOR, OUT, 40, date(2025, 12, 20), "1 hộ nghèo", "Làm nhà mới", "", "PC 09"),
    (POOR, IN, 25, date(2026, 1, 20), "Cán bộ, công chức phường", "Một ngày lương", "", "PT 02"),
    (POOR, OUT, 15, date(2026, 2, 8), "30 hộ nghèo, cận nghèo", "Quà Tết", "30 suất quà", "PC 01"),
    (RELIEF, IN, 12, date(2026, 9, 28), "Hội thiện nguyện B (giả định)", "Hỗ trợ sau mưa lũ",
     "600 kg gạo", "PT 11"),
    (RELIEF, OUT, 12, date(2026, 10, 2), "24 hộ bị thiệt hại", "Cấp gạo", "600 kg gạo", "PC 07"),
    (POOR, IN, 60, date(2026, 10, 17), "Doanh nghiệp A (giả định)", "Tháng cao điểm vì người nghèo",
     "", "PT 12"),
    (POOR, OUT, 20, date(2026, 11, 5), "1 hộ cận nghèo", "Sửa nhà", "", ""),
)  # fmt: skip


def invent_donations(*, ward: Area, by: User) -> None:
    for each in DONATIONS:
        _add(ward, each, by)
    mistaken = (POOR, IN, 6, date(2026, 10, 19), "Doanh nghiệp C (giả định)", "Ủng hộ", "", "PT 13")
    entry = _add(ward, mistaken, by)
    reverse_donation(entry=entry, reason="Ghi trùng phiếu thu", by=by, source="command")


def _add(ward: Area, each, by: User):
    fund, way, millions, dated, party, purpose, goods, number = each
    draft = DonationDraft(
        fund=fund,
        way=way,
        amount=millions * MILLION,
        dated=dated,
        party=party,
        purpose=purpose,
        goods=goods,
        document_number=number,
        note=INVENTED,
    )
    with clock.set_to(max(dated, clock.today())):
        return add_donation(ward=ward, draft=draft, by=by, source="command")
