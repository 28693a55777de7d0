import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_parts_of_years_locked"),
        ("projects", "0015_donations"),
        ("reports", "0026_legal_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignedTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="Năm")),
                (
                    "operator",
                    models.CharField(
                        choices=[
                            ("equal", "Bằng"),
                            ("at_least", "Từ mức này trở lên"),
                            ("at_most", "Không quá"),
                            ("below", "Dưới"),
                            ("about", "Khoảng"),
                            ("range", "Từ … đến …"),
                            ("reduce_by", "Giảm"),
                            ("reduce_least", "Giảm từ mức này trở lên"),
                            ("reduce_range", "Giảm từ … đến …"),
                            ("reduce_year", "Giảm bình quân mỗi năm"),
                            ("level", "Còn"),
                            ("none_left", "Không còn"),
                            ("qualitative", "Định tính"),
                        ],
                        max_length=12,
                        verbose_name="Ràng buộc",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="Giá trị",
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Đến"
                    ),
                ),
                (
                    "rate_operator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("equal", "Bằng"),
                            ("at_least", "Từ mức này trở lên"),
                            ("at_most", "Không quá"),
                            ("below", "Dưới"),
                            ("about", "Khoảng"),
                            ("range", "Từ … đến …"),
                            ("reduce_by", "Giảm"),
                            ("reduce_least", "Giảm từ mức này trở lên"),
                            ("reduce_range", "Giảm từ … đến …"),
                            ("reduce_year", "Giảm bình quân mỗi năm"),
                            ("level", "Còn"),
                            ("none_left", "Không còn"),
                            ("qualitative", "Định tính"),
                        ],
                        max_length=12,
                        verbose_name="Ràng buộc của tỷ lệ",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="Tỷ lệ (%)",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="Nội dung, ghi chú")),
                ("issuer", models.CharField(max_length=120, verbose_name="Cơ quan giao")),
                ("document", models.CharField(max_length=120, verbose_name="Văn bản giao")),
                ("issued_on", models.DateField(verbose_name="Ngày văn bản")),
                ("reason", models.TextField(blank=True, verbose_name="Lý do điều chỉnh")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_targets",
                        to="projects.indicator",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reports.assignedtarget",
                    ),
                ),
                (
                    "ward",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "chỉ tiêu cấp trên giao",
                "ordering": ["ward", "indicator__order", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes", None)),
                        fields=("indicator", "year"),
                        name="assigned_target_first_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "operator__in",
                                [
                                    "equal",
                                    "at_least",
                                    "at_most",
                                    "below",
                                    "about",
                                    "range",
                                    "reduce_by",
                                    "reduce_least",
                                    "reduce_range",
                                    "reduce_year",
                                    "level",
                                    "none_left",
                                    "qualitative",
                                ],
                            )
                        ),
                        name="assigned_known_operator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("high__gte", models.F("low")),
                                ("operator__in", ("range", "reduce_range")),
                            ),
                            models.Q(
                                models.Q(
                                    ("operator__in", ("range", "reduce_range")), _negated=True
                                ),
                                ("high", None),
                            ),
                            _connector="OR",
                        ),
                        name="assigned_only_a_range_has_two_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rate", None), ("rate_operator", "")),
                            models.Q(
                                ("rate__gte", 0),
                                ("rate__lte", 100),
                                (
                                    "rate_operator__in",
                                    [
                                        "equal",
                                        "at_least",
                                        "at_most",
                                        "below",
                                        "about",
                                        "range",
                                        "reduce_by",
                                        "reduce_least",
                                        "reduce_range",
                                        "reduce_year",
                                        "level",
                                        "none_left",
                                        "qualitative",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="assigned_rate_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issuer", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                        ),
                        name="assigned_by_a_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supersedes", None),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assigned_change_has_reason",
                    ),
                ],
            },
        ),
    ]
