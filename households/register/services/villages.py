"""Acts on the villages of a ward: renaming one, merging several. Their households go along."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import F

from households.choices import WITHOUT_RESULT, EventKind
from households.ledger.selectors.classes import last_village_change, populations
from households.models import (
    AreaYear,
    CampaignVillage,
    Household,
    HouseholdEvent,
    ReviewRequest,
)
from households.register.services.events import locked_faults
from povertyplan.core import clock, locks
from povertyplan.core.accounts.village_roles import hand_over, roles_in
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

BATCH = 500
CODE_DIGITS = 2
REASON_MISSING = "Nhập lý do, căn cứ."


@audit.business_act(label="Đổi tên thôn, tổ dân phố")
def rename_village(
    *, village: Area, name: str, seen_name: str, on: date, reason: str, by: User
) -> Area:
    """Give a village another name. `seen_name` is the one the form showed.

    The village stays the same, so figures of earlier days carry the new name; issued documents
    keep what they printed.
    """
    name, reason = normalise_text(name), stated_reason(reason, REASON_MISSING)
    current = locks.hold(Area.objects.all()).get(pk=village.pk)
    if current.name != seen_name:
        raise ValidationError(f"Thôn này vừa được đổi tên thành {current.name}. Xem lại tên mới.")
    if name == current.name:
        raise ValidationError({"name": "Nhập một tên khác tên đang dùng."})
    ward = cast(Area, current.parent)  # every village has one
    faults = [*village_name_faults(ward, name, [current]), *village_day_faults(ward.pk, on)]
    _refuse(faults)
    Area.objects.filter(pk=current.pk).update(name=name, version=F("version") + 1)
    current.refresh_from_db()
    record_village_events(households_in([current]), EventKind.VILLAGE_RENAMED, on, by)
    audit.record(
        current,
        f"Đổi tên {seen_name} thành {name} từ ngày {formatting.day(on)}.",
        ward=current.parent,
        reason=reason,
    )
    return current


@audit.business_act(label="Nhập thôn, tổ dân phố")
def merge_villages(
    *,
    ward: Area,
    villages: Sequence[Area],
    name: str,
    code: str = "",
    setting: str,
    on: date,
    staying: Collection[User] = (),
    by: User,
) -> Area:
    """Make one village of several: it exists from `on`, they until the day before.

    Every household in them moves by an event; a total is what it was for every day. Roles in the
    old villages end; only those of `staying` go on in the new one, whose households they will see.
    Refused while a review lists one of them, because its forms belong to the old villages.
    """
    name, code = normalise_text(name), normalise_text(code)
    keys = {each.pk for each in villages}
    held = list(locks.hold(Area.objects.filter(pk__in=[ward.pk, *keys])))
    villages = [each for each in held if each.pk in keys]
    _refuse(
        [
            *_merge_faults(ward, villages, on),
            *_staying_faults(villages, staying),
            *village_name_faults(ward, name, villages),
            *_code_faults(ward, code, villages),
            *village_day_faults(ward.pk, on),
        ]
    )
    Area.objects.filter(pk__in=[each.pk for each in villages]).update(
        valid_to=on - timedelta(days=1), version=F("version") + 1
    )
    new = Area.objects.create(
        kind=AreaKind.VILLAGE,
        parent=ward,
        name=name,
        code=code or next_code(ward),
        setting=setting,
        order=min(each.order for each in villages),
        valid_from=on,
    )
    new.path = new.path_below_parent()
    new.save(update_fields=["path"])
    new.predecessors.set(villages)
    households = households_in(villages)
    record_village_events(households, EventKind.VILLAGE_MERGED, on, by, from_their_village=True)
    ReviewRequest.objects.waiting().filter(village__in=villages).update(
        village=new, version=F("version") + 1
    )
    Household.objects.filter(pk__in=[each.pk for each in households]).update(
        village=new, version=F("version") + 1
    )
    _add_up_population(ward, villages, new, on)
    hand_over(villages=villages, heirs={new: staying}, because="thôn được nhập", by=by)
    names = ", ".join(each.name for each in villages)
    audit.record(
        new,
        f"Nhập {names} thành {name} từ ngày {formatting.day(on)}; "
        f"{len(households)} hộ chuyển theo.",
        ward=ward,
    )
    return new


def households_in(villages: Sequence[Area]) -> list[Household]:
    return list(Household.objects.filter(village__in=villages, closed_on=None))


def record_village_events(
    households: Sequence[Household],
    kind: EventKind,
    on: date,
    by: User,
    *,
    from_their_village: bool = False,
) -> None:
    """One event for each household, on the day or when it came into the village after it."""
    came = last_village_change([household.pk for household in households])
    HouseholdEvent.objects.bulk_create(
        [
            HouseholdEvent(
                ward_id=household.ward_id,
                household=household,
                kind=kind,
                happened_on=max(on, household.opened_on, came.get(household.pk, on)),
                recorded_at=clock.now(),
                recorded_by=by,
                from_village_id=household.village_id if from_their_village else None,
            )
            for household in households
        ],
        batch_size=BATCH,
    )


def next_code(ward: Area, given: Collection[str] = ()) -> str:
    """The number after the highest one, so that files and lists can name the village.

    Codes of villages that ended count, and those that are `given` in the same act. The act holds
    the ward, so that nobody else counts at the same time.
    """
    present = Area.objects.filter(parent=ward).values_list("code", flat=True)
    codes = {*present, *given}
    numbers = [int(code) for code in codes if code.isascii() and code.isdigit()]
    return f"{max(numbers, default=0) + 1:0{CODE_DIGITS}}"


def _add_up_population(ward: Area, villages: Sequence[Area], new: Area, on: date) -> None:
    """The new village begins with the population of the old ones, where each is known."""
    found = [populations(area=village, days=[on])[on] for village in villages]
    latest = [row for row in found if row is not None]
    if len(latest) < len(found):
        return
    AreaYear.objects.create(
        ward=ward,
        area=new,
        on=on,
        households=sum(row.households for row in latest),
        persons=_sum_of_known([row.persons for row in latest]),
        minority_households=_sum_of_known([row.minority_households for row in latest]),
        minority_persons=_sum_of_known([row.minority_persons for row in latest]),
        source="Cộng từ các thôn, tổ dân phố đã nhập",
    )


def _sum_of_known(figures: Sequence[int | None]) -> int | None:
    """None where one of them is not known."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None


def _merge_faults(ward: Area, villages: Sequence[Area], on: date) -> Iterator[str]:
    if len(villages) < 2:
        yield "Chọn ít nhất hai thôn, tổ dân phố để nhập."
    for village in villages:
        if village.kind != AreaKind.VILLAGE or village.parent_id != ward.pk:
            yield f"{village.name} không phải là thôn, tổ dân phố của {ward.name}."
        elif village.valid_to is not None:
            yield f"{village.name} đã kết thúc trước đó."
        elif village.valid_from is not None and village.valid_from >= on:
            yield f"{village.name} có từ ngày {formatting.day(village.valid_from)}."
    reviewed = CampaignVillage.objects.filter(
        village__in=villages, campaign__stage__in=WITHOUT_RESULT
    )
    if row := reviewed.select_related("campaign").first():
        yield f"{row.campaign} chưa được công nhận. Nhập thôn sau khi công nhận kết quả."


def _staying_faults(villages: Sequence[Area], staying: Collection[User]) -> Iterator[str]:
    here = {grant.user_id for grant in roles_in(villages)}
    for user in staying:
        if user.pk not in here:
            yield f"{user} không có vai trò ở các thôn, tổ dân phố được nhập."


def village_name_faults(ward: Area, name: str, leaving_out: Sequence[Area]) -> Iterator[str]:
    others = Area.objects.villages_of(ward).exclude(pk__in=[each.pk for each in leaving_out])
    if not name:
        yield "Nhập tên thôn, tổ dân phố."
    elif fault := name_fault(name):
        yield f"Tên “{name}” {fault}."
    elif others.filter(name=name).exists():
        yield f"{name} đã có trong {ward.name}."


def _code_faults(ward: Area, code: str, leaving_out: Sequence[Area]) -> Iterator[str]:
    others = Area.objects.villages_of(ward).exclude(pk__in=[each.pk for each in leaving_out])
    if code and others.filter(code=code).exists():
        yield f"Mã {code} đã có trong {ward.name}."


def village_day_faults(ward_id: int, on: date) -> Iterator[str]:
    if on > clock.today():
        yield "Ngày xảy ra không được sau ngày hôm nay."
    yield from locked_faults(ward_id, on)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise ValidationError(list(faults))
