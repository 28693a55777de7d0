"""Files that nobody means well, through the whole path: upload, steps, writing, the result."""

import gc
import io
import subprocess
import threading
import time
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from django.contrib.messages import get_messages

from households.choices import ImportStage
from households.intake.sheets import refusals, workbook
from households.intake.writing import workbooks
from households.models import ImportBatch
from povertyplan.core.platform import children
from tests.households.forked import run_forked
from tests.households.hostile import HEADINGS, LINE, make_hostile
from tests.households.import_steps import columns_post, send, sheets_post, step

FEW, WARM, MANY = 30, 50, 1000
SECONDS, MEGABYTES = 10, 300


@pytest.fixture
def browser(client_of, office):
    return client_of(office)


@pytest.fixture
def forked(monkeypatch):
    for module in (workbook, workbooks):
        monkeypatch.setattr(module, "run_child", run_forked)


class Journey:
    """The steps of one file as far as they go; every answer is looked at.

    A short one sends small files only, looks at no page that it will post to and takes the result
    before writing alone.
    """

    def __init__(self, client, *, is_short=False):
        self.client, self.slowest, self.ends = client, 0.0, Counter()
        self.is_short = is_short

    def take(self, number):
        name, content = make_hostile(number, is_small=self.is_short)
        before = ImportBatch.objects.count()
        answer = self._ask(lambda: send(self.client, content, name), number)
        if ImportBatch.objects.count() == before:
            assert answer.status_code == 422, number
            assert "field-error" in answer.content.decode() or "error" in answer.content.decode()
            self.ends["refused"] += 1
            return
        self.ends[self._go_on(ImportBatch.objects.latest("pk"), number)] += 1

    def _go_on(self, batch, number):
        for name, form in (("sheets", sheets_post), ("columns", columns_post)):
            if not self.is_short:
                self._ask(lambda name=name: self.client.get(step(name, batch)), number)
            post = form(batch)
            self._ask(
                lambda name=name, post=post: self.client.post(step(name, batch), post), number
            )
            batch.refresh_from_db()
        if batch.stage != ImportStage.READ:
            return "columns asked"
        for name in ("preview",) if self.is_short else ("rows", "preview"):
            self._ask(lambda name=name: self.client.get(step(name, batch)), number)
        self._look_at_result(batch, number)
        if self.is_short:
            return "read"
        post = {"version": batch.version}
        self._ask(lambda: self.client.post(step("preview", batch), post), number)
        batch.refresh_from_db()
        if batch.stage != ImportStage.WRITTEN:
            return "not written"
        self._ask(lambda: self.client.get(step("result", batch)), number)
        self._look_at_result(batch, number)
        return "written"

    def _look_at_result(self, batch, number):
        answer = self._ask(lambda: self.client.post(step("report", batch)), number)
        if answer.status_code == 200:
            assert _opened(answer.content).sheetnames, number
        else:
            assert [str(each) for each in get_messages(answer.wsgi_request)], number

    def _ask(self, ask, number):
        started = time.monotonic()
        answer = ask()
        self.slowest = max(self.slowest, time.monotonic() - started)
        assert answer.status_code in (200, 302, 422), (number, answer.status_code)
        return answer


def test_hostile_files_end_with_a_result_or_a_sentence(browser, forked):
    journey = Journey(browser, is_short=True)
    for number in range(FEW):
        journey.take(number)

    assert journey.slowest < SECONDS
    assert journey.ends["read"] > 3
    assert journey.ends["refused"] > 3


@pytest.mark.long
def test_a_thousand_hostile_files_keep_to_their_limits(browser, monkeypatch, capsys):
    peaks = _watch_children(monkeypatch)
    journey = Journey(browser)
    for number in range(WARM):  # what Python and Django load once is not what a file leaves behind
        journey.take(number)
    before = _megabytes("VmRSS")
    for number in range(WARM, MANY):
        journey.take(number)
    gc.collect()
    grown = _megabytes("VmRSS") - before

    with capsys.disabled():
        print(  # noqa: T201 -- the figures are part of the result
            f"\n{MANY} hostile files: {dict(journey.ends)}, slowest request "
            f"{journey.slowest:.1f} s, largest child {max(peaks)} MB, memory afterwards "
            f"{grown:+} MB"
        )
    assert journey.slowest < SECONDS
    assert max(peaks) < MEGABYTES
    assert grown < 60


def _opened(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what was odd in the file that was sent
        return openpyxl.load_workbook(io.BytesIO(content))


def _megabytes(what, process="self"):
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) // 1024
    return 0


def _watch_children(monkeypatch):
    """The most memory that any child had, looked at while it runs; in megabytes."""
    peaks = [0]

    class Watched(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            threading.Thread(target=self._watch, daemon=True).start()

        def _watch(self):
            while self.returncode is None:
                try:
                    if "python" in Path(f"/proc/{self.pid}/cmdline").read_text():
                        peaks.append(_megabytes("VmHWM", self.pid))
                except OSError:
                    return
                time.sleep(0.01)

    monkeypatch.setattr(children.subprocess, "Popen", Watched)
    return peaks


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
    journey._go_on(batch, 0)

    book = _opened(browser.post(step("report", batch)).content)

    sheet = book.worksheets[1]
    assert [cell.value for cell in sheet[1]][-2:] == ["Kết quả", "Lý do"]
    assert "2058" in sheet["H2"].value
    assert sheet["A3"].value == "Y Hữu =1+1"
    assert sheet["A3"].data_type == "s"
    assert sheet["C2"].fill.start_color.rgb == "FFF8CBAD"
