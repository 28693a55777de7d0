"""A line that no figure ends is put away by who reads it, and comes back with new facts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.models import FinishedTask
from reports.choices import DocumentState
from reports.todo.context import Task
from reports.todo.tasks import read_todo
from tests.factories.core import GrantFactory
from tests.factories.reports import BlockFactory, DocumentFactory, UnitReportFactory
from tests.pages import text_of
from tests.reports.documents import issue
from tests.reports.histories import NOT_POOR, POOR, TODAY, spells

# Ended by a screen: what is entered, sent, answered or signed makes them go.
ENDS_IN_90_DAYS = date(2024, 2, 18)


@pytest.fixture
def escaped(village):
    spells(village, (POOR, date(2021, 1, 1)), (NOT_POOR, ENDS_IN_90_DAYS))


def lines_of(user, today=TODAY) -> list[Task]:
    return [task for group in read_todo(user=user, today=today).groups for task in group.tasks]


def put_away(client, task):
    return client.post(reverse("reports:todo_finish"), {"key": task.key}, follow=True)


def test_windows_that_were_looked_at_go_until_another_household_is_among_them(
    village, escaped, coordinator, client_of
):
    client = client_of(coordinator)
    [task] = lines_of(coordinator)

    page = text_of(put_away(client, task))

    assert "Đã cất việc “1 hộ mới thoát nghèo sắp hết thời hạn 36 tháng”" in page
    assert lines_of(coordinator) == []
    assert "Đã cất (1)" in page
    spells(village, (POOR, date(2021, 1, 1)), (NOT_POOR, date(2024, 1, 15)))
    assert [each.title for each in lines_of(coordinator)] == [
        "2 hộ mới thoát nghèo sắp hết thời hạn 36 tháng"
    ]


def test_what_was_put_away_stays_with_its_reader_and_comes_back_when_asked(
    ward, escaped, coordinator, client_of
):
    other = GrantFactory(role="coordinator", area=ward).user
    client = client_of(coordinator)
    put_away(client, lines_of(coordinator)[0])

    assert len(lines_of(other)) == 1
    client_of(other).post(reverse("reports:todo_restore"))
    assert lines_of(coordinator) == []
    client_of(coordinator).post(reverse("reports:todo_restore"))
    assert len(lines_of(coordinator)) == 1


def test_a_line_that_is_not_in_the_list_is_not_put_away(escaped, coordinator, observer, client_of):
    [task] = lines_of(coordinator)

    page = text_of(put_away(client_of(observer), task))

    assert "không còn trong danh sách" in page
    assert not FinishedTask.objects.exists()


def test_a_unit_that_has_nothing_to_say_of_a_draft_is_done_until_it_is_asked_again(
    ward, reporter, client_of
):
    [unit] = reporter.units
    draft = DocumentFactory(
        ward=ward, state=DocumentState.FOR_COMMENT, comment_until=TODAY + timedelta(days=3)
    )
    BlockFactory(document=draft, unit=unit, text="Mục của đơn vị")
    asked = lines_of(reporter)
    assert [each.title.split(" ")[0] for each in asked] == ["Cho", "Viết"]

    for task in asked:
        put_away(client_of(reporter), task)

    assert lines_of(reporter) == []
    draft.comment_until += timedelta(days=7)
    draft.save()
    assert [each.title.split(" ")[0] for each in lines_of(reporter)] == ["Cho"]


def test_who_urged_a_unit_is_done_until_another_report_is_late(ward, coordinator, client_of):
    late = UnitReportFactory(request__ward=ward)
    after = late.request.due_on + timedelta(days=1)
    [task] = lines_of(coordinator, after)

    with clock.set_to(after):
        put_away(client_of(coordinator), task)

    assert task.title.startswith("Đôn đốc 1 báo cáo")
    assert lines_of(coordinator, after) == []
    UnitReportFactory(request=late.request)
    assert [each.title[:18] for each in lines_of(coordinator, after)] == ["Đôn đốc 2 báo cáo "]


def test_an_observer_who_read_what_was_issued_has_nothing_left(ward, observer, client_of):
    document = DocumentFactory(ward=ward)
    issue(document)
    today = document.issued_on
    lines = lines_of(observer, today)
    assert f"/plans/{document.pk}/" in [task.url for task in lines]

    assert all(task.key for task in lines)
