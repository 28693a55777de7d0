"""The pages of a register that every noun shares: its template, its import with a preview."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.areas import WARD, ward_of
from povertyplan.core.choices import JobState
from povertyplan.core.models import Area, Job
from povertyplan.core.platform.form_pages import form_response, perform, perform_button
from povertyplan.core.platform.views.jobs import follow
from povertyplan.core.registers import jobs as long_work
from povertyplan.core.registers import presenters as say
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.forms import RegisterFileForm, RegisterSeenForm
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.registers.writing import RowOutcome, digest_of
from povertyplan.core.text.fields import read_key

PAGE = "components/register_import.html"


class RegisterPages:
    """The views of a register: `paths` gives their addresses."""

    form_class: type[RegisterFileForm] = RegisterFileForm
    # A register that is made for one page has no name by which a worker could find it.
    has_long_work = True

    def __init__(self, register: ExcelRegister, *, app: str, prefix: str):
        self.register, self.app, self.prefix = register, app, prefix
        if self.has_long_work:
            long_work.registers.add(register)

    def paths(self, at: str) -> list[URLPattern]:
        views = {
            "template": ("template/", require_safe(self.template)),
            "import": ("import/", require_http_methods(["GET", "HEAD", "POST"])(self.read)),
            "import_save": ("import/save/", require_POST(self.save)),
        }
        return [
            path(f"{at}{end}", view, name=f"{self.prefix}_{name}")
            for name, (end, view) in views.items()
        ]

    def template(self, request):
        ward = self._ward(request)
        resource = self.register.resource(ward=ward, by=request.user)
        words = self.register.words
        return register_file(
            request,
            resource,
            title=words.template_title,
            ward=ward,
            lines=say.template_lines(words, resource),
            records=self.records(),
        )

    def records(self) -> Sequence[Any]:
        """What stands in the template already."""
        return ()

    def read(self, request):
        """Read a file and show what it comes to; nothing is written here.

        A long file is looked at by the worker: its job leads back here.
        """
        ward = self._ward(request)
        if request.method != "POST" and (key := read_key(request.GET.get("job", ""))):
            return self._found(request, ward, key)
        form = self.form_class(request.POST or None, request.FILES or None)
        context = self._context(form)
        if request.method == "POST" and form.is_valid():
            values = {"ward": ward, "by": request.user}
            names = {NON_FIELD_ERRORS: form.given_in}
            table = perform(
                form,
                self.register.read_file,
                names=names,
                file=form.cleaned_data["file"],
                **values,
            )
            if table is not None and self._is_long(table, ward or request.user.ward):
                return self._begin(request, form, long_work.begin_reading, ward, table=table)
            if table is not None:
                found = perform(form, self.register.preview, names=names, table=table, **values)
                if found is not None:
                    context |= self._preview(found, self.register.keep(table, ward))
        return form_response(request, PAGE, context)

    def save(self, request):
        """Write the lines that were looked at, all or none, if they still come to the same."""
        ward = self._ward(request)
        if key := read_key(request.POST.get("job", "")):
            return self._write_found(request, ward, key)
        form = RegisterSeenForm(request.POST)
        context = self._context(self.form_class()) | {"refused": form}
        if form.is_valid():
            values = {"ward": ward, "by": request.user}
            kept, seen = form.cleaned_data["table"], form.cleaned_data["seen"]
            table = perform(form, self.register.kept, table=kept, ward=ward)
            found = table and perform(form, self.register.preview, table=table, **values)
            if found and all(each.is_same for each in found):
                messages.info(request, say.describe_written(found, self.register.words))
                return redirect(self._list())
            if found and digest_of(found) != seen:
                form.add_error(None, say.CHANGED_MEANWHILE)
                context |= self._preview(found, kept)
            elif found:
                written = perform(form, self.register.import_table, table=table, **values)
                if written is not None:
                    messages.success(request, say.describe_written(written, self.register.words))
                    return redirect(self._list())
        return form_response(request, PAGE, context, form)

    def _is_long(self, table: RegisterTable, ward: Area | None) -> bool:
        """Whether the worker looks at it; a job is of a ward, which not every keeper has."""
        return self.has_long_work and ward is not None and len(table.lines) > long_work.AT_ONCE

    def _found(self, request, ward: Area | None, key: int):
        """What a job found, as if it had been looked at here."""
        context = self._context(self.form_class())
        result = perform_button(request, long_work.result_of, job=self._job(request, ward, key))
        if result is not None and result.written:
            messages.success(request, result.written)
            return redirect(self._list())
        if result is not None:
            context["notices"] = result.faults or [each for each in (result.notice,) if each]
            if result.outcomes:
                context["preview"] = say.describe_preview(result.outcomes)
                context["job_key"] = key
        return form_response(request, PAGE, context)

    def _write_found(self, request, ward: Area | None, key: int):
        """Have the worker write what a job looked at."""
        form = self.form_class()
        result = perform_button(request, long_work.result_of, job=self._job(request, ward, key))
        if result is None:
            return redirect(self._address("import"))
        return self._begin(request, form, long_work.begin_writing, ward, result=result)

    def _begin(self, request, form, begin, ward: Area | None, **work):
        """Begin long work and wait for it on its own page."""
        of_job = ward or request.user.ward
        address = f"{self._address('import')}?{WARD}={of_job.pk}"
        place = long_work.RegisterPlace(
            view=f"{self.app}:{self.prefix}_import_save",
            back_path=address,
            result_path=f"{address}&job={{job}}",
        )
        values = {"ward": of_job, "by": request.user, "place": place}
        job = perform(form, begin, register=self.register, **values, **work)
        if job is None:
            return form_response(request, PAGE, self._context(form))
        return follow(job)

    def _job(self, request, ward: Area | None, key: int) -> Job:
        """A job of the register and of the ward of the page: what was looked at for another ward
        is not written here.
        """
        kinds = (long_work.READ, long_work.WRITE)
        own = Job.objects.visible_to(request.user).filter(kind__in=kinds, state=JobState.DONE)
        if ward is not None:
            own = own.filter(ward=ward)
        return get_object_or_404(own, pk=key, arguments__register=self.register.name)

    def _context(self, form: RegisterFileForm) -> dict[str, Any]:
        return {
            "form": form,
            "refused": [],
            "words": self.register.words,
            "list_url": self._list(),
            "template_url": self._address("template"),
            "import_url": self._address("import"),
            "save_url": self._address("import_save"),
        }

    def _preview(self, found: Sequence[RowOutcome], kept: str) -> dict[str, Any]:
        initial = {"table": kept, "seen": digest_of(found)}
        return {
            "preview": say.describe_preview(found),
            "confirm": RegisterSeenForm(initial=initial),
        }

    def _ward(self, request) -> Area | None:
        if self.register.is_shared:
            return None
        ward = ward_of(request)
        if self.register.refuse:
            self.register.refuse(request.user, ward)
        return ward

    def _address(self, name: str) -> str:
        return reverse(f"{self.app}:{self.prefix}_{name}")

    def _list(self) -> str:
        return reverse(self.register.list_page)
