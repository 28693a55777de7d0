"""The programme's structure, and what a ward makes of it."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet, Unit
from projects.choices import ProgrammeKind, UnitRole

NO_NAME_YET = "chưa có tên"


class WardProjectQuerySet(ScopedQuerySet):
    village_path = None

    def of_year(self, ward: Area, year: int):
        return self.filter(ward=ward, year_from__lte=year, year_to__gte=year)


class ProgrammeQuerySet(models.QuerySet):
    def of_year(self, year: int):
        """Those whose term has begun and whose term or funds reach into the year."""
        reaches = Q(valid_to=None) | Q(valid_to__year__gte=year) | Q(funds_until__year__gte=year)
        return self.filter(reaches, valid_from__year__lte=year)


class Programme(models.Model):
    """A list of what is carried out in one period: the component projects of a national target
    programme (chương trình mục tiêu quốc gia), the common policies, or what is neither.

    `levels` are what the programme calls its parts from the top: ["Dự án", "Tiểu dự án"].
    `funds_until` is the day to which money of an ended term may still be spent. What is kept here
    was written on screen: loading the reference data leaves it alone.
    """

    kind = models.CharField(
        "Loại", max_length=10, choices=ProgrammeKind, default=ProgrammeKind.NATIONAL
    )
    code = models.CharField("Mã", max_length=20, unique=True)
    name = models.CharField("Tên", max_length=200)
    levels = models.JSONField("Tên các cấp", default=list)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250, blank=True)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    funds_until = models.DateField("Vốn kéo dài đến ngày", null=True, blank=True)
    funds_reference = models.CharField("Căn cứ kéo dài vốn", max_length=250, blank=True)
    is_kept_here = models.BooleanField("Đã sửa tại đây", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình"
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ProgrammeKind.values), name="programme_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="programme_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(funds_until=None) | Q(funds_until__gt=F("valid_to")),
                name="programme_funds_outlast_the_term",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def short_name(self) -> str:
        """What tells it from the others of a year: its years, or its kind."""
        if self.kind != ProgrammeKind.NATIONAL:
            return self.get_kind_display()
        if self.valid_to is None:
            return f"Từ năm {self.valid_from.year}"
        return f"Giai đoạn {self.valid_from.year}-{self.valid_to.year}"

    def level_name(self, depth: int) -> str:
        """What a part at a depth, 0 at the top, is called."""
        return self.levels[min(depth, len(self.levels) - 1)] if self.levels else ""


class ComponentProject(models.Model):
    """A component project or, with a parent, a part of one (dự án thành phần, tiểu dự án).

    `code` is the official one ("3.1"); a document computes the number it prints. `label` is what
    the programme calls parts of this level. `for_wards` is False where only poor districts or
    special communes are eligible. The name is empty where only the number has been published.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subprojects"
    )
    code = models.CharField("Mã", max_length=12)
    label = models.CharField("Tên cấp", max_length=30, default="Dự án")
    official_name = models.CharField("Tên chính thức", max_length=250, blank=True)
    for_wards = models.BooleanField("Áp dụng cho phường, xã", default=True)
    order = models.PositiveSmallIntegerField("Thứ tự")
    is_kept_here = models.BooleanField("Đã sửa tại đây", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "dự án thành phần"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="component_code_once"),
        ]

    def __str__(self):
        return f"{self.label} {self.code}"

    @property
    def name(self) -> str:
        return self.official_name or NO_NAME_YET

    @property
    def own_number(self) -> str:
        """The number among its like: "1" of Tiểu dự án 3.1."""
        return self.code.rpartition(".")[2]


class WardProject(models.Model):
    """A component project as one ward carries it out over some years.

    The local name, where there is one, replaces the official name on screen and in print.
    `contents` holds one activity heading a line.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="ward_projects")
    project = models.ForeignKey(ComponentProject, models.PROTECT, related_name="ward_projects")
    year_from = models.PositiveSmallIntegerField("Từ năm")
    year_to = models.PositiveSmallIntegerField("Đến năm")
    local_name = models.CharField("Tên gọi tại địa phương", max_length=250, blank=True)
    objective = models.TextField("Mục tiêu", blank=True)
    beneficiaries = models.TextField("Đối tượng", blank=True)
    contents = models.TextField("Nội dung", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WardProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "dự án tại địa phương"
        ordering = ["ward", "project__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "project", "year_from"], name="ward_project_once"
            ),
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="ward_project_years_in_order"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.local_name or self.project.name


class ProjectUnitQuerySet(ScopedQuerySet):
    ward_path = "ward_project__ward"
    village_path = None

    def in_year(self, year: int):
        return self.filter(year_from__lte=year, year_to__gte=year)


class ProjectUnit(models.Model):
    """A unit with its part in a ward's project in some years (phân công).

    `wording` stands instead of a unit where a plan names none: "các đơn vị có liên quan".
    """

    ward_project = models.ForeignKey(WardProject, models.CASCADE, related_name="units")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="project_units"
    )
    wording = models.CharField("Đơn vị khác, ghi bằng chữ", max_length=200, blank=True)
    role = models.CharField("Vai trò", max_length=12, choices=UnitRole)
    order = models.PositiveSmallIntegerField("Thứ tự", default=0)
    year_from = models.PositiveSmallIntegerField("Từ năm")
    year_to = models.PositiveSmallIntegerField("Đến năm")

    objects = ProjectUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị thực hiện dự án"
        ordering = ["ward_project", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward_project", "unit", "role", "year_from"], name="project_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=UnitRole.values), name="project_unit_known_role"
            ),
            models.UniqueConstraint(
                fields=["ward_project", "wording", "role", "year_from"],
                condition=Q(unit=None),
                name="project_wording_once",
            ),
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="project_unit_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, wording="")
                | (Q(unit=None) & ~Q(wording="") & ~Q(role=UnitRole.LEAD)),
                name="project_unit_or_wording",
            ),
        ]

    def __str__(self):
        return f"{self.name} – {self.get_role_display()}"

    @property
    def name(self) -> str:
        return self.unit.name if self.unit else self.wording
