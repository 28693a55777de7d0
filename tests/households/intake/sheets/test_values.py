"""Single cells: read, flagged, or refused with what may be meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.intake.sheets.citizen_ids import read_citizen_id, repair_number
from households.intake.sheets.dates import day_of, read_date
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import Level
from households.intake.sheets.workbook import ForeignSheet
from povertyplan.core.text.legacy_fonts import suspected_encoding, to_unicode
from tests.households.samples import READER, TODAY


def cell(value, column, **facts):
    return READER.read_cell(ForeignSheet("x", ((value,),), **facts), (1, 1), column)


@pytest.mark.parametrize(
    ("raw", "value", "code", "suggestion"),
    [
        pytest.param("062080000001", "062080000001", "", "", id="text of twelve digits"),
        pytest.param(" 062 080 000 001 ", "062080000001", "citizen_id_tidied", "", id="spaces"),
        pytest.param(162080000001.0, "162080000001", "citizen_id_number", "", id="a number"),
        pytest.param(62080000001.0, None, "citizen_id_length", "", id="lost a zero"),
        pytest.param(1099012345.0, None, "citizen_id_length", "", id="lost two"),
        pytest.param("4,5E+10", None, "citizen_id_rounded", "", id="rounded, comma"),
        pytest.param("4.5E+10", None, "citizen_id_rounded", "", id="rounded, dot"),
        pytest.param(4.5e10, None, "citizen_id_rounded", "", id="rounded, as a number"),
        pytest.param("233212345", None, "citizen_id_old_card", "", id="old card"),
        pytest.param("0620800000011", None, "citizen_id_length", "", id="thirteen digits"),
        pytest.param("06208000000O", None, "citizen_id_unreadable", "", id="letter O"),
        pytest.param("٠٦٢٠٨٠٠٠٠٠٠١", None, "citizen_id_unreadable", "", id="other digits"),
        pytest.param("", None, "", "", id="empty"),
    ],
)
def test_citizen_id_is_never_padded_in_silence(raw, value, code, suggestion):
    reading = read_citizen_id(raw)

    assert (reading.value, reading.code, reading.suggestion) == (value, code, suggestion)


@pytest.mark.parametrize(
    ("text", "sex", "birth", "repaired"),
    [
        pytest.param("62080000001", "male", "1980-05-17", "062080000001", id="lost a zero"),
        pytest.param("62080000001", "male", "1980", "062080000001", id="year alone"),
        pytest.param("62180000001", "female", "1980", "062180000001", id="a woman"),
        pytest.param("62312000001", "female", "2012", "062312000001", id="born after 1999"),
        pytest.param("1080012345", "male", "1980", "001080012345", id="lost two"),
        pytest.param("62 080.000-001", "male", "1980", "062080000001", id="with gaps"),
        pytest.param("06208000001", "male", "1980", "", id="begins with zero"),
        pytest.param("62080000001", "female", "1980", "", id="sex says otherwise"),
        pytest.param("62080000001", "male", "1981", "", id="birth says otherwise"),
        pytest.param("62080000001", "male", "2080", "", id="another century"),
        pytest.param("62080000001", "", "1980", "", id="sex unknown"),
        pytest.param("62080000001", "male", "", "", id="birth unknown"),
        pytest.param("63080000001", "male", "1980", "", id="no such province"),
        pytest.param("620800001", "male", "1980", "", id="nine digits"),
        pytest.param("0620800000011", "male", "1980", "", id="thirteen digits"),
        pytest.param("٦٢٠٨٠٠٠٠٠٠١", "male", "1980", "", id="other digits"),
        pytest.param("", "male", "1980", "", id="empty"),
    ],
)
def test_number_is_repaired_only_when_it_confirms_itself(text, sex, birth, repaired):
    assert repair_number(text, sex=sex, birth=birth) == repaired


@given(st.integers(0, 10**14) | st.text("0123456789 .E+,", max_size=16))
def test_citizen_id_is_twelve_digits_or_an_error(raw):
    reading = read_citizen_id(float(raw) if isinstance(raw, int) else raw)

    assert reading.is_error or reading.value is None or len(reading.value) == 12
    assert reading.code or isinstance(raw, str)


@pytest.mark.parametrize(
    ("raw", "value", "code"),
    [
        ("09/08/1985", "1985-08-09", ""),
        ("9/8/1985", "1985-08-09", ""),
        ("9-8-1985", "1985-08-09", ""),
        ("9.8.1985", "1985-08-09", ""),
        ("1985-08-09", "1985-08-09", ""),
        ("ngày 09 tháng 8 năm 1985", "1985-08-09", ""),
        (date(1985, 8, 9), "1985-08-09", ""),
        ("1958", "1958", "date_year_only"),
        (1958.0, "1958", "date_year_only"),
        ("08/1985", "1985-08", "date_month_only"),
        (31268.0, "1985-08-09", "date_serial"),
        ("31268", "1985-08-09", "date_serial"),
        (60.0, None, "date_phantom"),
        ("29/02/2000", "2000-02-29", ""),
        ("29/02/1900", None, "date_no_such_day"),
        ("31/02/1985", None, "date_no_such_day"),
        ("12/25/1985", None, "date_no_such_day"),
        ("9/8/85", None, "date_short_year"),
        ("21/11/2026", None, "date_in_future"),
        ("20/11/2026", "2026-11-20", ""),
        ("01/01/0085", None, "date_out_of_range"),
        ("không rõ", None, "date_unreadable"),
        (True, None, "date_unreadable"),
        ("", None, ""),
    ],
)
def test_date_is_read_or_named(raw, value, code):
    reading = read_date(raw, today=TODAY)

    assert (reading.value, reading.code) == (value, code)


def test_short_year_offers_the_century_that_is_past():
    assert read_date("9/8/85", today=TODAY).suggestion == "09/08/1985"
    assert read_date("9/8/12", today=TODAY).suggestion == "09/08/2012"
    assert read_date("31/2/85", today=TODAY).suggestion == ""


def test_serial_is_counted_from_1904_where_the_workbook_says_so():
    assert read_date(29806.0, today=TODAY, date1904=True).value == "1985-08-09"


@given(st.dates(date(1900, 1, 1), TODAY))
def test_any_day_comes_back_from_each_way_of_writing(day):
    for written in (f"{day.day}/{day.month}/{day.year}", day.isoformat(), day):
        assert day_of(read_date(written, today=TODAY).value) == day


@given(st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False))
def test_anything_in_a_date_cell_is_read_or_named(raw):
    reading = read_date(raw, today=TODAY)

    assert reading.is_error or reading.value is None or day_of(reading.value) <= TODAY


@pytest.mark.parametrize(
    ("written", "encoding", "meant"),
    [
        ("NguyÔn ThÞ HoÌ", "tcvn3", "Nguyễn Thị Hoè"),
        ("TrÇn V¨n H­ng", "tcvn3", "Trần Văn Hưng"),
        ("Nguyeãn Vaên Höõu", "vni", "Nguyễn Văn Hữu"),
        ("Tröông Thò Höôøng", "vni", "Trương Thị Hường"),
        ("Nguyễn Thị Hoè", "", ""),
        ("Lê Hòa, Võ Chí", "", ""),
        ("Y Ngọc 12 m²", "", ""),
    ],
)
def test_old_fonts_are_suspected_by_their_letters(written, encoding, meant):
    assert suspected_encoding(written) == encoding
    if encoding:
        assert to_unicode(written, encoding) == meant


def test_text_of_an_old_font_is_offered_in_unicode_and_not_taken():
    reading = cell("NguyÔn V¨n A", SheetField.MEMBER_NAME)

    assert reading.value is None
    assert reading.code == "legacy_font"
    assert reading.suggestion == "Nguyễn Văn A"


def test_font_of_a_cell_decides_where_letters_do_not():
    reading = cell("Hßa", SheetField.MEMBER_NAME, legacy={(1, 1): "tcvn3-capitals"})

    assert reading.suggestion == "HÒA"


def test_what_an_officer_types_is_not_suspected():
    assert READER.read_typed("NguyÔn", SheetField.MEMBER_NAME).value == "NguyÔn"


@pytest.mark.parametrize(
    ("raw", "column", "value", "code"),
    [
        ("  Trần\u00a0Văn  Ân ", SheetField.MEMBER_NAME, "Trần Văn Ân", "tidied"),
        ("U\u0309y", SheetField.MEMBER_NAME, "Ủy", "tidied"),
        ("Trần V\u200băn Ân\u202e", SheetField.MEMBER_NAME, "Trần Văn Ân", "tidied"),
        ("Lê Văn\u00ad Hoa", SheetField.MEMBER_NAME, "Lê Văn Hoa", "tidied"),
        ("Tr\u00adng", SheetField.MEMBER_NAME, None, "legacy_font"),
        ("Trần V\u0430n Ân", SheetField.MEMBER_NAME, None, "look_alike"),
        ("=Hoa", SheetField.MEMBER_NAME, None, "name_unreadable"),
        ("<i>Hoa</i>", SheetField.HEAD_NAME, None, "name_unreadable"),
        ("\u041dN-01", SheetField.HOUSEHOLD_CODE, None, "look_alike"),
        ("=HN-01", SheetField.HOUSEHOLD_CODE, None, "code_unreadable"),
        ("Đường \u0412a", SheetField.ADDRESS, None, "look_alike"),
        ("Nam 2", SheetField.MEMBER_NAME, None, "name_unreadable"),
        ("Nguy?n", SheetField.MEMBER_NAME, None, "name_damaged"),
        ("TDP 3", SheetField.VILLAGE, "Tổ dân phố 3", "alias"),
        ("Tổ dân phố 03", SheetField.VILLAGE, "Tổ dân phố 3", "spelling"),
        (3.0, SheetField.VILLAGE, "Tổ dân phố 3", "alias"),
        ("Tổ dân phố 33", SheetField.VILLAGE, None, "unknown_name"),
        ("xê đăng", SheetField.ETHNIC_GROUP, "Xơ-đăng", "alias"),
        ("H’MÔNG", SheetField.ETHNIC_GROUP, "Hmông", "spelling"),
        ("NỮ", SheetField.SEX, "female", ""),
        ("x", SheetField.SEX, None, "unknown_word"),
        ("Con dâu", SheetField.RELATION, "other", ""),
        ("110,0", SheetField.INCOME_SCORE, 110, ""),
        ("110.0", SheetField.INCOME_SCORE, 110, ""),
        (110.0, SheetField.INCOME_SCORE, 110, ""),
        ("110,5", SheetField.INCOME_SCORE, None, "number_unreadable"),
        (110.5, SheetField.INCOME_SCORE, None, "number_unreadable"),
        ("5000", SheetField.INCOME_SCORE, None, "number_out_of_range"),
        ("1, 3; 7", SheetField.CAUSES, [1, 3, 7], ""),
        ("9", SheetField.CAUSES, None, "cause_unknown"),
        ("X", SheetField.HAS_MERIT, True, ""),
        ("", SheetField.HAS_MERIT, None, ""),
        ("hmm", SheetField.HAS_MERIT, None, "flag_unreadable"),
    ],
)
def test_cell_is_read_or_named(raw, column, value, code):
    reading = cell(raw, column)

    assert (reading.value, reading.code) == (value, code)


def test_formula_without_a_result_is_an_error():
    assert cell("", SheetField.SEX, formulas=frozenset({(1, 1)})).code == "formula_empty"


def test_formula_with_a_result_is_read_and_noted():
    reading = cell("Nam", SheetField.SEX, formulas=frozenset({(1, 1)}))

    assert (reading.value, reading.level) == ("male", Level.NOTE)
