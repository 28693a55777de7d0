"""What an administrator does to accounts."""

from datetime import date

from django.test import Client

from povertyplan.core.accounts import one_time
from povertyplan.core.accounts import services as accounts
from povertyplan.core.accounts.services import NewRole
from povertyplan.core.choices import Role
from povertyplan.core.models import User

TODAY = date(2026, 11, 20)
LIST = "/settings/users/"
KEYS = [f"6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c{number:02}" for number in range(10)]
OWN = "bốn chậu xương rồng khô"


def role(area, name=Role.OBSERVER, **more):
    return NewRole(**({"role": name, "area": area, "valid_from": TODAY} | more))


def give(user, new_role, by, key=KEYS[0]):
    version = User.objects.get(pk=user.pk).version
    return accounts.grant_role(user=user, new_role=new_role, version=version, key=key, by=by)


def disable(user, by):
    accounts.disable_user(user=user, reason="Nghỉ việc", version=user.version, by=by)


def issue(user, by):
    user.refresh_from_db()
    return accounts.issue_password(
        user=user, new=one_time.prepare_password(), version=user.version, by=by
    )


def sign_in(user, password):
    client = Client()
    client.post("/login/", {"username": user.username, "password": password})
    return client
