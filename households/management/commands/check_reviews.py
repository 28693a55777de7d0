"""Recompute the class and the sentence of every entered form. Changes nothing."""

from django.core.management.base import BaseCommand, CommandError

from households.entry.survey.selectors.explanations import find_unexplained
from households.models import Review, ReviewCampaign


class Command(BaseCommand):
    help = "Tính lại phân loại và câu giải thích của mọi phiếu; báo lỗi khi có phiếu không khớp."

    def handle(self, **options):
        faults = 0
        for campaign in ReviewCampaign.objects.select_related("standard").order_by("pk"):
            for found in find_unexplained(campaign):
                faults += 1
                self.stderr.write(
                    f"{campaign}, hộ {found.review.household.code}: "
                    f"đang ghi “{found.stored}”, tính lại là “{found.computed}”"
                )
        if faults:
            raise CommandError(f"{faults} phiếu không khớp với kết quả tính lại.")
        self.stdout.write(f"Đã tính lại {Review.objects.done().count()} phiếu: tất cả đều khớp.")
