from django.core.management.base import BaseCommand

from povertyplan.core.accounts.throttling import forget_tries


class Command(BaseCommand):
    help = "Lift the lock of an account after too many wrong tries to sign in."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        self.stdout.write(f"{forget_tries(username)} tries of {username} are forgotten.")
