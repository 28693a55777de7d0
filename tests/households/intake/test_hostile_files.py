"""Files that nobody means well, through the whole path: upload, steps, writing, the result.

A thousand of them go through the real site in `tests/concurrency/test_hostile_day.py`.
"""

import pytest

from households.intake.sheets import refusals, workbook
from households.intake.writing import workbooks
from households.models import ImportBatch
from tests.households.forked import run_forked
from tests.households.hostile import HEADINGS, LINE
from tests.households.hostile_journey import Journey, opened
from tests.households.import_steps import send, step

FEW, SECONDS = 30, 10


@pytest.fixture
def browser(client_of, office):
    return client_of(office)


@pytest.fixture
def forked(monkeypatch):
    for module in (workbook, workbooks):
        monkeypatch.setattr(module, "run_child", run_forked)


def test_hostile_files_end_with_a_result_or_a_sentence(browser, forked):
    journey = Journey(browser, is_short=True)
    for number in range(FEW):
        journey.take(number)

    assert journey.slowest < SECONDS
    assert journey.ends["read"] > 3
    assert journey.ends["refused"] > 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(HEADINGS + "\n" + "x," * 100_000, refusals.FAR_CELL, id="columns"),
        pytest.param(HEADINGS + "\n" + ",x\n" * 90_000, refusals.FAR_CELL, id="rows"),
        pytest.param(HEADINGS + "\n" + "x," * 110_000, refusals.LONG_LINE, id="line"),
        pytest.param(("x," * 250 + "\n") * 7000, refusals.TOO_MANY_CELLS, id="cells"),
    ],
)
def test_text_file_beyond_its_limits_is_refused_with_them(content, sentence, forked):
    with pytest.raises(refusals.FileRefused) as refused:
        workbook.open_workbook(content.encode(), "a.csv")

    assert str(refused.value).startswith(sentence.partition("{")[0])
    assert any(limit in str(refused.value) for limit in ("50.000", "256", "200.000", "1.500.000"))


def test_result_of_a_text_file_has_outcomes_beside_the_rows(browser):
    text = "\n".join([HEADINGS, LINE.format(at=1).replace("1958", "2058"), LINE.format(at="=1+1")])
    journey = Journey(browser)
    send(browser, text.encode(), "a.csv")
    batch = ImportBatch.objects.get()
    journey.go_on(batch, 0)

    book = opened(browser.post(step("report", batch)).content)

    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[1]][-2:] == ["Kết quả", "Lý do"]
    assert "2058" in sheet["H2"].value
    assert sheet["A3"].value == "Y Hữu =1+1"
    assert sheet["A3"].data_type == "s"
    assert sheet["C2"].fill.start_color.rgb == "FFF8CBAD"
