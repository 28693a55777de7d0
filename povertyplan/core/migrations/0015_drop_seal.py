from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0014_keep_the_old_chain"),
    ]

    operations = [
        migrations.DeleteModel(
            name="Seal",
        ),
    ]
