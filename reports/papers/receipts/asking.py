"""Which supports a receipt sheet lists: those of a list or of one batch, on the days of a time."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.fields import VietnameseDateField
from projects.models import Support
from projects.support.forms.ledger import LedgerFilterForm
from projects.support.selectors.ledger import supports_asked

MOST_ON_A_SHEET = 1000
LAST_BEFORE_FIRST = "Ngày sau không được trước ngày đầu."
TOO_MANY = f"Quá {formatting.number(MOST_ON_A_SHEET)} dòng: chọn thêm loại hỗ trợ, thôn hoặc ngày."


class ReceiptForm(LedgerFilterForm):
    """The filters of the ledger, and the days between which it was given or promised."""

    first = VietnameseDateField(label="Từ ngày", required=False)
    last = VietnameseDateField(label="Đến ngày", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", LAST_BEFORE_FIRST)
        return cleaned

    def supports(self, user: User, ward: Area) -> QuerySet[Support]:
        """By village and household, withdrawn ones never."""
        asked = self.asked()
        visible = Support.objects.visible_to(user).standing().filter(ward=ward)
        first: date | None = self.cleaned_data.get("first")
        last: date | None = self.cleaned_data.get("last")
        days = Q()
        if first:
            days &= Q(delivered_on__gte=first) | Q(delivered_on=None, promised_on__gte=first)
        if last:
            days &= Q(delivered_on__lte=last) | Q(delivered_on=None, promised_on__lte=last)
        found = supports_asked(visible, asked).filter(days)
        return found.order_by("household__village__order", "household__code", "kind__order", "pk")

    def in_words(self) -> list[str]:
        days = (
            ("từ ngày", self.cleaned_data.get("first")),
            ("đến ngày", self.cleaned_data.get("last")),
        )
        said = [f"{label} {formatting.day(day)}" for label, day in days if day]
        return [*super().in_words(), *said]
