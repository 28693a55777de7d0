"""Reading a list of households from a file."""

from households.intake.writing.selectors.undoing import undo_effects
from households.models import ImportBatch
from tests.access.patterns.pattern import FORM, POST_ALONE, Address, Pattern, Place


def _import(place: Place) -> Address:
    """The list that is being read."""
    return {"pk": _list_being_read(place).pk}


def _import_version(place: Place) -> dict:
    return {"version": _list_being_read(place).version}


def _import_decision(place: Place) -> dict:
    return _import_version(place) | {"act": "decide", "row": 0, "decision": "skip"}


def _list_being_read(place: Place) -> ImportBatch:
    return ImportBatch.objects.get(ward=place.ward.area, file_name__endswith=".csv")


def _written_import(place: Place) -> Address:
    return {"pk": ImportBatch.objects.filter(ward=place.ward.area).earliest("pk").pk}


def _undo(place: Place) -> dict:
    batch = ImportBatch.objects.get(pk=_written_import(place)["pk"])
    return {"version": batch.version, "token": undo_effects(batch).token}


INTAKE: dict[str, Pattern] = {
    "households:import_list": Pattern(methods=FORM, posted=422),
    "households:import_template": Pattern(shows=False),
    "households:import_sheets": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version, posted=422
    ),
    "households:import_columns": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version, posted=422
    ),
    "households:import_rows": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_decision
    ),
    "households:import_preview": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version
    ),
    "households:import_result": Pattern(reach="ward", address=_written_import),
    "households:import_undo": Pattern(
        # It was written too long ago: the page says so, and a post is told so.
        methods=FORM,
        reach="ward",
        address=_written_import,
        payload=_undo,
        posted=422,
    ),
    "households:import_report": Pattern(
        methods=POST_ALONE, reach="ward", address=_import, posted=200
    ),
}
