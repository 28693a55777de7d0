"""The programme's structure, and what a ward makes of it."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.models import Area, ScopedQuerySet, Unit
from projects.choices import UnitRole


class WardProjectQuerySet(ScopedQuerySet):
    village_path = None


class Programme(models.Model):
    """A national target programme of one period (chương trình mục tiêu quốc gia)."""

    code = models.CharField("Mã", max_length=20, unique=True)
    name = models.CharField("Tên", max_length=200)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    valid_from = models.DateField("Từ ngày")
    valid_to = models.DateField("Đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "chương trình"
        ordering = ["valid_from"]

    def __str__(self):
        return self.name


class ComponentProject(models.Model):
    """A component project or, with a parent, a sub-project (dự án thành phần, tiểu dự án).

    `code` is the official one ("3.1"); a document computes the number it prints.
    `for_wards` is False where only poor districts or special communes are eligible.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subprojects"
    )
    code = models.CharField("Mã", max_length=6)
    official_name = models.CharField("Tên chính thức", max_length=250)
    for_wards = models.BooleanField("Áp dụng cho phường, xã", default=True)
    order = models.PositiveSmallIntegerField("Thứ tự")

    class Meta:
        verbose_name = "dự án thành phần"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="component_code_once"),
        ]

    def __str__(self):
        return f"{self.label} {self.code}"

    @property
    def label(self) -> str:
        return "Tiểu dự án" if self.parent_id else "Dự án"


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
        return self.local_name or self.project.official_name


class ProjectUnitQuerySet(ScopedQuerySet):
    ward_path = "ward_project__ward"
    village_path = None

    def in_year(self, year: int):
        return self.filter(year_from__lte=year, year_to__gte=year)


class ProjectUnit(models.Model):
    """A unit that leads or coordinates a ward's project in some years (phân công)."""

    ward_project = models.ForeignKey(WardProject, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="project_units")
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
            models.CheckConstraint(
                condition=Q(year_to__gte=F("year_from")), name="project_unit_years_in_order"
            ),
        ]

    def __str__(self):
        return f"{self.unit} – {self.get_role_display()}"
