"""From a browser's strings to answers, with every error at its field at once."""

from dataclasses import replace
from datetime import date

import pytest

from households.campaign.recognition.forms import RecogniseForm, ReturnResultsForm
from households.campaign.recognition.services.recognising import Signer
from households.campaign.villages.forms import ReopenForm
from households.entry.survey.forms import ReviewForm, saved_values
from households.entry.survey.services.reviews import ReviewAnswers, record_review, saved_answers
from households.ledger.selectors.standards import standard_rules
from households.models import PovertyCause
from households.rules.classification import StandardRules
from households.rules.notes import ReviewNote
from povertyplan.core.platform.confirmations import VersionForm
from tests.factories.households import CampaignFactory, StandardFactory
from tests.households.campaigns import answers, pending_review


@pytest.fixture
def rules(db) -> StandardRules:
    PovertyCause.objects.create(number=2, name="Không có vốn sản xuất, kinh doanh")
    return standard_rules(StandardFactory())


def form_of(rules, **data) -> ReviewForm:
    sent = {"version": "1", "income_score": "110", **data}
    return ReviewForm(sent, rules=rules, setting="urban")


def test_review_form_gives_typed_answers(rules):
    form = form_of(
        rules,
        income_score=" 110 ",
        deprivations=["5", "9"],
        causes=["2"],
        visited_on="19/11/2026",
        recorded_class="poor",
        class_reason="Theo họp dân",
        note="  Vắng nhà ",
        needs_check="on",
    )

    assert form.is_valid()
    assert form.answers() == ReviewAnswers(
        income_score=110,
        deprivations=frozenset({5, 9}),
        causes=frozenset({2}),
        visited_on=date(2026, 11, 19),
        recorded_class="poor",
        class_reason="Theo họp dân",
        remark=ReviewNote("Vắng nhà", needs_check=True),
    )


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        *(
            pytest.param(
                {"income_score": text},
                "income_score",
                "Nhập số nguyên từ 0 trở lên.",
                id=f"B1 {text!r}",
            )
            for text in ("", "-1", "12,5", "1.5", "mười", "1e3", "٣")
        ),
        pytest.param(
            {"income_score": "1001"}, "income_score", "Nhập số không lớn hơn 1.000.", id="huge B1"
        ),
        pytest.param(
            {"deprivations": ["5", "13"]},
            "deprivations",
            "Chuẩn nghèo của đợt này không có chỉ số thiếu hụt số 13.",
            id="thirteenth indicator",
        ),
        pytest.param(
            {"causes": ["9"]}, "causes", "Không có nguyên nhân nghèo số 9.", id="unknown cause"
        ),
        pytest.param(
            {"visited_on": "21/11/2026"},
            "visited_on",
            "Ngày đến hộ không được sau hôm nay.",
            id="visit tomorrow",
        ),
        pytest.param(
            {"recorded_class": "rich"},
            "recorded_class",
            "Chọn một phân loại trong danh sách.",
            id="unknown class",
        ),
        pytest.param(
            {"recorded_class": "poor"},
            "class_reason",
            "Nhập lý do ghi nhận khác với kết quả tính.",
            id="other class without reason",
        ),
    ],
)
def test_review_form_refuses(rules, data, field, message):
    form = form_of(rules, **data)

    assert form.errors == {field: [message]}


def test_review_form_shows_every_error_at_once(rules):
    form = form_of(
        rules,
        income_score="x",
        deprivations=["13"],
        visited_on="31/02/2026",
        recorded_class="poor",
    )

    assert list(form.errors) == ["income_score", "deprivations", "visited_on", "class_reason"]


def test_review_form_needs_no_reason_for_the_computed_class(rules):
    assert form_of(rules, deprivations=["5"], recorded_class="near_poor").is_valid()


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "9" * 40, "²"])
def test_version_form_reads_no_version_from_anything_else(text):
    form = VersionForm({"version": text})

    assert form.is_valid()
    assert form.cleaned_data["version"] is None


def test_saved_answers_come_back_as_they_were_given(rules, ward, village, coordinator):
    review = pending_review(CampaignFactory(ward=ward), village)
    assert saved_answers(review) is None
    assert saved_values(review) == {"version": 1, "note": "", "needs_check": False}

    said = answers(causes=frozenset({2}), visited_on=date(2026, 11, 19))
    remark = ReviewNote("Vắng nhà", needs_check=True)
    both = replace(said, remark=remark)
    saved = record_review(review=review, answers=both, version=1, by=coordinator)

    assert saved_answers(saved) == said
    again = ReviewForm(saved_values(saved), rules=rules, setting="urban")
    assert again.is_valid()
    assert again.answers() == both


@pytest.mark.parametrize("form", [ReopenForm, ReturnResultsForm])
def test_reason_forms_need_a_reason(form):
    assert list(form({"version": "1", "reason": "  "}).errors) == ["reason"]
    assert form({"version": "1", "reason": "Phúc tra"}).is_valid()


def test_recognise_form_shows_every_fault_at_once(ward):
    form = RecogniseForm(
        {"number": "", "decided_on": "21/11/2026", "effective_from": "20/11/2026"},
        campaign=CampaignFactory(ward=ward),
    )

    assert form.errors == {
        "number": ["Nhập số quyết định."],
        "decided_on": ["Ngày quyết định không được sau hôm nay."],
        "effective_from": ["Ngày có hiệu lực không được trước ngày quyết định."],
        "signer_title": ["Nhập chức danh người ký."],
        "signer_name": ["Nhập họ và tên người ký."],
    }


def test_recognise_form_reads_dates_day_first(ward):
    form = RecogniseForm(
        {
            "version": "2",
            "number": " 283/QĐ-UBND ",
            "decided_on": "09/11/2026",
            "signer_title": "Chủ tịch",
            "signer_name": "Y Ký",
        },
        campaign=CampaignFactory(ward=ward),
    )

    assert form.is_valid()
    assert form.decision() == {
        "version": 2,
        "number": "283/QĐ-UBND",
        "decided_on": date(2026, 11, 9),
        "effective_from": None,
        "signer": Signer("Chủ tịch", "Y Ký"),
    }
