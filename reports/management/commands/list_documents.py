from django.core.management.base import BaseCommand

from reports.models import Document


class Command(BaseCommand):
    help = "Print a line for each plan and report: ID, kind, ward, title, state; between tabs."

    def handle(self, **options):
        for document in Document.objects.select_related("ward").order_by("pk"):
            cells = (
                str(document.pk),
                document.get_kind_display(),
                document.ward.name,
                document.title,
                document.get_state_display(),
            )
            self.stdout.write("\t".join(cells))
