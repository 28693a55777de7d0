from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from povertyplan.demo.services import refuse_foreign_database


class Command(BaseCommand):
    help = "Fail for a database that holds something and is not the demonstration's; read only."

    def handle(self, **options):
        try:
            refuse_foreign_database()
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
