"""The way of a hostile file through the steps of an import."""

import io
import time
import warnings
from collections import Counter

import openpyxl
from django.contrib.messages import get_messages

from households.choices import ImportStage
from households.models import ImportBatch
from tests.households.hostile import make_hostile
from tests.households.import_steps import columns_post, send, sheets_post, step


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
        self.ends[self.go_on(ImportBatch.objects.latest("pk"), number)] += 1

    def messages_of(self, answer):
        """What the page after an answer will say."""
        return [str(each) for each in get_messages(answer.wsgi_request)]

    def go_on(self, batch, number):
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
            assert opened(answer.content).sheetnames, number
        else:
            assert self.messages_of(answer), number

    def _ask(self, ask, number):
        started = time.monotonic()
        answer = ask()
        self.slowest = max(self.slowest, time.monotonic() - started)
        assert answer.status_code in (200, 302, 422), (number, answer.status_code)
        return answer


def opened(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what was odd in the file that was sent
        return openpyxl.load_workbook(io.BytesIO(content))
