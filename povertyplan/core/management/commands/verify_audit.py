from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.journal import chains, verification


class Command(BaseCommand):
    help = "Check the chains over the history of rows; fails when a row was edited or removed."

    def add_arguments(self, parser):
        parser.add_argument("--ward", type=int, help="check the chain of this ward alone (its id)")

    def handle(self, *, ward, **options):
        chains.seal_waiting()
        verdict = verification.verify(ward)
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.faults:
            raise CommandError(f"Chuỗi nhật ký có {len(verdict.faults)} chỗ không khớp.")
        for head in verdict.heads:
            title = verification.title_of(head.chain)
            self.stdout.write(f"{title}: {head.length} thay đổi, {head.digest[:12]}")
        last = verification.record_unrecorded(verdict)
        self.stdout.write(f"Chuỗi nhật ký nguyên vẹn: {verdict.length} thay đổi.")
        self.stdout.write(f"Mắt xích cuối: {last}")
