"""Areas, units and users by role."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from povertyplan.core.choices import AreaKind, Role, Setting, UnitKind
from povertyplan.core.models import Area, RoleGrant, Unit, User

PASSWORD = "dat-do-song-me-2026"
LONG_AGO = date(2020, 1, 1)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area
        skip_postgeneration_save = True

    @factory.post_generation
    def _path(self, create, extracted, **kwargs):
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        self.save(update_fields=["path"])


class ProvinceFactory(AreaFactory):
    kind = AreaKind.PROVINCE
    code = factory.Sequence(lambda n: f"{n:02}")
    name = factory.Sequence(lambda n: f"Tỉnh số {n}")


class WardFactory(AreaFactory):
    kind = AreaKind.WARD
    code = factory.Sequence(lambda n: f"{n:05}")
    name = factory.Sequence(lambda n: f"Phường số {n}")
    setting = Setting.URBAN
    parent = factory.SubFactory(ProvinceFactory)


class VillageFactory(AreaFactory):
    kind = AreaKind.VILLAGE
    code = factory.Sequence(lambda n: f"{n:03}")
    name = factory.Sequence(lambda n: f"Tổ dân phố {n}")
    setting = Setting.URBAN
    parent = factory.SubFactory(WardFactory)
    order = factory.Sequence(lambda n: n)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    ward = factory.SubFactory(WardFactory)
    kind = UnitKind.DEPARTMENT
    name = factory.Sequence(lambda n: f"Phòng số {n}")
    short_name = factory.Sequence(lambda n: f"P{n}")


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoidung{n}")
    full_name = factory.Sequence(lambda n: f"Người dùng {n}")
    password = factory.django.Password(PASSWORD)


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    area = factory.SubFactory(WardFactory)
    valid_from = LONG_AGO


def user_with(role: Role, area: Area, **grant) -> User:
    """A user whose one grant is `role` in `area`."""
    return GrantFactory(role=role, area=area, **grant).user
