"""Load the reference data that every ward shares. May be repeated."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from households.ledger.services.reference import (
    load_causes,
    load_ethnic_groups,
    load_procedures,
    load_standards,
)
from households.needs.services.kinds import load_need_kinds
from households.workers.services.reference import load_income_terms
from povertyplan.core.platform.structured_file.places import FileError
from projects.handover.services.reference import load_handover_kinds
from projects.livelihoods.services.reference import load_livelihood_procedures
from projects.money.services.periods import load_spending_periods
from projects.programme.services.reference import load_programmes
from projects.publicity.services.reference import load_publication_rules
from projects.support.services.reference import load_support_kinds
from reports.progress.calendar.services.reference import load_reporting_rules

PARTS = {
    "poverty-standards.yaml": load_standards,
    "ethnic-groups.yaml": load_ethnic_groups,
    "poverty-causes.yaml": load_causes,
    "procedures.yaml": load_procedures,
    "programmes.yaml": load_programmes,
    "spending-periods.yaml": load_spending_periods,
    "low-income-terms.yaml": load_income_terms,
    "livelihood-procedures.yaml": load_livelihood_procedures,
    "need-kinds.yaml": load_need_kinds,
    "support-kinds.yaml": load_support_kinds,
    "handover-kinds.yaml": load_handover_kinds,
    "publication-rules.yaml": load_publication_rules,
    "reporting-rules.yaml": load_reporting_rules,
}


class Command(BaseCommand):
    help = (
        "Nạp danh mục chung: chuẩn nghèo, quy trình, dân tộc, dự án, thời hạn vốn, mô hình, "
        "nhu cầu, hỗ trợ, sau quyết định, công khai, báo cáo."
    )

    def add_arguments(self, parser):
        default = settings.BASE_DIR / "fixtures" / "reference"
        parser.add_argument("--from", dest="directory", type=Path, default=default)

    @transaction.atomic
    def handle(self, *, directory: Path, verbosity: int, **options):
        done = []
        for name, load in PARTS.items():
            try:
                done.append(load(path=directory / name, by=None, source="command"))
            except FileError as error:
                raise CommandError(f"{name}\n{error}") from error
        if verbosity:
            self.stdout.write("\n".join(str(changes) for changes in done))
            if not any(done):
                self.stdout.write("không có thay đổi")
