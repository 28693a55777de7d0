"""Measure 4: the board of a province, beside one aggregate over the raw rows."""

from django.urls import reverse

from bench.shared.measuring import cost_of, print_line, signed_in, time_of_sql
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from tests.queries import questions, repeated

READER = "bench.tinh"
GOAL = 150
RAW = """SELECT household.ward_id, status.poverty_class, count(*)
FROM households_householdstatus status
JOIN households_household household ON household.id = status.household_id
WHERE status.starts_on <= '{day}' AND (status.ends_on IS NULL OR status.ends_on >= '{day}')
GROUP BY household.ward_id, status.poverty_class"""
DAYS = ("2025-12-31", "2024-12-31")


def reader_of_the_province():
    """Somebody who reads all wards; made for the measure, and kept for the next one."""
    user, is_new = User.objects.get_or_create(username=READER, defaults={"full_name": "Tỉnh"})
    if is_new:
        province = Area.objects.get(kind="province")
        RoleGrant.objects.create(
            user=user, role=Role.OBSERVER, area=province, valid_from="2020-01-01"
        )
    return READER


def main():
    client = signed_in(reader_of_the_province())

    def board():
        answer = client.get(reverse("reports:region_board"))
        if answer.status_code != 200:
            raise SystemExit(f"The board answered {answer.status_code}.")
        return answer

    own = cost_of(board, times=5)
    _answer, asked = questions(board)
    raw = time_of_sql([RAW.format(day=day) for day in DAYS])
    print_line(
        "region",
        value=own.total,
        unit="ms of processor",
        peer=raw,
        goal=f"<= {GOAL} ms",
        holds=own.total <= GOAL,
        python=round(own.python, 1),
        sql=round(time_of_sql(asked), 1),
        statements=sum(asked.values()),
        repeated=sum(repeated(asked).values()),
    )


main()
