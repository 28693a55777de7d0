"""The outside of a Word file: what kind of file it is, and the XML of the parts that hold text.

Runs in the child process. Only the parts that are read are unpacked, each up to a limit.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from reports.plans.word.reading import refusals
from reports.plans.word.reading.refusals import WordRefused

LARGEST_FILE_MB = 20
LARGEST_PART = 30 * 1024 * 1024
MOST_PARTS = 2000

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_SIGNATURE = b"PK\x03\x04"
OTHER_OFFICE = ("xlsx", "xlsm", "pptx", "odt", "ods", "zip")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# A file saved as "Strict Open XML" names the same words otherwise.
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
SINGLE_PARTS = ("styles", "numbering", "footnotes", "endnotes")
RUNNING_PARTS = ("header", "footer")


@dataclass
class WordPackage:
    """The parts of a Word file that hold text or say how it looks; a missing one is None."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    footnotes: etree._Element | None = None
    endnotes: etree._Element | None = None
    running: list[etree._Element] = field(default_factory=list)


def open_package(content: bytes, name: str) -> WordPackage:
    """The parts of a file. Raises WordRefused where it is not a Word file that can be read."""
    _refuse_kind(content, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return _parts(container)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError) as error:
        raise WordRefused(refusals.BROKEN) from error
    except etree.XMLSyntaxError as error:
        raise WordRefused(refusals.BROKEN) from error
    except (NotImplementedError, RuntimeError) as error:
        raise WordRefused(refusals.ENCRYPTED) from error


def _refuse_kind(content: bytes, name: str) -> None:
    ending = name.lower().rpartition(".")[2]
    if not content.strip():
        raise WordRefused(refusals.EMPTY)
    if len(content) > LARGEST_FILE_MB * 1024 * 1024:
        raise WordRefused(refusals.TOO_LARGE.format(limit=LARGEST_FILE_MB))
    if content.startswith(OLE_SIGNATURE):
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise WordRefused(refusals.ENCRYPTED if protected else refusals.OLD_WORD)
    if content.startswith(b"%PDF"):
        raise WordRefused(refusals.PDF)
    if content.startswith(IMAGES):
        raise WordRefused(refusals.IMAGE)
    if not content.startswith(ZIP_SIGNATURE):
        known = {"docx": refusals.NOT_WORD, "doc": refusals.OLD_WORD}
        raise WordRefused(known.get(ending, refusals.UNKNOWN_KIND))
    if ending in OTHER_OFFICE:
        raise WordRefused(refusals.UNKNOWN_KIND)


def _parts(container: zipfile.ZipFile) -> WordPackage:
    names = container.namelist()
    if len(names) > MOST_PARTS:
        raise WordRefused(refusals.UNPACKS_TOO_LARGE)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WordRefused(refusals.MACROS)
    main = _related(container, "").get("officeDocument", ["word/document.xml"])[0]
    if main not in names or not main.startswith("word/"):
        raise WordRefused(refusals.NOT_WORD)
    document = _read(container, main)
    if document.tag != f"{{{W}}}document":
        raise WordRefused(refusals.NOT_WORD)
    related = _related(container, main)
    package = WordPackage(document)
    for kind in SINGLE_PARTS:
        for path in related.get(kind, [])[:1]:
            setattr(package, kind, _read(container, path) if path in names else None)
    for kind in RUNNING_PARTS:
        here = (path for path in dict.fromkeys(related.get(kind, [])) if path in names)
        package.running += [_read(container, path) for path in here]
    return package


def _related(container: zipfile.ZipFile, path: str) -> dict[str, list[str]]:
    """The parts that a part names, by the last word of their relation."""
    folder, name = posixpath.split(path)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, list[str]] = {}
    if listing not in container.namelist():
        return found
    for relation in _read(container, listing):
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        kind = relation.get("Type", "").rpartition("/")[2]
        found.setdefault(kind, []).append(target.lstrip("/"))
    return found


def _read(container: zipfile.ZipFile, path: str) -> etree._Element:
    with container.open(path) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise WordRefused(refusals.UNPACKS_TOO_LARGE)
    if any(word in content for word in DECLARATIONS):
        raise WordRefused(refusals.ENTITIES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(content.replace(STRICT, W.encode()), parser)
    # In an encoding that the words above were not looked for in.
    if root.getroottree().docinfo.doctype:
        raise WordRefused(refusals.ENTITIES)
    return root
