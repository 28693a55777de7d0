"""Areas in one tree, and the organisations of a ward."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.choices import AreaKind, Setting, UnitKind
from povertyplan.core.text.vietnamese import LONGEST_PLACE_KEY, lower_first, place_sort_key

from .scope import ScopedQuerySet

# How places stand in every list and select; as `village__order`, … from rows about them.
PLACE_ORDER = ("order", "sort_key")


class AreaQuerySet(models.QuerySet):
    def villages_of(self, ward):
        """The villages of a ward that exist today, in their order."""
        return self.filter(parent=ward, kind=AreaKind.VILLAGE, valid_to=None).in_order()

    def wards_of(self, regions):
        """The wards of some provinces and districts, whenever there were any."""
        inside = Q(pk__in=[])
        for region in regions:
            inside |= Q(path__startswith=region.path)
        return self.filter(inside, kind=AreaKind.WARD)

    def in_order(self):
        """As people sort them: by the official order, and the numbers in names by their size."""
        return self.order_by(*PLACE_ORDER, "pk")

    def in_order_of_wards(self):
        """The same, one ward after the other."""
        return self.order_by("parent__sort_key", "parent_id", *PLACE_ORDER, "pk")

    def update(self, **values):
        return super().update(**Area.with_derived(values))

    def visible_to(self, user):
        """Areas a user works in: those of the grants, all below them, and the wards above."""
        inside = Q(pk__in=[])
        for grant in user.grants_in_use:
            inside |= Q(path__startswith=grant.area.path) | Q(pk=grant.area.ward_id_of())
        return self.filter(inside)


class Area(models.Model):
    """A province, district, ward or village (địa bàn), dated, in one tree.

    `path` is the chain of ids from the root, "/1/5/23/", so that everything below an area
    is one prefix search. A ward also keeps how its documents name it: `issuer` is the body that
    signs, `place_line` the short place name before the date (địa danh).
    """

    kind = models.CharField("Cấp", max_length=10, choices=AreaKind)
    code = models.CharField("Mã", max_length=10, blank=True)
    name = models.CharField("Tên", max_length=120)
    setting = models.CharField("Khu vực", max_length=5, choices=Setting, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="Thuộc"
    )
    path = models.CharField(max_length=120, blank=True, db_index=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    sort_key = models.CharField(max_length=LONGEST_PLACE_KEY, blank=True, editable=False)
    place_line = models.CharField("Địa danh", max_length=60, blank=True)
    issuer = models.CharField("Cơ quan ban hành văn bản", max_length=160, blank=True)
    valid_from = models.DateField("Từ ngày", null=True, blank=True)
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="successors"
    )
    version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "địa bàn"
        ordering = [*PLACE_ORDER, "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(valid_to=None),
                name="area_name_once_in_parent",
                violation_error_message="Địa bàn này đã có.",
            ),
            models.UniqueConstraint(
                fields=["parent", "code"],
                condition=~Q(code="") & Q(valid_to=None),
                name="area_code_once_in_parent",
            ),
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_known_kind"),
            models.CheckConstraint(
                condition=Q(setting__in=Setting.values)
                | Q(setting="") & ~Q(kind__in=[AreaKind.WARD, AreaKind.VILLAGE]),
                name="area_ward_and_village_have_setting",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AreaKind.VILLAGE) | Q(parent__isnull=False),
                name="area_village_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="area_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        self.sort_key = place_sort_key(self.name)
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "sort_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @staticmethod
    def with_derived(values: dict) -> dict:
        """Values of columns; a new name brings its key along."""
        return values | {"sort_key": place_sort_key(values["name"])} if "name" in values else values

    @property
    def signing_body(self) -> str:
        """The body that signs the ward's papers; the people's committee where none is given."""
        return self.issuer or f"Ủy ban nhân dân {lower_first(self.name)}"

    def path_below_parent(self) -> str:
        """The path this saved area has in the tree."""
        return f"{self.parent.path if self.parent else '/'}{self.pk}/"

    @property
    def is_region(self) -> bool:
        """Whether it holds wards: a province, or a district of before July 2025."""
        return self.kind in (AreaKind.PROVINCE, AreaKind.DISTRICT)

    def ward_id_of(self) -> int | None:
        """The ward this area is, or lies in; None above the ward."""
        if self.kind == AreaKind.WARD:
            return self.pk
        return self.parent_id if self.kind == AreaKind.VILLAGE else None

    @property
    def ward(self) -> "Area | None":
        """The same, as an area."""
        if self.kind == AreaKind.WARD:
            return self
        return self.parent if self.kind == AreaKind.VILLAGE else None


class UnitQuerySet(ScopedQuerySet):
    village_path = None

    def current(self):
        return self.filter(valid_to=None)


class Unit(models.Model):
    """An organisation of a ward (đơn vị): office, official, station, front, bank, committee.

    Real plans write one office three ways; a document always prints `name`, or `short_name`
    where it must be brief. `prefix` is "Đề nghị" for those a committee asks and cannot instruct.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="units", verbose_name="Phường, xã")
    kind = models.CharField("Loại", max_length=16, choices=UnitKind)
    name = models.CharField("Tên đầy đủ", max_length=160)
    short_name = models.CharField("Tên viết tắt", max_length=40, blank=True)
    prefix = models.CharField("Cách giao việc", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    valid_from = models.DateField("Từ ngày", null=True, blank=True)
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        ordering = ["ward", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name"],
                condition=Q(valid_to=None),
                name="unit_name_once_in_ward",
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_known_kind"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.name
