"""Correcting a list from the keyboard, and with forms alone."""

import pytest

from households.intake.staging.services import read_import, start_import
from households.models import EthnicGroup, ImportBatch
from tests.factories.core import VillageFactory
from tests.households.samples import GROUPS, VILLAGES, official_sample
from tests.journeys.windows import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.drawn(one_of=2)]


@pytest.fixture
def sample():
    """The numbers of the first two rows lost their zeros, the sex of the third is unknown."""
    sample = official_sample(2, seed=2)
    for cell in ("H8", "H9"):
        sample.cells[cell] = int(sample.cells[cell])
    sample.cells["G10"] = "X?"
    return sample


@pytest.fixture
def batch(transactional_db, ward, coordinator, sample):
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=ward, name=name, order=order)
    for code, name, aliases in GROUPS:
        EthnicGroup.objects.create(code=code, name=name, aliases="\n".join(aliases))
    batch = start_import(ward=ward, content=sample.content(), name="ds.xlsx", by=coordinator)
    return read_import(batch=batch, version=batch.version, by=coordinator)


def address(batch: ImportBatch) -> str:
    return f"/households/import/{batch.pk}/rows/"


def focused(page) -> str:
    """The column and the row of the field that has the focus."""
    return page.evaluate(
        "() => { const form = document.activeElement.form;"
        " return form ? `${form.elements.column?.value} ${form.elements.row?.value}` : ''; }"
    )


def waiting(batch: ImportBatch) -> int:
    return batch.rows.filter(state="error").count()


def press(page, key):
    """A key that sends a form, up to the page that answers."""
    with page.expect_event("load"):
        page.keyboard.press(key)


def test_keys_walk_accept_type_and_undo(open_page, coordinator, batch, sample):
    page = open_page(address(batch), coordinator)

    page.keyboard.press("F8")
    assert focused(page) == "citizen_id 0"
    page.keyboard.press("F8")
    page.keyboard.press("F8")
    assert focused(page) == "sex 2"
    page.keyboard.press("F8")
    assert focused(page) == "citizen_id 0"
    page.keyboard.press("Shift+F8")
    assert focused(page) == "sex 2"

    page.keyboard.press("F8")
    press(page, "Enter")
    assert (
        batch.rows.get(position=0)
        .cells["citizen_id"]
        .value.endswith(str(official_sample(2, seed=2).cells["H8"])[1:])
    )
    assert focused(page) == "citizen_id 1"
    press(page, "Enter")
    assert focused(page) == "sex 2"
    page.keyboard.type("Nam")
    press(page, "Enter")
    assert waiting(batch) == 0

    press(page, "Control+z")
    press(page, "Control+z")
    assert waiting(batch) == 2
    assert batch.changes.standing().count() == 1


def test_ctrl_z_in_a_field_takes_back_letters_first(open_page, coordinator, batch):
    page = open_page(address(batch), coordinator)
    page.keyboard.press("F8")
    press(page, "Enter")
    page.keyboard.type("12")

    page.keyboard.press("Control+z")

    assert batch.changes.standing().count() == 1


def test_forms_alone_correct_and_undo(open_page, coordinator, batch):
    page = open_page(address(batch), coordinator, script=False)

    for _ in range(2):
        page.focus("[data-problem=error]")
        press(page, "Enter")
    assert focused(page) == "sex 2"
    page.select_option(":focus", "Nam")
    page.keyboard.press("Tab")
    press(page, "Enter")
    assert waiting(batch) == 0

    with page.expect_event("load"):
        page.click("form[data-undo] button")
    assert waiting(batch) == 1


@pytest.mark.parametrize(
    ("shown", "scheme"),
    [
        ("rows/", "light"),
        ("rows/", "dark"),
        ("rows/?show=changes", "light"),
        ("rows/?show=warning", "dark"),
        ("columns/", "light"),
        ("preview/", "dark"),
    ],
)
def test_page_has_no_fault(open_page, coordinator, batch, scheme, shown):
    page = open_page(address(batch), coordinator, scheme=scheme)
    page.keyboard.press("F8")
    press(page, "Enter")

    page.goto(page.url.partition("rows/")[0] + shown)
    for folded in page.query_selector_all("main details:not([open]) > summary"):
        folded.click()

    assert faults_of(page) == []
