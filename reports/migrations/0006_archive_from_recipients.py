"""Who keeps a document was a recipient that began with "Lưu:"; now it is a column of its own."""

from django.db import migrations
from django.db.models import Max

LINE = "Lưu:"
USUAL = "VT"


def to_column(apps, schema_editor):
    Document = apps.get_model("reports", "Document")
    Recipient = apps.get_model("reports", "Recipient")
    lines = Recipient.objects.filter(text__startswith=LINE)
    for line in lines.order_by("document", "order"):
        kept = line.text.removeprefix(LINE).strip(" .;") or USUAL
        Document.objects.filter(pk=line.document_id).update(archive=kept)
    lines.delete()


def to_recipients(apps, schema_editor):
    Recipient = apps.get_model("reports", "Recipient")
    documents = apps.get_model("reports", "Document").objects.annotate(
        last=Max("recipients__order")
    )
    Recipient.objects.bulk_create(
        Recipient(
            document=document,
            order=(document.last or 0) + 1,
            text=f"{LINE} {document.archive}"[:200],
        )
        for document in documents
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_document_archive")]

    operations = [migrations.RunPython(to_column, to_recipients)]
