"""The year of each number; a number that an earlier document of its kind has is marked."""

from django.db import migrations
from django.db.models.functions import ExtractYear


def to_years(apps, schema_editor):
    Document = apps.get_model("reports", "Document")
    dated = Document.objects.exclude(issued_on=None)
    dated.update(issued_year=ExtractYear("issued_on"))
    # What was issued has its number before a draft has, and the older before the newer.
    taken, repeated = set(), []
    numbered = dated.exclude(number=None)
    rows = sorted(
        numbered.values_list("ward", "kind", "issued_year", "number", "state", "issued_on", "pk"),
        key=lambda row: (*row[:4], row[4] != "issued", *row[5:]),
    )
    for *number, _state, _day, pk in rows:
        if tuple(number) in taken:
            repeated.append(pk)
        taken.add(tuple(number))
    Document.objects.filter(pk__in=repeated).update(number_repeats=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_issued_documents")]

    operations = [migrations.RunPython(to_years, migrations.RunPython.noop)]
