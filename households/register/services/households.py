"""Acts on whole households: entering, correcting, moving, splitting, merging, leaving."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from households.choices import (
    ClosingReason,
    EventKind,
    MovementCause,
    PovertyClass,
    RelationToHead,
)
from households.ledger.selectors.classes import last_village_change
from households.ledger.services.spells import open_first_spell
from households.models import Household, HouseholdStatus, Membership
from households.register.services.closing import end_household
from households.register.services.events import (
    NO_DOCUMENT,
    SupportingDocument,
    begin_event,
    locked_faults,
    name_column,
    recognised_faults,
    record_event,
    refuse_value,
)
from households.register.services.kinship import confirm_first_head, confirm_kinship
from households.register.services.memberships import end_membership, start_membership
from households.register.services.registering import (
    MemberInput,
    code_faults,
    refuse_faults,
    register_household,
    village_faults,
)
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text

CAUSE_OF_ENTRY: Mapping[str, MovementCause] = {
    EventKind.REGISTERED: MovementCause.REGISTERED,
    EventKind.MOVED_IN: MovementCause.MOVED_IN,
}
PAPER_OF_CLASS: Mapping[str, str] = {
    EventKind.REGISTERED: "Ghi quyết định, giấy chứng nhận cho biết phân loại của hộ.",
    EventKind.MOVED_IN: "Ghi giấy tờ xác nhận phân loại của hộ ở nơi cũ.",
}
HEAD_OF_NEW = "Chọn một người làm chủ hộ của hộ mới."
HEAD_GOES = "Chủ hộ ở lại hộ cũ. Nếu chủ hộ tách đi, đổi chủ hộ trước."
NOBODY_STAYS = "Hộ cũ phải còn ít nhất một thành viên."


@dataclass(frozen=True)
class HouseholdInput:
    """What is written about a household itself."""

    code: str
    address: str = ""
    no_labour_capacity: bool = False


@audit.business_act(label="Ghi hộ mới vào sổ")
def enter_household(
    *,
    kind: str,
    ward: Area,
    village: Area,
    details: HouseholdInput,
    opened_on: date,
    head: MemberInput,
    initial_class: str = PovertyClass.NOT_POOR,
    key: str,
    paper: SupportingDocument = NO_DOCUMENT,
    unusual_reason: str = "",
    by: User,
) -> Household:
    """Put a household in the register with its head; `kind` is REGISTERED or MOVED_IN.

    The paper that tells the class is required for any class but not poor; a household that moved
    in brings the one its former commune recognised. A head who is rare needs `unusual_reason`.
    `key` makes a form sent twice write once.
    """
    _refuse_entry(ward, kind, opened_on, initial_class, paper)

    def create() -> Household:
        household = register_household(
            ward=ward,
            village=village,
            opened_on=opened_on,
            members=[head],
            initial_class=initial_class,
            cause=CAUSE_OF_ENTRY[kind],
            by=by,
            **asdict(details),
        )
        confirmed = confirm_first_head(head, on=opened_on, reason=unusual_reason)
        record_event(
            household,
            EventKind(kind),
            on=opened_on,
            summary=f"{EventKind(kind).label}: {normalise_text(head.full_name)} "
            f"(mã {household.code}).",
            paper=paper,
            **confirmed,
        )
        return household

    content = asdict(details) | asdict(replace(head, ethnic_group=None)) | asdict(paper)
    group = head.ethnic_group
    content |= {"kind": kind, "village": village.pk, "opened_on": opened_on}
    content |= {"class": initial_class, "ethnic_group": group.pk if group else None}
    return once(
        key=key, act=enter_household.name, content=content, model=Household, create=create, by=by
    )


def _refuse_entry(
    ward: Area, kind: str, opened_on: date, initial_class: str, paper: SupportingDocument
) -> None:
    if kind not in CAUSE_OF_ENTRY:
        refuse_value("Chọn lý do vào sổ.", "kind")
    if initial_class != PovertyClass.NOT_POOR and not normalise_text(paper.document):
        refuse_value(PAPER_OF_CLASS[kind], "document")
    faults = [*locked_faults(ward.pk, opened_on)]
    if initial_class != PovertyClass.NOT_POOR:
        faults += recognised_faults(ward.pk, opened_on)
    for fault in faults:
        refuse_value(fault, "opened_on")


@audit.business_act(label="Sửa thông tin hộ")
def correct_household(
    *,
    household: Household,
    details: HouseholdInput,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Household:
    """Write what is right about a household. Nothing is written when nothing differs."""
    values = asdict(details)
    values["code"] = normalise_text(details.code)
    values["address"] = normalise_text(details.address)
    changed = [name for name, value in values.items() if getattr(household, name) != value]
    if not changed:
        versions.check(Household.objects.get(pk=household.pk), version)
        return household
    if "code" in changed:
        refuse_faults(code=code_faults(household.ward, values["code"]))
    begin_event(household, version=version, on=clock.today())
    Household.objects.filter(pk=household.pk).update(**values)
    labels = [name_column(Household, name) for name in changed]
    record_event(
        household,
        EventKind.CORRECTED,
        on=clock.today(),
        summary=f"Sửa thông tin hộ {household.code}: {', '.join(labels)}.",
        paper=paper,
    )
    household.refresh_from_db()
    return household


@audit.business_act(label="Chuyển hộ sang thôn khác")
def change_village(
    *,
    household: Household,
    village: Area,
    address: str,
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Household:
    """Let a household move to another village of the ward, after its last such move."""
    refuse_faults(village=village_faults(household.ward, village, on))
    came_on = last_village_change([household.pk]).get(household.pk)
    if came_on is not None and on < came_on:
        refuse_value(
            f"Hộ đã chuyển thôn ngày {formatting.day(came_on)}, ngày xảy ra phải từ ngày này."
        )
    former = household.village
    if village.pk == former.pk:
        refuse_value(f"Hộ đang ở {former}.", "village")
    begin_event(household, version=version, on=on)
    household.village = village
    household.address = normalise_text(address)
    household.save(update_fields=["village", "address"])
    record_event(
        household,
        EventKind.VILLAGE_CHANGED,
        on=on,
        summary=f"Hộ {household.code} chuyển từ {former} sang {village}.",
        paper=paper,
        from_village=former,
    )
    return household


@audit.business_act(label="Tách hộ")
def split_household(
    *,
    household: Household,
    relations: Mapping[int, str],
    village: Area,
    details: HouseholdInput,
    on: date,
    version: int | None,
    key: str,
    paper: SupportingDocument = NO_DOCUMENT,
    unusual_reason: str = "",
    by: User,
) -> Household:
    """Make a new household of some members; it has the class the old one has.

    `relations` gives the relation to the new head of everybody who goes, by membership; one is
    HEAD. Refused before the day of the present result, which the new household would not share, and
    where a relation cannot be true; a rare one needs `unusual_reason`.
    """

    def create() -> Household:
        leaving = _leaving(household, relations)
        confirmed = confirm_kinship(leaving, relations, on=on, reason=unusual_reason)
        begin_event(household, version=version, on=on)
        new = _open_split_off(household, village, details, on)
        for member in leaving:
            end_membership(member, on)
            start_membership(new, member.person, relations[member.pk], on)
        record_event(
            household,
            EventKind.SPLIT,
            on=on,
            summary=f"Tách hộ {new.code} ({len(leaving)} khẩu) từ hộ {household.code}.",
            paper=paper,
            other_household=new,
            **confirmed,
        )
        return new

    content = asdict(details) | asdict(paper)
    content |= {"household": household.pk, "village": village.pk, "on": on}
    content["relations"] = sorted(relations.items())
    return once(
        key=key, act=split_household.name, content=content, model=Household, create=create, by=by
    )


@audit.business_act(label="Nhập hộ")
def merge_households(
    *,
    household: Household,
    other: Household,
    relations: Mapping[int, str],
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    unusual_reason: str = "",
    by: User,
) -> Household:
    """Let all members of `other` join `household`; `other` leaves the register that day.

    `relations` gives their relation to the head of `household`, by membership in `other`.
    """
    if other.pk == household.pk or other.ward_id != household.ward_id:
        refuse_value("Chọn một hộ khác trong phường, xã.", "other")
    members = list(other.memberships.filter(left_on=None).select_related("person"))
    if {member.pk for member in members} != relations.keys():
        refuse_value("Thành viên của hộ nhập vào vừa thay đổi. Tải lại trang rồi chọn lại.")
    if RelationToHead.HEAD in relations.values():
        refuse_value("Hộ chỉ có một chủ hộ; chọn quan hệ với chủ hộ.")
    head = household.memberships.filter(left_on=None, is_head=True).select_related("person").first()
    confirmed = confirm_kinship(members, relations, on=on, reason=unusual_reason, head=head)
    begin_event(household, version=version, on=on)
    begin_event(other, version=other.version, on=on)
    end_household(other, on=on, reason=ClosingReason.MERGED)
    for member in members:
        start_membership(household, member.person, relations[member.pk], on)
    record_event(
        household,
        EventKind.MERGED,
        on=on,
        summary=f"Nhập hộ {other.code} vào hộ {household.code}.",
        paper=paper,
        other_household=other,
        **confirmed,
    )
    return household


@audit.business_act(label="Đưa hộ ra khỏi sổ")
def close_household(
    *,
    household: Household,
    reason: str,
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Household:
    """Take a household out of the register: moved out, dissolved, or written twice."""
    if reason not in (ClosingReason.MOVED_OUT, ClosingReason.DISSOLVED, ClosingReason.DUPLICATE):
        refuse_value("Chọn lý do ra khỏi sổ.", "reason")
    begin_event(household, version=version, on=on)
    end_household(household, on=on, reason=reason)
    moved = reason == ClosingReason.MOVED_OUT
    record_event(
        household,
        EventKind.MOVED_OUT if moved else EventKind.CLOSED,
        on=on,
        summary=f"Đưa hộ {household.code} ra khỏi sổ: {ClosingReason(reason).label.lower()}.",
        paper=paper,
    )
    return household


def _leaving(household: Household, relations: Mapping[int, str]) -> list[Membership]:
    """The members who split off; refused where one of the two households would be broken."""
    members = list(household.memberships.filter(left_on=None).select_related("person"))
    leaving = [member for member in members if member.pk in relations]
    if len(leaving) != len(relations):
        refuse_value("Thành viên của hộ vừa thay đổi. Tải lại trang rồi chọn lại.")
    if list(relations.values()).count(RelationToHead.HEAD) != 1:
        refuse_value(HEAD_OF_NEW)
    if len(leaving) == len(members):
        refuse_value(NOBODY_STAYS)
    if any(member.is_head for member in leaving):
        refuse_value(HEAD_GOES)
    return leaving


def _open_split_off(
    household: Household, village: Area, details: HouseholdInput, on: date
) -> Household:
    present = _result_to_share(household, on)
    code = normalise_text(details.code)
    refuse_faults(
        code=code_faults(household.ward, code),
        village=village_faults(household.ward, village, on),
    )
    new = Household.objects.create(
        ward=household.ward,
        village=village,
        code=code,
        address=normalise_text(details.address),
        no_labour_capacity=details.no_labour_capacity,
        opened_on=on,
    )
    open_first_spell(
        household=new,
        starts_on=on,
        poverty_class=present.poverty_class,
        cause=MovementCause.SPLIT_OFF,
    )
    return new


def _result_to_share(household: Household, on: date) -> HouseholdStatus:
    present = household.statuses.filter(ends_on=None).first()
    if present is None:
        refuse_value(f"Hộ {household.code} không có kết quả đang còn hiệu lực.")
    if present.starts_on > on:
        refuse_value(
            f"Hộ có kết quả {present.get_poverty_class_display().lower()} từ ngày "
            f"{formatting.day(present.starts_on)}; ngày tách phải từ ngày này.",
            "on",
        )
    return present
