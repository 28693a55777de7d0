"""Acts on a ward itself: setting up the first one, changing how it is called and signs."""

from dataclasses import asdict, dataclass
from typing import cast

from django.core.exceptions import ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.areas import may_create_first_ward
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text

NAMES = ("province_name", "name", "place_line", "issuer")
NOT_FIRST = "Phường, xã đã được lập, hoặc tài khoản của bạn không được lập phường, xã."
OTHER_WARDS = "Còn phường, xã khác thuộc tỉnh, thành phố này, nên không sửa được ở đây."


@dataclass(frozen=True)
class WardInput:
    """A ward as its form describes it; `issuer` and `place_line` may be left to the name."""

    province_code: str
    province_name: str
    code: str
    name: str
    setting: str
    place_line: str = ""
    issuer: str = ""

    def province_values(self) -> dict[str, str]:
        return {"code": self.province_code, "name": normalise_text(self.province_name)}

    def values(self) -> dict[str, str]:
        return {
            "code": self.code,
            "name": normalise_text(self.name),
            "setting": self.setting,
            "place_line": normalise_text(self.place_line),
            "issuer": normalise_text(self.issuer),
        }


@audit.business_act(label="Lập phường, xã")
def create_ward(*, details: WardInput, key: str, by: User) -> Area:
    """Set up the first ward of a database; who does it becomes its administrator."""

    def create() -> Area:
        # Two first administrators wait for each other here, and the second one is refused.
        locks.wait_turn("first ward", "")
        if not may_create_first_ward(by):
            raise ValidationError(NOT_FIRST)
        _check_names(details)
        province = _place(Area(kind=AreaKind.PROVINCE, **details.province_values()))
        ward = _place(Area(kind=AreaKind.WARD, parent=province, **details.values()))
        RoleGrant.objects.create(
            user=by,
            role=Role.ADMINISTRATOR,
            area=ward,
            valid_from=clock.today(),
            granted_by=by,
        )
        audit.record(ward, f"{by} lập {ward}, {province} và nhận vai trò quản trị.", ward=ward)
        return ward

    return once(
        key=key, act=create_ward.name, content=asdict(details), model=Area, create=create, by=by
    )


@audit.business_act(label="Sửa thông tin phường, xã")
def change_ward(
    *, ward: Area, details: WardInput, reason: str, version: int | None, by: User
) -> Area:
    """Change what a ward is called and how its papers name it; issued papers keep theirs."""
    reason = stated_reason(reason, "Nhập lý do.")
    _check_names(details)
    province = cast(Area, ward.parent)
    changes_province = _differs(province, details.province_values())
    if not changes_province and not _differs(ward, details.values()):
        raise ValidationError(versions.NOTHING_CHANGED)
    versions.update(ward, version=version, **details.values())
    if changes_province:
        if province.children.exclude(pk=ward.pk).exists():
            raise ValidationError({"province_name": OTHER_WARDS})
        versions.update(province, version=province.version, **details.province_values())
    audit.record(ward, f"{by} sửa thông tin {ward}.", ward=ward, reason=reason)
    return ward


def _check_names(details: WardInput) -> None:
    found = {name: normalise_text(getattr(details, name)) for name in NAMES}
    faults = {
        name: f"“{text}” {fault}."
        for name, text in found.items()
        if text and (fault := name_fault(text))
    }
    if faults:
        raise ValidationError(faults)


def _place(area: Area) -> Area:
    """Save an area and put it into the tree."""
    area.save()
    area.path = area.path_below_parent()
    area.save(update_fields=["path"])
    return area


def _differs(area: Area, values: dict[str, str]) -> bool:
    return any(getattr(area, name) != value for name, value in values.items())
