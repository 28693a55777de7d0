"""Sentences and blocks of a Word file become targets and projects, beside their source."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from povertyplan.core import clock
from projects.choices import Measure, TargetOperator, UnitRole
from projects.models import Target, WardProject
from projects.rules.promises import Promise
from reports.choices import BlockKind, WordPart
from reports.models import Block
from reports.plans.builder import build_document
from reports.plans.word.data.services.projects import EnteredProject, enter_project
from reports.plans.word.data.services.targets import enter_target, with_field
from reports.plans.word.reading.passages import read_word
from reports.plans.word.reading.promises import read_promise
from reports.plans.word.services import SentWord, begin_from_word, keep_upload
from reports.printing import tree
from tests.factories.core import UnitFactory, WardFactory
from tests.factories.projects import (
    ComponentProjectFactory,
    IndicatorFactory,
    ProgrammeFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.pages import nothing_written, words_of
from tests.reports.word_files import sample_plan, typed


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 11, 20)):
        yield


@pytest.fixture(scope="module")
def content():
    return typed(sample_plan())


@pytest.fixture
def upload(ward, coordinator, content):
    file = SentWord("ke-hoach.docx", "0" * 64, read_word(content, "ke-hoach.docx"))
    return keep_upload(ward=ward, file=file, by=coordinator)


@pytest.fixture
def indicator(ward):
    name = "Số hộ nghèo giảm so với cuối năm"
    return IndicatorFactory(ward=ward, name=name, code="giam_ho_ngheo")


@pytest.fixture
def project(db):
    programme = ProgrammeFactory(valid_to=date(2030, 12, 31))
    return ComponentProjectFactory(programme=programme, code="2")


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Phòng Kinh tế")


def passage(upload, begins):
    return upload.passages.select_related("upload__ward").get(text__startswith=begins)


def page_of(name, row):
    return reverse(f"reports:{name}", args=[row.upload_id, row.order])


def enter_reduction(upload, indicator, by, **values):
    row = passage(upload, "Giảm ít nhất 12 hộ")
    said = {"indicator": indicator, "year": 2027, "version": row.version} | values
    promise = Promise(operator=TargetOperator.REDUCE_AT_LEAST, low=Decimal(12))
    return enter_target(passage=row, promise=promise, by=by, **said)


def test_the_review_offers_what_can_be_read_and_says_what_cannot(
    upload, project, unit, client_of, coordinator
):
    address = reverse("reports:plan_word_review", args=[upload.pk])
    page = client_of(coordinator).get(address).content.decode()

    assert page_of("word_target", passage(upload, "Giảm ít nhất 12 hộ")) in page
    assert page_of("word_project", passage(upload, "Dự án 2")) in page
    assert page_of("word_project", passage(upload, "Dự án 3")) not in page
    assert page_of("word_target", passage(upload, "Giảm số hộ nghèo một cách")) not in page


def test_a_sentence_is_confirmed_as_a_target_and_names_its_figure(
    upload, indicator, client_of, coordinator
):
    row, client = passage(upload, "Giảm ít nhất 12 hộ"), client_of(coordinator)
    asked = client.get(page_of("word_target", row))
    form = asked.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    done = client.post(page_of("word_target", row), sent, follow=True)

    assert row.source in words_of(asked)
    assert form["indicator"].value() == indicator.pk
    target = Target.objects.get()
    assert (target.operator, target.low, target.year) == ("reduce_least", 12, 2027)
    row.refresh_from_db()
    assert row.target == target
    assert row.text == "Giảm ít nhất {target giam_ho_ngheo 2027} hộ nghèo so với cuối năm 2026."
    assert f"Đã ghi thành chỉ tiêu: {target}" in words_of(done)


def test_the_figure_is_named_where_it_stands_and_not_where_a_day_has_the_same_number(ward):
    target = TargetFactory(
        indicator=IndicatorFactory(ward=ward, code="ho_ngheo"),
        year=2027,
        operator=TargetOperator.LEVEL,
        low=12,
        rate_operator=TargetOperator.EQUAL,
        rate=Decimal("0.15"),
    )
    sentence = "Đến 31/12/2027 còn 12 hộ nghèo (0,15%)."

    named = with_field(sentence, read_promise(sentence), target)

    assert named == (
        "Đến 31/12/2027 còn {target ho_ngheo 2027} hộ nghèo ({target_rate ho_ngheo 2027})."
    )


def test_the_draft_prints_the_figure_of_the_target(upload, indicator, ward, coordinator):
    enter_reduction(upload, indicator, coordinator)
    upload.refresh_from_db()
    plan = begin_from_word(
        upload=upload, version=upload.version, year_from=2027, year_to=2027, by=coordinator
    )

    body = build_document(plan).body
    said = [tree.plain(getattr(each, "text", "")).replace("\xa0", " ") for each in body]
    assert "Giảm ít nhất 12 hộ nghèo so với cuối năm 2026." in said


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"version": 99}, "vừa được người khác sửa", id="stale"),
        pytest.param({"seen": None}, "đang giao: còn 20 hộ", id="another stands"),
        pytest.param({"is_percent": True}, "câu trong tệp nói “hộ”", id="counted otherwise"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_promised(
    upload, indicator, coordinator, values, sentence
):
    if "seen" in values:
        TargetFactory(indicator=indicator, year=2027, operator=TargetOperator.LEVEL, low=20)
    if values.pop("is_percent", False):
        indicator.measure, indicator.measure_unit = Measure.PERCENT, "%"
        indicator.save()

    with pytest.raises(ValidationError) as refused, nothing_written():
        enter_reduction(upload, indicator, coordinator, **values)

    assert sentence.lower() in " ".join(refused.value.messages).replace("\xa0", " ").lower()


def test_a_standing_target_goes_only_with_a_reason(upload, indicator, client_of, coordinator):
    old = TargetFactory(indicator=indicator, year=2027, operator=TargetOperator.LEVEL, low=20)
    row, client = passage(upload, "Giảm ít nhất 12 hộ"), client_of(coordinator)
    sent = {"shown": row.version, "indicator": indicator.pk, "year": "2027"}
    sent |= {"operator": "reduce_least", "low": "12"}

    refused = client.post(page_of("word_target", row), sent)
    seen = refused.context["form"]["seen"].value()
    client.post(page_of("word_target", row), sent | {"seen": seen, "reason": "Theo kế hoạch mới."})

    assert refused.status_code == 422
    assert "đang giao: còn 20 hộ" in words_of(refused)
    assert Target.objects.in_force().get(indicator=indicator).supersedes == old


def test_a_block_is_confirmed_as_a_project_with_its_units(
    upload, project, unit, client_of, coordinator
):
    row, client = passage(upload, "Dự án 2"), client_of(coordinator)
    asked = client.get(page_of("word_project", row))
    form = asked.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    client.post(page_of("word_project", row), sent)

    taken_on = WardProject.objects.get(project=project)
    assert taken_on.objective == "Giúp hộ nghèo có thêm nguồn thu từ chăn nuôi và trồng rau"
    assert [(part.unit, part.wording, part.role) for part in taken_on.units.order_by("order")] == [
        (unit, "", UnitRole.LEAD),
        (None, "Hội Nông dân phường", UnitRole.COORDINATING),
    ]
    row.refresh_from_db()
    assert (row.part, row.ward_project) == (WordPart.PROJECT, taken_on)
    left = upload.passages.filter(reason__startswith="Đã ghi vào Dự án 2")
    assert [one.part for one in left] == [WordPart.LEFT_OUT] * 2


@pytest.mark.parametrize(
    ("view", "begins"), [("word_target", "Giảm ít nhất 12 hộ"), ("word_project", "Dự án 2")]
)
def test_a_year_that_no_page_would_open_again_is_named(
    upload, indicator, project, unit, client_of, coordinator, view, begins
):
    address, client = page_of(view, passage(upload, begins)), client_of(coordinator)
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    with nothing_written():
        answer = client.post(address, sent | {"leads": [unit.pk], "year": 2072})

    assert "Chỉ ghi được cho năm từ 2016 đến 2036." in words_of(answer)


def test_the_draft_prints_the_block_from_data(upload, project, unit, coordinator):
    row = passage(upload, "Dự án 2")
    entered = EnteredProject(project, 2027, [unit], [], wording=["Hội Nông dân"])
    enter_project(passage=row, version=row.version, entered=entered, by=coordinator)
    upload.refresh_from_db()
    years = {"year_from": 2027, "year_to": 2027}
    plan = begin_from_word(upload=upload, version=upload.version, by=coordinator, **years)

    block = Block.objects.get(document=plan, kind=BlockKind.COMPONENTS)
    assert block.parameters == {"projects": [f"{project.programme.code}/2"]}
    assert block.parent.text == "Các dự án của Chương trình"
    printed = [one for one in build_document(plan).body if isinstance(one, tree.ComponentBlock)]
    said = [tree.plain(field.texts[0]) for field in printed[0].fields]
    assert said == ["Phòng Kinh tế.", "Hội Nông dân."]


def test_a_project_of_other_years_is_not_dropped_in_silence(upload, project, unit, coordinator):
    row = passage(upload, "Dự án 2")
    entered = EnteredProject(project, 2026, [unit], [])
    enter_project(passage=row, version=row.version, entered=entered, by=coordinator)
    upload.refresh_from_db()
    years = {"year_from": 2028, "year_to": 2028}

    with pytest.raises(ValidationError, match="ngoài các năm của kế hoạch"):
        begin_from_word(upload=upload, version=upload.version, by=coordinator, **years)


def test_who_guides_stays_and_what_is_left_empty_keeps_its_words(
    upload, project, unit, ward, coordinator
):
    own = WardProjectFactory(ward=ward, project=project, objective="Đã ghi trước.")
    other = UnitFactory(ward=ward, name="Sở Nông nghiệp")
    own.units.create(unit=other, role=UnitRole.GUIDING, order=1, year_from=2025, year_to=2030)
    row = passage(upload, "Dự án 2")
    entered = EnteredProject(project, 2027, [unit], [])

    enter_project(passage=row, version=row.version, entered=entered, by=coordinator)

    own.refresh_from_db()
    assert own.objective == "Đã ghi trước."
    roles = {(part.unit, part.role) for part in own.units.in_year(2027)}
    assert roles == {(other, UnitRole.GUIDING), (unit, UnitRole.LEAD)}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"leads": []}, "Chọn đơn vị chủ trì", id="nobody leads"),
        pytest.param({"both": True}, "vừa chủ trì vừa phối hợp", id="leads and helps"),
    ],
)
def test_a_block_that_cannot_be_leaves_everything_as_it_is(
    upload, project, unit, coordinator, values, sentence
):
    row = passage(upload, "Dự án 2")
    helps = [unit] if values.pop("both", False) else []
    entered = EnteredProject(project, 2027, values.get("leads", [unit]), helps)

    with pytest.raises(ValidationError, match=sentence), nothing_written():
        enter_project(passage=row, version=row.version, entered=entered, by=coordinator)


def test_no_target_of_another_ward_can_be_named(upload):
    foreign = TargetFactory(indicator=IndicatorFactory(ward=WardFactory()))
    row = passage(upload, "Giảm ít nhất 12 hộ")

    with pytest.raises(DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(target=foreign)
