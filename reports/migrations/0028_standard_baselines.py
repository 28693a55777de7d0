import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_parts_of_years_locked"),
        ("households", "0039_person_facts"),
        ("projects", "0015_donations"),
        ("reports", "0027_assigned_targets"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandardBaseline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="Số gốc"),
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
                ("as_of", models.DateField(verbose_name="Số liệu ngày")),
                ("reason", models.TextField(verbose_name="Lý do, căn cứ")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standard_baselines",
                        to="projects.indicator",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.povertystandard",
                        verbose_name="Chuẩn nghèo",
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
                "verbose_name": "số gốc theo chuẩn nghèo",
                "ordering": ["ward", "indicator", "standard"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "standard"), name="standard_baseline_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__gte", 0),
                            models.Q(
                                ("rate", None),
                                models.Q(("rate__gte", 0), ("rate__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="standard_baseline_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="standard_baseline_has_reason",
                    ),
                ],
            },
        ),
    ]
