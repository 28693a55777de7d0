"""Whether another ward holds a number is answered by the index alone."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("households", "0039_person_facts")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["citizen_id", "ward"],
                condition=~Q(citizen_id=""),
                name="person_number_ward",
            ),
        ),
        migrations.RemoveIndex(model_name="person", name="person_citizen_id"),
    ]
