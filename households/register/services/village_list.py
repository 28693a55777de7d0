"""The list of a ward's villages: adding them, correcting one, ending one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Max

from households.choices import WITHOUT_RESULT
from households.models import (
    AreaYear,
    CampaignVillage,
    Household,
    HouseholdEvent,
    ReviewRequest,
)
from households.register.services.events import locked_faults
from households.register.services.villages import REASON_MISSING, next_code
from povertyplan.core import clock, locks
from povertyplan.core.accounts.village_roles import roles_in
from povertyplan.core.choices import AreaKind, Setting
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.form_faults import FormFaults, beginning_faults
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text, upper_first

LONGEST_NAME, LONGEST_CODE = 120, 10
CODE_MISSING = "Nhập mã thôn, tổ dân phố."
REVIEW_RUNS = "{campaign} chưa được công nhận. Đổi khu vực sau khi công nhận kết quả."


@dataclass(frozen=True)
class NewVillage:
    """A village to be added. Without `code` and `order` it follows the last one of the ward."""

    name: str
    setting: str
    code: str = ""
    order: int | None = None
    row: int | None = None  # of the list it was pasted in


@audit.business_act(label="Thêm thôn, tổ dân phố")
def add_villages(
    *, ward: Area, villages: Sequence[NewVillage], valid_from: date | None, key: str, by: User
) -> Area:
    """Add villages to a ward, all or none. `valid_from` is None for those that always were."""

    def create() -> Area:
        held = locks.hold(Area.objects.all()).get(pk=ward.pk)
        existing = list(Area.objects.villages_of(held))
        _refuse_new(villages, existing, valid_from)
        given = {normalise_text(village.code) for village in villages}
        last = max((village.order for village in existing), default=0)
        for village in villages:
            last = last + 1 if village.order is None else village.order
            code = normalise_text(village.code) or next_code(held, given)
            _add(held, village, code=code, order=last, valid_from=valid_from)
        return held

    return once(
        key=key,
        act=add_villages.name,
        content={"villages": [astuple(each) for each in villages], "from": valid_from},
        model=Area,
        create=create,
        by=by,
    )


@audit.business_act(label="Sửa mã, khu vực, thứ tự của thôn")
def correct_village(
    *,
    village: Area,
    code: str,
    setting: str,
    order: int,
    reason: str,
    version: int | None,
    by: User,
) -> Area:
    """Correct what a village is listed with. Its setting stays while a review of it runs."""
    code, reason = normalise_text(code), stated_reason(reason, REASON_MISSING)
    if not code:
        raise ValidationError({"code": CODE_MISSING})
    ward = cast(Area, village.parent)
    others = Area.objects.villages_of(ward).exclude(pk=village.pk)
    taken = {each.code: f"đã có trong {ward}" for each in others}
    if faults := [upper_first(sentence) for _, sentence in _code_faults(code, taken)]:
        raise ValidationError({"code": faults})
    if (code, setting, order) == (village.code, village.setting, village.order):
        raise ValidationError(versions.NOTHING_CHANGED)
    if setting != village.setting and (row := running_review(village)):
        raise ValidationError({"setting": REVIEW_RUNS.format(campaign=row.campaign)})
    versions.update(village, version=version, code=code, setting=setting, order=order)
    audit.record(
        village,
        f"Sửa {village}: mã {code}, khu vực {village.get_setting_display()}, thứ tự {order}.",
        ward=ward,
        reason=reason,
    )
    return village


@audit.business_act(label="Kết thúc thôn, tổ dân phố")
def end_village(
    *, village: Area, last_day: date, reason: str, version: int | None, by: User
) -> Area:
    """Let a village end with `last_day`, once nothing uses it any more."""
    reason = stated_reason(reason, REASON_MISSING)
    ward = cast(Area, village.parent)
    list(locks.hold(Area.objects.filter(pk__in=[ward.pk, village.pk])))
    if last_day > clock.today():
        raise ValidationError({"last_day": "Ngày cuối không được sau ngày hôm nay."})
    if village.valid_from is not None and last_day < village.valid_from:
        day = formatting.day(village.valid_from)
        raise ValidationError({"last_day": f"{village} có từ ngày {day}."})
    faults = [
        *village_uses(village),
        *_later_faults(village, last_day),
        *locked_faults(ward.pk, last_day),
    ]
    if faults:
        raise ValidationError(faults)
    versions.update(village, version=version, valid_to=last_day)
    audit.record(
        village,
        f"{village} kết thúc, hết ngày {formatting.day(last_day)}.",
        ward=ward,
        reason=reason,
    )
    return village


def village_uses(village: Area) -> Iterator[str]:
    """What must be settled before a village can end, a sentence each."""
    if count := Household.objects.filter(village=village, closed_on=None).count():
        yield (
            f"{village} còn {formatting.number(count)} hộ trong sổ. Chuyển các hộ sang thôn khác, "
            "hoặc dùng Nhập thôn, Tách thôn."
        )
    if row := running_review(village):
        yield f"{village} đang trong {row.campaign}, chưa được công nhận."
    if count := ReviewRequest.objects.waiting().filter(village=village).count():
        yield f"{village} còn {formatting.number(count)} giấy đề nghị chưa giải quyết."
    holders = list(dict.fromkeys(str(grant.user) for grant in roles_in([village])))
    if holders:
        yield f"Còn người giữ vai trò ở {village}: {', '.join(holders)}. Kết thúc vai trò trước."


def _later_faults(village: Area, last_day: date) -> Iterator[str]:
    """What the register keeps of the village after the day on which it should end."""
    left = HouseholdEvent.objects.filter(from_village=village).aggregate(day=Max("happened_on"))
    closed = Household.objects.filter(village=village).aggregate(day=Max("closed_on"))
    # A household is elsewhere on the day of its event; the day before was its last one here.
    departures = [day for day in (left["day"], closed["day"]) if day is not None]
    if departures and last_day < (last_lived := max(departures) - timedelta(days=1)):
        yield (
            f"{village} còn hộ đến hết ngày {formatting.day(last_lived)}. "
            "Ngày cuối không được trước ngày này."
        )
    total = AreaYear.objects.filter(area=village).aggregate(day=Max("on"))["day"]
    if total is not None and last_day < total:
        yield (
            f"{village} có tổng số hộ ngày {formatting.day(total)}. "
            "Ngày cuối không được trước ngày này."
        )


def running_review(village: Area) -> CampaignVillage | None:
    rows = CampaignVillage.objects.filter(village=village, campaign__stage__in=WITHOUT_RESULT)
    return rows.select_related("campaign").first()


def _refuse_new(
    villages: Sequence[NewVillage], existing: Collection[Area], valid_from: date | None
) -> None:
    """Raise every fault: at its field for one village, with its line for a pasted list."""
    names = {village.name.casefold(): "đã có trong phường, xã" for village in existing}
    codes = {village.code: "đã có trong phường, xã" for village in existing if village.code}
    faults = FormFaults()
    faults.add(beginning_faults(valid_from))
    for village in villages:
        faults.add(_faults(village, names, codes), row=village.row)
        there = f"đã có ở dòng {village.row}"
        names.setdefault(normalise_text(village.name).casefold(), there)
        if code := normalise_text(village.code):
            codes.setdefault(code, there)
    faults.refuse()


def _faults(
    village: NewVillage, names: dict[str, str], codes: dict[str, str]
) -> Iterator[tuple[str, str]]:
    yield from _name_faults(normalise_text(village.name), names)
    yield from _code_faults(normalise_text(village.code), codes)
    if village.setting not in Setting.values:
        yield "setting", "khu vực ghi “nông thôn” hoặc “thành thị”."


def _name_faults(name: str, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not name:
        yield "name", "thiếu tên thôn, tổ dân phố."
    elif fault := name_fault(name):
        yield "name", f"tên “{name}” {fault}."
    elif not any(letter.isalpha() for letter in name):
        yield "name", f"tên “{name}” không có chữ nào."
    elif len(name) > LONGEST_NAME:
        yield "name", f"tên dài quá {LONGEST_NAME} ký tự."
    elif name.casefold() in names:
        yield "name", f"{name} {names[name.casefold()]}."


def _code_faults(code: str, codes: dict[str, str]) -> Iterator[tuple[str, str]]:
    if len(code) > LONGEST_CODE:
        yield "code", f"mã dài quá {LONGEST_CODE} ký tự."
    elif code and (fault := name_fault(code)):
        yield "code", f"mã “{code}” {fault}."
    elif code and code in codes:
        yield "code", f"mã {code} {codes[code]}."


def _add(
    ward: Area, village: NewVillage, *, code: str, order: int, valid_from: date | None
) -> None:
    area = Area.objects.create(
        kind=AreaKind.VILLAGE,
        parent=ward,
        name=normalise_text(village.name),
        code=code,
        setting=village.setting,
        order=order,
        valid_from=valid_from,
    )
    area.path = area.path_below_parent()
    area.save(update_fields=["path"])
    since = f" từ ngày {formatting.day(valid_from)}" if valid_from else ""
    audit.record(
        area,
        f"Thêm {area} (mã {code}, {area.get_setting_display()}){since}.",
        ward=ward,
    )
