"""How a paragraph of a Word file looks: what it says itself, then its style, then what that is
based on, then the file."""

from dataclasses import dataclass

from lxml import etree

from povertyplan.core.text.legacy_fonts import font_encoding
from reports.plans.word.reading.numbering import tag, value, whole

MOST_BASED_ON = 20
NO_LIST = "0"
NOT_OUTLINED = 9
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class RunLook:
    """How letters look; None where nothing is said."""

    bold: bool | None = None
    hidden: bool | None = None
    font: str = ""

    def over(self, other: "RunLook") -> "RunLook":
        """This look, and the other one where this says nothing."""
        return RunLook(
            other.bold if self.bold is None else self.bold,
            other.hidden if self.hidden is None else self.hidden,
            self.font or other.font,
        )

    @property
    def encoding(self) -> str:
        return font_encoding(self.font) if self.font else ""


@dataclass(frozen=True)
class ParagraphLook:
    """How a paragraph stands; None or "" where nothing is said."""

    list_number: str = ""
    list_depth: int | None = None
    outline: int | None = None
    indent: int | None = None
    align: str = ""

    def over(self, other: "ParagraphLook") -> "ParagraphLook":
        return ParagraphLook(
            self.list_number or other.list_number,
            other.list_depth if self.list_depth is None else self.list_depth,
            other.outline if self.outline is None else self.outline,
            other.indent if self.indent is None else self.indent,
            self.align or other.align,
        )


class StyleLooks:
    """The styles of one file, each with what it is based on."""

    def __init__(self, part: etree._Element | None):
        self._styles: dict[str, etree._Element] = {}
        self._looks: dict[str, tuple[ParagraphLook, RunLook]] = {}
        self.default = ""
        defaults = (ParagraphLook(), RunLook())
        if part is not None:
            for style in part.iter(tag("style")):
                self._styles[value(style, "styleId")] = style
                is_default = value(style, "default") not in ("", *_OFF)
                if is_default and value(style, "type") == "paragraph":
                    self.default = value(style, "styleId")
            said = part.find(f"{tag('docDefaults')}/{tag('rPrDefault')}/{tag('rPr')}")
            defaults = (ParagraphLook(), run_look(said))
        self._looks[""] = defaults

    def look(self, style: str) -> tuple[ParagraphLook, RunLook]:
        """How a style looks, with what it is based on."""
        if style in self._looks:
            return self._looks[style]
        chain: list[etree._Element] = []
        name = style
        while name in self._styles and len(chain) < MOST_BASED_ON:
            chain.append(self._styles[name])
            name = value(self._styles[name].find(tag("basedOn")))
        paragraph, run = self._looks[""]
        for each in reversed(chain):
            paragraph = paragraph_look(each.find(tag("pPr"))).over(paragraph)
            run = run_look(each.find(tag("rPr"))).over(run)
        self._looks[style] = (paragraph, run)
        return paragraph, run

    @property
    def list_numbers(self) -> dict[str, str]:
        """The list of each style that has one."""
        found = {name: self.look(name)[0].list_number for name in self._styles}
        return {name: number for name, number in found.items() if number}


def paragraph_look(said: etree._Element | None) -> ParagraphLook:
    if said is None:
        return ParagraphLook()
    listed = said.find(tag("numPr"))
    depth = None if listed is None else value(listed.find(tag("ilvl")))
    outline = value(said.find(tag("outlineLvl")))
    indent = said.find(tag("ind"))
    left = value(indent, "left") or value(indent, "start")
    return ParagraphLook(
        list_number="" if listed is None else value(listed.find(tag("numId"))),
        list_depth=whole(depth) if depth else None,
        outline=whole(outline) if outline else None,
        indent=whole(left) if left else None,
        align=value(said.find(tag("jc"))),
    )


def run_look(said: etree._Element | None) -> RunLook:
    if said is None:
        return RunLook()
    fonts = said.find(tag("rFonts"))
    return RunLook(
        bold=_switch(said.find(tag("b"))),
        hidden=_switch(said.find(tag("vanish"))),
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
    )


def _switch(element: etree._Element | None) -> bool | None:
    return None if element is None else value(element) not in _OFF
