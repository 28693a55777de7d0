"""The legal bases of a document, in the order in which they are printed."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from reports.choices import BasisRole
from reports.models import Document, DocumentBasis
from reports.plans.naming import name_document
from reports.plans.writing.services.draft import lock_draft


@dataclass(frozen=True)
class BasisInput:
    """A basis as it is typed; `pk` is that of the row it changes, None for a new one."""

    pk: int | None = None
    role: str = BasisRole.BASIS
    kind: str = ""
    number: str = ""
    dated_on: date | None = None
    issuer: str = ""
    title: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.kind, self.number, self.dated_on, self.issuer, self.title))


def basis_inputs(document: Document) -> list[BasisInput]:
    """The bases as they stand."""
    names = list(asdict(BasisInput()))
    rows = document.bases.order_by("order").values(*names)
    return [BasisInput(**row) for row in rows]


def free_orders(taken: Iterable[int], count: int) -> range:
    """Orders for so many rows, none of which is taken: the first ones where they are free.

    >>> free_orders([], 2), free_orders([1, 2], 2), free_orders([3, 4], 2)
    (range(1, 3), range(3, 5), range(1, 3))
    """
    standing = sorted(taken)
    begins = 1 if not standing or standing[0] > count else standing[-1] + 1
    return range(begins, begins + count)


@audit.business_act(label="Sửa căn cứ của văn bản")
def set_bases(
    *, document: Document, bases: Sequence[BasisInput], version: int, by: User
) -> Document:
    """Make these, in their order, the bases of a draft; a row that is not among them goes."""
    current = lock_draft(document)
    stated = [basis for basis in bases if not basis.is_empty]
    if faults := basis_faults(stated):
        raise ValidationError(list(faults.values()))
    versions.update(current, version=version)
    rows = {row.pk: row for row in current.bases.select_related("legal")}
    kept = {basis.pk for basis in stated if basis.pk in rows}
    current.bases.exclude(pk__in=kept).delete()
    taken = current.bases.values_list("order", flat=True)
    for order, basis in zip(free_orders(taken, len(stated)), stated, strict=True):
        row = rows[basis.pk] if basis.pk in rows else DocumentBasis(document=current)
        values = {name: value for name, value in asdict(basis).items() if name != "pk"}
        for name, value in (values | {"order": order}).items():
            setattr(row, name, value)
        if row.legal and not _is_of_library(row):
            row.legal, row.valid_to = None, None
        row.save()
    summary = f"{by} ghi {len(stated)} căn cứ của {name_document(current)}"
    audit.record(current, summary, ward=current.ward)
    return current


def _is_of_library(row: DocumentBasis) -> bool:
    """Whether a basis still names the act that it was chosen from."""
    act = row.legal
    named = (row.kind, row.number, row.dated_on)
    return act is not None and named == (act.kind, act.number, act.dated_on)


def basis_faults(bases: Sequence[BasisInput]) -> dict[int, str]:
    """What is wrong with each basis, by its place: one that is there already."""
    faults: dict[int, str] = {}
    known: dict[tuple, int] = {}
    for place, basis in enumerate(bases):
        named = (basis.kind.lower(), basis.number.lower(), basis.dated_on, basis.title.lower())
        if basis.is_empty:
            continue
        if named in known:
            faults[place] = f"Căn cứ này đã ghi ở dòng {known[named] + 1}."
        known.setdefault(named, place)
    return faults
