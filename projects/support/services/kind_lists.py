"""Kinds of support from a file of who keeps the reference data of every ward."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.models import SupportKind
from projects.programme.services.structure import refuse_for_others
from projects.support.services.kinds import ListedKind, write_kind

NAMED_TWICE = "Mã này đã có ở dòng {line}."


@audit.business_act(label="Nhập loại hỗ trợ từ Excel", source="import")
def import_support_kinds(
    *,
    ward: Area | None,
    lines: Sequence[ReadLine[ListedKind]],
    columns: Mapping[str, str],
    by: User,
) -> list[RowOutcome]:
    """Add and change the kinds of a file, all or none; a kind is known by its code.

    From then on the reference data leaves these kinds alone. Supports that were recorded keep what
    the rules said on their day.
    """
    refuse_for_others(by)
    locks.wait_turn("import", "support kinds")
    known = {row.code: row for row in SupportKind.objects.prefetch_related("projects", "needs")}
    faults, outcomes, seen = FaultsOfLines(columns), [], dict[str, int]()
    for each in lines:
        code = each.subject.code
        if first := seen.get(code):
            faults.note(each.line, ValidationError({"code": NAMED_TWICE.format(line=first)}))
            continue
        seen[code] = each.line
        outcomes.append(faults.attempt(each.line, partial(_write, each, known.get(code))))
    faults.refuse()
    return [each for each in outcomes if each]


def _write(each: ReadLine[ListedKind], current: SupportKind | None) -> RowOutcome:
    written = write_kind(each.subject, current)
    text = f"{written.kind.code}: {written.kind.name}"
    if written.is_same:
        return RowOutcome(each.line, LineChange.SAME, text)
    change = LineChange.ADDED if written.is_new else LineChange.CHANGED
    return RowOutcome(each.line, change, text, detail=written.summary)
