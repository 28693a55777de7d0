"""How an import is kept: the JSON of imports begun earlier is read, and written the same."""

import json

import pytest
from django.db import connection

from households.choices import ImportOutcome, ImportRowState
from households.models import ImportBatch, ImportRow
from households.rules.import_rows import ChangePart, Issue, PlannedFieldChange, RowPlan, StagedCell
from households.rules.import_sheets import ChosenSheet, LeftOutRow
from povertyplan.core import clock

CELL = {"raw": "Xơ Đanh", "value": None, "level": "error", "code": "unknown_name", "message": "?"}
STORED = [
    pytest.param(StagedCell, {"raw": "Nam", "value": "male"}, id="a cell that is in order"),
    pytest.param(
        StagedCell, CELL | {"suggestion": "Xơ-đăng", "typed": ""}, id="a cell with everything"
    ),
    pytest.param(
        Issue,
        {"column": "sex", "level": "error", "code": "sex_missing", "message": "?"}
        | {"suggestion": "Nam"},
        id="an issue",
    ),
    pytest.param(RowPlan, {}, id="a row not compared yet"),
    pytest.param(
        RowPlan,
        {"action": "created", "household": None, "changes": {}, "duplicate": 4},
        id="a row that may be known",
    ),
    pytest.param(
        RowPlan,
        {
            "action": "updated",
            "household": 4,
            "changes": {"birth": ["1958", "1958-05-17"], "has_merit": [False, True]},
            "person": 7,
            "membership": 9,
            "newer": [],
        },
        id="a row that changes a person",
    ),
    pytest.param(
        ChangePart, {"row": 3, "column": "", "old": "", "new": "skip"}, id="a change of a decision"
    ),
    pytest.param(
        ChangePart, {"row": 3, "column": "sex", "old": None, "new": CELL}, id="a change of a cell"
    ),
    pytest.param(
        ChosenSheet,
        {"sheet": "Danh sách", "hidden": False, "rows": 12, "used": True, "kind": "members"}
        | {"heading_row": 3, "columns": {"sex": 2}, "confirmed_on": "2026-11-20"},
        id="a sheet",
    ),
    pytest.param(
        LeftOutRow,
        {"sheet": "Danh sách", "number": 9, "reason": "dòng tổng cộng", "text": "Tổng"},
        id="a row left out",
    ),
]


@pytest.mark.parametrize(("kind", "stored"), STORED)
def test_what_is_kept_is_read_and_written_the_same(kind, stored):
    written = kind.from_json(stored).to_json()

    assert written == stored
    assert list(written) == list(stored)


def test_a_sheet_kept_before_rows_were_counted_is_read():
    stored = {"sheet": "A", "hidden": True, "used": False, "kind": "", "heading_row": 1}

    assert ChosenSheet.from_json(stored | {"columns": {}}) == ChosenSheet("A", hidden=True)


def test_a_plan_is_read_by_its_names():
    plan = RowPlan.from_json(
        {"action": "updated", "household": 4, "changes": {"sex": ["", "male"]}}
    )

    assert plan.is_updated
    assert not plan.makes_household
    assert plan.changes == {"sex": PlannedFieldChange("", "male")}
    assert RowPlan(ImportOutcome.CREATED).makes_household


@pytest.fixture
def batch(ward, coordinator):
    batch = ImportBatch.objects.create(
        ward=ward,
        file_name="ds.xlsx",
        layouts=[ChosenSheet("Danh sách", used=True, columns={"sex": 2})],
        created_by=coordinator,
        created_at=clock.now(),
    )
    for position in range(3):
        ImportRow.objects.create(
            ward=ward,
            batch=batch,
            position=position,
            household_position=0,
            number=position + 8,
            cells={"sex": StagedCell(raw="Nam", value="male")},
            plan=RowPlan(ImportOutcome.CREATED),
            state=ImportRowState.READY,
        )
    return batch


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def test_the_columns_are_plain_json(batch):
    row = batch.rows.first()
    layouts, left_out = sql("SELECT layouts, left_out FROM households_importbatch")
    cells, plan = sql("SELECT cells, plan FROM households_importrow WHERE id = %s", row.pk)

    assert json.loads(layouts) == [batch.layouts[0].to_json()]
    assert json.loads(left_out) == []
    assert json.loads(cells) == {"sex": {"raw": "Nam", "value": "male"}}
    assert json.loads(plan) == {"action": "created", "household": None, "changes": {}}


def test_an_import_begun_earlier_is_taken_up_again(batch):
    row = batch.rows.first()
    sql(
        "UPDATE households_importrow SET plan = %s, cells = %s WHERE id = %s",
        '{"action": "refused", "household": 4, "changes": {"sex": ["", "male"]}, "newer": ["sex"]}',
        json.dumps({"ethnic_group": CELL}),
        row.pk,
    )
    row.refresh_from_db()

    assert row.plan.is_refused
    assert row.plan.changes == {"sex": PlannedFieldChange("", "male")}
    assert row.plan.newer == ("sex",)
    assert row.cells["ethnic_group"].text == "Xơ Đanh"
    assert row.value("ethnic_group") is row.value("sex") is None


def test_rows_are_kept_one_by_one_and_in_bulk(batch):
    first, *others = batch.rows.all()
    typed = StagedCell(raw="?", typed="Nam", value="male")
    for row in (first, *others):
        row.plan.newer = ("sex",)
        row.cells["sex"] = typed
    first.save()
    ImportRow.objects.bulk_update(others, ["plan", "cells"])

    for row in batch.rows.all():
        assert row.plan.newer == ("sex",)
        assert row.cells == {"sex": typed}


def test_an_empty_row_and_batch_have_their_defaults():
    row, batch = ImportRow(), ImportBatch()

    assert (row.plan, row.cells, row.issues) == (RowPlan(), {}, [])
    assert (batch.layouts, batch.left_out) == ([], [])
    assert ImportRow().cells is not row.cells
