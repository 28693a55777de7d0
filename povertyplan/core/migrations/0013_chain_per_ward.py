from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0012_fill_area_sort_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChainLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.BigIntegerField()),
                ("position", models.BigIntegerField()),
                ("change_id", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "mắt xích",
                "ordering": ["chain", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "position"), name="link_place_once_in_chain"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeadRecord",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.BigIntegerField()),
                ("length", models.BigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "mắt xích của các chuỗi",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="chainhead",
            name="chain",
            field=models.BigIntegerField(default=0, unique=True),
        ),
        migrations.AddField(
            model_name="unsealedchange",
            name="chain",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="unsealedchange",
            name="token",
            field=models.CharField(blank=True, db_index=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name="unsealedchange",
            index=models.Index(fields=["chain", "change_id"], name="unsealed_chain"),
        ),
    ]
