"""A mark: from here on the rows are held against their history.

What an older installation holds without a history, or with another one, is taken in after this
migration and signed by it (database/upgrades.py); only an index is made here.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0017_sign_in_rounds")]

    operations = [
        migrations.AddIndex(
            model_name="rowchange",
            index=models.Index(
                fields=["-id"], name="row_change_sql", condition=models.Q(actor="sql")
            ),
        )
    ]
