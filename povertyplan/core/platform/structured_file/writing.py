"""The same tree always gives the same text."""

from decimal import Decimal

import yaml

from povertyplan.core.platform.structured_file.places import Tree


class _Writer(yaml.SafeDumper):
    """Quotes only what another reader would take for something else than text."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _write_text(writer: _Writer, value: str) -> yaml.Node:
    # Other readers of YAML disagree on whether 08 is a number.
    style = "'" if value.isdigit() else None
    return writer.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)


def _write_number(writer: _Writer, value: Decimal) -> yaml.Node:
    kind = "int" if value == value.to_integral_value() else "float"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value.normalize():f}")


_Writer.add_representer(str, _write_text)
# Members of closed vocabularies are text of a class of their own.
_Writer.add_multi_representer(str, _write_text)
_Writer.add_representer(Decimal, _write_number)


def write(tree: Tree) -> str:
    """The tree as YAML: the same tree always gives the same text."""
    return yaml.dump(tree, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100, indent=2)
