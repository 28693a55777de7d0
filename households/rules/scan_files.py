"""What is taken in as a scan: by its bytes, never by its name."""

from households.choices import ScanKind

LARGEST_SCAN_MB = 10
MOST_SCANS = 10  # of one meeting
CONTENT_TYPES = {
    ScanKind.PDF: "application/pdf",
    ScanKind.JPEG: "image/jpeg",
    ScanKind.PNG: "image/png",
}
SUFFIXES = {ScanKind.PDF: "pdf", ScanKind.JPEG: "jpg", ScanKind.PNG: "png"}

_FIRST_BYTES = {
    ScanKind.PDF: b"%PDF-",
    ScanKind.JPEG: b"\xff\xd8\xff",
    ScanKind.PNG: b"\x89PNG\r\n\x1a\n",
}
# A file that was cut off on its way lacks its end; scanners leave a few bytes after it.
_LAST_BYTES = {
    ScanKind.PDF: b"%%EOF",
    ScanKind.JPEG: b"\xff\xd9",
    ScanKind.PNG: b"IEND\xaeB`\x82",
}
_END_WITHIN = 1024


def kind_of(content: bytes) -> ScanKind | None:
    """The kind of a whole file; None for anything else, whatever it is called.

    >>> kind_of(b"%PDF-1.7 ... %%EOF")
    <ScanKind.PDF: 'pdf'>
    >>> kind_of(b"<html>%PDF-1.7 %%EOF") is None
    True
    """
    for kind, first in _FIRST_BYTES.items():
        if content.startswith(first) and _LAST_BYTES[kind] in content[-_END_WITHIN:]:
            return kind
    return None
