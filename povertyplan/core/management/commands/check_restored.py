from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.database import restored

UNREADABLE = "Cơ sở dữ liệu không đọc được: {fault}."


class Command(BaseCommand):
    help = "Check a restored database against the link kept with its backup; fails on any fault."

    def add_arguments(self, parser):
        parser.add_argument("link", type=Path, help="what `verify_audit --print-anchor` printed")

    def handle(self, *, link, **options):
        faults = []
        try:
            faults.extend(restored.find_faults(link))
        # Whatever the file holds, whoever checks it gets a sentence.
        except Exception as fault:
            raise CommandError(
                UNREADABLE.format(fault=f"{type(fault).__name__}: {fault}"[:300])
            ) from fault
        for line in faults[: restored.SHOWN]:
            self.stderr.write(line)
        if faults:
            raise CommandError(f"Bản khôi phục có {len(faults)} chỗ sai: không dùng được.")
        self.stdout.write("Bản khôi phục trọn vẹn, khớp với mắt xích giữ cùng bản sao lưu.")
