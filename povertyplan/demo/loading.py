"""Fill an empty database with the demonstration ward."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area, RoleGrant, User

from .documents import begin_year_report, invent_comments, invent_signed_plan, invent_signed_report
from .giving.donations import invent_donations
from .giving.duties import invent_duties
from .giving.livelihoods import invent_livelihoods
from .giving.person_facts import invent_person_facts
from .giving.workers import invent_workers
from .handovers import invent_handovers
from .history import Historian
from .money import invent_money
from .needs import invent_needs, invent_pledges
from .progress import invent_findings, invent_sent_reports, invent_unit_reports
from .projects import invent_projects
from .publicity import invent_publications
from .second.ward import invent_second_ward
from .services import add_province_observer, mark_demonstration, refuse_foreign_database
from .supports import invent_supports

WARD_FILE = settings.BASE_DIR / "fixtures" / "wards" / "dak-cam-2025-2030.yaml"
SEED = 2026
SERVES_FROM = date(2025, 7, 1)


@transaction.atomic
def load_demo(*, password: str, ward_file: Path = WARD_FILE, with_second: bool = False) -> bool:
    """Load reference data, the ward and its invented history; False where a ward is there already.

    `with_second` adds a small ward on the programme 2026-2035.

    The demonstration's own is left as it is. Every demo user gets the one password, and once more
    only where nobody could sign in with it. A database that holds anything else is refused.
    """
    if not settings.DEMO:
        raise ValidationError("Dữ liệu mẫu chỉ nạp được khi POVERTYPLAN_DEMO=1.")
    refuse_foreign_database()
    if Area.objects.filter(kind=AreaKind.WARD).exists():
        if not _opens_an_account(password):
            set_passwords(password)
        return False
    call_command("load_reference", verbosity=0)
    call_command("load_ward", str(ward_file), verbosity=0)
    set_passwords(password)
    ward = Area.objects.get(kind=AreaKind.WARD)
    officer = _holder(Role.COORDINATOR, ward)
    Historian(
        ward=ward,
        officer=officer,
        leader=_holder(Role.LEADER, ward),
        seed=SEED,
    ).write()
    invent_projects(ward=ward, officer=officer)
    invent_money(ward=ward, officer=officer)
    invent_livelihoods(ward=ward, by=officer)
    invent_duties(ward=ward, by=officer)
    invent_donations(ward=ward, by=officer)
    invent_workers(ward=ward, by=officer)
    invent_person_facts(ward=ward, by=officer)
    invent_needs(ward=ward, by=officer)
    invent_pledges(ward=ward, by=officer)
    invent_supports(ward=ward, by=officer)
    invent_handovers(ward=ward, by=officer)
    invent_publications(ward=ward, by=officer)
    invent_comments(ward=ward, by=officer)
    invent_unit_reports(ward=ward, officer=officer)
    invent_sent_reports(ward=ward, officer=officer)
    leader = _holder(Role.LEADER, ward)
    invent_signed_report(ward=ward, officer=officer, leader=leader)
    invent_signed_plan(ward=ward, officer=officer, leader=leader)
    begin_year_report(ward=ward, officer=officer)
    invent_findings(ward=ward, officer=officer)
    if with_second:
        second = invent_second_ward()
        if second.parent:
            add_province_observer(province=second.parent, since=SERVES_FROM, source="demo")
        set_passwords(password)
    mark_demonstration(ward=ward)
    return True


def set_passwords(password: str) -> None:
    """Give every user the password; whoever has it already keeps the hash, and so the session."""
    held = [user.password for user in User.objects.all() if user.has_usable_password()]
    encoded = next((each for each in held if check_password(password, each)), None)
    users = User.objects.exclude(password=encoded) if encoded else User.objects.all()
    users.update(password=encoded or make_password(password))


def _opens_an_account(password: str) -> bool:
    return any(check_password(password, user.password) for user in User.objects.all())


def _holder(role: Role, area: Area) -> User:
    return RoleGrant.objects.filter(role=role, area=area).earliest("pk").user
