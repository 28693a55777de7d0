"""The steps of an import as a browser takes them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.models import ImportBatch

LIST = reverse("households:import_list")


def step(name: str, batch: ImportBatch) -> str:
    return reverse(f"households:import_{name}", args=[batch.pk])


def send(client, content: bytes, name: str = "Danh sách.xlsx"):
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def sheets_post(batch) -> dict:
    post = {"version": batch.version}
    for position, layout in enumerate(batch.layouts):
        if layout.used:
            post[f"sheet{position}-used"] = "on"
        post[f"sheet{position}-heading_row"] = layout.heading_row
    return post


def columns_post(batch) -> dict:
    """What was recognised; columns that no field is read from are not used."""
    post = {"version": batch.version}
    for position, layout in enumerate(batch.layouts):
        for column, at in layout.columns.items():
            post[f"sheet{position}-{column}"] = at
        for column in batch.file.unused:
            if column.sheet == layout.sheet:
                post[f"sheet{position}-use_{column.position}"] = "-"
    return post
