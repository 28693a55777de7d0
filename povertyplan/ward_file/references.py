"""What the parts of a ward file call each other by: names declared in one place, used in another.

The names are gathered from the raw file before it is checked, so that an error in a unit's kind
does not also report every use of that unit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from povertyplan.core.platform.structured_file.checking import refuse
from povertyplan.core.platform.structured_file.places import Tree
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import ComponentProject
from reports.figures.data_fields import DataField, FieldError, parse, parse_query


@dataclass
class References:
    """The names a file declares, those of the reference data, and those already met."""

    villages: frozenset[str]
    units: frozenset[str]
    indicators: frozenset[str]
    dimensions: frozenset[str]
    projects: frozenset[str]
    met: set[tuple] = field(default_factory=set)

    @classmethod
    def of(cls, tree: Tree) -> "References":
        return cls(
            villages=frozenset(_declared(tree, "villages", "code")),
            units=frozenset(
                [*_declared(tree, "units", "name"), *_declared(tree, "units", "short_name")]
            ),
            indicators=frozenset(_declared(tree, "indicators", "code")),
            dimensions=frozenset(_declared(tree, "indicators", "dimension")),
            projects=frozenset(component_projects()),
        )


def component_projects() -> dict[str, ComponentProject]:
    """Projects by the names a file may use: "PROGRAMME/3.1", or "3.1" of the first that has one."""
    named: dict[str, ComponentProject] = {}
    projects = ComponentProject.objects.select_related("programme")
    for project in projects.order_by("programme__valid_from", "programme_id", "order"):
        named.setdefault(project.code, project)
        named[f"{project.programme.code}/{project.code}"] = project
    return named


def _declared(tree: Tree, section: str, key: str) -> Iterator[str]:
    entries = tree.get(section) if isinstance(tree, dict) else None
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get(key), str):
            yield normalise_text(entry[key])


def _used(collection: str, sentence: str):
    """A name that must be declared elsewhere."""

    def known(typed: str, info: ValidationInfo[References]) -> str:
        name = normalise_text(typed)
        if name not in getattr(info.context, collection):
            raise refuse(sentence.format(name=name))
        return name

    return AfterValidator(known)


def once(what: str, key: Callable[[str], object] = str):
    """A name that may be declared only once in the file."""

    def first(name: str, info: ValidationInfo[References]) -> str:
        mark = (what, key(name))
        if mark in info.context.met:
            raise refuse(f"{what} “{name}” đã có ở trên.")
        info.context.met.add(mark)
        return name

    return AfterValidator(first)


UsedVillage = Annotated[
    str, _used("villages", "không có thôn, tổ dân phố mã “{name}” trong mục villages.")
]
UsedUnit = Annotated[str, _used("units", "không có đơn vị “{name}” trong mục units.")]
UsedIndicator = Annotated[
    str, _used("indicators", "không có chỉ tiêu “{name}” trong mục indicators.")
]
UsedDimension = Annotated[
    str, _used("dimensions", "không có chỉ tiêu nào thuộc nhóm “{name}” trong mục indicators.")
]
UsedProject = Annotated[
    str,
    _used("projects", "không có dự án mã “{name}” trong danh mục (xem lệnh load_reference)."),
]


def _readable_text(text: object, info: ValidationInfo[References]) -> object:
    """Refuse a text with a data field that does not exist or is about an unknown indicator."""
    for part in _parsed(parse, text) if isinstance(text, str) else ():
        if isinstance(part, DataField) and part.indicator not in (None, *info.context.indicators):
            raise refuse(f"không có chỉ tiêu “{part.indicator}” trong mục indicators.")
    return text


def _readable_query(text: object) -> object:
    if isinstance(text, str):
        _parsed(parse_query, text)
    return text


def _parsed(parser: Callable, text: str):
    try:
        return parser(text)
    except FieldError as error:
        raise refuse(str(error)) from None


Fielded = BeforeValidator(_readable_text)
"""Marks a text that may hold data fields."""

Query = Annotated[str, BeforeValidator(_readable_query)]
