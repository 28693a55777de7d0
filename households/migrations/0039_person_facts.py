import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0019_parts_of_years_locked"),
        ("households", "0038_low_income_workers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[("insurance", "Bảo hiểm y tế"), ("schooling", "Đi học")],
                        max_length=10,
                        verbose_name="Nội dung",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Có"), ("no", "Không"), ("unclear", "Chưa rõ")],
                        max_length=8,
                        verbose_name="Trả lời",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kindergarten", "Mầm non, mẫu giáo"),
                            ("primary", "Tiểu học"),
                            ("lower_secondary", "Trung học cơ sở"),
                            ("upper_secondary", "Trung học phổ thông"),
                            ("short_course", "Khóa ngắn hạn"),
                            ("vocational", "Trung cấp"),
                            ("college", "Cao đẳng"),
                            ("university", "Đại học trở lên"),
                        ],
                        max_length=16,
                        verbose_name="Cấp học",
                    ),
                ),
                ("as_of", models.DateField(verbose_name="Số liệu ngày")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="Thẻ dùng đến ngày"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("household", "Hộ trả lời"),
                            ("papers", "Thẻ, giấy tờ đã xem"),
                            ("review", "Rà soát hộ"),
                            ("agency", "Danh sách cơ quan bảo hiểm xã hội"),
                            ("school", "Danh sách của trường"),
                        ],
                        max_length=10,
                        verbose_name="Nguồn",
                    ),
                ),
                (
                    "document",
                    models.CharField(blank=True, max_length=250, verbose_name="Văn bản, danh sách"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_facts",
                        to="households.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="households.person",
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
                "verbose_name": "bảo hiểm y tế, đi học của một người",
                "ordering": ["person", "topic", "-as_of"],
                "indexes": [
                    models.Index(fields=["ward", "topic", "as_of"], name="person_fact_ward_topic")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "topic", "as_of"), name="person_fact_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ["yes", "no", "unclear"]),
                            ("topic__in", ["insurance", "schooling"]),
                            ("source__in", ["household", "papers", "review", "agency", "school"]),
                        ),
                        name="person_fact_known_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level", ""),
                            models.Q(
                                ("answer", "yes"),
                                (
                                    "level__in",
                                    [
                                        "kindergarten",
                                        "primary",
                                        "lower_secondary",
                                        "upper_secondary",
                                        "short_course",
                                        "vocational",
                                        "college",
                                        "university",
                                    ],
                                ),
                                ("topic", "schooling"),
                            ),
                            _connector="OR",
                        ),
                        name="person_fact_level_of_a_pupil",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            models.Q(
                                ("answer", "yes"),
                                ("topic", "insurance"),
                                ("valid_to__gte", models.F("as_of")),
                            ),
                            _connector="OR",
                        ),
                        name="person_fact_card_in_order",
                    ),
                ],
            },
        ),
    ]
