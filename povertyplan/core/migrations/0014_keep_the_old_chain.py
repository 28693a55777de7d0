"""The one chain goes on as the chain of what lies in no ward; every ward begins its own."""

import hashlib
import json

from django.db import migrations

GENESIS = "0" * 64
OLD, HEADS = 0, -1


def record_old_head(apps, schema_editor):
    """The first link of the chain over the heads says how the old chain ended."""
    ChainHead = apps.get_model("core", "ChainHead")
    old = ChainHead.objects.filter(chain=OLD).first()
    if old is None:
        return
    # It had been given its id by hand, so PostgreSQL would give the same one again.
    old.delete()
    ChainHead.objects.create(chain=OLD, length=old.length, digest=old.digest)
    facts = json.dumps([1, OLD, old.length, old.digest], separators=(",", ":"))
    digest = hashlib.sha256(f"{GENESIS}{facts}".encode()).hexdigest()
    apps.get_model("core", "HeadRecord").objects.create(
        position=1, chain=OLD, length=old.length, head=old.digest, digest=digest
    )
    ChainHead.objects.create(chain=HEADS, length=1, digest=digest)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_chain_per_ward"),
    ]

    operations = [
        migrations.RunSQL(
            "INSERT INTO core_chainlink (chain, position, change_id, digest)"
            " SELECT 0, position, change_id, digest FROM core_seal ORDER BY position",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(record_old_head, migrations.RunPython.noop),
    ]
