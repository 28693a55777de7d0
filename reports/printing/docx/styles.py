"""The look of a Word file: fonts, sizes and spacing of Decree 30/2020/NĐ-CP as named styles.

Whoever edits the file changes a style once and the whole document follows.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .xml import element

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BLACK = RGBColor(0, 0, 0)
LINE_SPACING = 1.13
SIGNING_ROOM = Mm(28)  # for the hand and the seal
FACES = ("ascii", "hAnsi", "eastAsia", "cs")
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
LEFT, CENTER, JUSTIFY, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


class Style(StrEnum):
    """The styles by the names that Word shows; a comma would part two names."""

    SECTION = "Heading 1"
    CLAUSE = "Heading 2"
    POINT = "Heading 3"
    PARAGRAPH = "Đoạn văn"
    BASIS = "Căn cứ ban hành"
    CENTRED = "Dòng giữa"
    SUPERIOR = "Cơ quan chủ quản"
    ISSUER = "Cơ quan ban hành"
    STATE = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    NUMBER = "Số và ký hiệu"
    DATE = "Địa danh và ngày"
    DRAFT_HEAD = "Dự thảo đầu trang"
    KIND = "Tên loại văn bản"
    SUBJECT = "Trích yếu"
    ADDRESSEE = "Kính gửi"
    APPENDIX = "Phụ lục"
    APPENDIX_TITLE = "Tên phụ lục"
    ATTACHED = "Kèm theo"
    TABLE_TITLE = "Tên bảng"
    TABLE_UNIT = "Đơn vị tính"
    TABLE_TEXT = "Chữ trong bảng"
    NOTE = "Ghi chú"
    RECIPIENTS = "Nơi nhận"
    RECIPIENT = "Tên nơi nhận"
    AUTHORITY = "Chức vụ người ký"
    SIGNER = "Họ tên người ký"
    PERIOD = "Kỳ số liệu"
    PAGE_NUMBER = "Số trang"
    MARK = "Chân trang"
    GAP = "Khoảng cách"

    @property
    def id(self) -> str:
        """The name inside the file, in plain letters as Word's own."""
        return self.name.title().replace("_", "")


@dataclass(frozen=True)
class StyleLook:
    """Size in points, place, weight; `before` and `after` in points."""

    size: float = 14
    align: WD_ALIGN_PARAGRAPH = CENTER
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 0
    is_indented: bool = False
    keeps_next: bool = False
    spacing: float = 1


TEXT = StyleLook(align=LEFT, before=6, is_indented=True, spacing=LINE_SPACING)
LOOKS = {
    Style.SECTION: replace(TEXT, bold=True, keeps_next=True),
    Style.CLAUSE: replace(TEXT, bold=True, keeps_next=True),
    Style.POINT: replace(TEXT, keeps_next=True),
    Style.PARAGRAPH: replace(TEXT, align=JUSTIFY),
    Style.BASIS: replace(TEXT, align=JUSTIFY, italic=True),
    Style.CENTRED: StyleLook(bold=True, before=9, after=9, keeps_next=True),
    Style.SUPERIOR: StyleLook(13),
    Style.ISSUER: StyleLook(13, bold=True),
    Style.STATE: StyleLook(13, bold=True),
    Style.MOTTO: StyleLook(14, bold=True),
    Style.NUMBER: StyleLook(13, before=6),
    Style.DATE: StyleLook(14, italic=True, before=6),
    Style.DRAFT_HEAD: StyleLook(12, align=RIGHT, bold=True),
    Style.KIND: StyleLook(bold=True, before=18, keeps_next=True),
    Style.SUBJECT: StyleLook(bold=True, keeps_next=True),
    Style.ADDRESSEE: StyleLook(before=6, after=6),
    Style.APPENDIX: StyleLook(bold=True, keeps_next=True),
    Style.APPENDIX_TITLE: StyleLook(bold=True, keeps_next=True),
    Style.ATTACHED: StyleLook(italic=True, after=12, keeps_next=True),
    Style.TABLE_TITLE: StyleLook(13, bold=True, before=9, after=4, keeps_next=True),
    Style.TABLE_UNIT: StyleLook(12, italic=True, align=RIGHT, after=4, keeps_next=True),
    Style.TABLE_TEXT: StyleLook(12, align=LEFT, before=2, after=2),
    Style.NOTE: StyleLook(12, align=LEFT, italic=True, before=3),
    Style.RECIPIENTS: StyleLook(12, align=LEFT, bold=True, italic=True),
    Style.RECIPIENT: StyleLook(11, align=LEFT),
    Style.AUTHORITY: StyleLook(bold=True),
    Style.SIGNER: StyleLook(bold=True),
    Style.PERIOD: StyleLook(12, italic=True, after=6),
    Style.PAGE_NUMBER: StyleLook(13),
    Style.MARK: StyleLook(10),
    Style.GAP: StyleLook(8),
}


def define_styles(document: Document) -> None:
    """Give a new document our styles, and every text its font and language."""
    normal = document.styles["Normal"]
    _set_font(normal, StyleLook())
    _set_language(normal)
    normal.paragraph_format.space_after = Pt(0)
    for name, look in LOOKS.items():
        style = _style(document, name)
        _set_font(style, look)
        _set_paragraph(style, look)
    document.styles[Style.SIGNER].paragraph_format.space_before = SIGNING_ROOM


def _style(document: Document, name: Style) -> ParagraphStyle:
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = name.id
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _set_font(style: ParagraphStyle, look: StyleLook) -> None:
    font = style.font
    font.name, font.size = FONT, Pt(look.size)
    font.bold, font.italic, font.color.rgb = look.bold, look.italic, BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in THEMES:  # a theme's font would win over the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for face in FACES:
        fonts.set(qn(f"w:{face}"), FONT)


def _set_language(style: ParagraphStyle) -> None:
    language = element("lang", val=LANGUAGE, eastAsia=LANGUAGE)
    style.element.get_or_add_rPr().append(language)


def _set_paragraph(style: ParagraphStyle, look: StyleLook) -> None:
    form = style.paragraph_format
    form.alignment = look.align
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = look.spacing
    form.first_line_indent = Mm(12.7) if look.is_indented else Mm(0)
    form.keep_with_next = look.keeps_next
    form.widow_control = True
