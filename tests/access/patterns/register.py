"""The register of households, its people, villages, needs and pledges."""

from collections.abc import Callable

from households.models import (
    HelperVisit,
    Household,
    HouseholdHelper,
    LowIncomeWorker,
    NeedKind,
    SupportNeed,
)
from tests.access.patterns.addresses import (
    ENDED_TODAY,
    FORM_KEY,
    REASON,
    household,
    pledge,
)
from tests.access.patterns.pattern import FORM, FORM_WITHOUT_HEAD, Address, Pattern, Place


def _total_row(place: Place) -> Address:
    return {"pk": place.ward.total.pk}


def _total(place: Place) -> dict:
    return {"area": "", **FIGURES, **TOTAL}


def _village_alone(place: Place) -> Address:
    return {"pk": place.village.area.pk}


def _need(place: Place) -> SupportNeed:
    return SupportNeed.objects.get(household=place.village.first)


def _helper(place: Place) -> HouseholdHelper:
    return pledge(place).helpers.earliest("pk")


def _visit(place: Place) -> HelperVisit:
    return pledge(place).visits.earliest("pk")


def _worker(place: Place) -> LowIncomeWorker:
    return LowIncomeWorker.objects.get(household=place.village.first)


def _needs(place: Place) -> dict:
    """A need that the household had before, and that has ended."""
    day = {"asked_on": "19/11/2026", "source": "officer"}
    return {"key": FORM_KEY, "chosen": [place.ward.need_kind.pk], **day}


def _insured(place: Place) -> dict:
    line = {f"p{place.village.member.pk}-insurance": "yes"}
    return {"as_of": "19/11/2026", "source": "household"} | line


def _member(place: Place) -> Address:
    return household(place) | {"membership_pk": place.village.member.memberships.earliest("pk").pk}


def _act(**more) -> Callable[[Place], dict]:
    """The version of the household as it stands now, and a key of a form of its own."""

    def payload(place: Place) -> dict:
        household = Household.objects.get(pk=place.village.first.pk)
        shown = {"version": household.version, "key": FORM_KEY, "on": "19/11/2026"}
        return shown | more

    return payload


def _relations(place: Place, *, member: str, head: str = "") -> dict:
    rows = place.village.first.memberships.all()
    chosen = {row.pk: head if row.is_head else member for row in rows}
    return {f"relation_{pk}": relation for pk, relation in chosen.items() if relation}


def _new_head(place: Place) -> dict:
    confirmed = _act(unusual_reason="Đã đối chiếu giấy tờ.")(place)
    return confirmed | _relations(place, member="head", head="parent")


def _split(place: Place) -> dict:
    new = {"code": "HN-999", "village": place.village.area.pk}
    return _act(**new)(place) | _relations(place, member="head")


def _without_village(place: Place) -> dict:
    entry = {"kind": "registered", "code": "HN-998", "opened_on": "19/11/2026"}
    return PERSON | entry | {"key": FORM_KEY}


PERSON = {"full_name": "Người Mới", "relation": "child", "birth": "19/11/2026", "sex": "male"}


FIGURES = {"households": "7000", "persons": "29000", "origin": "Công an phường"}


TOTAL = {"on": "30/06/2026", "origin": "Công an phường", "key": FORM_KEY}


PLEDGED = {"year": "2026", "pledged_on": "19/11/2026", "commitment": "Nuôi bò"}


REGISTER: dict[str, Pattern] = {
    "households:household_list": Pattern(),
    "households:household_detail": Pattern(
        reach="village", address=lambda place: {"pk": place.village.first.pk}
    ),
    "households:reveal_citizen_id": Pattern(
        methods=FORM_WITHOUT_HEAD,
        reach="village",
        address=lambda place: {
            "pk": place.village.first.pk,
            "person_pk": place.village.member.pk,
        },
        payload=lambda place: {"purpose": "review"},
        posted=200,
    ),
    # The village is one of the first ward: to a coordinator of another it is none of theirs.
    "households:household_new": Pattern(methods=FORM, payload=_without_village, posted=422),
    "households:household_edit": Pattern(
        methods=FORM, reach="village", address=household, payload=_act(code="HN-997")
    ),
    "households:household_events": Pattern(reach="village", address=household),
    "households:event_correct": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.village.first.pk,
            "event_pk": place.village.first.events.earliest("pk").pk,
        },
        payload=_act(
            decision="correct", on="17/05/2026", document="Giấy số 9", reason="Nhầm giấy tờ."
        ),
    ),
    "households:household_split": Pattern(
        methods=FORM, reach="village", address=household, payload=_split
    ),
    "households:household_merge": Pattern(
        # The household that is merged in is chosen by the address; here none is.
        methods=FORM,
        reach="village",
        address=household,
        payload=_act(),
        posted=200,
    ),
    "households:household_close": Pattern(
        methods=FORM, reach="village", address=household, payload=_act(reason="moved_out")
    ),
    "households:household_reopen": Pattern(
        # The households of the world are in the register: there is nothing to take back.
        methods=FORM,
        reach="village",
        address=household,
        payload=_act(reason="Ghi nhầm"),
        posted=422,
    ),
    "households:household_village": Pattern(
        methods=FORM,
        reach="village",
        address=household,
        payload=lambda place: _act(
            village=next(
                village.area.pk for village in place.ward.villages if village != place.village
            )
        )(place),
    ),
    "households:head_change": Pattern(
        methods=FORM, reach="village", address=household, payload=_new_head
    ),
    "households:member_add": Pattern(
        methods=FORM, reach="village", address=household, payload=_act(**PERSON)
    ),
    "households:birth_add": Pattern(
        methods=FORM, reach="village", address=household, payload=_act(**PERSON)
    ),
    "households:member_edit": Pattern(
        methods=FORM,
        reach="village",
        address=_member,
        # The invented number says something else than this person, which would be asked about.
        payload=_act(**(PERSON | {"birth": "01/01/2000"}), forgets_number="on"),
    ),
    "households:number_list": Pattern(shows=False),
    "households:number_settle": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _member(place)["membership_pk"]},
        payload=lambda place: {
            "version": _act()(place)["version"],
            "outcome": "wrong",
            "document": "Thẻ căn cước",
        },
    ),
    "households:member_move": Pattern(
        methods=FORM,
        reach="village",
        address=_member,
        payload=lambda place: _act(target=place.village.second.code, relation="child")(place),
    ),
    "households:member_leave": Pattern(
        methods=FORM, reach="village", address=_member, payload=_act(kind="death")
    ),
    "households:village_list": Pattern(),
    "households:holiday_list": Pattern(),
    "households:holiday_new": Pattern(
        methods=FORM,
        payload=lambda place: {"kind": "off", "name": "Nghỉ bù", "first": "23/11/2026"},
        shows=False,
    ),
    "households:holiday_proposals": Pattern(
        methods=FORM,
        payload=lambda place: {
            "take_2026-02-16": "on",
            "name_2026-02-16": "Tết Nguyên đán",
            "legal_reference": "Thông báo 1/TB-UBND",
        },
        shows=False,
    ),
    "households:holiday_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.holiday.pk},
    ),
    "households:population_list": Pattern(),
    "households:population_area": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.area.pk}
    ),
    # The area is one of the first ward: to a keeper of another it is none of theirs.
    "households:population_new": Pattern(methods=FORM, payload=_total, posted=422),
    "households:population_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Tổng cộng\t7000\t29000", **TOTAL},
        shows=False,
    ),
    "households:population_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_total_row,
        payload=lambda place: {"version": place.ward.total.version, **FIGURES, **REASON},
    ),
    "households:population_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_total_row,
        payload=lambda place: {"version": place.ward.total.version, **REASON},
    ),
    "households:village_detail": Pattern(reach="ward", address=_village_alone),
    "households:village_new": Pattern(
        methods=FORM,
        payload=lambda place: {"name": "Thôn Mới", "setting": "urban", "key": FORM_KEY},
        shows=False,
    ),
    "households:village_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Thôn Mới", "setting": "urban", "key": FORM_KEY},
        shows=False,
    ),
    "households:village_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "code": "999",
            "setting": place.village.area.setting,
            "order": "7",
            **REASON,
        },
    ),
    "households:village_rename": Pattern(
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "name": "Thôn Mới",
            "seen_name": place.village.area.name,
            "on": "19/11/2026",
            **REASON,
        },
    ),
    "households:village_split": Pattern(
        # The village is under review: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "first_name": "Thôn Trên",
            "first_setting": "rural",
            "second_name": "Thôn Dưới",
            "second_setting": "rural",
            "on": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "households:village_end": Pattern(
        # There are households in it: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "last_day": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "households:village_merge": Pattern(
        # The villages are under review: the form is answered with that sentence.
        methods=FORM,
        payload=lambda place: {
            "villages": [village.area.pk for village in place.ward.villages],
            "name": "Thôn Mới",
            "setting": "urban",
            "on": "19/11/2026",
        },
        posted=422,
    ),
    "households:window_list": Pattern(),
    "households:window_anchor": Pattern(
        methods=FORM_WITHOUT_HEAD,
        reach="village",
        address=lambda place: {"pk": place.village.second.statuses.get().pk},
        # The first spell of a household opens no window: the service says so in the form.
        payload=lambda place: {"anchor_on": "01/01/2025", **REASON},
        posted=422,
    ),
    "households:window_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:fact_list": Pattern(),
    "households:fact_household": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.first.pk},
        payload=_insured,
    ),
    # The village of the address; nothing is said of anybody.
    "households:fact_village": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.area.pk},
        payload=lambda place: {"as_of": "19/11/2026", "source": "household"},
        posted=422,
    ),
    "households:fact_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:need_list": Pattern(),
    "households:need_household": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.second.pk},
        payload=_needs,
    ),
    # The village of the address; nothing is ticked.
    "households:need_village": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.area.pk},
        payload=lambda place: {"key": FORM_KEY, "asked_on": "19/11/2026", "source": "officer"},
        posted=422,
    ),
    "households:need_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _need(place).pk},
        payload=lambda place: (
            {
                "version": _need(place).version,
                "outcome": "served",
                "on": "19/11/2026",
            }
            | REASON
        ),
    ),
    "households:need_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:need_kind_list": Pattern(),
    "households:need_kind_new": Pattern(
        methods=FORM, payload=lambda place: {"name": "Nuôi ong"}, shows=False
    ),
    "households:need_kind_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.need_kind.pk},
        payload=lambda place: {
            "name": "Nuôi ong",
            "version": NeedKind.objects.get(pk=place.ward.need_kind.pk).version,
        },
    ),
    "households:worker_list": Pattern(),
    # Somebody listed already, which is told whoever may post.
    "households:worker_new": Pattern(
        methods=FORM,
        reach="village",
        address=household,
        payload=lambda place: {
            "key": FORM_KEY,
            "person": place.village.member.memberships.earliest("pk").pk,
            "recognised_on": "19/11/2026",
            "document": "Danh sách",
        },
        posted=422,
    ),
    "households:worker_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _worker(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _worker(place).version},
    ),
    "households:worker_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:certificate_list": Pattern(),
    "households:certificate_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    # Each household has its number already, which is told whoever may post.
    "households:certificate_issue": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.campaigns["recognised"].pk},
        payload=lambda place: {"key": FORM_KEY, "issued_on": "19/11/2026"},
        posted=422,
    ),
    "households:pledge_list": Pattern(),
    "households:pledge_detail": Pattern(
        reach="village", address=lambda place: {"pk": pledge(place).pk}
    ),
    "households:pledge_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.second.pk},
        payload=lambda place: PLEDGED | {"key": FORM_KEY},
    ),
    "households:pledge_edit": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": pledge(place).pk},
        payload=lambda place: (
            PLEDGED
            | {"pledged_on": "02/03/2026", "version": pledge(place).version, "key": FORM_KEY}
        ),
    ),
    "households:pledge_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": pledge(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": pledge(place).version},
    ),
    "households:helper_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": pledge(place).pk},
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Lê Thị Hoa",
            "unit": place.ward.unit.pk,
            "task": "Hướng dẫn chăn nuôi",
            "from_on": "19/11/2026",
        },
    ),
    "households:helper_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _helper(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _helper(place).version},
    ),
    "households:visit_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": pledge(place).pk},
        payload=lambda place: {
            "key": FORM_KEY,
            "visited_on": "19/11/2026",
            "note": "Bò khỏe",
        },
    ),
    "households:visit_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _visit(place).pk},
        payload=lambda place: {"version": _visit(place).version} | REASON,
    ),
    "households:pledge_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:quality": Pattern(shows=False),
    "households:household_export": Pattern(
        methods=FORM,
        payload=lambda place: {"layout": "members", "purpose": "report"},
        posted=200,
    ),
}
