"""The outside of a workbook: what kind of file it is, and whether its zip is honest and small.

Runs in the child process, before any library opens the file.
"""

import io
import struct
import zipfile
import zlib

from households.intake.sheets import refusals
from households.intake.sheets.refusals import FileRefused

LARGEST_FILE_MB = 20
MOST_PARTS = 1000
LARGEST_UNPACKED = 160 * 1024 * 1024
# A part this large that packs better than this is made of one repeated byte, not of people.
SUSPICIOUS_SIZE, SUSPICIOUS_RATIO = 10 * 1024 * 1024, 100
CHUNK = 256 * 1024

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_SIGNATURE = b"PK\x03\x04"
END_OF_DIRECTORY = b"PK\x05\x06"
WORKBOOK_PART = "xl/workbook.xml"
NESTED_SUFFIXES = (".zip", ".7z", ".rar", ".gz")
WRONG_KINDS = {
    "xlsx": refusals.NOT_A_WORKBOOK,
    "csv": refusals.NOT_A_WORKBOOK,
    "xls": refusals.NOT_A_WORKBOOK,
    "xlsm": refusals.MACROS,
}
DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def kind_of(content: bytes, name: str) -> str:
    """Tell xlsx from csv; raises FileRefused where the content is not what the name says."""
    if not content.strip():
        raise FileRefused(refusals.EMPTY)
    if len(content) > LARGEST_FILE_MB * 1024 * 1024:
        raise FileRefused(refusals.TOO_LARGE.format(limit=LARGEST_FILE_MB))
    suffix = name.lower().rpartition(".")[2]
    if content.startswith(OLE_SIGNATURE):
        raise FileRefused(_kind_of_ole(content))
    is_zip = content.startswith(ZIP_SIGNATURE)
    if (suffix, is_zip) in (("xlsx", True), ("csv", False)):
        return suffix
    raise FileRefused(WRONG_KINDS.get(suffix, refusals.UNKNOWN_KIND))


def _kind_of_ole(content: bytes) -> str:
    protected = "EncryptedPackage".encode("utf-16-le") in content
    return refusals.ENCRYPTED if protected else refusals.OLD_EXCEL


def open_container(content: bytes) -> zipfile.ZipFile:
    """The zip of a workbook whose every part was unpacked once and is what it claims to be."""
    _refuse_crowd(content)
    try:
        container = zipfile.ZipFile(io.BytesIO(content))
        _refuse_parts(container)
        for part in container.infolist():
            _walk(container, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError) as error:
        raise FileRefused(_broken(error)) from error
    except (NotImplementedError, RuntimeError) as error:
        raise FileRefused(refusals.ENCRYPTED) from error
    return container


def _broken(error: Exception) -> str:
    return refusals.FORGED_SIZE if "CRC" in str(error) else refusals.BROKEN


def _refuse_crowd(content: bytes) -> None:
    """Count the parts from the last record, before the directory itself is read."""
    at = content.rfind(END_OF_DIRECTORY)
    if at < 0 or len(content) < at + 12:
        raise FileRefused(refusals.BROKEN)
    if struct.unpack_from("<H", content, at + 10)[0] > MOST_PARTS:
        raise FileRefused(refusals.TOO_MANY_PARTS)


def _refuse_parts(container: zipfile.ZipFile) -> None:
    parts = container.infolist()
    names = [part.filename for part in parts]
    lowered = [name.lower() for name in names]
    if len(parts) > MOST_PARTS:
        raise FileRefused(refusals.TOO_MANY_PARTS)
    if len(set(lowered)) < len(lowered):
        raise FileRefused(refusals.BROKEN)
    if any(name.endswith("vbaproject.bin") for name in lowered):
        raise FileRefused(refusals.MACROS)
    if any(name.endswith(NESTED_SUFFIXES) for name in lowered):
        raise FileRefused(refusals.NESTED)
    if WORKBOOK_PART not in names:
        raise FileRefused(refusals.NOT_A_WORKBOOK)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(map(_suspicious, parts)):
        raise FileRefused(refusals.UNPACKS_TOO_LARGE)


def _suspicious(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SUSPICIOUS_SIZE and part.file_size > SUSPICIOUS_RATIO * max(
        part.compress_size, 1
    )


def _walk(container: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part once: its size and checksum must hold, and it may declare no entities."""
    is_text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    length, tail = 0, b""
    with container.open(part) as stream:
        while chunk := stream.read(CHUNK):
            length += len(chunk)
            window = tail + chunk
            if is_text and any(word in window for word in DECLARATIONS):
                raise FileRefused(refusals.ENTITIES)
            tail = chunk[-20:]
    if length != part.file_size:
        raise FileRefused(refusals.FORGED_SIZE)
