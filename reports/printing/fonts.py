"""Find the font of documents: Times New Roman or one with its metrics, with all our letters.

Decree 30/2020/NĐ-CP asks for Times New Roman. Liberation Serif 2 and Tinos have the same
widths and are free. The four faces of Liberation Serif 2 come with the project, so that every
machine prints the same bytes; a machine's own fonts are asked only where they are missing. The
older Liberation Serif 1 lacks 92 Vietnamese letters and would leave foreign letters in the middle
of words, so every face is checked before it is used.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FONT_FOLDERS = (
    settings.BASE_DIR / "static" / "fonts",
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts").expanduser(),
    Path("~/.fonts").expanduser(),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts/Supplemental"),
    Path("C:/Windows/Fonts"),
)
# Family, then the file names of its faces (upright, bold, italic, bold italic), by preference.
FACE_FILES = (
    ("Times New Roman", ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")),
    (
        "Times New Roman",
        (
            "Times New Roman.ttf",
            "Times New Roman Bold.ttf",
            "Times New Roman Italic.ttf",
            "Times New Roman Bold Italic.ttf",
        ),
    ),
    (
        "Times New Roman",
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
    ),
    (
        "Liberation Serif",
        (
            "LiberationSerif-Regular.ttf",
            "LiberationSerif-Bold.ttf",
            "LiberationSerif-Italic.ttf",
            "LiberationSerif-BoldItalic.ttf",
        ),
    ),
    (
        "Tinos",
        ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    ),
)
VOWELS = "aăâeêioôơuưy"
TONE_MARKS = (
    "",
    "\N{COMBINING GRAVE ACCENT}",
    "\N{COMBINING HOOK ABOVE}",
    "\N{COMBINING TILDE}",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{COMBINING DOT BELOW}",
)


@dataclass(frozen=True)
class FontFaces:
    """The four font files of one family."""

    family: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path


def vietnamese_letters() -> str:
    """All 146 letters beyond plain consonants: twelve vowels in six tones, đ; small and capital."""
    small = "đ" + "".join(
        unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in TONE_MARKS
    )
    return small + small.upper()


@cache
def find_faces(folders: tuple[Path, ...] = FONT_FOLDERS) -> FontFaces | None:
    """The first complete family in the folders that has every Vietnamese letter, or None."""
    for faces in _installed_faces(folders):
        files = (faces.regular, faces.bold, faces.italic, faces.bold_italic)
        if all(file.is_file() and _has_our_letters(file) for file in files):
            return faces
    return None


def _installed_faces(folders: tuple[Path, ...]) -> Iterator[FontFaces]:
    for folder in folders:
        for family, names in FACE_FILES:
            for upright in sorted(folder.rglob(names[0])):
                yield FontFaces(family, *(upright.with_name(name) for name in names))


def _has_our_letters(path: Path) -> bool:
    from fontTools.ttLib import TTFont  # comes with WeasyPrint; slow to import, rarely needed

    with TTFont(path, lazy=True) as font:
        known = font.getBestCmap()
    return all(ord(letter) in known for letter in vietnamese_letters())
