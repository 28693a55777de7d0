"""A register of a noun in Excel: how a file is read, what it comes to, how it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from povertyplan.core.models import Area, User
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.registers.resources import RegisterResource
from povertyplan.core.registers.tables import RegisterSheet, RegisterTable, read_table
from povertyplan.core.registers.writing import LinesRefused, RowOutcome, rehearse


@dataclass(frozen=True)
class ExcelRegister:
    """A register of a noun: how it is read, which act writes it, which page lists it.

    `resource` takes ward and reader, `write` what `resource.lines` gives. The lists that all wards
    share have no ward. `refuse` turns away whom the table of roles alone lets in.
    """

    name: str
    words: RegisterWords
    resource: Callable[..., RegisterResource]
    write: Callable[..., list[RowOutcome]]
    open_sheets: Callable[[bytes, str], Sequence[RegisterSheet]]
    list_page: str
    is_shared: bool = False
    refuse: Callable[[User, Area], None] | None = None

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


def _key(ward: Area | None) -> int:
    return ward.pk if ward else 0
