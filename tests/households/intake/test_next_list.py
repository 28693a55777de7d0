"""Columns that were confirmed once are known in the next list."""

import openpyxl

from households.intake.staging.services import change_layouts, start_import
from households.ledger.selectors.classes import class_counts
from households.models import Household, HouseholdEvent, ImportBatch, Person
from households.rules.import_sheets import ChosenSheet
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area
from tests.factories.core import WardFactory, user_with
from tests.households.batches import aged
from tests.households.imports import imported, undo_written
from tests.households.samples import VILLAGES, official_sample, saved

ODD_HEADINGS = ("Người đứng tên", "Sinh", "Nơi sống", "Ghi chú")


def odd_list(titles: int = 1, headings=ODD_HEADINGS) -> bytes:
    """A list of households whose headings say nothing to the program, below some titles."""
    book = openpyxl.Workbook()
    for _ in range(titles):
        book.active.append(["DANH SÁCH"])
    book.active.append(["Họ tên", "Giới tính", *headings])
    book.active.append(["Y Hữu Nam", "Nam", "Y Hữu Nam", "1980", VILLAGES[0], ""])
    return saved(book)


def confirmed(office, content: bytes) -> ImportBatch:
    """The list with the columns that its officer chose by hand."""
    batch = start_import(ward=office.ward, content=content, name="ds.xlsx", by=office)
    columns = {"head_name": 3, "sex": 2, "birth_date": 4, "village": 5}
    return change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={batch.layouts[0].sheet: columns},
        set_aside={batch.layouts[0].sheet: [1]},
        version=batch.version,
        by=office,
    )


def next_layout(office, content: bytes) -> ChosenSheet:
    """How the next list is taken in."""
    return start_import(ward=office.ward, content=content, name="ds2.xlsx", by=office).layouts[0]


def test_confirmed_columns_are_offered_for_the_next_list(office):
    confirmed(office, odd_list())

    layout = next_layout(office, odd_list(titles=4))

    assert layout.columns == {"head_name": 3, "sex": 2, "birth_date": 4, "village": 5}
    assert layout.heading_row == 5
    assert layout.confirmed_on == clock.today()


def test_confirmed_columns_say_nothing_of_other_headings(office):
    confirmed(office, odd_list())

    layout = next_layout(office, odd_list(headings=("Người đứng tên", "Nơi sống", "Sinh", "")))

    assert layout.columns == {"head_name": 1, "sex": 2}
    assert layout.confirmed_on is None


def test_confirmed_columns_stay_in_their_ward(office):
    confirmed(office, odd_list())
    stranger = user_with(Role.COORDINATOR, WardFactory())

    assert next_layout(stranger, odd_list()).confirmed_on is None


def test_columns_confirmed_again_replace_the_first_choice(office):
    batch = confirmed(office, odd_list())
    change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={batch.layouts[0].sheet: {"head_name": 3, "village": 5}},
        set_aside={batch.layouts[0].sheet: [1, 2, 4]},
        version=batch.version,
        by=office,
    )

    assert next_layout(office, odd_list()).columns == {"head_name": 3, "village": 5}


def test_columns_that_were_only_recognised_are_not_kept(office):
    start_import(ward=office.ward, content=odd_list(), name="ds.xlsx", by=office)

    assert next_layout(office, odd_list()).confirmed_on is None


def test_village_that_a_list_changes_keeps_where_the_household_lived(office):
    """The figures of earlier days stay; taking the import back leaves them as well."""
    sample = official_sample(1)
    sample.cells["N8"] = VILLAGES[0]
    imported(office, aged(sample, days=60))
    household = Household.objects.get()
    old, new = Area.objects.get(name=VILLAGES[0]), Area.objects.get(name=VILLAGES[1])
    for row in range(8, 8 + Person.objects.count()):
        sample.cells[f"N{row}"] = VILLAGES[1]

    batch = imported(office, sample.content())

    earlier, today = household.opened_on, clock.today()
    event = HouseholdEvent.objects.get()
    assert (event.household, event.from_village, event.happened_on) == (household, old, today)
    assert [class_counts(area=old, on=day).poor for day in (earlier, today)] == [1, 0]
    assert [class_counts(area=new, on=day).poor for day in (earlier, today)] == [0, 1]

    undo_written(office, batch)

    assert Household.objects.get().village == old
    assert [class_counts(area=old, on=day).poor for day in (earlier, today)] == [1, 1]
    assert [event.from_village for event in HouseholdEvent.objects.order_by("pk")] == [old, new]
