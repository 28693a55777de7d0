"""What cells of a list say against each other, against the standard, and against the register."""

from datetime import date

import pytest

from households.choices import ImportDecision, ImportRowState
from households.intake.corrections.services import decide_rows
from households.intake.staging.selectors.plans import plan_rows
from households.intake.staging.selectors.problems import problems_of
from households.models import DeprivationIndicator, Household, IncomeLine, Person, PovertyStandard
from povertyplan.core.models import Area
from tests.factories.households import HouseholdFactory
from tests.households.imports import read_in, write
from tests.households.samples import VILLAGES

pytestmark = pytest.mark.alike

HEADINGS = ["STT hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Giới tính", "Thôn",
            "Phân loại hộ", "B1", "B2", "CCCD"]  # fmt: skip
NUMBER = "062080000008"


def sheet(*rows) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in [HEADINGS, *rows]).encode()


def head(*, sex="Nam", born="1980", poverty_class="", b1="", b2="", name="Y Chủ", number=""):
    return [1, name, "Chủ hộ", born, sex, VILLAGES[0], poverty_class, b1, b2, number]


def member(relation, sex, born):
    return ["", "Y Thành Viên", relation, born, sex, VILLAGES[0], "", "", "", ""]


def codes_of(office, content: bytes, position: int = 0) -> set[str]:
    batch = read_csv(office, content)
    return {problem.code for problem in problems_of(batch.rows.get(position=position))}


def read_csv(office, content: bytes):
    return read_in(office, content, name="ds.csv")


@pytest.fixture
def standard(db):
    """A standard with lines and points of its own."""
    standard = PovertyStandard.objects.create(
        code="THỬ", name="Chuẩn thử", legal_reference="thử", valid_from=date(2021, 1, 1),
        poor_from_points=30,
    )  # fmt: skip
    IncomeLine.objects.create(standard=standard, setting="rural", income=1, score_line=140)
    IncomeLine.objects.create(standard=standard, setting="urban", income=1, score_line=175)
    for number in range(1, 13):
        DeprivationIndicator.objects.create(
            standard=standard, number=number, dimension="housing", name="x", definition="x",
            points=10,
        )  # fmt: skip
    return standard


@pytest.mark.parametrize(
    ("setting", "written", "b1", "b2", "found"),
    [
        pytest.param("rural", "Hộ nghèo", 140, 30, set(), id="poor on both limits"),
        pytest.param("rural", "Hộ nghèo", 140, 20, {"class_scores"}, id="poor by B2 near-poor"),
        pytest.param("rural", "Hộ nghèo", 141, 30, {"class_scores"}, id="poor over the line"),
        pytest.param("urban", "Hộ nghèo", 141, 30, set(), id="poor in a town"),
        pytest.param("urban", "Hộ cận nghèo", 175, 20, set(), id="near-poor on the line"),
        pytest.param("urban", "Hộ cận nghèo", 176, 20, {"class_scores"}, id="near-poor over it"),
        pytest.param("urban", "Không nghèo", 176, 120, set(), id="not poor over the line"),
        pytest.param("urban", "Mức sống trung bình", 176, 0, set(), id="average living"),
        pytest.param("urban", "Mức sống trung bình", 175, 0, {"class_scores"}, id="average under"),
        pytest.param("urban", "Hộ nghèo", 100, 45, {"score_impossible"}, id="B2 no ten"),
        pytest.param("urban", "Hộ nghèo", 100, 130, {"score_impossible"}, id="B2 over all"),
        pytest.param("urban", "Hộ nghèo", "", 45, {"score_impossible"}, id="B2 alone"),
        pytest.param("urban", "Hộ nghèo", 100, "", set(), id="B2 unknown"),
        pytest.param("urban", "", 100, 40, set(), id="class unknown"),
    ],
)
def test_class_is_held_against_scores_setting_and_standard(
    office, standard, setting, written, b1, b2, found
):
    Area.objects.filter(name=VILLAGES[0]).update(setting=setting)

    told = codes_of(office, sheet(head(poverty_class=written, b1=b1, b2=b2)))

    assert told & {"class_scores", "score_impossible"} == found


def test_standard_without_a_line_says_nothing_of_classes(office, standard):
    IncomeLine.objects.update(score_line=None)

    assert "class_scores" not in codes_of(
        office, sheet(head(poverty_class="Hộ nghèo", b1=400, b2=0))
    )


def test_sentence_names_class_scores_setting_and_standard(office, standard):
    Area.objects.filter(name=VILLAGES[0]).update(setting="rural")
    batch = read_csv(office, sheet(head(poverty_class="Hộ nghèo", b1=150, b2=20)))

    (problem,) = problems_of(batch.rows.get())

    assert problem.message == (
        "Tệp ghi hộ nghèo, còn B1 = 150, B2 = 20 ở khu vực nông thôn theo chuẩn THỬ là hộ không "
        "nghèo. Kiểm tra phân loại và điểm."
    )


@pytest.mark.parametrize(
    ("relation", "sex", "born", "found"),
    [
        pytest.param("Vợ", "Nam", "1982", {"relation_sex", "spouse_sex"}, id="wife, a man"),
        pytest.param("Vợ", "Nữ", "1982", set(), id="wife"),
        pytest.param("Chồng", "Nữ", "1982", {"relation_sex"}, id="husband, a woman"),
        pytest.param("Vợ chồng", "Nam", "1982", {"spouse_sex"}, id="spouse of the same sex"),
        pytest.param("Con dâu", "Nam", "2001", {"relation_sex"}, id="daughter-in-law, a man"),
        pytest.param("Con trai", "Nam", "2001", set(), id="son"),
        pytest.param("Mẹ", "Nữ", "1981", {"elder_younger"}, id="mother younger"),
        pytest.param("Mẹ", "Nữ", "1980", set(), id="mother of the same year: not known"),
        pytest.param("Mẹ", "Nữ", "1950", set(), id="mother"),
        pytest.param("Ông nội", "Nam", "01/01/1981", {"elder_younger"}, id="grandfather younger"),
        pytest.param("Con", "Nữ", "1979", {"descendant_older"}, id="child older"),
        pytest.param("Con", "Nữ", "1980", set(), id="child of the same year: not known"),
        pytest.param("Cháu", "Nữ", "12/1979", {"descendant_older"}, id="grandchild older"),
        pytest.param("Con", "Nữ", "", set(), id="birth unknown"),
        pytest.param("Anh", "Nam", "1990", set(), id="brother of any age"),
    ],
)
def test_relation_is_held_against_sex_and_birth(office, relation, sex, born, found):
    told = codes_of(office, sheet(head(), member(relation, sex, born)), 1)

    assert told - {"birth_date_missing"} == found


@pytest.mark.parametrize("column", ["Nam?", "nam ?", "Nam\uff1f", "?"])
def test_doubted_sex_is_not_read(office, column):
    batch = read_csv(office, sheet(head(sex=column)))

    row = batch.rows.get()
    assert row.value("sex") is None
    assert row.state == ImportRowState.ERROR
    (problem,) = [each for each in problems_of(row) if each.column == "sex"]
    assert "có dấu hỏi" in problem.message


@pytest.fixture
def known(office):
    """A household whose head the register knows by the number."""
    return HouseholdFactory(
        village=Area.objects.get(name=VILLAGES[0]), head="Nguyễn Văn Hùng",
        head__citizen_id=NUMBER, head__sex="male", head__birth_date=date(1980, 1, 1),
        head__birth_precision="year",
    )  # fmt: skip


def test_a_number_of_another_ward_is_written_like_a_free_one(office):
    HouseholdFactory(head="Nguyễn Văn Hùng", head__citizen_id=NUMBER)
    batch = read_csv(office, sheet(head(number=NUMBER)))

    assert not [each for each in problems_of(batch.rows.get()) if each.column == "citizen_id"]
    write(office, batch)
    assert Person.objects.filter(citizen_id=NUMBER).count() == 2


@pytest.mark.parametrize("name", ["NGUYỄN VĂN HÙNG", "Nguyễn Văn Hừng", "Nguyễn Hùng"])
def test_spelling_of_a_name_is_a_plain_update(office, known, name):
    batch = read_csv(office, sheet(head(name=name, number=NUMBER)))

    assert batch.rows.get().state in (ImportRowState.READY, ImportRowState.WARNING)


@pytest.mark.parametrize("name", ["Nguyễn Văn Dũng", "Y Thơm", "Trần Thị Hùng Vân"])
def test_number_with_another_name_asks_first(office, known, name):
    batch = read_csv(office, sheet(head(name=name, number=NUMBER)))
    row = batch.rows.get()

    assert row.state == ImportRowState.OTHER_NAME
    assert "“Nguyễn Văn Hùng”" in problems_of(row)[0].message
    written = write(office, batch)

    assert Person.objects.get().full_name == "Nguyễn Văn Hùng"
    assert written.rows.get().reason == (
        "Số định danh này trong sổ là của người có họ tên khác hẳn, chưa chọn cách xử lý."
    )


@pytest.mark.parametrize(
    ("decision", "name", "outcome"),
    [
        (ImportDecision.FILE, "Nguyễn Văn Dũng", "updated"),
        (ImportDecision.KEEP, "Nguyễn Văn Hùng", "refused"),
    ],
)
def test_officer_says_whether_it_is_one_person(office, known, decision, name, outcome):
    batch = read_csv(office, sheet(head(name="Nguyễn Văn Dũng", number=NUMBER)))

    batch = decide_rows(
        batch=batch, positions=[0], decision=decision, version=batch.version, by=office
    )
    batch = write(office, batch)

    assert Person.objects.get().full_name == name
    assert batch.rows.get().outcome == outcome
    assert Household.objects.count() == 1


def test_other_names_are_decided_one_by_one(client_of, office, known):
    HouseholdFactory(
        village=known.village, head="Trần Văn Bình", head__citizen_id="062080000009",
        head__sex="male", head__birth_date=date(1980, 1, 1),
    )  # fmt: skip
    rows = [head(name="Y Thơm", number=NUMBER), head(name="Y Ân", number="062080000009")]
    rows[1][0] = 2
    batch = read_csv(office, sheet(*rows))
    address = f"/households/import/{batch.pk}/rows/"
    assert "áp dụng cho tất cả" not in client_of(office).get(address).content.decode()

    client_of(office).post(
        address,
        {"act": "decide", "version": batch.version, "row": 0, "decision": "file",
         "everywhere": "1"},
    )  # fmt: skip

    assert [row.state for row in batch.rows.all()][1] == ImportRowState.OTHER_NAME


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_any_number(
    office, standard, count, django_assert_num_queries
):
    rows = [head(poverty_class="Hộ nghèo", b1=150, b2=40, name=f"Y {'ABC'[at]}") for at in
            range(count)]  # fmt: skip
    for at, row in enumerate(rows, start=1):
        row[0] = at
    batch = read_csv(office, sheet(*rows))
    staged = list(batch.rows.all())

    with django_assert_num_queries(11):
        plan_rows(batch, staged)
