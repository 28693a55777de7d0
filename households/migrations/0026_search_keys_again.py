"""Keys of names written before look-alikes were unified: search finds what people see."""

from django.db import migrations

from povertyplan.core.text.vietnamese import search_key, sort_key

KEYS = ["search_key", "sort_key"]
AT_ONCE = 1000


def renew_keys(apps, schema_editor):
    Person = apps.get_model("households", "Person")
    renewed = []
    for person in Person.objects.only("full_name", "sort_name", *KEYS).iterator(AT_ONCE):
        keys = search_key(person.full_name), sort_key(person.full_name, person.sort_name)
        if keys != (person.search_key, person.sort_key):
            person.search_key, person.sort_key = keys
            renewed.append(person)
    Person.objects.bulk_update(renewed, KEYS, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0025_cancel_requests"),
    ]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
