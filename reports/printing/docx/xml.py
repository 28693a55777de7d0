"""Elements of a Word file that python-docx has no words for, or would write too slowly."""

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def element(name: str, *children: _Element, **attributes: object) -> _Element:
    """An element of the main namespace: `element("jc", val="center")`."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def writable(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def run(text: str, *properties: _Element) -> _Element:
    """A run of text with its own properties, in the order of the schema."""
    words = element("t")
    words.text = writable(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", *([element("rPr", *properties)] if properties else []), words)
