import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0009_number_once_a_year"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="block", name="block_order_once"),
        migrations.AddField(
            model_name="block",
            name="key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="block",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="block",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Bỏ lúc"),
        ),
        migrations.AddField(
            model_name="block",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Người bỏ",
            ),
        ),
        migrations.AlterField(model_name="block", name="order", field=models.BigIntegerField()),
    ]
