"""People who sign in, and what each may do where and when."""

from copy import copy

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from povertyplan.core import clock
from povertyplan.core.choices import Role

from .area import Area, Unit


class User(AbstractUser):
    """Somebody with a log-in. Rights come only from grants, never from the account.

    `one_time_until` is set while the password is one that an administrator handed out: it opens
    nothing but the page that changes it, and after that moment not even this.
    `sign_in_round` goes up when the second factor changes: sessions of an earlier round are over.
    """

    first_name = None  # type: ignore[assignment]  # how Django drops an inherited field
    last_name = None  # type: ignore[assignment]  # the same
    full_name = models.CharField("Họ và tên", max_length=100)
    job_title = models.CharField("Chức vụ", max_length=100, blank=True)
    one_time_until = models.DateTimeField("Mật khẩu dùng một lần đến", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    sign_in_round = models.PositiveIntegerField("Lượt đăng nhập", default=0)

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "người dùng"
        ordering = ["username"]

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return str(self)

    def _get_session_auth_hash(self, secret=None):
        """Django's hash of the password; from the second round on, of the round as well."""
        of_password = super()._get_session_auth_hash(secret)
        if not self.sign_in_round:
            return of_password
        value = f"{of_password}:{self.sign_in_round}"
        return salted_hmac("sign-in-round", value, secret, algorithm="sha256").hexdigest()

    @property
    def password_mark(self) -> str:
        """What changes with the password alone."""
        # The stubs of Django do not know this method of its own.
        return super()._get_session_auth_hash()  # type: ignore[misc]

    @cached_property
    def grants_today(self) -> list["RoleGrant"]:
        """The grants in force on this business day; one query a request, none when disabled."""
        if not self.is_active:
            return []
        return list(self.grants.in_force(clock.today()).select_related("area__parent", "unit"))

    @cached_property
    def grants_in_use(self) -> list["RoleGrant"]:
        """Those of them that opened the view being answered; outside of a request all of them.

        What somebody sees and writes follows from these alone, so that a role opens only what it
        opens where it is held.
        """
        return self.grants_today

    def grants_around(self, ward: Area) -> list["RoleGrant"]:
        """Those in use over a ward or inside it; one of a province as if it were of the ward."""
        return [
            grant.within(ward)
            for grant in self.grants_in_use
            if ward.path.startswith(grant.area.path) or grant.area.path.startswith(ward.path)
        ]

    def narrowed_to(self, grants: list["RoleGrant"]) -> "User":
        """The same user, with these grants in use."""
        narrowed = copy(self)
        narrowed.grants_in_use = grants
        return narrowed

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants_today)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def wards(self) -> list[Area]:
        """The wards of the grants in use at or below a ward, in the order of granting."""
        found = (grant.area.ward for grant in self.grants_in_use)
        return list(dict.fromkeys(ward for ward in found if ward is not None))

    @property
    def ward(self) -> Area | None:
        """The first of them."""
        return next(iter(self.wards), None)

    @property
    def regions(self) -> list[Area]:
        """The provinces and districts of the grants in use; none that lies inside another."""
        held = {grant.area for grant in self.grants_in_use if grant.area.is_region}
        paths = sorted(area.path for area in held)
        return sorted(
            (area for area in held if not any(_is_inside(area.path, path) for path in paths)),
            key=lambda area: area.path,
        )

    @property
    def units(self) -> list[Unit]:
        return [grant.unit for grant in self.grants_in_use if grant.unit]


def _is_inside(path: str, other: str) -> bool:
    return path != other and path.startswith(other)


class RoleGrantQuerySet(models.QuerySet):
    def in_force(self, on):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).order_by(
            "pk"
        )


class RoleGrant(models.Model):
    """One role of one user in one area, for one unit where the role needs it, dated."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("Vai trò", max_length=16, choices=Role)
    area = models.ForeignKey(Area, models.PROTECT, related_name="grants", verbose_name="Địa bàn")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="Đơn vị"
    )
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="grants_given"
    )

    # Where `within` narrowed it: the province or district that it is held over.
    narrowed_from: Area | None = None

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò được giao"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_known_role"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="grant_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT_REPORTER) | Q(unit__isnull=False),
                name="grant_reporter_has_unit",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.area}"

    def within(self, ward: Area) -> "RoleGrant":
        """The grant as it holds in one ward below its area; itself where it is no wider."""
        if not self.area.is_region:
            return self
        narrowed = copy(self)
        narrowed.area, narrowed.narrowed_from = ward, self.area
        return narrowed

    @property
    def only_reads(self) -> bool:
        """Whether it opens pages of its wards without writing there.

        What a ward enters, approves and signs is the ward's; above it only an administrator keeps
        users, units and lists.
        """
        held_over = self.narrowed_from or self.area
        return held_over.is_region and self.role != Role.ADMINISTRATOR

    def is_in_force(self, on) -> bool:
        return self.valid_from <= on and not self.is_over(on)

    def is_over(self, on) -> bool:
        return self.valid_to is not None and self.valid_to < on
