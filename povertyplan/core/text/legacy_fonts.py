"""Text typed for the fonts of before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).

Both put Vietnamese letters in the places of Western ones, so that the stored text is gibberish
in any other font. The tables are those of the national standard TCVN 5712:1993 and of VNI.
"""

import re
import unicodedata

_TCVN3_LETTERS = (
    "µà¶ả·ã\u00b8á¹ạ¨ă»ằ¼ẳ½ẵ¾ắÆặ©âÇầÈẩÉẫÊấËậ®đÌèÎẻÏẽÐéÑẹªêÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọ«ôåồæổçỗèốéộ¬ơêờëởìỡíớîợ"
    "ïùñủòũóúôụ\u00adưõừöử÷ữøứùựúỳûỷüỹýýþỵ¡Ă¢Â§Đ£Ê¤Ô¥Ơ¦Ư"
)
TCVN3 = str.maketrans(dict(zip(_TCVN3_LETTERS[::2], _TCVN3_LETTERS[1::2], strict=True)))

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
# A letter is followed by a Western letter that carries its marks.
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _CIRCUMFLEX,
    "à": _CIRCUMFLEX + _GRAVE, "á": _CIRCUMFLEX + _ACUTE, "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {
    "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
    "ô": "o" + _HORN, "ö": "u" + _HORN,
}  # fmt: skip
_VNI = re.compile(
    "([aeouyôö])([{marks}])|([{letters}])".format(
        marks="".join(_VNI_MARKS), letters="".join(_VNI_LETTERS)
    ),
    re.IGNORECASE,
)

_LEGACY_FONTS = {".vn": "tcvn3", "vni": "vni"}
_UNICODE_LETTERS = frozenset("ăĂđĐĩĨũŨơƠưƯ")
# Letters of Western Europe and signs that no Vietnamese text in Unicode has.
_TCVN3_SIGNS = re.compile("[¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·\u00b8¹»¼½¾ÆÇËÎÏÐÑÖ×ØÜÞßäåæçëîïñöøûüþÿ]")
_VNI_SIGNS = re.compile(
    "[ae][âàáåãäêèéúüë]|[aeouyôö][øûïåäëü]|[aeouôö][ùõ]|ö|ñ[aeiouôy]|[a-z]æ", re.IGNORECASE
)


def to_unicode(text: str, encoding: str) -> str:
    """Text of an old alphabet table in Unicode.

    >>> to_unicode("NguyÔn V¨n A", "tcvn3"), to_unicode("Nguyeãn Thò Ñaøo", "vni")
    ('Nguyễn Văn A', 'Nguyễn Thị Đào')
    """
    is_vni = encoding == "vni"
    converted = _VNI.sub(_vni_letter, text) if is_vni else text.translate(TCVN3)
    if encoding == "tcvn3-capitals":
        converted = converted.upper()
    return unicodedata.normalize("NFC", converted)


def _vni_letter(found: re.Match) -> str:
    letter, mark, single = found.groups()
    if single:
        converted = _VNI_LETTERS[single.lower()]
        return converted.upper() if single.isupper() else converted
    base = _VNI_LETTERS.get(letter.lower(), letter.lower())
    converted = base[0] + "".join(sorted(base[1:] + _VNI_MARKS[mark.lower()], key=_above_last))
    return converted.upper() if letter.isupper() else converted


def _above_last(mark: str) -> bool:
    """Marks that belong to the letter come before its tone."""
    return mark not in (_CIRCUMFLEX, _BREVE, _HORN)


def suspected_encoding(text: str) -> str:
    """The table that text seems to be typed for, by letters that Vietnamese does not have.

    >>> suspected_encoding("NguyÔn V¨n A"), suspected_encoding("Nguyeãn Vaên Höõu")
    ('tcvn3', 'vni')
    >>> suspected_encoding("Nguyễn Văn Hữu"), suspected_encoding("Y Ngọc, 12 m²")
    ('', '')
    """
    if text.isascii():
        return ""
    if any("\u1ea0" <= letter <= "\u1ef9" or letter in _UNICODE_LETTERS for letter in text):
        return ""  # letters that only Unicode has
    if _VNI_SIGNS.search(text):
        return "vni"
    return "tcvn3" if _TCVN3_SIGNS.search(text) else ""


def font_encoding(font: str) -> str:
    """The table that a font is made for: "tcvn3", "tcvn3-capitals", "vni" or nothing.

    >>> font_encoding(".VnTimeH"), font_encoding("VNI-Times"), font_encoding("Arial")
    ('tcvn3-capitals', 'vni', '')
    """
    lowered = font.lower()
    starts = (code for start, code in _LEGACY_FONTS.items() if lowered.startswith(start))
    encoding = next(starts, "")
    return "tcvn3-capitals" if encoding == "tcvn3" and font.endswith("H") else encoding
