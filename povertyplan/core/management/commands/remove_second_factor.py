from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.accounts.second_factor import remove_second_factor
from povertyplan.core.models import User


class Command(BaseCommand):
    help = "Take away a user's second factor after the phone was lost."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reason", required=True)

    def handle(self, *, username, reason, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản {username}.")
        try:
            remove_second_factor(user=user, reason=reason, by=None, source="command")
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Đã gỡ xác thực hai lớp của {username}.")
