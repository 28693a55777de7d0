"""Make an invented province, ward by ward; resume or remove one that was left half built.

The journal says what the province is to be (`begin_province`), and a ward that is there is whole:
each is one transaction. So what is missing is known, and nothing else is ever taken for it.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from households.models import Household
from povertyplan.core.choices import AreaKind, Role, Setting
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, AuditEvent, RoleGrant, User

from .people import (
    SERVES_FROM,
    InventedWard,
    invent_people,
    invent_places,
    invent_users,
)
from .programme import invent_programme
from .results import Reviewer
from .writing import analyse, empty_everything, set_sequences, triggers_aside

PROVINCE = ("00", "Tỉnh giả định")
FOREIGN = (
    "Cơ sở dữ liệu này đã có dữ liệu khác: không ghi gì vào đó. Hãy trỏ DATABASE_URL tới một cơ sở "
    "dữ liệu trống."
)
OTHER_SIZE = "Cơ sở dữ liệu này đang có một tỉnh giả định khác: {found} Xóa nó trước (--remove)."
HALF_BUILT = "Tỉnh giả định chưa đủ xã ({there}/{wanted}). Làm tiếp (--resume) hoặc xóa (--remove)."


@dataclass(frozen=True)
class Size:
    """What makes one province: the same words make the same people."""

    wards: int
    households: int
    seed: int

    def __str__(self) -> str:
        return f"{self.wards} xã, mỗi xã {self.households} hộ, hạt giống {self.seed}."


@dataclass(frozen=True)
class Progress:
    """That a ward was written: which one, and how many rows it has."""

    position: int
    rows: int


def make_province(
    *, size: Size, resume: bool = False, with_history: bool = True, password: str = ""
) -> Iterator[Progress]:
    """Write the wards that are missing, one after the other; yields each that is done.

    Raises ValidationError, before anything is written, for a database that holds anything else,
    and for a province half built unless it is to be resumed.
    """
    province = _province_to_fill(size, resume)
    there = set(Area.objects.filter(parent=province).values_list("code", flat=True))
    encoded = make_password(password or None)
    if not there and not User.objects.exists():
        add_administrator(area=province, password=encoded)
    for position in range(1, size.wards + 1):
        if _code(position) not in there:
            ward = add_invented_ward(
                province=province,
                position=position,
                size=size,
                with_history=with_history,
                password=encoded,
                source="command",
            )
            yield Progress(position, ward)
    analyse()


@transaction.atomic
def remove_province() -> None:
    """Empty the database of an invented province. Raises ValidationError for any other."""
    if _begun() is None:
        raise ValidationError(FOREIGN)
    empty_everything()


@audit.business_act(label="Tạo tỉnh giả định", source="command")
def begin_province(*, size: Size, by: User | None = None) -> Area:
    """Leave the line of the journal by which the province is known, and its area."""
    code, name = PROVINCE
    province = Area.objects.create(kind=AreaKind.PROVINCE, code=code, name=name)
    province.path = province.path_below_parent()
    province.save(update_fields=["path"])
    audit.record(province, str(size), ward=None)
    return province


@audit.business_act(label="Tạo người quản trị của tỉnh giả định", source="command")
def add_administrator(*, area: Area, password: str, by: User | None = None) -> None:
    user = User.objects.create(username="quantri", full_name="Quản trị", password=password)
    RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, area=area, valid_from=SERVES_FROM)


@audit.business_act(label="Tạo xã giả định", source="command")
def add_invented_ward(
    *,
    province: Area,
    position: int,
    size: Size,
    with_history: bool,
    password: str,
    by: User | None = None,
) -> int:
    """Write one ward whole; returns how many rows that were.

    Without history its rows leave none, and the journal says so.
    """
    area = Area.objects.create(
        kind=AreaKind.WARD,
        code=_code(position),
        name=f"Xã Giả Định {position}",
        setting=Setting.RURAL,
        parent=province,
        order=position,
        place_line=f"Giả Định {position}",
        issuer=f"Ủy ban nhân dân xã Giả Định {position}",
    )
    area.path = area.path_below_parent()
    area.save(update_fields=["path"])
    with nullcontext() if with_history else triggers_aside():
        rows = _fill(InventedWard(area, position, _chance(size, position)), size, password)
    extent = "có lịch sử từng dòng" if with_history else "không ghi lịch sử từng dòng"
    audit.record(area, f"Tạo {area} với {rows} dòng dữ liệu giả định, {extent}.", ward=area)
    return rows


def _fill(ward: InventedWard, size: Size, password: str) -> int:
    invent_places(ward, households=size.households)
    invent_users(ward, password=password)
    invent_people(ward, households=size.households, wards=size.wards)
    Reviewer(ward).write()
    invent_programme(ward)
    set_sequences(ward.tables)
    return sum(table.written for table in ward.tables)


def _chance(size: Size, position: int) -> Random:
    """A stream of chance for each ward, so that one resumed is the one that was interrupted."""
    return Random(f"{size.seed}/{position}")  # noqa: S311 -- the same people every time


def _code(position: int) -> str:
    return f"{position:05}"


def _begun() -> AuditEvent | None:
    """The line that says which province this database is for."""
    return AuditEvent.objects.filter(act=begin_province.name).order_by("pk").first()


def _province_to_fill(size: Size, resume: bool) -> Area:
    begun = _begun()
    if begun is None:
        if User.objects.exists() or Household.objects.exists() or Area.objects.exists():
            raise ValidationError(FOREIGN)
        call_command("load_reference", verbosity=0)
        return begin_province(size=size)
    if begun.summary != str(size):
        raise ValidationError(OTHER_SIZE.format(found=begun.summary))
    province = Area.objects.get(kind=AreaKind.PROVINCE, code=PROVINCE[0])
    there = province.children.count()
    if there < size.wards and not resume:
        raise ValidationError(HALF_BUILT.format(there=there, wanted=size.wards))
    return province
