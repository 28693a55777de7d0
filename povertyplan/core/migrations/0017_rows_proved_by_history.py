"""A mark: from here on the rows are held against their history.

What an older installation holds without a history, or with another one, is taken in after this
migration and signed by it (journal/upgrades.py); nothing is done here.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0016_versions_of_places")]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)]
