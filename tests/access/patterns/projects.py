"""Programmes, projects, money, supports and what follows a decision."""

from collections.abc import Callable

from projects.models import (
    Activity,
    Handover,
    HandoverList,
    Livelihood,
    LivelihoodMember,
    LivelihoodStep,
    Publication,
    Support,
    UnitDuty,
    WardProject,
)
from tests.access.patterns.addresses import (
    ENDED_TODAY,
    FORM_KEY,
    REASON,
    household,
    programme,
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


def _money_of_project(place: Place) -> Address:
    return {"pk": place.ward.entry.ward_project_id, "year": 2026}


def _entry(place: Place) -> dict:
    """Money of which nothing is to be asked."""
    chosen = {"act": "assigned", "source": "provincial", "kind": "recurrent", "key": FORM_KEY}
    typed = {"amount": "90.000.000", "dated": "02/03/2026", "first_year": "2026"}
    return chosen | typed | {"document_number": "5/QĐ-UBND"}


def _project(place: Place) -> dict:
    return {"pk": place.ward.ward_project.project_id}


def _activity(place: Place) -> dict:
    return {"pk": place.ward.activity.pk}


def _activity_version(place: Place) -> dict:
    found = Activity.objects.filter(pk=place.ward.activity.pk).first()
    return {"version": found.version if found else 1}


PROCEDURE = {
    "kind": "community",
    "valid_from": "01/07/2026",
    "assessor": "Tổ đánh giá",
    "public_days": "5",
    "legal_reference": "Văn bản thử",
    "confidence": "low",
}


def _livelihood(place: Place) -> Address:
    return {"pk": place.ward.livelihood.pk}


def _livelihood_version(**more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        return {"version": Livelihood.objects.get(pk=place.ward.livelihood.pk).version, **more}

    return payload


def _livelihood_step(place: Place) -> LivelihoodStep:
    return place.ward.livelihood.steps.earliest("pk")


def _livelihood_member(place: Place) -> LivelihoodMember:
    """The household that takes part."""
    return place.ward.livelihood.members.get(household=place.village.first)


def _support_kind(place: Place) -> Address:
    return {"pk": place.ward.support_kind.pk}


SUPPORT_KIND = {
    "name": "Dê giống",
    "recipient": "household",
    "window": "programme",
    "recurrence": "once",
    "legal_reference": "Văn bản thử",
    "confidence": "high",
}


LIVELIHOOD = {"kind": "community", "name": "Nuôi dê", "year_from": "2026", "year_to": "2026"}


PROGRAMME = {
    "kind": "national",
    "name": "Chương trình mới",
    "code": "GNBV-2021-2025",
    "levels": "Dự án\nTiểu dự án",
    "valid_from": "01/01/2021",
}


PART = {"code": "95", "official_name": "Dự án mới", "for_wards": "on"}


def _ward_project_key(place: Place) -> dict:
    return {"pk": place.ward.ward_project.pk}


def _ward_project(place: Place) -> dict:
    return {"version": WardProject.objects.get(pk=place.ward.ward_project.pk).version}


def _assignments(place: Place) -> dict:
    """A project that the ward takes on."""
    line = f"p{place.ward.idle_project.pk}"
    return {"reach": "only", f"{line}-seen": 0, f"{line}-is_taken_on": "on"}


def _support_row(place: Place) -> Support:
    return Support.objects.filter(household=place.village.first).earliest("pk")


def _list_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        found = HandoverList.objects.get(pk=getattr(place.ward, name).pk)
        return {"version": found.version, **more}

    return payload


def _seen_lists(place: Place) -> dict:
    """The lists that a page of this moment shows last."""
    return {"seen": Handover.objects.filter(ward=place.ward.area).latest("pk").pk}


def _planned_publication(place: Place) -> dict:
    found = place.ward.publication
    return {"year": 2026, "pk": found.rule_id, "occasion": found.occasion}


def _publication_version(place: Place) -> dict:
    return {"version": Publication.objects.get(pk=place.ward.publication.pk).version}


def _support(place: Place) -> Address:
    return {"pk": _support_row(place).pk}


def single_gift(place: Place) -> dict:
    """One more of what the household has already, which takes both reasons."""
    return {
        "key": FORM_KEY,
        "kind_choice": place.ward.support_kind.pk,
        "ward_project": place.ward.ward_project.pk,
        "state": "delivered",
        "on": "19/11/2026",
        "quantity": "3",
        "confirmation": "Biên bản họp xét",
        "repeat_reason": "Đợt hai",
    }


PROJECTS: dict[str, Pattern] = {
    "projects:project_list": Pattern(),
    "projects:project_detail": Pattern(address=_project),
    "projects:project_new": Pattern(
        methods=FORM,
        address=lambda place: {"pk": place.ward.idle_project.pk, "year": 2026},
        payload=lambda place: {"year_from": "2026", "year_to": "2026"},
        shows=False,
    ),
    "projects:project_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_ward_project_key,
        payload=lambda place: _ward_project(place) | {"year_from": "2025", "year_to": "2029"},
    ),
    "projects:project_leave": Pattern(
        methods=FORM,
        reach="ward",
        # The last year of its term, in which nothing was planned, paid or given.
        address=lambda place: _ward_project_key(place) | {"year": 2030},
        payload=_ward_project,
    ),
    "projects:unit_work": Pattern(),
    "projects:activity_new": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: _ward_project_key(place) | {"year": 2026},
        payload=lambda place: {"key": FORM_KEY, "name": "Tập huấn"},
        shows=False,
    ),
    "projects:activity_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"name": "Tập huấn"},
    ),
    "projects:activity_report": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"done_on": "02/01/2026"},
    ),
    "projects:activity_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"reason": "Không làm nữa"},
    ),
    "projects:programme_list": Pattern(shows=False),
    "projects:programme_detail": Pattern(address=programme, shows=False),
    # The world has a second ward, whose administrator has to agree.
    "projects:programme_new": Pattern(
        methods=FORM, payload=lambda place: PROGRAMME | {"code": "MOI"}, posted=422, shows=False
    ),
    "projects:programme_edit": Pattern(
        methods=FORM,
        address=programme,
        payload=lambda place: PROGRAMME | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:part_new": Pattern(
        methods=FORM, address=programme, payload=lambda place: PART, posted=422, shows=False
    ),
    "projects:part_below": Pattern(
        methods=FORM, address=_project, payload=lambda place: PART, posted=422, shows=False
    ),
    "projects:part_edit": Pattern(
        methods=FORM,
        address=_project,
        payload=lambda place: PART | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:assignment_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2026}, payload=_assignments
    ),
    "projects:assignment_copy": Pattern(
        methods=POST_ALONE, address=lambda place: {"year": 2031}, shows=False
    ),
    "projects:duty_list": Pattern(),
    "projects:duty_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "duty": "money",
            "unit": place.ward.unit.pk,
            "valid_from": "19/11/2026",
        },
    ),
    "projects:duty_end": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.duty.pk},
        payload=lambda place: {
            "version": UnitDuty.objects.get(pk=place.ward.duty.pk).version,
            "last_day": "19/11/2026",
            **REASON,
        },
    ),
    "projects:donation_list": Pattern(),
    "projects:donation_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "way": "in",
            "fund": "for_the_poor",
            "amount": "5.000.000",
            "dated": "19/11/2026",
            "party": "Công ty B",
            "purpose": "Ủng hộ",
        },
        shows=False,
    ),
    "projects:donation_reverse": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.donation.pk},
        payload=lambda place: REASON,
    ),
    "projects:livelihood_procedure_list": Pattern(shows=False),
    "projects:livelihood_procedure_new": Pattern(
        methods=FORM, payload=lambda place: PROCEDURE, posted=422, shows=False
    ),
    "projects:livelihood_procedure_edit": Pattern(
        methods=FORM,
        address=lambda place: {"pk": place.ward.procedure.pk},
        payload=lambda place: PROCEDURE | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:livelihood_list": Pattern(),
    "projects:livelihood_detail": Pattern(reach="ward", address=_livelihood),
    "projects:livelihood_new": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: _ward_project_key(place) | {"year": 2026},
        payload=lambda place: LIVELIHOOD | {"key": FORM_KEY},
        shows=False,
    ),
    "projects:livelihood_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=_livelihood_version(**LIVELIHOOD),
    ),
    "projects:livelihood_stop": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=_livelihood_version(on="19/11/2026", reason="Dịch bệnh"),
    ),
    "projects:livelihood_step": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=lambda place: {
            "key": FORM_KEY,
            "stage": "meeting",
            "on": "19/11/2026",
            "document": "Biên bản",
        },
    ),
    "projects:livelihood_step_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": _livelihood_step(place).pk},
        payload=lambda place: {"version": _livelihood_step(place).version} | REASON,
    ),
    "projects:livelihood_member_new": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Hợp tác xã",
            "joined_on": "19/11/2026",
        },
    ),
    "projects:livelihood_member_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _livelihood_member(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _livelihood_member(place).version},
    ),
    "projects:money_year": Pattern(),
    "projects:money_project": Pattern(reach="ward", address=_money_of_project),
    "projects:entry_new": Pattern(
        methods=FORM, reach="ward", address=_money_of_project, payload=_entry
    ),
    "projects:money_export": Pattern(),
    "projects:money_template": Pattern(shows=False),
    # The file is missing, which is told whoever may post.
    "projects:money_import": Pattern(
        methods=FORM, payload=lambda place: {"file": ""}, posted=422, shows=False
    ),
    # A preview that nobody made is told whoever may post.
    "projects:money_import_save": Pattern(
        methods=POST_ALONE, payload=lambda place: {"table": "x"}, posted=422, shows=False
    ),
    "projects:entry_reverse": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.entry.pk},
        payload=lambda place: REASON,
    ),
    "projects:handover_list": Pattern(),
    "projects:handover_detail": Pattern(reach="ward", address=waiting_list),
    "projects:handover_make": Pattern(methods=POST_ALONE, payload=_seen_lists, shows=False),
    "projects:handover_send": Pattern(
        methods=FORM,
        reach="ward",
        address=waiting_list,
        payload=_list_version("waiting_list", sent_on="20/11/2026", sent_to="Bảo hiểm xã hội"),
    ),
    "projects:handover_answer": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.sent_list.pk},
        payload=_list_version("sent_list", answered_on="20/11/2026", answer="Đã cấp"),
    ),
    "projects:publicity_plan": Pattern(),
    "projects:publication_list": Pattern(),
    "projects:publicity_supports": Pattern(),
    "projects:publication_new": Pattern(
        methods=FORM,
        reach="ward",
        address=_planned_publication,
        payload=lambda place: {
            "key": FORM_KEY,
            "posted_from": "20/11/2026",
            "evidence": "Biên bản niêm yết",
        },
    ),
    "projects:publication_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.publication.pk},
        payload=lambda place: _publication_version(place) | REASON,
    ),
    "projects:support_list": Pattern(),
    "projects:need_gap": Pattern(shows=False),
    # Nothing is ticked.
    "projects:need_met": Pattern(methods=FORM, posted=422, shows=False),
    "projects:support_kinds": Pattern(shows=False),
    "projects:support_kind_detail": Pattern(address=_support_kind, shows=False),
    # The world has a second ward, whose administrator has to agree.
    "projects:support_kind_new": Pattern(
        methods=FORM,
        payload=lambda place: SUPPORT_KIND | {"code": "de-giong"},
        posted=422,
        shows=False,
    ),
    "projects:support_kind_edit": Pattern(
        methods=FORM,
        address=_support_kind,
        payload=lambda place: SUPPORT_KIND | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:support_detail": Pattern(reach="village", address=_support),
    "projects:support_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    # The kind is missing, which is told whoever may post.
    "projects:support_new": Pattern(
        methods=FORM, payload=lambda place: {"key": FORM_KEY}, posted=422
    ),
    "projects:support_household": Pattern(
        methods=FORM, reach="village", address=household, payload=single_gift
    ),
    # The address says for what and for when the list is; here it says nothing.
    "projects:support_batch": Pattern(methods=FORM, posted=200, shows=False),
    # Nothing is ticked.
    "projects:support_deliver": Pattern(
        methods=FORM, payload=lambda place: {"on": "19/11/2026"}, posted=422
    ),
    "projects:support_acknowledge": Pattern(
        methods=FORM, payload=lambda place: {"on": "19/11/2026"}, posted=422
    ),
    "projects:support_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=_support,
        payload=lambda place: {"version": _support_row(place).version} | REASON,
    ),
}
