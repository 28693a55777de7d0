"""Acts on accounts: one's own password; users and their roles, by administrators of the area."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock, locks
from povertyplan.core.accounts import one_time
from povertyplan.core.accounts.selectors import administered_paths, looks_after
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

NOT_YOURS = "Tài khoản này còn vai trò ngoài địa bàn bạn quản trị."
NOT_YOUR_AREA = "Bạn chỉ giao và kết thúc vai trò trong địa bàn mình quản trị."
NOT_YOURSELF = "Không tự làm việc này với tài khoản của mình; nhờ quản trị viên khác."
ONLY_IN_VILLAGES = "Ở thôn, tổ dân phố chỉ giao được vai trò Rà soát viên."
UNIT_MISSING = "Vai trò Cán bộ đơn vị cần chọn đơn vị."
UNIT_ELSEWHERE = "Đơn vị này không thuộc phường, xã của địa bàn đã chọn."
FROM_THE_PAST = "Ngày bắt đầu không được trước hôm nay, {today}."
DATES_CROSSED = "Ngày kết thúc không được trước ngày bắt đầu."
HELD_ALREADY = "Người này đã có vai trò đó ở địa bàn này trong thời gian đã chọn."
USERNAME_TAKEN = "Tên đăng nhập này đã có người dùng."
ENDED_ALREADY = "Vai trò này đã kết thúc từ {day}."
ENDS_TOO_LATE = "Ngày cuối không được sau ngày kết thúc đã định, {day}."


@audit.business_act(label="Đổi mật khẩu")
def change_own_password(*, digest: str, by: User) -> User:
    """Give `by` a new password that was checked already; every other session of theirs ends."""
    by.password, by.one_time_until = digest, None
    by.save(update_fields=["password", "one_time_until"])
    audit.record(by, f"{by} đổi mật khẩu của mình.", ward=by.ward)
    return by


@dataclass(frozen=True)
class NewRole:
    """A role to be given: in an area, for a unit where the role needs one, dated."""

    role: Role
    area: Area
    valid_from: date
    valid_to: date | None = None
    unit: Unit | None = None


@audit.business_act(label="Thêm người dùng")
def add_user(
    *,
    username: str,
    full_name: str,
    job_title: str,
    first_role: NewRole,
    key: str,
    by: User,
) -> User:
    """Add a user with a first role; no password opens the account until one is issued."""

    def create() -> User:
        _check_role(first_role, _administrator(by))
        _check_names(full_name, job_title)
        try:
            with transaction.atomic():
                user = User.objects.create(
                    username=username,
                    full_name=normalise_text(full_name),
                    job_title=normalise_text(job_title),
                    password=make_password(None),
                )
        except IntegrityError:
            raise ValidationError({"username": USERNAME_TAKEN}) from None
        grant = _give(user, first_role, by)
        _record_account_act(user, f"{by} thêm người dùng {user}: {grant}.", grant.area)
        return user

    content = {"username": username, "full_name": full_name, "job_title": job_title}
    return once(
        key=key,
        act=add_user.name,
        content=content | _content(first_role),
        model=User,
        create=create,
        by=by,
    )


@audit.business_act(label="Lập tài khoản quản trị", source="command")
def create_administrator(
    *,
    username: str,
    full_name: str,
    password: str,
    one_time_until: datetime | None,
    ward: Area | None,
    by: User | None,
) -> User:
    """Make an administrator from the command line; without a ward, one who may set up the first.

    `password` was checked already. `one_time_until` is set where it must be changed at once.
    """
    if User.objects.filter(username=username).exists():
        raise ValidationError({"username": USERNAME_TAKEN})
    _check_names(full_name, "")
    user = User.objects.create(
        username=username,
        full_name=normalise_text(full_name),
        password=make_password(password),
        one_time_until=one_time_until,
    )
    if ward is not None:
        _give(user, NewRole(Role.ADMINISTRATOR, ward, clock.today()), by)
    summary = f"Lập tài khoản quản trị {user} bằng lệnh trên máy chủ."
    _record_account_act(user, summary, ward)
    return user


@audit.business_act(label="Giao vai trò")
def grant_role(
    *,
    user: User,
    new_role: NewRole,
    version: int | None,
    key: str,
    by: User,
) -> RoleGrant:
    """Give a user one more role inside the administrator's areas."""

    def create() -> RoleGrant:
        _check_role(new_role, _administrator(by, on=user))
        versions.update(user, version=version)
        _check_not_held(user, new_role)
        grant = _give(user, new_role, by)
        summary = f"{by} giao cho {user} vai trò {grant}, {_dates(grant)}."
        _record_account_act(user, summary, grant.area)
        return grant

    return once(
        key=key,
        act=grant_role.name,
        content={"user": user.pk, **_content(new_role)},
        model=RoleGrant,
        create=create,
        by=by,
    )


@audit.business_act(label="Kết thúc vai trò")
def end_role(*, grant: RoleGrant, last_day: date, version: int | None, by: User) -> RoleGrant:
    """Let a role end with `last_day`; one that would end before it began is taken back whole."""
    user, area = grant.user, grant.area
    administrator = _administrator(by, on=user)
    if not area.path.startswith(tuple(administered_paths(administrator))):
        raise ValidationError(NOT_YOUR_AREA)
    if grant.is_over(clock.today()):
        raise ValidationError(ENDED_ALREADY.format(day=formatting.day(grant.valid_to)))
    if last_day < clock.yesterday():
        raise ValidationError({"last_day": "Ngày cuối không được trước hôm qua."})
    if grant.valid_to is not None and last_day > grant.valid_to:
        day = formatting.day(grant.valid_to)
        raise ValidationError({"last_day": ENDS_TOO_LATE.format(day=day)})
    versions.update(user, version=version)
    words = str(grant)
    if last_day < grant.valid_from:
        grant.delete()
    else:
        grant.valid_to = last_day
        grant.save(update_fields=["valid_to"])
    summary = f"{by} kết thúc vai trò {words} của {user}, hết ngày {formatting.day(last_day)}."
    _record_account_act(user, summary, area)
    return grant


@audit.business_act(label="Ngừng tài khoản")
def disable_user(*, user: User, reason: str, version: int | None, by: User) -> User:
    """Close an account: every session of it ends, and the password is gone for good."""
    reason = stated_reason(reason, "Nhập lý do ngừng tài khoản.")
    area = _whole_account(user, by)
    if not user.is_active:
        raise ValidationError("Tài khoản này đã ngừng sử dụng.")
    versions.update(
        user, version=version, is_active=False, password=make_password(None), one_time_until=None
    )
    summary = f"{by} ngừng tài khoản của {user}."
    _record_account_act(user, summary, area, reason=reason)
    return user


@audit.business_act(label="Cho dùng lại tài khoản")
def enable_user(*, user: User, version: int | None, by: User) -> User:
    """Open a closed account again; it still needs a one-time password."""
    area = _whole_account(user, by)
    if user.is_active:
        raise ValidationError("Tài khoản này đang được sử dụng.")
    versions.update(user, version=version, is_active=True)
    _record_account_act(user, f"{by} cho dùng lại tài khoản của {user}.", area)
    return user


@audit.business_act(label="Cấp mật khẩu dùng một lần")
def issue_password(*, user: User, new: one_time.NewPassword, version: int | None, by: User) -> str:
    """Replace a user's password by a one-time one, which is returned and kept nowhere in clear.

    Every session of the user ends.
    """
    area = _whole_account(user, by)
    if not user.is_active:
        raise ValidationError("Tài khoản này đã ngừng sử dụng. Cho dùng lại trước.")
    versions.update(
        user,
        version=version,
        password=new.digest,
        one_time_until=clock.real_now() + one_time.VALID_FOR,
    )
    summary = f"{by} cấp mật khẩu dùng một lần cho {user}."
    _record_account_act(user, summary, area)
    return new.text


def _administrator(by: User, on: User | None = None) -> User:
    """`by` as the database knows them now; other acts of the same areas wait until this one ends.

    Nobody acts on the own account, so the administrator who acts remains. Two who disable each
    other at the same moment would both succeed without the wait, and leave none.
    """
    if on is not None and on.pk == by.pk:
        raise ValidationError(NOT_YOURSELF)
    held = by.grants.filter(role=Role.ADMINISTRATOR).values("area")
    list(locks.hold(Area.objects.filter(pk__in=held)))
    administrator = User.objects.get(pk=by.pk)
    return administrator.narrowed_to(
        [grant for grant in administrator.grants_today if grant.role == Role.ADMINISTRATOR]
    )


def _whole_account(user: User, by: User) -> Area | None:
    """The ward for the journal, where the whole account is `by`'s to look after."""
    administrator = _administrator(by, on=user)
    if not looks_after(administrator, user):
        raise ValidationError(NOT_YOURS)
    return user.ward or administrator.ward


def _check_role(new: NewRole, administrator: User) -> None:
    faults: dict[str, str] = {}
    if not new.area.path.startswith(tuple(administered_paths(administrator))):
        faults["area"] = NOT_YOUR_AREA
    elif new.area.kind == AreaKind.VILLAGE and new.role != Role.ENTRY_OFFICER:
        faults["role"] = ONLY_IN_VILLAGES
    if new.role == Role.UNIT_REPORTER and new.unit is None:
        faults["unit"] = UNIT_MISSING
    elif new.unit is not None and new.unit.ward_id != new.area.ward_id_of():
        faults["unit"] = UNIT_ELSEWHERE
    if new.valid_from < clock.today():
        faults["valid_from"] = FROM_THE_PAST.format(today=formatting.day(clock.today()))
    if new.valid_to is not None and new.valid_to < new.valid_from:
        faults["valid_to"] = DATES_CROSSED
    if faults:
        raise ValidationError(faults)


def _check_names(full_name: str, job_title: str) -> None:
    given = {"full_name": (full_name, True), "job_title": (job_title, False)}
    faults = {
        field: f"“{name}” {fault}."
        for field, (typed, is_person) in given.items()
        if (name := normalise_text(typed)) and (fault := name_fault(name, is_person=is_person))
    }
    if faults:
        raise ValidationError(faults)


def _check_not_held(user: User, new: NewRole) -> None:
    same = user.grants.filter(role=new.role, area=new.area, unit=new.unit)
    if new.valid_to is not None:
        same = same.filter(valid_from__lte=new.valid_to)
    if any(not grant.is_over(new.valid_from) for grant in same):
        raise ValidationError(HELD_ALREADY)


def _give(user: User, new: NewRole, by: User | None) -> RoleGrant:
    return RoleGrant.objects.create(
        user=user,
        role=new.role,
        area=new.area,
        unit=new.unit,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        granted_by=by,
    )


def _content(new: NewRole) -> dict[str, object]:
    """What a form says of a role, for the digest that tells a repeated form from another one."""
    return {
        "role": new.role,
        "area": new.area.pk,
        "unit": new.unit and new.unit.pk,
        "valid_from": new.valid_from,
        "valid_to": new.valid_to,
    }


def _dates(grant: RoleGrant) -> str:
    until = f" đến {formatting.day(grant.valid_to)}" if grant.valid_to else ""
    return f"từ {formatting.day(grant.valid_from)}{until}"


def _record_account_act(user: User, summary: str, area: Area | None, *, reason: str = "") -> None:
    """The line stands in the journal of the ward, also where the role is for a village."""
    ward = area if area is None or area.kind != AreaKind.VILLAGE else area.parent
    audit.record(user, summary, ward=ward, reason=reason)
