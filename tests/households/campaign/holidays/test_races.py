"""Two officers who confirm the same day at the same moment."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.campaign.holidays.selectors import ProposedDay
from households.campaign.holidays.services import add_holidays, confirm_proposed_days
from households.models import Holiday
from tests.concurrency.crowd import together

REFERENCE = "Thông báo số 12/TB-UBND ngày 02/11/2026"
TET = ProposedDay(date(2026, 2, 17), "Tết Nguyên đán")


@pytest.mark.parametrize("act", ["confirmed", "typed"])
def test_one_of_two_stores_the_day_and_the_other_is_told(
    transactional_db, ward, coordinator, leader, act
):
    def store(by):
        try:
            if act == "typed":
                add_holidays(ward=ward, name=TET.name, first=TET.on, by=by)
            else:
                confirm_proposed_days(ward=ward, days=[TET], legal_reference=REFERENCE, by=by)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return "stored"

    outcomes = together([lambda: store(coordinator), lambda: store(leader)])

    assert sorted(outcomes) == ["stored", "Đã có trong danh sách: 17/02/2026 (ngày nghỉ)."]
    assert Holiday.objects.get().day == TET.on.day
