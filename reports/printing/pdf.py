"""Print a document tree as PDF. The one place that knows WeasyPrint.

The file is PDF/A-2a and PDF/UA-1: for the archive, tagged for screen readers, with language, title
and embedded fonts. The same tree printed twice on one machine gives the same bytes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from .archiving import VARIANT, ArchiveFinisher
from .fonts import FontFaces, find_faces
from .form_sheet import FormSheet
from .html import render_form_html, render_html, render_set_html
from .tree import DocumentTree

# Rows of a list that a request still lays out, some three seconds of work; the worker does longer.
LONG_PAPER = 200
FONT_SCHEME = "document-font"
COLOURS = "--srgb"  # what black means, which a file for the archive says itself
FACE_STYLES = {  # CSS weight and style of each face
    "regular": ("normal", "normal"),
    "bold": ("bold", "normal"),
    "italic": ("normal", "italic"),
    "bold_italic": ("bold", "italic"),
}
NO_FONT = (
    "Chưa in được PDF: máy chủ chưa có phông chữ Times New Roman hoặc phông cùng cỡ chữ "
    "(Liberation Serif 2, Tinos) có đủ chữ tiếng Việt. Quản trị viên cài bằng lệnh "
    "“apt install fonts-liberation2” (Debian 12) hoặc “apt install fonts-liberation” "
    "(Debian 13, Ubuntu 24.04) rồi thử lại."
)
NO_LIBRARY = (
    "Chưa in được PDF: máy chủ thiếu thư viện dàn trang Pango. Quản trị viên cài bằng lệnh "
    "“apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0” rồi thử lại."
)


class PrintingUnavailable(Exception):
    """This machine cannot print now; the message is a Vietnamese sentence for the user."""


def render_pdf(document: DocumentTree) -> bytes:
    """Print the document. Raises PrintingUnavailable when Pango or the font is missing."""
    labels = [document.appendix_label(place + 1) for place in range(len(document.appendices))]
    return _print(render_html(document), labels)


def render_form_pdf(sheet: FormSheet) -> bytes:
    """Print a form; the same refusals."""
    return _print(render_form_html(sheet))


def render_set_pdf(
    documents: Iterable[DocumentTree], *, title: str, is_large: bool = False
) -> bytes:
    """Print several papers into one file; the same refusals."""
    return _print(render_set_html(documents, title=title, is_large=is_large))


def _print(html: str, appendix_labels: Sequence[str] = ()) -> bytes:
    weasyprint = _weasyprint()
    faces = find_faces()
    if faces is None:
        raise PrintingUnavailable(NO_FONT)

    fetcher = _closed_fetcher(weasyprint, faces)
    font_config = weasyprint.text.fonts.FontConfiguration()
    font_sheet = weasyprint.CSS(
        string=_font_rules(faces),
        url_fetcher=fetcher,
        font_config=font_config,
    )
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.write_pdf(
        stylesheets=[font_sheet],
        font_config=font_config,
        color_profiles={COLOURS: _colours(weasyprint)},
        output_intent=COLOURS,
        finisher=ArchiveFinisher(appendix_labels),
        pdf_variant=VARIANT,
        presentational_hints=True,  # the widths of table columns are HTML attributes
    )


def _weasyprint():
    """The library, imported late: it takes a second, and fails where Pango is missing."""
    try:
        import weasyprint
        import weasyprint.text.fonts
    except (ImportError, OSError) as error:
        raise PrintingUnavailable(NO_LIBRARY) from error
    return weasyprint


def _colours(weasyprint):
    """The meaning of the file's colours, read here: the library leaves its own file open."""
    path = Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc"
    with path.open("rb") as file:
        return weasyprint.css.ColorProfile(
            file, path.name, "relative-colorimetric", (["r"], ["g"], ["b"])
        )


def _closed_fetcher(weasyprint, faces: FontFaces):
    """A fetcher that hands out the four font files and refuses every other address."""
    files = {f"{FONT_SCHEME}:{face}": getattr(faces, face) for face in FACE_STYLES}

    class ClosedFetcher(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            if url not in files:
                raise ValueError("A document may not fetch anything but its font.")
            return weasyprint.urls.URLFetcherResponse(url, files[url].read_bytes())

    return ClosedFetcher()


def _font_rules(faces: FontFaces) -> str:
    # A name of its own: an older font of the same name on this machine must not be mixed in.
    family = f"{faces.family} Document"
    rules = [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{FONT_SCHEME}:{face}"); }}'
        for face, (weight, style) in FACE_STYLES.items()
    ]
    return "\n".join([*rules, f':root {{ --document-font: "{family}"; }}'])
