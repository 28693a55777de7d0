"""What the demonstration writes itself, first of all the mark by which its database is known."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection

from households.models import Household, HouseholdStatus, ListedResult
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, AuditEvent, RoleGrant, User

NOT_THE_DEMONSTRATION = (
    "Cơ sở dữ liệu này đã có người dùng hoặc hộ nhưng không phải là của dữ liệu mẫu: không ghi gì "
    "vào đó. Hãy trỏ DATABASE_URL tới một cơ sở dữ liệu trống, hoặc bỏ DATABASE_URL. Bản mẫu lập "
    "trước khi có dấu này thì xóa tệp var/demo.sqlite3 rồi chạy lại."
)


@audit.business_act(label="Nạp dữ liệu mẫu", source="demo")
def mark_demonstration(*, ward: Area, by: User | None = None) -> None:
    """Leave the line of the journal by which the demonstration is known."""
    audit.record(ward, f"Nạp dữ liệu mẫu của {ward}.", ward=ward)


@audit.business_act(label="Thêm người theo dõi cấp tỉnh của dữ liệu mẫu", source="demo")
def add_province_observer(*, province: Area, since: date, by: User | None = None) -> User:
    """Somebody who sees the wards of the demonstration together; invented."""
    observer = User.objects.create(
        username="tinh",
        full_name="Trương Thị Mẫu",
        job_title="Chuyên viên theo dõi giảm nghèo cấp tỉnh (giả định)",
    )
    observer.set_unusable_password()
    observer.save(update_fields=["password"])
    grant = RoleGrant.objects.create(
        user=observer, role=Role.OBSERVER, area=province, valid_from=since
    )
    audit.record(observer, f"Thêm người dùng mẫu {observer}: {grant}.", ward=None)
    return observer


@audit.business_act(label="Ghi danh sách của xã mẫu", source="demo")
def keep_invented_list(
    *, ward: Area, classed_on: date, number: str, decided_on: date, by: User
) -> None:
    """Say that the first classes are those of a decision made before, of which a list was kept."""
    spells = HouseholdStatus.objects.filter(ward=ward, starts_on=classed_on)
    ListedResult.objects.bulk_create(
        ListedResult(status=spell, number=number, decided_on=decided_on) for spell in spells
    )
    audit.record(ward, f"{by} ghi danh sách theo Quyết định số {number} (giả định).", ward=ward)


def refuse_foreign_database() -> None:
    """Raise ValidationError for a database that holds something and lacks the mark.

    Asks little of the tables: they may be those of an older version, or not there yet.
    """
    tables = set(connection.introspection.table_names())
    needed = {model._meta.db_table for model in (User, Household, AuditEvent)}
    if not needed & tables:
        return
    if needed <= tables and (_is_marked() or _is_empty()):
        return
    raise ValidationError(NOT_THE_DEMONSTRATION)


def _is_marked() -> bool:
    return AuditEvent.objects.filter(act=mark_demonstration.name, source="demo").exists()


def _is_empty() -> bool:
    return not User.objects.exists() and not Household.objects.exists()
