from django.core.management.base import BaseCommand

from povertyplan.core.access.sheet import FORMATS, sheet


class Command(BaseCommand):
    help = "Print who may open and write what, from the rule table."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=FORMATS, default="text")

    def handle(self, *, format, **options):
        self.stdout.write(FORMATS[format](sheet()))
