import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from povertyplan.core.models import User
from povertyplan.demo.loading import load_demo

LEFT_ALONE = "Dữ liệu mẫu đã có sẵn: để nguyên, không nạp lại."


class Command(BaseCommand):
    help = "Load the demonstration ward with invented people. Does nothing the second time."

    def handle(self, **options):
        password = os.environ.get("DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Set DEMO_PASSWORD, the one password of all demo users.")
        try:
            written = load_demo(password=password, with_second=True)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write("Đã nạp dữ liệu mẫu." if written else LEFT_ALONE)
        for user in User.objects.filter(grants__isnull=False).distinct().order_by("pk"):
            grants = ", ".join(str(grant) for grant in user.grants.all())
            self.stdout.write(f"  {user.username:<12} {user.full_name}: {grants}")
        self.stdout.write(f"Mật khẩu chung: {password}")
