"""What makes a printed file one for the archive: PDF/A-2a and PDF/UA-1 in one, pages with names.

The printer writes one of the two standards; the other is added to the file's own description. No
validator of these standards is asked: what a file claims is read back by the tests, not proved.
"""

from collections.abc import Iterator, Sequence
from typing import Any

VARIANT = "pdf/a-2a"
APPENDIX_ANCHOR = "appendix-{}"
"""The anchor of an appendix in the HTML, by its place counted from 1."""

# PDF/A takes a property that it does not know only with its description.
_UNIVERSAL_ACCESS = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END_OF_DESCRIPTION = b"</rdf:RDF>"


class ArchiveFinisher:
    """The last touch to a file: its standards, and the names of its pages by their appendix."""

    def __init__(self, appendix_labels: Sequence[str] = ()):
        self.appendix_labels = appendix_labels

    def __call__(self, document: Any, pdf: Any) -> None:
        _claim_both(pdf)
        _name_pages(pdf, list(self._parts(document)))

    def _parts(self, document: Any) -> Iterator[tuple[int, str]]:
        """The first page of each part, from 0, with what stands before its numbers."""
        yield 0, ""
        for place, label in enumerate(self.appendix_labels, start=1):
            anchor = APPENDIX_ANCHOR.format(place)
            pages = (at for at, page in enumerate(document.pages) if anchor in page.anchors)
            if (first := next(pages, None)) is not None:
                yield first, f"{label} - "


def _claim_both(pdf: Any) -> None:
    """Say both standards, in plain letters, as an archive's own programs look for them."""
    number = int(pdf.catalog["Metadata"].split()[0])
    description = pdf.objects[number]
    before, end, after = description.stream[0].partition(_END_OF_DESCRIPTION)
    if not end:
        raise LookupError("The printer described its file in a way that we do not know.")
    description.stream = [before + _UNIVERSAL_ACCESS + end + after]
    description.compress = False


def _name_pages(pdf: Any, parts: Sequence[tuple[int, str]]) -> None:
    """Name each page as it is numbered on paper: each appendix begins with 1 again."""
    import pydyf  # comes with the printer

    names = pydyf.Array()
    for first, prefix in parts:
        style = pydyf.Dictionary({"S": "/D"})
        if prefix:
            style["P"] = pydyf.String(prefix)
        names.extend([first, style])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": names})
