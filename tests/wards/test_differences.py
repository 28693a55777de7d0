"""A ward file never undoes in silence what people did: it names it, or overwrites it by word."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from households.register.services.villages import merge_villages, rename_village
from povertyplan.core import clock
from povertyplan.core.accounts.services import NewRole, end_role, grant_role
from povertyplan.core.choices import Role
from povertyplan.core.journal import history
from povertyplan.core.models import Area, AuditEvent, RoleGrant, Unit, User
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file.describing import dump_ward
from povertyplan.ward_file.differences import DifferencesFound, Overwrite
from povertyplan.ward_file.loading import check_ward, load_ward
from projects.models import Actual, ProjectUnit, Target
from projects.targets.services.actuals import report_actual
from projects.targets.services.targets import revise_target
from reports.models import Block, Document
from tests.factories.core import user_with
from tests.factories.projects import ComponentProjectFactory

from .small import SMALL, changed

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=2)]

EVERYTHING = Overwrite(everything=True)
REASON = "Theo biên bản họp ngày 19/11"


@pytest.fixture
def loaded(db):
    ComponentProjectFactory(code="2")
    load(SMALL)
    return Area.objects.get(code="23284")


@pytest.fixture
def officer(loaded):
    return User.objects.get(username="canbo")


@pytest.fixture
def administrator(loaded):
    return user_with(Role.ADMINISTRATOR, loaded)


def load(text, **said):
    return load_ward(text=read(text), by=None, source="command", **said)


def only(*places):
    return Overwrite(places=places)


def found_by(text, **said):
    """What the load names, where nothing at all is saved."""
    before = (AuditEvent.objects.count(), dump_ward(Area.objects.get(code="23284")))
    with pytest.raises(DifferencesFound) as caught:
        load(text, **said)
    assert (AuditEvent.objects.count(), dump_ward(Area.objects.get(code="23284"))) == before
    return [str(problem) for problem in caught.value.problems]


def report(by, numerator):
    actual = Actual.objects.get()
    return report_actual(
        indicator=actual.indicator,
        area=actual.area,
        year=actual.year,
        numerator=numerator,
        denominator=actual.denominator,
        as_of=actual.as_of,
        is_estimate=actual.is_estimate,
        note=actual.note,
        version=actual.version,
        by=by,
    )


def rename(by, code, name):
    village = Area.objects.get(code=code, kind="village")
    return rename_village(
        village=village,
        name=name,
        seen_name=village.name,
        on=clock.today(),
        reason="Theo nghị quyết",
        by=by,
    )


def line_of(text):
    return SMALL[: SMALL.index(text)].count("\n") + 1


def test_actual_reported_on_screen_is_named_with_its_place_values_author_and_time(officer):
    report(officer, 10)

    (problem,) = found_by(SMALL)

    place = f"dòng {line_of('numerator: 9')}, indicators[1].actuals[0].numerator: "
    assert problem.startswith(place)
    assert "Tử số: tệp ghi “9”, hệ thống đang có “10”" in problem
    assert "(Trần Thị Ngọc ghi lúc " in problem
    assert f"ngày {clock.today():%d/%m/%Y}, màn hình)" in problem
    assert Actual.objects.get().numerator == 10


def test_village_renamed_on_screen_is_named_and_keeps_its_name(officer):
    rename(officer, "02", "Thôn Hai Mới")

    (problem,) = found_by(SMALL)

    assert "villages[1].name" in problem
    assert "tệp ghi “Thôn Hai”, hệ thống đang có “Thôn Hai Mới”" in problem


def test_every_difference_is_named_at_once_also_where_the_file_brings_something_new(officer):
    report(officer, 10)
    rename(officer, "02", "Thôn Hai Mới")

    problems = found_by(changed("name: Sinh kế", "name: Kế"))

    assert [problem.split(": ")[0].split(", ")[1] for problem in problems] == [
        "villages[1].name",
        "indicators[1].actuals[0].numerator",
    ]


def test_what_people_wrote_as_the_file_has_it_is_no_difference(officer):
    rename(officer, "02", "Thôn Hai Mới")

    assert not load(changed("name: Thôn Hai", "name: Thôn Hai Mới"))


def test_another_field_of_a_row_that_people_changed_is_loaded(officer):
    rename(officer, "02", "Thôn Hai Mới")

    text = changed("name: Thôn Hai, setting: rural", "name: Thôn Hai Mới, setting: urban")
    load(text)

    village = Area.objects.get(code="02")
    assert (village.name, village.setting) == ("Thôn Hai Mới", "urban")


def test_check_names_the_differences_too(officer):
    report(officer, 10)

    with pytest.raises(DifferencesFound):
        check_ward(text=read(SMALL), by=None, source="command")


def test_overwriting_by_word_leaves_a_line_for_each_field_with_old_new_author_and_reason(officer):
    report(officer, 10)
    rename(officer, "02", "Thôn Hai Mới")

    load(SMALL, overwrite=EVERYTHING, reason=REASON)

    assert Actual.objects.get().numerator == 9
    assert Area.objects.get(code="02").name == "Thôn Hai"
    lines = AuditEvent.objects.filter(act="load_ward", reason=REASON).order_by("pk")
    whole, village, actual = [line.summary for line in lines]
    assert whole.startswith("Nạp tệp cấu hình Phường Thử: 0 tạo mới, 2 cập nhật")
    assert "Tên của địa bàn Thôn Hai" in village
    assert "Thôn Hai Mới → Thôn Hai (ghi đè: Trần Thị Ngọc ghi lúc" in village
    assert "Tử số" in actual
    assert "10 → 9 (ghi đè: Trần Thị Ngọc ghi lúc" in actual
    assert not load(SMALL)


def test_a_named_place_alone_is_overwritten(officer):
    rename(officer, "02", "Thôn Hai Mới")

    load(SMALL, overwrite=only("villages[1].name"), reason=REASON)

    assert Area.objects.get(code="02").name == "Thôn Hai"


@pytest.mark.parametrize("place", ["indicators", "indicators[1].actuals", "indicators[1]"])
def test_a_section_may_be_named(officer, place):
    report(officer, 10)

    load(SMALL, overwrite=only(place), reason=REASON)

    assert Actual.objects.get().numerator == 9


def test_naming_one_place_leaves_the_others_named(officer):
    report(officer, 10)
    rename(officer, "02", "Thôn Hai Mới")

    (problem,) = found_by(SMALL, overwrite=only("villages"), reason=REASON)

    assert "actuals[0].numerator" in problem


def test_a_place_where_nothing_differs_is_refused(officer):
    with pytest.raises(ValidationError, match=r"Không có chỗ nào khác .* ở “villages\[10\]”"):
        load(SMALL, overwrite=only("villages[10]"), reason=REASON)


def test_overwriting_needs_a_reason(officer):
    report(officer, 10)

    with pytest.raises(ValidationError, match="Nêu lý do ghi đè"):
        load(SMALL, overwrite=EVERYTHING, reason=" ")

    assert Actual.objects.get().numerator == 10


def test_file_edited_where_nobody_wrote_is_loaded_with_a_line_for_each_field(loaded):
    load(changed("numerator: 9", "numerator: 8").replace("households: 400", "households: 401"))

    lines = AuditEvent.objects.filter(act="load_ward").order_by("pk")[1:]
    told = [line.summary for line in lines]
    assert len(told) == 3
    assert told[1].endswith(": 400 → 401.")
    assert told[2].endswith(": 9 → 8.")


def test_what_a_load_wrote_over_people_a_load_may_change_again(officer):
    report(officer, 10)
    load(SMALL, overwrite=EVERYTHING, reason=REASON)

    load(changed("numerator: 9", "numerator: 7"))

    assert Actual.objects.get().numerator == 7


def test_value_written_past_the_program_is_named(loaded):
    Area.objects.filter(code="02").update(name="Thôn Hai X")

    (problem,) = found_by(SMALL)

    assert "ghi thẳng vào cơ sở dữ liệu" in problem


def test_target_changes_only_with_a_reason_and_keeps_the_old_one(loaded):
    text = changed("high: 5", "high: 6")
    with pytest.raises(FileError, match=r"targets\[1\]\.high: nêu lý do điều chỉnh chỉ tiêu"):
        load(text)

    load(text, reason="Tỉnh giao lại")

    old, new = Target.objects.filter(year=2028, area=loaded).order_by("pk")
    assert (old.high, new.high) == (5, 6)
    assert (new.supersedes, new.reason) == (old, "Tỉnh giao lại")
    line = AuditEvent.objects.get(act="revise_target")
    assert (line.summary, line.reason) == ("Số hộ nghèo, 2028: Đến 5 → 6.", "Tỉnh giao lại")
    assert "high: 6" in dump_ward(loaded)
    assert not load(text)


def test_target_of_a_locked_year_is_refused_at_its_place(officer, loaded):
    lock_period(ward=loaded, year=2025, reason="Đã báo cáo cấp trên", by=officer)

    with pytest.raises(FileError, match=r"targets\[0\]\.low: Số liệu năm 2025 đã khóa"):
        load(changed("low: 12", "low: 11"), reason=REASON)

    assert not Target.objects.filter(low=11).exists()


def test_target_that_people_revised_is_named_and_revised_again_by_word(officer):
    target = Target.objects.get(year=2025, indicator__code="poor_households")
    revise_target(target=target, promise={"low": 10}, reason="Tỉnh giao lại", by=officer)

    (problem,) = found_by(SMALL)
    assert "targets[0].low" in problem
    assert "tệp ghi “12”, hệ thống đang có “10”" in problem
    load(SMALL, overwrite=EVERYTHING, reason=REASON)

    promised = Target.objects.filter(year=2025, indicator__code="poor_households").order_by("pk")
    assert [each.low for each in promised] == [12, 10, 12]
    assert promised.last().reason == REASON


def test_database_refuses_to_overwrite_a_target(loaded):
    with pytest.raises(IntegrityError, match="không sửa đè"), transaction.atomic():
        Target.objects.filter(year=2028).update(low=1)

    assert not Target.objects.filter(low=1).exists()


def test_role_ended_on_screen_is_not_given_back(officer, administrator):
    grant = RoleGrant.objects.get(area__code="02", user=officer)
    end_role(grant=grant, last_day=clock.yesterday(), version=officer.version, by=administrator)

    (problem,) = found_by(SMALL)
    assert "users[0].grants[1]" in problem
    assert "hệ thống đang có “đã kết thúc”" in problem
    load(SMALL, overwrite=EVERYTHING, reason=REASON)

    assert RoleGrant.objects.filter(area__code="02", user=officer, valid_to=None).exists()


def test_role_taken_back_on_screen_before_it_began_is_not_given_back(officer, administrator):
    text = SMALL.replace("valid_from: 2025-07-01", f"valid_from: {clock.today()}")
    load(text)
    grant = RoleGrant.objects.get(area__code="02", user=officer)
    end_role(grant=grant, last_day=clock.yesterday(), version=officer.version, by=administrator)
    assert not RoleGrant.objects.filter(pk=grant.pk).exists()

    (problem,) = found_by(text)

    assert "users[0].grants[1]" in problem


def test_role_given_on_screen_is_not_ended(officer, administrator, loaded):
    role = NewRole(Role.OBSERVER, loaded, clock.today())
    grant_role(
        user=officer,
        new_role=role,
        version=officer.version,
        key="3b0c1f9e-55a5-4f0c-9a55-0c6a5a1a4c11",
        by=administrator,
    )

    (problem,) = found_by(SMALL)
    assert "users[0].grants: " in problem
    assert "tệp ghi không có gì" in problem
    load(SMALL, overwrite=only("users[0].grants"), reason=REASON)

    assert RoleGrant.objects.get(role=Role.OBSERVER).valid_to == clock.today()


def test_villages_merged_on_screen_are_not_made_again(officer, loaded):
    merge_villages(
        ward=loaded,
        villages=Area.objects.villages_of(loaded),
        name="Tổ dân phố Chung",
        setting="urban",
        on=clock.today(),
        by=officer,
    )

    problems = found_by(SMALL)

    assert ["villages[0]" in problems[0], "villages[1]" in problems[1]] == [True, True]
    assert [each.name for each in Area.objects.villages_of(loaded)] == ["Tổ dân phố Chung"]


def test_unit_renamed_by_people_is_found_under_its_old_name(officer):
    unit = Unit.objects.get(short_name="KT")
    with history.writing(by=officer, act="rename_unit", source="web"):
        unit.name = "Phòng Kinh tế, Hạ tầng"
        unit.save()

    (problem,) = found_by(SMALL)
    assert "units[0].name" in problem
    load(SMALL, overwrite=EVERYTHING, reason=REASON)

    assert list(Unit.objects.values_list("name", flat=True)) == ["Phòng Kinh tế", "Mặt trận phường"]


def test_unit_that_people_gave_a_project_is_not_dropped(officer):
    part = ProjectUnit.objects.filter(role="lead").get()
    with history.writing(by=officer, act="assign_unit", source="web"):
        part.pk = None
        part.role = "coordinating"
        part.save()

    (problem,) = found_by(SMALL)

    assert "projects[0]: " in problem
    assert ProjectUnit.objects.count() == 4


def test_block_that_people_wrote_is_named_at_its_place(officer):
    block = Block.objects.get(text="Mục tiêu")
    with history.writing(by=officer, act="edit_block", source="web"):
        block.text = "Mục tiêu chung"
        block.save()

    (problem,) = found_by(SMALL)
    assert "documents[0].blocks[0]: " in problem
    assert "tệp ghi “Đề mục: Mục tiêu”, hệ thống đang có “Đề mục: Mục tiêu chung”" in problem
    load(SMALL, overwrite=only("documents"), reason=REASON)

    assert Block.objects.filter(text="Mục tiêu").exists()
    assert Document.objects.get().version == 2
    line = AuditEvent.objects.latest("pk")
    assert "Đề mục: Mục tiêu chung → Đề mục: Mục tiêu (ghi đè: Trần Thị Ngọc" in line.summary


def test_frame_of_a_document_that_people_wrote_is_named(officer):
    document = Document.objects.get()
    with history.writing(by=officer, act="edit_document", source="web"):
        document.signer_title = "PHÓ CHỦ TỊCH"
        document.save()

    (problem,) = found_by(SMALL)

    assert "documents[0].signature.title: " in problem


def test_load_ward_command_lists_the_differences_and_says_how_to_overwrite(
    officer, tmp_path, capsys
):
    report(officer, 10)
    path = tmp_path / "ward.yaml"
    path.write_text(SMALL, encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        call_command("load_ward", path)
    assert "ward.yaml: 1 chỗ khác với hệ thống, không lưu gì." in str(refused.value)
    assert "--overwrite-only" in str(refused.value)
    with pytest.raises(CommandError, match="Nêu lý do ghi đè"):
        call_command("load_ward", path, overwrite=True)
    call_command("load_ward", path, overwrite_only=["indicators[1]"], reason=REASON)

    assert Actual.objects.get().numerator == 9
    assert "kết quả thực hiện: 0 tạo mới, 1 cập nhật" in capsys.readouterr().out
