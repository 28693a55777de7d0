import uuid

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_fill_block_keys")]

    operations = [
        migrations.AlterField(
            model_name="block",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                fields=["document", "order"],
                condition=Q(parent=None),
                name="block_order_once_at_top",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                fields=["document", "parent", "order"],
                condition=Q(parent__isnull=False),
                name="block_order_once_in_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=~Q(parent=F("id")), name="block_not_its_own_parent"
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=Q(removed_by=None) | Q(removed_at__isnull=False),
                name="block_removed_at_some_time",
            ),
        ),
    ]
