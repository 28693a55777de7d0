"""A document tree as plain data, to be kept with what was signed and read back as the same tree.

Pure. Each part is an object that names its class in `is`; tuples are lists, days are texts.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from . import tree

TYPE = "is"
_CLASSES: dict[str, type] = {
    each.__name__: each
    for each in (
        tree.Appendix,
        tree.Basis,
        tree.Cell,
        tree.Centred,
        tree.ComponentBlock,
        tree.Dash,
        tree.DataValue,
        tree.DocumentTree,
        tree.DutyList,
        tree.Heading,
        tree.LabelledField,
        tree.Numbered,
        tree.Paragraph,
        tree.Plus,
        tree.Signature,
        tree.Table,
        tree.TableColumn,
    )
}


def pack_tree(document: tree.DocumentTree) -> dict[str, Any]:
    """The tree as JSON can hold it."""
    return _packed(document)


def unpack_tree(packed: dict[str, Any]) -> tree.DocumentTree:
    """The tree that was packed. Raises KeyError for a part that no tree has."""
    return _unpacked(packed)


def _packed(value: Any) -> Any:
    if is_dataclass(value):
        parts = {each.name: _packed(getattr(value, each.name)) for each in fields(value)}
        return {TYPE: type(value).__name__, **parts}
    if isinstance(value, tuple):
        return [_packed(each) for each in value]
    if isinstance(value, tree.Align):
        return {TYPE: "Align", "at": value.value}
    if isinstance(value, date):
        return {TYPE: "date", "on": value.isoformat()}
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"A tree does not hold a {type(value).__name__}.")


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpacked(each) for each in value)
    if not isinstance(value, dict):
        return value
    if value[TYPE] == "Align":
        return tree.Align(value["at"])
    if value[TYPE] == "date":
        return date.fromisoformat(value["on"])
    parts = {name: _unpacked(each) for name, each in value.items() if name != TYPE}
    return _CLASSES[value[TYPE]](**parts)
