"""Columns that several registers have: the project by its code, the unit by its name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from import_export import widgets

from povertyplan.core.models import Area, Unit
from povertyplan.core.text.vietnamese import search_key
from projects.models import ComponentProject, WardProject

YEAR, PROGRAMME, PROJECT = "Năm", "Chương trình", "Mã dự án"
NAME = "Tên dự án (để tra mã)"
UNKNOWN_PROJECT = "Phường, xã không thực hiện dự án mã “{code}” trong năm này."
UNKNOWN_PART = "Không có dự án mã “{code}”."
SEVERAL = "Có nhiều dự án mã “{code}”: ghi cột “Chương trình” ({programmes})."
UNKNOWN_UNIT = "Phường, xã không có đơn vị “{name}”. Ghi đúng tên đầy đủ hoặc tên viết tắt."
SEVERAL_UNITS = "Có nhiều đơn vị tên “{name}”: ghi tên đầy đủ."


class ProjectWidget(widgets.Widget):
    """A ward's project by its code, in the year and the programme of its line."""

    def __init__(self, ward: Area | None = None, *, year: str = YEAR, is_required: bool = True):
        super().__init__()
        self.year, self.is_required = year, is_required
        self.by_code: dict[str, list[WardProject]] = defaultdict(list)
        if ward is not None:
            rows = WardProject.objects.filter(ward=ward).order_by("project__order", "year_from")
            for each in rows.select_related("ward", "project__programme", "project__parent"):
                self.by_code[each.project.code].append(each)

    def clean(self, value, row=None, **kwargs):
        code, year = str(value or "").strip(), str((row or {}).get(self.year, "")).strip()[-4:]
        programme = str((row or {}).get(PROGRAMME, "")).strip()
        if not code and not self.is_required:
            return None
        found = [
            each
            for each in self.by_code.get(code, ())
            if (not year.isdecimal() or each.year_from <= int(year) <= each.year_to)
            and programme in ("", each.project.programme.code)
        ]
        return only_one(found, code, [each.project.programme.code for each in found])

    def render(self, value, obj=None, **kwargs):
        return value.project.code if value else ""


class PartWidget(widgets.Widget):
    """A project of any programme by its code, in the programme of its line."""

    def __init__(self):
        super().__init__()
        self.by_code: dict[str, list[ComponentProject]] = defaultdict(list)
        for each in ComponentProject.objects.select_related("programme").order_by("order"):
            self.by_code[each.code].append(each)

    def clean(self, value, row=None, **kwargs):
        code, programme = str(value or "").strip(), str((row or {}).get(PROGRAMME, "")).strip()
        found = [
            each for each in self.by_code.get(code, ()) if programme in ("", each.programme.code)
        ]
        programmes = [each.programme.code for each in found]
        return only_one(found, code, programmes, unknown=UNKNOWN_PART)

    def render(self, value, obj=None, **kwargs):
        return value.code if value else ""

    def vocabulary(self) -> dict[str, list[str]]:
        """The projects that wards carry out, for the sheet beside an empty register."""
        parts = (part for found in self.by_code.values() for part in found if part.for_wards)
        return words_of_parts({part: part.name for part in parts})


class UnitWidget(widgets.Widget):
    """A unit of a ward by its full or its short name, however it is accented; also one that ended,
    which a service refuses in its own words."""

    def __init__(self, ward: Area | None = None):
        super().__init__()
        self.units = list(Unit.objects.filter(ward=ward).order_by("order")) if ward else []

    def clean(self, value, row=None, **kwargs):
        name = str(value or "").strip()
        if not name:
            return None
        asked = search_key(name)
        found = [each for each in self.units if search_key(each.name) == asked]
        found = found or [each for each in self.units if search_key(each.short_name) == asked]
        if not found:
            raise ValueError(UNKNOWN_UNIT.format(name=name[:80]))
        there = [each for each in found if each.valid_to is None]
        if len(there or found) > 1:
            raise ValueError(SEVERAL_UNITS.format(name=name[:80]))
        return (there or found)[0]

    def render(self, value, obj=None, **kwargs):
        return value.name if value else ""


def only_one(found, code: str, programmes: Iterable[str], unknown: str = UNKNOWN_PROJECT):
    """What a code names. Raises ValueError where it names nothing, or more than one."""
    if not found:
        raise ValueError(unknown.format(code=code[:20]))
    if len(found) > 1:
        listed = "; ".join(sorted(set(programmes)))
        raise ValueError(SEVERAL.format(code=code[:20], programmes=listed))
    return found[0]


def words_of_projects(widget: ProjectWidget) -> dict[str, list[str]]:
    """The ward's projects line by line, for the sheet beside an empty register."""
    rows = {row.project: row.name for found in widget.by_code.values() for row in found}
    return words_of_parts(rows)


def words_of_parts(names: Mapping[ComponentProject, str]) -> dict[str, list[str]]:
    """Projects line by line: the codes of programme and project that columns take, and names."""
    rows = sorted(names, key=lambda part: (part.programme.code, part.order))
    return {
        PROGRAMME: [part.programme.code for part in rows],
        PROJECT: [part.code for part in rows],
        NAME: [names[part] for part in rows],
    }
