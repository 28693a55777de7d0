"""Bookmarks of a Word file: they survive in programs that drop content controls."""

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from .xml import element


class Bookmarks:
    """Puts one bookmark around all that is written under one name."""

    def __init__(self, book: Document):
        self._body = book.element.body
        self._number = len(self._body.findall(f".//{qn('w:bookmarkStart')}"))
        self._name = ""
        self._before: _Element | None = None

    def begin(self, name: str) -> None:
        """What is written from here on has a name; "" for none. The same name goes on."""
        if name == self._name:
            return
        self._close()
        self._name, self._before = name, self._last()

    def _last(self) -> _Element | None:
        """What was written last: the sheet's own properties stand behind it."""
        return self._body[-2] if len(self._body) > 1 else None

    def _close(self) -> None:
        last = self._last()
        if not self._name or last is None or last is self._before:
            return
        first = self._body[0] if self._before is None else self._before.getnext()
        start = element("bookmarkStart", id=self._number)
        start.set(qn("w:name"), self._name)
        end = element("bookmarkEnd", id=self._number)
        self._number += 1
        if first.tag == qn("w:p"):
            look = first.find(qn("w:pPr"))
            first.insert(0 if look is None else 1, start)
        else:
            first.addprevious(start)
        if last.tag == qn("w:p"):
            last.append(end)
        else:
            last.addnext(end)
