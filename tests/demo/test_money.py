"""The invented money of the demonstration makes every warning of the pages appear."""

from datetime import date

from django.core.management import call_command

from povertyplan.demo.money import INVENTED, PROGRAMME, invent_money
from projects.models import BudgetEntry, ComponentProject
from projects.money.selectors import year_money
from tests.factories.projects import WardProjectFactory

CODES = ("2", "3.1", "3.2", "6.2", "7.1", "7.2")


def test_each_warning_appears_once_at_least(ward, coordinator):
    call_command("load_reference", verbosity=0)
    of_programme = ComponentProject.objects.filter(programme__code=PROGRAMME)
    for code in CODES:
        WardProjectFactory(ward=ward, project=of_programme.get(code=code))

    invent_money(ward=ward, officer=coordinator)

    money = [year_money(ward=ward, year=year, today=date(2026, 11, 20)) for year in (2025, 2026)]
    found = [each for year in money for project in year.projects for each in project.sources]
    told = " ".join(sentence for each in found for sentence in each.warnings)
    for words in ("Giải ngân vượt", "chưa ghi khoản phân bổ", "Phân bổ vượt", "Quyết toán vượt"):
        assert words in told
    assert sum(each.undocumented for each in found) == 2
    assert money[1].projects[-1].figures.is_empty
    assert set(BudgetEntry.objects.values_list("note", flat=True)) == {INVENTED, ""}
