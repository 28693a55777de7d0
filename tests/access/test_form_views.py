"""A service's refusal always comes back in the form, also one that no field of it is about."""

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from households.models import Posting, SupportNeed, VillageMeeting
from povertyplan.core.accounts import second_factor
from povertyplan.core.registers.tables import RegisterTable
from tests.access.cells import Cell, url
from tests.access.patterns import PATTERNS, places
from tests.access.patterns.addresses import FORM_KEY
from tests.access.patterns.pattern import Place
from tests.access.patterns.projects import single_gift
from tests.access.world import World
from tests.access.writers import REGISTER_WRITERS, WRITERS
from tests.core.phones import code_of
from tests.factories.core import PASSWORD
from tests.factories.households import ProcedureFactory
from tests.reports.word_files import one_line

pytestmark = pytest.mark.alike

SENTENCE = "khong thuoc o nao"


def _no_more(world: World, place: Place) -> dict:
    return {}


@dataclass(frozen=True)
class FormView:
    """Where a view finds its service, and what a post needs to come that far.

    `status` is the answer to a refusal; a button without a form of its own goes on to a page that
    says it in a message.
    """

    service: str
    more: Callable[[World, Place], dict] = field(default=_no_more)
    query: Callable[[Place], str] = field(default=lambda place: "")
    status: int = 422


def _kept_table(register: str, place: Place) -> str:
    is_shared = REGISTER_WRITERS.get(register) == "administrator"
    return RegisterTable((), ()).keep(register, 0 if is_shared else place.ward.area.pk)


def _kept_figures(place: Place) -> str:
    register = f"unit_report_{place.ward.unit_reports['own'].pk}"
    return RegisterTable((), ()).keep(register, place.ward.area.pk)


def _campaign(world, place):
    return {
        "key": FORM_KEY,
        "year": "2026",
        "name": "Đợt thử",
        "standard": world.a.campaigns["open"].standard.pk,
        "procedure": ProcedureFactory().pk,
        "opens_on": "19/11/2026",
        "closes_on": "14/12/2026",
        "beside_open": "on",
    }


def _meeting(world, place):
    return {
        "held_on": "19/11/2026",
        "place": "Nhà văn hóa",
        "chair": "Y Hữu Nam",
        "secretary": "Trần Thị Mai",
        "attendance": "40",
        "agreeing": "38",
        "minutes": "Nhất trí.",
        "votes-TOTAL_FORMS": "0",
        "votes-INITIAL_FORMS": "0",
    }


def _complaint(world, place):
    standing = Posting.objects.filter(village=place.village.area)
    standing.update(stands=True, until=date(2026, 11, 30))
    return {"complainant": "Người dân", "received_on": "19/11/2026", "text": "Chưa đúng."}


def _request(world, place):
    return {
        "key": FORM_KEY,
        "village": place.village.area.pk,
        "applicant": "Người dân",
        "kind": "review",
        "received_on": "19/11/2026",
        "channel": "post",
    }


def _scan(world, place):
    meeting = VillageMeeting.objects.filter(village=place.village.area).earliest("pk")
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7 %%EOF")
    return {"meeting": meeting.pk, "file": file}


def _group_gift(world, place):
    return single_gift(place) | {"group_name": "Tổ hợp tác"}


def _batch_question(place):
    return f"?kind={place.ward.support_kind.pk}&on=19/11/2026"


def _batch_gift(world, place):
    return single_gift(place) | {"chosen": [place.village.first.pk]}


def _ticked_need(world, place):
    return {"none": [place.village.second.pk]}


def _met_need(world, place):
    """The open need of a household that was handed something of a kind that serves it."""
    place.ward.support_kind.needs.add(place.ward.need_kind)
    need = SupportNeed.objects.get(household=place.village.first)
    return {"chosen": [f"{need.pk}-{need.version}"]}


PLEDGES = "households.pledges.views"
FACTS = "households.person_facts.views"
NEEDS = "households.needs.views"
POPULATIONS = "households.populations.views"
REGISTER = "households.register.views"
CAMPAIGN = "households.campaign"
USERS = "povertyplan.core.accounts.views.users"
GIVING = "projects.support.views.giving"
PROGRESS = "reports.progress"
SIGNING = "reports.plans.views.signing"
RECORD_PRINT = "reports.tables.views.tables.record_print"
RECORD_ACCESS = "povertyplan.core.journal.access_log.record_access"
FORM_VIEWS = {
    **{
        f"core:unit_{page}": FormView(f"povertyplan.core.units.views.{service}")
        for page, service in (
            ("new", "add_units"),
            ("paste", "add_units"),
            ("edit", "change_unit"),
            ("end", "end_unit"),
        )
    },
    "core:ward_edit": FormView(
        "povertyplan.core.wards.views.change_ward",
        lambda world, place: {"reason": "Đính chính"},
    ),
    "core:user_new": FormView(
        f"{USERS}.accounts.add_user", lambda world, place: {"area": place.ward.area.pk}
    ),
    "core:role_grant": FormView(f"{USERS}.accounts.grant_role"),
    "core:role_end": FormView(f"{USERS}.accounts.end_role"),
    "core:password_issue": FormView(f"{USERS}.accounts.issue_password"),
    "core:device_remove": FormView(f"{USERS}.remove_second_factor"),
    "core:user_disable": FormView(f"{USERS}.accounts.disable_user"),
    "core:user_enable": FormView(f"{USERS}.accounts.enable_user"),
    "core:period_lock": FormView("povertyplan.core.periods.views.lock_period"),
    "core:period_release": FormView("povertyplan.core.periods.views.release_period"),
    "households:household_new": FormView(
        f"{CAMPAIGN}.additions.views.new_households.enter_during_review",
        lambda world, place: {"village": place.village.area.pk, "initial_class": "not_poor"},
    ),
    "households:household_edit": FormView(f"{REGISTER}.households.correct_household"),
    "households:household_split": FormView(
        f"{CAMPAIGN}.additions.views.new_households.split_during_review"
    ),
    "households:household_merge": FormView(
        f"{REGISTER}.households.merge_households",
        lambda world, place: {
            f"relation_{row.pk}": "other" for row in place.village.second.memberships.all()
        },
        query=lambda place: f"?other={place.village.second.code}",
    ),
    "households:household_close": FormView(f"{REGISTER}.households.close_household"),
    "households:household_reopen": FormView(f"{REGISTER}.households.reopen_household"),
    "households:household_village": FormView(f"{REGISTER}.households.change_village"),
    "households:event_correct": FormView(f"{REGISTER}.events.correct_event"),
    "households:head_change": FormView(f"{REGISTER}.members.change_head"),
    "households:member_add": FormView(f"{REGISTER}.members.add_member"),
    "households:birth_add": FormView(f"{REGISTER}.members.record_birth"),
    "households:member_edit": FormView(f"{REGISTER}.members.correct_member"),
    "households:number_settle": FormView("households.numbers.views.settle_number"),
    "households:member_move": FormView(f"{REGISTER}.members.move_member"),
    "households:member_leave": FormView(f"{REGISTER}.members.record_death"),
    **{
        f"households:village_{page}": FormView(f"{REGISTER}.villages.{service}")
        for page, service in (
            ("new", "add_villages"),
            ("paste", "add_villages"),
            ("edit", "correct_village"),
            ("end", "end_village"),
        )
    },
    "households:village_split": FormView(f"{REGISTER}.village_changes.split_village"),
    "households:population_new": FormView(
        f"{POPULATIONS}.record_totals", lambda world, place: {"area": place.ward.area.pk}
    ),
    "households:population_paste": FormView(f"{POPULATIONS}.record_totals"),
    "households:population_edit": FormView(f"{POPULATIONS}.change_total"),
    "households:population_remove": FormView(f"{POPULATIONS}.remove_total"),
    "households:village_rename": FormView(f"{REGISTER}.village_changes.rename_village"),
    "households:village_merge": FormView(f"{REGISTER}.village_changes.merge_villages"),
    "households:holiday_new": FormView(f"{CAMPAIGN}.holidays.views.add_holidays"),
    "households:holiday_proposals": FormView(f"{CAMPAIGN}.holidays.views.confirm_proposed_days"),
    "households:holiday_remove": FormView(f"{CAMPAIGN}.holidays.views.remove_holiday", status=302),
    "households:need_household": FormView(f"{NEEDS}.answers.record_needs"),
    "households:need_village": FormView(f"{NEEDS}.answers.record_needs", _ticked_need),
    "households:fact_household": FormView(f"{FACTS}.answers.record_facts"),
    "households:fact_village": FormView(f"{FACTS}.answers.record_facts"),
    "households:fact_export": FormView(RECORD_ACCESS),
    "households:need_end": FormView(f"{NEEDS}.answers.end_need"),
    "households:need_export": FormView(RECORD_ACCESS),
    "households:worker_new": FormView("households.workers.views.pages.recognise_worker"),
    "households:worker_end": FormView("households.workers.views.pages.end_worker"),
    "households:worker_export": FormView(RECORD_ACCESS),
    **{
        f"households:{register}_import": FormView(
            "povertyplan.core.registers.excel.read_table",
            lambda world, place: {"file": SimpleUploadedFile("so.csv", b"x")},
        )
        for register in ("worker_register", "need_register", "fact_register")
    },
    **{
        f"households:{register}_import_save": FormView(
            "povertyplan.core.registers.excel.rehearse",
            lambda world, place, name=register: {"table": _kept_table(name, place)},
        )
        for register in ("worker_register", "need_register", "fact_register")
    },
    "households:certificate_issue": FormView("households.certificates.views.issue_certificates"),
    "households:certificate_export": FormView(RECORD_ACCESS),
    "households:pledge_new": FormView(f"{PLEDGES}.pledging.pledge_escape"),
    "households:pledge_edit": FormView(f"{PLEDGES}.pledging.change_pledge"),
    "households:pledge_withdraw": FormView(f"{PLEDGES}.pledging.withdraw_pledge"),
    "households:helper_new": FormView(f"{PLEDGES}.helping.assign_helper"),
    "households:helper_end": FormView(f"{PLEDGES}.helping.end_helper"),
    "households:visit_new": FormView(f"{PLEDGES}.helping.record_visit"),
    "households:visit_withdraw": FormView(f"{PLEDGES}.helping.withdraw_visit"),
    "households:pledge_export": FormView(RECORD_ACCESS),
    "reports:reaching_file": FormView(RECORD_ACCESS),
    "reports:simulation_file": FormView(RECORD_ACCESS),
    "reports:recognition_rehearsal": FormView("reports.rehearsal.views.rehearse"),
    "reports:recognition_rehearsal_file": FormView("reports.rehearsal.views.rehearse"),
    "households:need_kind_new": FormView(f"{NEEDS}.kinds.add_need_kind"),
    "households:need_kind_edit": FormView(f"{NEEDS}.kinds.change_need_kind"),
    "households:window_anchor": FormView("households.windows.views.set_anchor"),
    "households:window_export": FormView(RECORD_ACCESS),
    "households:reveal_citizen_id": FormView("households.directory.views.reveal.reveal_number"),
    "households:household_export": FormView(RECORD_ACCESS),
    "households:import_list": FormView(
        "households.intake.views.start_import", lambda world, place: {"pasted": "Họ tên\nY Nam"}
    ),
    "households:import_sheets": FormView(
        "households.intake.views.change_layouts",
        lambda world, place: {"sheet0-used": "on", "sheet0-heading_row": "1"},
    ),
    "households:import_columns": FormView(
        "households.intake.views.change_layouts",
        lambda world, place: {f"sheet0-use_{column}": "-" for column in range(1, 8)},
    ),
    "households:import_rows": FormView("households.intake.corrections.views.decide_rows"),
    "households:import_preview": FormView("households.intake.views.begin_writing"),
    "households:import_undo": FormView("households.intake.views.begin_undo"),
    "households:campaign_open": FormView(
        f"{CAMPAIGN}.opening.views.opening.open_campaign", _campaign
    ),
    "households:village_reviewer": FormView(f"{CAMPAIGN}.opening.views.assignment.assign_reviewer"),
    "households:request_new": FormView(f"{CAMPAIGN}.requests.views.record_request", _request),
    "households:request_link": FormView(f"{CAMPAIGN}.requests.views.link_request"),
    "households:request_close": FormView(f"{CAMPAIGN}.requests.views.close_request"),
    "households:village_meeting": FormView(
        f"{CAMPAIGN}.procedure.views.meeting.hold_meeting", _meeting
    ),
    "households:village_posting": FormView(
        f"{CAMPAIGN}.procedure.views.posting.post_results",
        lambda world, place: {"places": "Nhà văn hóa", "posted_on": "19/11/2026"},
    ),
    "households:village_scans": FormView(f"{CAMPAIGN}.procedure.views.scans.attach_scan", _scan),
    "households:scan_remove": FormView(f"{CAMPAIGN}.procedure.views.scans.remove_scan"),
    "households:village_complaints": FormView(
        f"{CAMPAIGN}.procedure.views.complaints.receive_complaint", _complaint
    ),
    "households:complaint_answer": FormView(
        f"{CAMPAIGN}.procedure.views.complaints.decide_complaint",
        lambda world, place: {
            "outcome": "explained",
            "answer": "Kết quả đúng.",
            "decided_on": "19/11/2026",
        },
    ),
    "households:campaign_unlisted": FormView(
        f"{CAMPAIGN}.additions.views.unlisted.leave_out_of_review",
        lambda world, place: {"other": place.village.first.code},
    ),
    "households:campaign_submit": FormView(f"{CAMPAIGN}.recognition.views.submit_results"),
    "households:campaign_recognise": FormView(f"{CAMPAIGN}.recognition.views.recognise_results"),
    "households:campaign_return": FormView(f"{CAMPAIGN}.recognition.views.return_results"),
    "households:campaign_cancel": FormView(f"{CAMPAIGN}.recognition.views.request_cancellation"),
    "households:campaign_cancel_decide": FormView(
        f"{CAMPAIGN}.recognition.views.decline_cancellation"
    ),
    "households:campaign_reopen": FormView(f"{CAMPAIGN}.recognition.views.reopen_campaign"),
    "households:village_finish": FormView(f"{CAMPAIGN}.villages.views.finish_village"),
    "households:village_reopen": FormView(f"{CAMPAIGN}.villages.views.reopen_village"),
    "households:review_edit": FormView("households.entry.survey.views.reviews.record_review"),
    "households:review_grid": FormView("households.entry.grid.views.grid.record_review"),
    "households:review_grid_save": FormView("households.entry.grid.views.grid.record_review"),
    "households:phone_step": FormView("households.entry.phone.views.phone_step.save_draft"),
    "projects:programme_new": FormView("projects.programme.views.structure.add_programme"),
    "projects:programme_edit": FormView("projects.programme.views.structure.change_programme"),
    "projects:part_new": FormView("projects.programme.views.structure.add_part"),
    "projects:part_below": FormView("projects.programme.views.structure.add_part"),
    "projects:part_edit": FormView("projects.programme.views.structure.change_part"),
    **{
        f"projects:activity_{view}": FormView(f"projects.programme.views.activities.{service}")
        for view, service in (
            ("new", "add_activity"),
            ("edit", "change_activity"),
            ("report", "report_activity"),
            ("remove", "remove_activity"),
        )
    },
    "projects:project_new": FormView("projects.programme.views.projects.take_on_project"),
    "projects:project_edit": FormView("projects.programme.views.projects.change_project"),
    "projects:project_leave": FormView("projects.programme.views.projects.leave_project"),
    "projects:assignment_year": FormView("projects.programme.views.assignments.assign_units"),
    "projects:assignment_copy": FormView(
        "projects.programme.views.assignments.copy_assignments", status=302
    ),
    **{
        f"projects:livelihood_{view}": FormView(f"projects.livelihoods.views.writing.{service}")
        for view, service in (
            ("new", "add_livelihood"),
            ("edit", "change_livelihood"),
            ("stop", "stop_livelihood"),
            ("step", "record_step"),
            ("step_withdraw", "withdraw_step"),
            ("member_new", "add_livelihood_member"),
            ("member_end", "end_livelihood_member"),
        )
    },
    "projects:support_kind_new": FormView("projects.support.views.kinds.add_support_kind"),
    "projects:support_kind_edit": FormView("projects.support.views.kinds.change_support_kind"),
    "projects:duty_new": FormView("projects.programme.views.duties.give_duty"),
    "projects:duty_end": FormView("projects.programme.views.duties.end_duty"),
    "projects:livelihood_procedure_new": FormView(
        "projects.livelihoods.views.procedures.add_procedure"
    ),
    "projects:livelihood_procedure_edit": FormView(
        "projects.livelihoods.views.procedures.change_procedure"
    ),
    "projects:donation_new": FormView("projects.donations.views.pages.add_donation"),
    "projects:donation_reverse": FormView("projects.donations.views.pages.reverse_donation"),
    "projects:entry_new": FormView("projects.money.views.entries.add_entry"),
    **{
        f"projects:{register}_import": FormView(
            "povertyplan.core.registers.excel.read_table",
            lambda world, place: {"file": SimpleUploadedFile("so.csv", b"x")},
        )
        for register in REGISTER_WRITERS
    },
    **{
        f"projects:{register}_import_save": FormView(
            "povertyplan.core.registers.excel.rehearse",
            lambda world, place, name=register: {"table": _kept_table(name, place)},
        )
        for register in REGISTER_WRITERS
    },
    "projects:money_import": FormView(
        "povertyplan.core.registers.excel.read_table",
        lambda world, place: {"file": SimpleUploadedFile("so.csv", b"x")},
    ),
    "projects:money_import_save": FormView(
        "povertyplan.core.registers.excel.rehearse",
        lambda world, place: {"table": _kept_table("money", place)},
    ),
    "projects:entry_reverse": FormView("projects.money.views.entries.reverse_entry"),
    "projects:handover_make": FormView("projects.handover.views.make_handover"),
    "projects:handover_send": FormView("projects.handover.views.send_handover_list"),
    "projects:handover_answer": FormView("projects.handover.views.answer_handover_list"),
    "projects:publication_new": FormView("projects.publicity.views.record_publication"),
    "projects:publication_withdraw": FormView("projects.publicity.views.withdraw_publication"),
    "projects:need_met": FormView("projects.gaps.views.pages.end_served_needs", _met_need),
    "projects:support_new": FormView(f"{GIVING}.give_support", _group_gift),
    "projects:support_household": FormView(f"{GIVING}.give_support"),
    "projects:support_batch": FormView(f"{GIVING}.give_support", _batch_gift, _batch_question),
    "projects:support_deliver": FormView("projects.support.views.steps.deliver_supports"),
    "projects:support_acknowledge": FormView("projects.support.views.steps.acknowledge_supports"),
    "projects:support_withdraw": FormView("projects.support.views.ledger.withdraw_support"),
    "projects:support_export": FormView(RECORD_ACCESS),
    "reports:actual_edit": FormView("reports.targets.views.actuals.report_actual"),
    "reports:village_targets": FormView("reports.targets.views.villages.set_village_targets"),
    "reports:target_year": FormView("reports.targets.views.targets.set_targets"),
    "reports:indicator_baseline": FormView("reports.targets.views.baselines.set_standard_baseline"),
    "reports:assigned_year": FormView("reports.targets.views.assigned.set_assigned_targets"),
    **{
        f"reports:{register}_import": FormView(
            "povertyplan.core.registers.excel.read_table",
            lambda world, place: {"file": SimpleUploadedFile("so.csv", b"x")},
        )
        for register in ("target_register", "actual_register")
    },
    **{
        f"reports:{register}_import_save": FormView(
            "povertyplan.core.registers.excel.rehearse",
            lambda world, place, name=register: {"table": _kept_table(name, place)},
        )
        for register in ("target_register", "actual_register")
    },
    "reports:indicator_new": FormView("reports.targets.views.indicators.add_indicator"),
    "reports:indicator_edit": FormView("reports.targets.views.indicators.change_indicator"),
    "reports:plan_new": FormView("reports.plans.drafting.views.begin_plan"),
    "reports:plan_word": FormView(
        "reports.plans.word.views.keep_upload",
        lambda world, place: {"key": FORM_KEY, "file": SimpleUploadedFile("ke.docx", one_line())},
    ),
    "reports:plan_word_review": FormView("reports.plans.word.views.choose_parts"),
    "reports:word_target": FormView("reports.plans.word.data.views.enter_target"),
    "reports:word_project": FormView("reports.plans.word.data.views.enter_project"),
    "reports:plan_word_discard": FormView("reports.plans.word.views.discard_upload"),
    "reports:document_text": FormView("reports.plans.writing.views.blocks.write_block"),
    **{
        f"reports:document_{part}": FormView(f"reports.plans.frame.views.set_{part}")
        for part in ("heading", "bases", "duties", "recipients")
    },
    **{
        f"reports:{view}": FormView(f"{PROGRESS}.{service}")
        for view, service in (
            ("indicator_table_edit", "indicator_tables.views.set_indicator_table"),
            ("rule_new", "calendar.views.rules.add_reporting_rule"),
            ("rule_edit", "calendar.views.rules.change_reporting_rule"),
            ("period_new", "calendar.views.periods.open_period"),
            ("period_units", "calendar.views.periods.ask_more_units"),
            ("due_sent", "calendar.views.sending.record_sending"),
            ("village_part", "unit_reports.views.villages.save_report"),
            ("village_part_record", "unit_reports.views.receiving.record_village_part"),
            ("period_consolidate", "consolidation.views.begin_consolidation"),
            ("unit_report_fill", "unit_reports.views.writing.fill_report"),
            ("unit_report_write", "unit_reports.views.writing.save_report"),
            ("unit_report_check", "unit_reports.views.writing.send_report"),
            ("unit_report_receive", "unit_reports.views.receiving.receive_report"),
            ("unit_report_return", "unit_reports.views.receiving.return_report"),
        )
    },
    "reports:unit_report_import": FormView(
        "povertyplan.core.registers.excel.read_table", lambda world, place: {"pasted": "x"}
    ),
    "reports:unit_report_import_save": FormView(
        "povertyplan.core.registers.excel.rehearse",
        lambda world, place: {"table": _kept_figures(place)},
    ),
    "reports:finding_new": FormView("reports.supervision.views.record_finding"),
    "reports:finding_answer": FormView("reports.supervision.views.answer_finding"),
    "reports:finding_withdraw": FormView("reports.supervision.views.withdraw_finding"),
    "reports:report_take_in": FormView(f"{PROGRESS}.consolidation.views.take_in_text", status=302),
    "reports:document_submit": FormView(f"{SIGNING}.submit_document"),
    "reports:document_issue": FormView(f"{SIGNING}.print_and_issue"),
    "reports:document_return": FormView(f"{SIGNING}.return_document"),
    "reports:document_findings": FormView("reports.plans.checking.views.accept_finding"),
    "reports:document_ask": FormView("reports.plans.reviewing.views.ask_for_comments"),
    "reports:document_comments": FormView("reports.plans.reviewing.views.add_comment"),
    "reports:document_word": FormView(
        "reports.plans.returned.views.take_back_word",
        lambda world, place: {"key": FORM_KEY, "file": SimpleUploadedFile("ke.docx", one_line())},
    ),
    "reports:document_library": FormView("reports.plans.library.views.cite_legal_documents"),
    "reports:legal_new": FormView("reports.plans.library.views.add_legal_document"),
    "reports:legal_edit": FormView("reports.plans.library.views.change_legal_document"),
    "reports:document_proposals": FormView("reports.plans.proposing.views.refuse_proposal"),
    "reports:document_basis_proposals": FormView(
        "reports.plans.basis_proposals.views.refuse_basis_proposal"
    ),
    "reports:document_versions": FormView("reports.plans.versions.views.keep_by_hand"),
    "reports:document_amend": FormView("reports.plans.amending.views.begin_amendment"),
    "reports:document_abolish": FormView("reports.plans.amending.views.abolish_document"),
    "reports:person_table_excel": FormView(RECORD_PRINT),
    "reports:person_table_pdf": FormView(RECORD_PRINT),
    "reports:person_table_docx": FormView(RECORD_PRINT),
    "reports:campaign_pack": FormView("reports.papers.views.papers.begin_pack", status=302),
}
# Nothing is typed there that a service could refuse.
WITHOUT_FORM = {
    "reports:handover_file",
    "reports:pledge_paper",
    "reports:receipt_file",
    "reports:publicity_file",
    "households:import_report",
    "reports:village_paper",
    "reports:village_pack",
    "reports:campaign_paper",
}


def refuse(*args, **kwargs):
    raise ValidationError({"no_such_field": SENTENCE})


class _Undo(Exception):
    pass


def test_every_form_view_is_tried():
    assert set(WRITERS) == set(FORM_VIEWS) | WITHOUT_FORM


def said(world: World, view: str) -> tuple[int, bool]:
    """The status of a post whose service refuses, and whether somebody reads why."""
    tried = FORM_VIEWS[view]
    place = places(world)["own"]
    cell = Cell(view, WRITERS[view], "own", "POST", "plain")
    values = PATTERNS[view].payload(place) | tried.more(world, place)
    client = Client(raise_request_exception=False)
    client.force_login(world.users[WRITERS[view]])
    address = url(world, cell) + tried.query(place)
    answer = client.post(address, values)
    status = answer.status_code
    if status == 302:
        answer = client.get(answer.url)
    return status, SENTENCE in answer.content.decode(errors="replace")


def test_a_refusal_without_a_field_comes_back_in_every_form(world, monkeypatch, share):
    faults = {}
    for view, tried in share(list(FORM_VIEWS.items()), one_of=3):
        try:
            with transaction.atomic(), monkeypatch.context() as patched:
                patched.setattr(tried.service, refuse)
                found = said(world, view)
                raise _Undo
        except _Undo:
            if found != (tried.status, True):
                faults[view] = found

    assert not faults


def test_a_refused_code_comes_back_in_the_form(client_of, coordinator, monkeypatch):
    monkeypatch.setattr(second_factor, "verify", refuse)
    TOTPDevice.objects.create(user=coordinator, name="điện thoại")

    answer = client_of(coordinator).post(reverse("core:login_code"), {"code": "123456"})

    assert (answer.status_code, SENTENCE in answer.content.decode()) == (200, True)


def test_a_refused_device_comes_back_in_the_form(client_of, coordinator, monkeypatch):
    monkeypatch.setattr(second_factor, "enrol_second_factor", refuse)
    signed = second_factor.new_key(coordinator)
    code = code_of(second_factor.read_key(coordinator, signed))
    sent = {"code": code, "signed_key": signed, "own_password": PASSWORD}

    answer = client_of(coordinator).post(reverse("core:second_factor"), sent)

    assert (answer.status_code, SENTENCE in answer.content.decode()) == (200, True)


ROOT = Path(settings.BASE_DIR)
# Rows of a table and messages of a script are no forms: they say a refusal their own way.
CATCH_THEMSELVES = {"households/entry/grid/views/grid.py"}
REFUSALS = {"ValidationError", "StaleVersion"}


def view_modules() -> list[Path]:
    found = []
    for package in ("povertyplan", "households", "projects", "reports"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name in ("views.py", "pages.py") or path.parent.name == "views":
                found.append(path)
    return found


def caught(tree: ast.AST) -> set[str]:
    """The names of the exceptions that a module catches."""
    return {
        each.attr if isinstance(each, ast.Attribute) else each.id
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and handler.type is not None
        for each in ast.walk(handler.type)
        if isinstance(each, ast.Attribute | ast.Name)
    }


def test_no_view_catches_a_refusal_itself():
    strays = {
        path.relative_to(ROOT).as_posix()
        for path in view_modules()
        if REFUSALS & caught(ast.parse(path.read_text()))
    }

    assert strays == CATCH_THEMSELVES
    assert len(view_modules()) > 30
