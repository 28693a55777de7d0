from django.db import migrations

from povertyplan.core.text.vietnamese import place_sort_key


def fill(apps, schema_editor):
    """Give every place that is there the key that its name sorts by."""
    for area in apps.get_model("core", "Area").objects.all():
        area.sort_key = place_sort_key(area.name)
        area.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_area_sort_key"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
