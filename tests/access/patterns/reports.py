"""Dashboards, targets, tables, papers, reports and supervision."""

from collections.abc import Callable
from datetime import timedelta

from households.models import PovertyStandard
from povertyplan.core import clock
from projects.models import Indicator, Target
from reports.models import (
    IndicatorTable,
    ReportingRule,
    ReportRequest,
    SupervisionFinding,
    UnitReport,
)
from tests.access.patterns.addresses import (
    FORM_KEY,
    REASON,
    campaign,
    document,
    pledge,
    village,
    waiting_list,
)
from tests.access.patterns.pattern import (
    FORM,
    FORM_WITHOUT_HEAD,
    POST_ALONE,
    Address,
    Pattern,
    Place,
)


def _passage_at(at: int) -> Callable[[Place], Address]:
    """A paragraph of a Word file by its place in it."""

    def address(place: Place) -> Address:
        rows = list(place.ward.word_upload.passages.order_by("order"))
        return {"pk": place.ward.word_upload.pk, "order": rows[at].order}

    return address


def _word_target(place: Place) -> dict:
    row = place.ward.word_upload.passages.order_by("order")[0]
    said = {"indicator": place.ward.indicator.pk, "year": "2031", "operator": "none_left"}
    return {"shown": row.version, **said}


def _word_project(place: Place) -> dict:
    row = place.ward.word_upload.passages.order_by("order")[1]
    own = place.ward.ward_project
    return {
        "shown": row.version,
        "project": own.project_id,
        "year": str(own.year_from),
        "leads": [place.ward.unit.pk],
    }


def _actual(place: Place) -> dict:
    """A new figure over the one that stands."""
    version = place.ward.indicator.actuals.get(year=2025).version
    return {"version": version, "numerator": "7", "as_of": "30/11/2025"}


def _supervision(place: Place) -> Address:
    return {"pk": place.ward.finding.pk}


def _version_now(place: Place) -> int:
    return SupervisionFinding.objects.get(pk=place.ward.finding.pk).version


def _unit_report(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.unit_reports[name].pk}


def _unit_report_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        report = UnitReport.objects.get(pk=place.ward.unit_reports[name].pk)
        return {"version": report.version, **more}

    return payload


WRITTEN_DOWN = {"told_by": "Trưởng thôn", "difficulties": "Không có", "proposals": "Không có"}


def _village_part(place: Place) -> dict:
    report = UnitReport.objects.get(pk=place.village.report_part.pk)
    return {"version": report.version, "results": "Đã họp thôn."}


def _period(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.unit_reports[name].request_id}


def _period_version(place: Place) -> dict:
    found = ReportRequest.objects.get(pk=place.ward.unit_reports["received"].request_id)
    return {"version": found.version}


def _rule(place: Place) -> dict:
    rule = ReportingRule.objects.get(pk=place.ward.reporting_rule.pk)
    return {"version": rule.version, **REPORTING_RULE}


def _indicator(place: Place) -> dict:
    """Another name for the indicator, which is measured already."""
    indicator = Indicator.objects.get(pk=place.ward.indicator.pk)
    return {"version": indicator.version, "name": "Số hộ nghèo đa chiều", "owner": ""}


REPORTING_RULE = {
    "name": "Báo cáo quý",
    "period": "quarter",
    "due_day": "5",
    "months_after": "1",
    "recipient": "Tỉnh",
    "legal_reference": "Kế hoạch số 5",
    "confidence": "high",
}


def _village_targets(place: Place) -> dict:
    """One household left in each village, of which none had a target."""
    return {f"v{each.area.pk}-left": "1" for each in place.ward.villages}


def _targets(place: Place) -> dict:
    """Another figure for the year that has one."""
    indicator = place.ward.indicator
    standing = Target.objects.in_force().get(indicator=indicator, area=place.ward.area, year=2025)
    line = {"seen": standing.pk, "operator": "at_most", "low": "3", "note": standing.note}
    return {"reason": "Giao lại"} | {f"i{indicator.pk}-{k}": value for k, value in line.items()}


def _assigned(place: Place) -> dict:
    """What the superior asks of a year that has nothing of it yet."""
    line = {"seen": "", "operator": "at_most", "low": "3", "note": ""}
    document = {"issuer": "UBND tỉnh", "document": "QĐ 15", "issued_on": "05/01/2026"}
    return document | {f"i{place.ward.indicator.pk}-{k}": value for k, value in line.items()}


def _baseline(place: Place) -> dict:
    """Of an indicator that has none yet."""
    standard = PovertyStandard.objects.latest("valid_from")
    told = {"value": "3", "as_of": "19/11/2026", "reason": "Rà soát lại theo chuẩn mới"}
    return {"standard": standard.pk} | told


REPORTS: dict[str, Pattern] = {
    "reports:publicity_file": Pattern(
        methods=POST_ALONE,
        address=lambda place: {
            "listing": "publications",
            "year": 2026,
            "quarter": 4,
            "ending": "xlsx",
        },
        posted=200,
    ),
    "reports:pledge_paper": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=lambda place: {"pk": pledge(place).pk, "ending": "docx"},
        posted=200,
    ),
    "reports:receipt_sheet": Pattern(shows=False),
    # Nothing is left out of the ward's supports of the year, of which there is one.
    "reports:receipt_file": Pattern(
        methods=POST_ALONE, address=lambda place: {"ending": "xlsx"}, posted=200
    ),
    "reports:handover_file": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=lambda place: waiting_list(place) | {"ending": "xlsx"},
        posted=200,
    ),
    "reports:todo": Pattern(shows=False),
    # A key of no line: which lines are put away is tested with the list.
    "reports:todo_finish": Pattern(
        methods=POST_ALONE, payload=lambda place: {"key": "x"}, shows=False
    ),
    "reports:todo_restore": Pattern(methods=POST_ALONE, shows=False),
    "reports:form_list": Pattern(shows=False),
    "reports:matrix": Pattern(shows=False),
    "reports:table_detail": Pattern(address=lambda place: {"number": 1}),
    "reports:table_excel": Pattern(address=lambda place: {"number": 1}),
    "reports:blank_table": Pattern(address=lambda place: {"number": 15, "ending": "docx"}),
    "reports:table_docx": Pattern(address=lambda place: {"number": 1}),
    "reports:table_pdf": Pattern(address=lambda place: {"number": 1}, is_slow=True, shows=False),
    "reports:person_table": Pattern(address=lambda place: {"number": 15}),
    "reports:person_table_excel": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
    ),
    "reports:person_table_pdf": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
        is_slow=True,
        shows=False,
    ),
    "reports:person_table_docx": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
    ),
    "reports:review_papers": Pattern(reach="ward", address=campaign("open")),
    "reports:village_paper": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=lambda place: {"paper": "visits", "ending": "docx"} | village("open")(place),
        posted=200,
    ),
    "reports:village_pack": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=village("open"),
        payload=lambda place: {"ending": ["docx", "xlsx"]},
        posted=200,
    ),
    "reports:campaign_paper": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=lambda place: {"paper": "visits", "ending": "xlsx"} | campaign("open")(place),
        posted=200,
    ),
    "reports:blank_paper": Pattern(
        reach="ward",
        address=lambda place: {"paper": "visits", "ending": "docx"} | campaign("open")(place),
    ),
    "reports:campaign_pack": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=campaign("open"),
        payload=lambda place: {"ending": ["xlsx"]},
        shows=False,
    ),
    "reports:dashboard": Pattern(),
    "reports:region_board": Pattern(),
    "reports:region_targets": Pattern(),
    "reports:region_reports": Pattern(shows=False),
    "reports:region_table": Pattern(address=lambda place: {"number": 1}),
    "reports:region_table_file": Pattern(address=lambda place: {"number": 1, "ending": "xlsx"}),
    "reports:dimension_board": Pattern(),
    "reports:simulation": Pattern(),
    "reports:simulation_list": Pattern(),
    "reports:simulation_file": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report", "format": "xlsx"},
        posted=200,
        shows=False,
    ),
    "reports:recognition_rehearsal": Pattern(
        methods=FORM, reach="ward", address=campaign("submitted"), posted=200
    ),
    "reports:recognition_rehearsal_file": Pattern(
        methods=FORM_WITHOUT_HEAD,
        reach="ward",
        address=campaign("submitted"),
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "reports:reaching": Pattern(),
    "reports:reaching_file": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report", "format": "xlsx"},
        posted=200,
        shows=False,
    ),
    "reports:target_list": Pattern(),
    "reports:target_file": Pattern(address=lambda place: {"ending": "xlsx"}),
    "reports:village_targets": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.counted.pk, "year": 2026},
        payload=_village_targets,
    ),
    "reports:target_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2025}, payload=_targets
    ),
    "reports:indicator_baseline": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk},
        payload=_baseline,
    ),
    "reports:assigned_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2025}, payload=_assigned
    ),
    "reports:indicator_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Số hộ tái nghèo",
            "measure": "count",
            "measure_unit": "hộ",
            "direction": "down",
            "source": "reported",
        },
        shows=False,
    ),
    "reports:indicator_detail": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.indicator.pk}
    ),
    "reports:indicator_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk},
        payload=_indicator,
    ),
    "reports:actual_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk, "year": 2025},
        payload=_actual,
    ),
    "reports:word_target": Pattern(
        methods=FORM, reach="ward", address=_passage_at(0), payload=_word_target
    ),
    "reports:word_project": Pattern(
        methods=FORM, reach="ward", address=_passage_at(1), payload=_word_project
    ),
    "reports:finding_list": Pattern(),
    "reports:finding_file": Pattern(address=lambda place: {"year": 2026, "ending": "xlsx"}),
    "reports:finding_detail": Pattern(reach="ward", address=_supervision),
    "reports:finding_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "indicator": place.ward.indicator.pk,
            "year": "2026",
            "found_on": "20/11/2026",
            "text": "Chưa khớp sổ",
            "unit": place.ward.unit.pk,
            "reply_by": f"{clock.today() + timedelta(days=9):%d/%m/%Y}",
        },
    ),
    "reports:finding_answer": Pattern(
        methods=FORM,
        reach="ward",
        address=_supervision,
        payload=lambda place: {"version": _version_now(place), "answer": "Đã sửa sổ"},
    ),
    "reports:finding_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=_supervision,
        payload=lambda place: {"version": _version_now(place), **REASON},
    ),
    "reports:report_calendar": Pattern(),
    "reports:indicator_table_list": Pattern(),
    "reports:indicator_table_detail": Pattern(address=lambda place: {"number": 1}),
    "reports:indicator_table_file": Pattern(
        address=lambda place: {"number": 1, "time": "2026-9m", "ending": "xlsx"}
    ),
    "reports:indicator_table_edit": Pattern(
        methods=FORM,
        address=lambda place: {"number": 1},
        payload=lambda place: {
            "version": IndicatorTable.objects.get(ward=place.ward.area).version,
            "name": "Biểu khác",
            "columns": ["actual"],
            "indicators": [place.ward.indicator.pk],
        },
    ),
    "reports:rule_list": Pattern(),
    "reports:rule_new": Pattern(
        methods=FORM,
        payload=lambda place: {"key": FORM_KEY, **REPORTING_RULE},
        shows=False,
    ),
    "reports:rule_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.reporting_rule.pk},
        payload=_rule,
    ),
    "reports:due_sent": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.own_rule.pk, "year": 2026, "number": 1},
        payload=lambda place: {"version": 0, "sent_on": "03/04/2026"},
    ),
    "reports:village_part_record": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.village.report_part.pk},
        payload=lambda place: {**_village_part(place), **WRITTEN_DOWN},
    ),
    "reports:village_part_list": Pattern(),
    "reports:village_part": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.report_part.pk},
        payload=_village_part,
    ),
    "reports:period_new": Pattern(
        methods=FORM,
        address=lambda place: {"year": 2026},
        payload=lambda place: {
            "key": FORM_KEY,
            "period": "nine_months-1",
            "data_on": "30/09/2026",
            "due_on": "05/10/2026",
            "units": [place.ward.unit.pk],
        },
    ),
    "reports:period_detail": Pattern(reach="ward", address=_period("received")),
    "reports:period_units": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.period.pk},
        payload=lambda place: {"units": [place.ward.unit.pk]},
    ),
    "reports:period_consolidate": Pattern(
        methods=FORM, reach="ward", address=_period("received"), payload=_period_version
    ),
    "reports:report_take_in": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("taken in"),
        payload=lambda place: {"part": "results"},
        shows=False,
    ),
    "reports:unit_report_detail": Pattern(
        reach="ward", address=_unit_report("received"), draft=_unit_report("own")
    ),
    "reports:unit_report_fill": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own"),
        shows=False,
    ),
    "reports:unit_report_write": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own", results="Đã làm."),
    ),
    "reports:unit_report_template": Pattern(reach="ward", address=_unit_report("own")),
    "reports:unit_report_import": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=lambda place: {"pasted": ""},
        posted=422,
        shows=False,
    ),
    "reports:unit_report_import_save": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("own"),
        payload=lambda place: {"table": "x"},
        posted=422,
        shows=False,
    ),
    "reports:unit_report_check": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own"),
    ),
    "reports:unit_report_receive": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("sent"),
        payload=_unit_report_version("sent"),
        shows=False,
    ),
    "reports:unit_report_return": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("sent"),
        payload=_unit_report_version("sent", results="Viết lại."),
    ),
    "reports:report_list": Pattern(),
    "reports:report_detail": Pattern(
        reach="ward", address=document("report"), draft=document("draft report")
    ),
    "reports:report_pdf": Pattern(
        reach="ward", address=document("report"), draft=document("draft report"), is_slow=True
    ),
    # The world's reports have no table, so there is no annex of them.
    "reports:report_xlsx": Pattern(
        reach="ward",
        address=document("report"),
        draft=document("draft report"),
        status=404,
        shows=False,
    ),
    "reports:report_docx": Pattern(
        reach="ward", address=document("report"), draft=document("draft report")
    ),
}
