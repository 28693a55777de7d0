import json
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.journal import chains, row_proof, signatures, triggers, verification

SHOWN = 50
KINDS = {
    row_proof.ADDED: "có mà nhật ký không ghi",
    row_proof.CHANGED: "khác với nhật ký",
    row_proof.REMOVED: "đã mất mà nhật ký không ghi",
}
FORGED = (
    "Thay đổi {f.first} ({f.count} dòng) ghi tên {f.actor}, thao tác {f.act}:"
    " không phải chương trình ký."
)
SIGNED_FROM = "Người ghi được đối chiếu bằng chữ ký từ thay đổi {first}."
NOT_SIGNED = "Chưa có thay đổi nào mang chữ ký của khóa này (SECRET_KEY)."
NO_ANCHOR = "Không có mắt xích giữ ở nơi khác (--anchor): không thấy được phần cuối bị cắt."
UNREADABLE = "Có dữ liệu nhật ký không đọc được: {fault}."


class Command(BaseCommand):
    help = "Check the history of rows, and the rows by it; fails when anything was tampered with."

    def add_arguments(self, parser):
        parser.add_argument("--ward", type=int, help="check the chain of this ward alone (its id)")
        parser.add_argument("--anchor", type=Path, help="a file that --print-anchor has filled")
        parser.add_argument(
            "--print-anchor", action="store_true", help="print the last link, to be kept elsewhere"
        )

    def handle(self, *, ward, anchor, print_anchor, **options):
        try:
            verdict, faults = self._look(ward, anchor)
        # Whatever was put into the database, whoever checks it gets a sentence.
        except Exception as fault:
            raise CommandError(
                UNREADABLE.format(fault=f"{type(fault).__name__}: {fault}"[:300])
            ) from fault
        for line in faults[:SHOWN]:
            self.stderr.write(line)
        if faults:
            raise CommandError(f"Chuỗi nhật ký có {len(faults)} chỗ không khớp.")
        last = verification.record_unrecorded(verdict)
        if print_anchor:
            self.stdout.write(json.dumps(verification.present_anchor()))
            return
        self._report(verdict, last)
        if ward is None:
            self.stdout.write(f"Đã đối chiếu {len(triggers.history_tables())} bảng với nhật ký.")
            first = signatures.signed_from()
            self.stdout.write(SIGNED_FROM.format(first=first) if first else NOT_SIGNED)
        if anchor is None:
            self.stdout.write(NO_ANCHOR)

    def _look(self, ward, anchor):
        chains.seal_waiting()
        verdict = verification.verify(ward)
        faults = list(verdict.faults)
        if anchor is not None:
            faults += verification.anchor_faults(anchor)
        if ward is None:
            # The rows of all wards lie in the same tables.
            faults += [FORGED.format(f=f) for f in signatures.forged()]
            found = list(islice(row_proof.misfits(), 10_000))
            faults += [f"Bảng {f.table}, dòng {f.row_id}: {KINDS[f.kind]}." for f in found]
        return verdict, faults

    def _report(self, verdict, last):
        for head in verdict.heads:
            title = verification.title_of(head.chain)
            self.stdout.write(f"{title}: {head.length} thay đổi, {head.digest[:12]}")
        self.stdout.write(f"Chuỗi nhật ký nguyên vẹn: {verdict.length} thay đổi.")
        if count := row_proof.past_the_program():
            self.stdout.write(f"{count} thay đổi được ghi thẳng bằng SQL, ngoài chương trình.")
        self.stdout.write(f"Mắt xích cuối: {last}")
