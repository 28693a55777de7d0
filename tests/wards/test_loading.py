"""A ward file sets up a ward, changes what was edited, and nothing else."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from households.models import AreaYear
from povertyplan.core import clock
from povertyplan.core.models import Area, AuditEvent, RoleGrant, Unit, User
from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file.differences import DifferencesFound, Overwrite
from povertyplan.ward_file.loading import check_ward, load_ward
from projects.models import Actual, Indicator, ProjectUnit, Target, WardProject
from reports.choices import DocumentState
from reports.models import Block, Document, DutyItem, Snapshot
from reports.plans.outline import reading_order
from reports.plans.services import return_document, submit_document
from reports.plans.snapshots import signed_tree
from tests.factories.projects import ComponentProjectFactory
from tests.factories.reports import DocumentFactory
from tests.reports.documents import issue

from .small import SMALL, changed


@pytest.fixture
def project(db):
    return ComponentProjectFactory(code="2")


@pytest.fixture
def loaded(project):
    load(SMALL)
    return Area.objects.get(code="23284")


# The plan of the file as a deputy signed it.
AS_ISSUED = changed(
    "symbol: KH-UBND",
    "symbol: KH-UBND\n    state: issued\n    number: 5\n    issued_on: 2026-01-05",
).replace("title: CHỦ TỊCH", 'title: "KT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH"')


def load(text, **said):
    return load_ward(text=read(text), by=None, source="command", **said)


def test_load_ward_makes_the_tree_of_areas(loaded):
    villages = Area.objects.villages_of(loaded)

    assert [(village.code, village.name, village.setting) for village in villages] == [
        ("01", "Tổ dân phố 1", "urban"),
        ("02", "Thôn Hai", "rural"),
    ]
    assert villages[1].path == f"/{loaded.parent_id}/{loaded.pk}/{villages[1].pk}/"
    assert (loaded.place_line, loaded.issuer) == ("Thử", "Ủy ban nhân dân phường Thử")


def test_load_ward_makes_units_and_users_without_a_password(loaded):
    user = User.objects.get(username="canbo")

    assert list(Unit.objects.values_list("name", "short_name", "prefix")) == [
        ("Phòng Kinh tế", "KT", ""),
        ("Mặt trận phường", "", "Đề nghị"),
    ]
    assert not user.has_usable_password()
    assert [(grant.role, grant.area.name) for grant in user.grants.order_by("pk")] == [
        ("coordinator", "Phường Thử"),
        ("entry_officer", "Tổ dân phố 1"),
        ("entry_officer", "Thôn Hai"),
    ]


def test_load_ward_makes_totals_targets_and_actuals(loaded):
    totals = AreaYear.objects.values_list("area__name", "households", "persons")
    poor = Target.objects.filter(indicator__code="poor_households", area=loaded)

    assert sorted(totals, key=str) == [("Phường Thử", 1000, 4000), ("Thôn Hai", 400, None)]
    assert [(target.year, target.low, target.rate) for target in poor] == [
        (2025, 12, Decimal("0.15")),
        (2026, 12, Decimal("0.15")),
        (2027, 12, Decimal("0.15")),
        (2028, 3, None),
    ]
    assert Target.objects.get(area__code="02").operator == "none_left"
    assert Actual.objects.get().numerator == 9
    assert Indicator.objects.get(code="poor_households").owner.short_name == "KT"


def test_load_ward_makes_projects_with_units(loaded):
    project = WardProject.objects.get()

    assert (project.name, project.contents) == ("Sinh kế", "Giống cây\nGiống con")
    units = ProjectUnit.objects.values_list("role", "unit__name", "year_from", "year_to")
    assert sorted(units) == [
        ("coordinating", "Mặt trận phường", 2025, 2030),
        ("coordinating", "Phòng Kinh tế", 2026, 2026),
        ("lead", "Phòng Kinh tế", 2025, 2030),
    ]


def test_load_ward_makes_the_document_tree(loaded):
    document = Document.objects.get()

    blocks = reading_order(document.blocks.all())
    places = {None: None} | {block.pk: place for place, block in enumerate(blocks, start=1)}
    assert [
        (places[block.pk], places[block.parent_id], block.kind, block.parameters)
        for block in blocks
    ] == [
        (1, None, "heading", {}),
        (2, 1, "dash", {}),
        (3, 1, "targets", {"years": [2025], "dimensions": ["Giảm nghèo"]}),
        (4, None, "heading", {}),
        (5, 4, "components", {}),
        (6, 4, "duties", {}),
        (7, None, "closing", {}),
        (8, None, "appendix", {"landscape": True}),
        (9, 8, "roadmap", {"first": 2024, "last": 2030, "indicators": ["poor_households"]}),
    ]
    assert (document.state, document.issuer) == ("draft", "Ủy ban nhân dân phường Thử")
    assert [basis.dated_on for basis in document.bases.all()] == [date(2021, 7, 28), None]
    assert [task.projects.count() for task in DutyItem.objects.all()] == [0, 1]
    assert [line.text for line in document.recipients.all()] == ["Thường trực Đảng ủy phường"]
    assert document.archive == "VT, KT"


def test_load_ward_leaves_one_event_with_counts(loaded):
    event = AuditEvent.objects.get(act="load_ward")

    assert (event.source, event.ward, event.actor) == ("command", loaded, None)
    assert event.summary.startswith("Nạp tệp cấu hình Phường Thử: ")


def test_load_ward_finds_a_unit_typed_with_decomposed_letters(loaded):
    decomposed = unicodedata.normalize("NFD", "Phòng Kinh tế")

    assert not load(changed("owner: Phòng Kinh tế", f"owner: {decomposed}"))


def test_load_ward_again_changes_nothing(loaded):
    document = Document.objects.get()

    changes = load(SMALL)

    assert not changes
    assert changes.unchanged["địa bàn"] == 4
    assert AuditEvent.objects.filter(act="load_ward").count() == 1
    assert Document.objects.get().version == document.version
    assert Block.objects.first().pk == document.blocks.first().pk


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        pytest.param("name: Thôn Hai", "name: Thôn Hai Mới", "địa bàn", id="village name"),
        pytest.param("short_name: KT}", "short_name: KT, prefix: X}", "đơn vị", id="unit"),
        pytest.param("Trần Thị Ngọc", "Trần Thị Ngà", "người dùng", id="user"),
        pytest.param("households: 400", "households: 401", "tổng số hộ, nhân khẩu", id="total"),
        pytest.param("high: 5", "high: 6", "chỉ tiêu", id="target"),
        pytest.param("numerator: 9", "numerator: 8", "kết quả thực hiện", id="actual"),
        pytest.param("name: Sinh kế", "name: Kế", "dự án tại địa phương", id="project"),
        pytest.param("- heading: Mục tiêu", "- heading: Các mục tiêu", "văn bản", id="block"),
        pytest.param("landscape: true", "landscape: false", "văn bản", id="parameters"),
        pytest.param("[Thường trực Đảng ủy phường]", "[HĐND]", "văn bản", id="recipient"),
        pytest.param("archive: VT, KT", "archive: VT", "văn bản", id="archive"),
        pytest.param("Chủ trì Dự án 2.", "Chủ trì.", "văn bản", id="task"),
        pytest.param("number: 24/2021", "number: 25/2021", "văn bản", id="basis"),
        pytest.param("title: CHỦ TỊCH", "title: PHÓ CHỦ TỊCH", "văn bản", id="signature"),
    ],
)
def test_load_ward_updates_only_what_was_edited(loaded, old, new, kind):
    changes = load(changed(old, new), reason="Tỉnh giao lại")

    assert changes.totals().startswith("0 tạo mới, 1 cập nhật, 0 bỏ, ")
    assert changes.updated[kind] == 1
    assert not load(changed(old, new))


OLD_RECIPIENTS = """\
    recipients: [Thường trực Đảng ủy phường, "Lưu: VT, KT."]
"""
NEW_RECIPIENTS = """\
    recipients: [Thường trực Đảng ủy phường]
    archive: VT, KT
"""


def test_load_ward_reads_the_archive_where_older_files_have_it(loaded):
    assert not load(changed(NEW_RECIPIENTS, OLD_RECIPIENTS))


def test_load_ward_without_an_archive_keeps_documents_at_the_clerk(loaded):
    load(changed("    archive: VT, KT\n", ""))

    assert Document.objects.get().archive == "VT"


def test_load_ward_refuses_an_archive_in_two_places(loaded):
    with pytest.raises(FileError, match="nơi lưu ghi một lần, ở archive"):
        load(changed(NEW_RECIPIENTS, f"{OLD_RECIPIENTS}    archive: VT\n"))


def test_load_ward_counts_up_the_version_of_an_edited_document(loaded):
    load(changed("- heading: Mục tiêu", "- heading: Các mục tiêu"))

    assert Document.objects.get().version == 2


def test_load_ward_drops_a_unit_that_left_a_project(loaded):
    changes = load(changed("[Mặt trận phường, {unit: KT, years: 2026}]", "[Mặt trận phường]"))

    assert changes.removed["đơn vị thực hiện dự án"] == 1
    assert ProjectUnit.objects.count() == 2


def test_load_ward_ends_a_role_the_file_no_longer_gives(loaded):
    changes = load(changed('villages: ["01", "02"]', 'villages: ["01"]'))

    ended = RoleGrant.objects.get(area__name="Thôn Hai")
    assert (ended.valid_to, changes.updated["vai trò được giao"]) == (clock.today(), 1)


def test_load_ward_keeps_what_the_file_no_longer_names(loaded):
    load(
        changed("  - {code: 02, name: Thôn Hai, setting: rural}\n", "")
        .replace('"02"', '"01"')
        .replace('["01", "01"]', '["01"]')
    )

    assert Area.objects.filter(name="Thôn Hai", valid_to=None).exists()


def test_load_ward_never_changes_an_issued_document(loaded):
    issue(Document.objects.get())

    with pytest.raises(FileError, match=r"documents\[0\]: văn bản “plan-2025” đã ban hành"):
        load(changed("- heading: Mục tiêu", "- heading: Khác"))

    assert Block.objects.first().text == "Mục tiêu"


def test_load_ward_takes_no_signature_back(loaded):
    issue(Document.objects.get(), number=12)

    changes = load(SMALL)

    assert changes.unchanged["văn bản"] == 1
    assert Document.objects.get().number == 12


def test_load_ward_leaves_alone_what_waits_for_a_signature(loaded):
    document = Document.objects.get()
    submit_document(document=document, version=document.version, by=User.objects.first())

    load(SMALL)
    assert Document.objects.get().state == DocumentState.SUBMITTED

    with pytest.raises(FileError, match="đang trình ký"):
        load(changed("- heading: Mục tiêu", "- heading: Khác"))


def test_load_ward_keeps_what_was_signed_of_an_issued_document(project):
    load(AS_ISSUED)
    document = Document.objects.get()

    assert (document.state, document.number) == (DocumentState.ISSUED, 5)
    assert signed_tree(document).signed_on == date(2026, 1, 5)
    assert load(AS_ISSUED).unchanged["văn bản"] == 1


def test_load_ward_issues_what_was_returned_on_screen_only_by_word(loaded):
    document, officer = Document.objects.get(), User.objects.first()
    submitted = submit_document(document=document, version=document.version, by=officer)
    return_document(document=document, version=submitted.version, reason="Còn thiếu", by=officer)

    with pytest.raises(DifferencesFound, match=r"documents\[0\]\.state: .*tệp ghi “Đã ban hành”"):
        load(AS_ISSUED)
    assert Document.objects.get().state == DocumentState.DRAFT
    assert not Snapshot.objects.exists()

    load(AS_ISSUED, overwrite=Overwrite(everything=True), reason="Đã ký giấy")

    document = Document.objects.get()
    assert (document.state, document.number, document.issued_year) == ("issued", 5, 2026)
    assert signed_tree(document).number == 5


def test_load_ward_refuses_a_number_that_another_document_has(loaded):
    issue(DocumentFactory(ward=Document.objects.get().ward, subject="khác"), number=5)

    with pytest.raises(FileError, match=r"Số 05 năm 2026 đã cấp cho kế hoạch khác"):
        load(AS_ISSUED)

    assert Document.objects.get(code="plan-2025").state == DocumentState.DRAFT


def test_check_ward_says_what_would_change_and_saves_nothing(loaded):
    changes = check_ward(
        text=read(changed("name: Thôn Hai", "name: Thôn Ba")), by=None, source="command"
    )

    assert changes.updated["địa bàn"] == 1
    assert not Area.objects.filter(name="Thôn Ba").exists()
    assert AuditEvent.objects.filter(act="load_ward").count() == 1


def test_load_ward_that_collides_with_the_database_saves_nothing(loaded):
    with pytest.raises(FileError, match=r"trái với dữ liệu đang có trong hệ thống\.$"):
        load(
            changed("{code: 02, name: Thôn Hai", "{code: 03, name: Thôn Hai").replace(
                '"02"', '"03"'
            )
        )

    assert not Area.objects.filter(code="03").exists()


def test_load_ward_command_tells_each_kind_and_the_second_time_nothing(project, tmp_path, capsys):
    path = tmp_path / "ward.yaml"
    path.write_text(SMALL, encoding="utf-8")

    call_command("load_ward", path)
    first = capsys.readouterr().out
    call_command("load_ward", path)
    second = capsys.readouterr().out

    assert "đơn vị: 2 tạo mới, 0 cập nhật, 0 bỏ, 0 giữ nguyên" in first
    assert second.endswith("không có thay đổi\n")


def test_load_ward_command_with_check_saves_nothing(project, tmp_path, capsys):
    path = tmp_path / "ward.yaml"
    path.write_text(SMALL, encoding="utf-8")

    call_command("load_ward", path, check=True)

    assert "chưa lưu thay đổi nào" in capsys.readouterr().out
    assert not Area.objects.exists()


def test_load_ward_command_counts_the_errors(project, tmp_path):
    path = tmp_path / "ward.yaml"
    path.write_text(changed("setting: rural", "setting: city"), encoding="utf-8")

    with pytest.raises(CommandError, match=r"ward\.yaml: 1 lỗi, không lưu gì"):
        call_command("load_ward", path)

    assert not Area.objects.exists()


def test_dump_ward_command_of_an_unknown_ward(db):
    with pytest.raises(CommandError, match="Không có phường, xã mã 99999"):
        call_command("dump_ward", "99999")
