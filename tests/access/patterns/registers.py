"""Registers that are read from a file and written to one."""

from collections.abc import Iterator

from tests.access.patterns.addresses import programme
from tests.access.patterns.pattern import FORM, POST_ALONE, Pattern

# Registers, each with how its list is exported; that of supports has a page for it.
REGISTERS: dict[str, Pattern | None] = {
    "activity_list": Pattern(),
    "donation_register": Pattern(),
    "ward_project_list": Pattern(),
    "assignment_list": Pattern(),
    "programme_list": Pattern(shows=False),
    "part_list": Pattern(address=lambda place: programme(place), shows=False),
    "support_register": None,
    "support_kind_list": Pattern(shows=False),
}


def _register_patterns(export: Pattern | None) -> Iterator[tuple[str, Pattern]]:
    """A file that is missing, and a preview that nobody made, are told whoever may post."""
    if export is not None:
        yield "export", export
    yield "template", Pattern(shows=False)
    yield (
        "import",
        Pattern(methods=FORM, payload=lambda place: {"file": ""}, posted=422, shows=False),
    )
    yield (
        "import_save",
        Pattern(methods=POST_ALONE, payload=lambda place: {"table": "x"}, posted=422, shows=False),
    )


OF_REGISTERS: dict[str, Pattern] = {
    **{
        f"households:{register}_{view}": pattern
        for register in ("worker_register", "need_register", "fact_register")
        for view, pattern in _register_patterns(None)
    },
    **{
        f"projects:{register}_{view}": pattern
        for register, export in REGISTERS.items()
        for view, pattern in _register_patterns(export)
    },
    **{
        f"reports:{register}_{view}": pattern
        for register in ("target_register", "actual_register")
        for view, pattern in _register_patterns(Pattern())
    },
}
