"""A random key for every block, and room between two neighbours for others."""

from collections import defaultdict
from uuid import uuid4

from django.db import migrations
from django.db.models import F

GAP = 2**32
AT_ONCE = 500


def fill_keys(apps, schema_editor):
    Block = apps.get_model("reports", "Block")
    Block.objects.update(order=F("order") * GAP)
    blocks = []
    for block in Block.objects.filter(key=None).only("pk").iterator(chunk_size=AT_ONCE):
        block.key = uuid4()
        blocks.append(block)
    Block.objects.bulk_update(blocks, ["key"], batch_size=AT_ONCE)


def number_again(apps, schema_editor):
    """Number the blocks as they are read; the old table knows none that were removed."""
    Block = apps.get_model("reports", "Block")
    Block.objects.exclude(removed_at=None).delete()
    below = defaultdict(list)
    rows = Block.objects.order_by("document", "order").values_list("document", "parent", "pk")
    for document, parent, pk in rows:
        below[document, parent].append(pk)

    def read(document, parent):
        for pk in below[document, parent]:
            yield pk
            yield from read(document, pk)

    for document in {document for document, _ in below}:
        for order, pk in enumerate(read(document, None), start=1):
            Block.objects.filter(pk=pk).update(order=order)


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_block_keys")]

    operations = [migrations.RunPython(fill_keys, number_again)]
