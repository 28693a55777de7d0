from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.journal import history


class Command(BaseCommand):
    help = "Check the chain over the history of rows; fails when a row was edited or removed."

    def handle(self, **options):
        history.seal()
        verdict = history.verify()
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(f"Chuỗi nhật ký có {len(verdict.faults)} chỗ không khớp.")
        self.stdout.write(f"Chuỗi nhật ký nguyên vẹn: {verdict.length} thay đổi.")
        self.stdout.write(f"Mắt xích cuối: {verdict.digest}")
