"""The pages of a register that every noun shares: its template, its import with a preview."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.models import Area, User
from povertyplan.core.platform.files import file_response, file_stem, list_name
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers import presenters as say
from povertyplan.core.registers.forms import RegisterFileForm, RegisterSeenForm
from povertyplan.core.registers.resources import RegisterResource
from povertyplan.core.registers.tables import RegisterSheet, RegisterTable, read_table
from povertyplan.core.registers.workbooks import register_workbook
from povertyplan.core.registers.writing import LinesRefused, RowOutcome, digest_of, rehearse

PAGE = "components/register_import.html"


@dataclass(frozen=True)
class ExcelRegister:
    """A register of a noun: how it is read, which act writes it, which page lists it.

    `resource` takes ward and reader, `write` what `resource.lines` gives. The lists that all wards
    share have no ward.
    """

    name: str
    words: say.RegisterWords
    resource: Callable[..., RegisterResource]
    write: Callable[..., list[RowOutcome]]
    open_sheets: Callable[[bytes, str], Sequence[RegisterSheet]]
    list_page: str
    is_shared: bool = False

    def read_file(self, *, file: Any, ward: Area | None, by: User) -> RegisterTable:
        """The lines of a file. Raises ValidationError with what is wrong with it as a whole."""
        resource = self.resource(ward=ward, by=by)
        return read_table(
            self.open_sheets(file.read(), file.name or ""),
            headings=resource.headings(),
            optional=resource.optional,
            codes=resource.codes,
        )

    def kept(self, table: str, ward: Area | None) -> RegisterTable:
        return RegisterTable.kept(table, self.name, _key(ward))

    def keep(self, table: RegisterTable, ward: Area | None) -> str:
        return table.keep(self.name, _key(ward))

    def preview(self, *, table: RegisterTable, ward: Area | None, by: User) -> list[RowOutcome]:
        """What the lines come to. Raises ValidationError with every fault of every line."""
        return rehearse(lambda: self.import_table(table=table, ward=ward, by=by))

    def import_table(
        self, *, table: RegisterTable, ward: Area | None, by: User
    ) -> list[RowOutcome]:
        """Write the lines, all or none.

        Raises ValidationError with what is wrong with their cells and with what the act refuses.
        """
        resource = self.resource(ward=ward, by=by)
        reading = resource.read(table)
        values = {"ward": ward, "lines": resource.lines(reading), "by": by, "source": "import"}
        if not reading.faults:
            return self.write(**values)
        try:
            rehearse(lambda: self.write(**values))
        except LinesRefused as refused:
            raise LinesRefused([*reading.faults, *refused.faults]) from refused
        raise LinesRefused(reading.faults)


class RegisterPages:
    """The views of a register: `paths` gives their addresses."""

    form_class: type[RegisterFileForm] = RegisterFileForm

    def __init__(self, register: ExcelRegister, *, app: str, prefix: str):
        self.register, self.app, self.prefix = register, app, prefix

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
        content = register_workbook(
            resource,
            title=words.template_title,
            lines=say.template_lines(words, resource),
            records=self.records(),
        )
        return file_response(content, register_name(words.template_title, ward))

    def records(self) -> Sequence[Any]:
        """What stands in the template already."""
        return ()

    def read(self, request):
        """Read a file and show what it comes to; nothing is written here."""
        ward = self._ward(request)
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
            if table is not None:
                found = perform(form, self.register.preview, names=names, table=table, **values)
                if found is not None:
                    context |= self._preview(found, self.register.keep(table, ward))
        return form_response(request, PAGE, context)

    def save(self, request):
        """Write the lines that were looked at, all or none, if they still come to the same."""
        ward = self._ward(request)
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
        return None if self.register.is_shared else ward_of(request)

    def _address(self, name: str) -> str:
        return reverse(f"{self.app}:{self.prefix}_{name}")

    def _list(self) -> str:
        return reverse(self.register.list_page)


def register_name(title: str, ward: Area | None) -> str:
    """The name of a register as a file."""
    return list_name(title, ward) if ward else f"{file_stem(title)}.xlsx"


def _key(ward: Area | None) -> int:
    return ward.pk if ward else 0
