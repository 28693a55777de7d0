"""Fields in a text are found, and a field that does not exist is refused in a sentence."""

import pytest

from reports.figures.data_fields import FIELDS, DataField, FieldError, parse, parse_query
from reports.figures.field_labels import FIELD_LABELS


def test_parse_splits_text_and_fields():
    assert parse("{village_count} thôn, còn {target poor_households 2025} hộ") == (
        DataField("village_count"),
        " thôn, còn ",
        DataField("target", ("poor_households", "2025")),
        " hộ",
    )


def test_parse_text_without_fields():
    assert parse("Không có số liệu.") == ("Không có số liệu.",)


def test_field_knows_its_indicator():
    assert DataField("target", ("poor_households", "2025")).indicator == "poor_households"
    assert DataField("poor_households", ("2025",)).indicator is None


def test_field_is_written_as_in_the_text():
    assert str(DataField("target", ("poor_households", "2025"))) == "target poor_households 2025"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("{poor 2024}", "không có số liệu “poor”", id="unknown name"),
        pytest.param("{}", "không có số liệu “”", id="nothing"),
        pytest.param("{poor_households}", "cần: một năm, ví dụ 2025", id="year missing"),
        pytest.param("{village_count 2024}", "không có tham số nào", id="one too many"),
        pytest.param("{poor_households 24}", "“24” không phải một năm", id="not a year"),
        pytest.param("{target 12 2024}", "“12” không phải mã một chỉ tiêu", id="not a code"),
        pytest.param("{poor_households 2024", "không thành cặp", id="open brace"),
        pytest.param("còn } hộ", "không thành cặp", id="stray brace"),
        pytest.param("{a {b}}", "không thành cặp", id="brace in brace"),
    ],
)
def test_parse_refuses(text, sentence):
    with pytest.raises(FieldError, match=sentence):
        parse(text)


def test_parse_query_takes_indicators_one_to_twelve():
    assert parse_query("not_deprived_percent 12") == DataField("not_deprived_percent", ("12",))
    assert parse_query("not_deprived_percent 11 12").parameters == ("11", "12")
    for text in (
        "not_deprived_percent",
        "not_deprived_percent 0",
        "not_deprived_percent 11 13",
        "village_count",
    ):
        with pytest.raises(FieldError):
            parse_query(text)


def test_every_field_has_a_name_for_who_writes():
    assert FIELD_LABELS.keys() == FIELDS.keys()
