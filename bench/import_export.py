"""Import and export of a ward's list: `python bench/import_export.py [households]`.

Prints one JSON object a line: name, value, unit, peer, ratio, goal, holds, size. The peer of the
import is the common way in the same run: row by row, each row checked by the same readers and
saved through the models, each in its own savepoint. The peer of the export is the bare writer
with the same rows. Works on a throw-away SQLite file, or on the database of DATABASE_URL.
"""

import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SCRATCH = tempfile.TemporaryDirectory()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyplan.settings")
os.environ.setdefault("SECRET_KEY", "demo-key-of-a-measurement")
os.environ.setdefault("POVERTYPLAN_DEMO", "1")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{SCRATCH.name}/bench.sqlite3")

import django  # noqa: E402 - after the environment

django.setup()

import xlsxwriter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from households.choices import PovertyClass  # noqa: E402
from households.directory.selectors.exports import ExportedList, official_list  # noqa: E402
from households.directory.selectors.search import HouseholdQuery  # noqa: E402
from households.directory.workbooks import POOR_COLUMNS, POOR_FIRST, official_workbook  # noqa: E402
from households.intake.sheets.grouping import read_rows  # noqa: E402
from households.intake.sheets.headings import SheetField  # noqa: E402
from households.intake.sheets.layouts import recognise  # noqa: E402
from households.intake.sheets.workbook import open_workbook  # noqa: E402
from households.intake.staging.selectors.problems import outcome_counts, reader_of  # noqa: E402
from households.intake.staging.services import read_import, start_import  # noqa: E402
from households.intake.writing.services.writing import write_import  # noqa: E402
from households.ledger.services.spells import open_first_spell  # noqa: E402
from households.models import EthnicGroup, Household, Membership, Person  # noqa: E402
from povertyplan.core import clock  # noqa: E402
from povertyplan.core.choices import AreaKind, Setting  # noqa: E402
from povertyplan.core.journal import history  # noqa: E402
from povertyplan.core.models import Area  # noqa: E402
from povertyplan.core.text.vietnamese import search_key, sort_key  # noqa: E402

VILLAGES = 24
PEER_HOUSEHOLDS = 300
FAMILY = ("Nguyễn Văn", "Y", "A", "Đặng Thị", "Trần", "Lê Thị", "Bùi")
GIVEN = ("Hữu", "Nam", "Ủy", "Hòa", "Bình", "Ân", "Lự", "Thơm", "Chính", "Quý", "Sơn", "Hạnh")


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    call_command("migrate", verbosity=0)
    EthnicGroup.objects.get_or_create(code="14", defaults={"name": "Xơ-đăng"})
    ward = make_ward("90001")
    content = workbook(households)
    people, seconds, memory = import_list(ward, content)
    peer = import_row_by_row(make_ward("90002"), workbook(PEER_HOUSEHOLDS, seed=2))
    rate = people / seconds
    say(
        "import rows a second",
        rate,
        "rows/s",
        peer,
        rate / peer,
        ">= 10",
        rate >= 10 * peer,
        people,
    )
    say("import, whole", seconds, "s", None, None, "", None, people)
    say("import memory, this process", memory, "MB", None, None, "<= 300", memory <= 300, people)
    export(ward, people)


def say(name, value, unit, peer, ratio, goal, holds, size) -> None:
    facts = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "peer": None if peer is None else round(peer, 2),
        "ratio": None if ratio is None else round(ratio, 2),
        "goal": goal,
        "holds": holds,
        "size": size,
    }
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def make_ward(code: str) -> Area:
    ward, made = Area.objects.get_or_create(
        code=code,
        kind=AreaKind.WARD,
        defaults={"name": f"Phường {code}", "setting": Setting.URBAN},
    )
    if made:
        place(ward)
        for order in range(1, VILLAGES + 1):
            place(
                Area.objects.create(
                    parent=ward,
                    kind=AreaKind.VILLAGE,
                    name=f"Tổ dân phố {order}",
                    code=f"{order:03}",
                    order=order,
                    setting=Setting.URBAN,
                )
            )
    return ward


def place(area: Area) -> None:
    area.path = area.path_below_parent()
    area.save(update_fields=["path"])


def workbook(households: int, seed: int = 1) -> bytes:
    """An official list; three or four persons in each household."""
    chance = random.Random(seed)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("DS")
    for position, column in enumerate(POOR_COLUMNS, start=1):
        sheet.write_string(4, position, column.heading)
    row = POOR_FIRST - 1
    for number in range(1, households + 1):
        village = f"Tổ dân phố {chance.randint(1, VILLAGES)}"
        for values in household(chance, number, village, seed):
            for position, value in enumerate(values, start=1):
                if value != "":
                    sheet.write(row, position, value)
            row += 1
    book.close()
    return stream.getvalue()


def household(chance: random.Random, number: int, village: str, seed: int):
    head = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}"
    for position in range(chance.randint(3, 4)):
        birth = date(2020, 1, 1) - timedelta(days=chance.randint(0, 25_000))
        female = chance.randint(0, 1)
        century = 2 if birth.year >= 2000 else 0
        first = position == 0
        serial = (number * 5 + position) % 1_000_000
        yield (
            number if first else "", head,
            head if first else f"{chance.choice(FAMILY)} {chance.choice(GIVEN)}",
            "Chủ hộ" if first else "Con", birth.strftime("%d/%m/%Y"),
            "Nữ" if female else "Nam",
            f"0{60 + seed * 2}{century + female}{birth.year % 100:02}{serial:06}",
            "Quảng Ngãi", "", "", "Phường", "", village, "Xơ-đăng",
            "Hộ nghèo" if first else "", "", "", 110 if first else "", 40 if first else "",
            "x" if first else "",
        )  # fmt: skip


def import_list(ward: Area, content: bytes) -> tuple[int, float, float]:
    """People written, seconds from the file to the register, and how much memory it took more."""
    before = peak_memory()
    started = time.perf_counter()
    batch = start_import(ward=ward, content=content, name="ds.xlsx", by=None, source="bench")
    batch = read_import(batch=batch, version=batch.version, by=None, source="bench")
    checked = time.perf_counter()
    batch = write_import(batch=batch, version=batch.version, by=None, source="bench")
    seconds = time.perf_counter() - started
    counts = outcome_counts(batch)
    assert counts["created"] == batch.rows.count(), counts
    say("import, open and check", checked - started, "s", None, None, "", None, counts["created"])
    return counts["created"], seconds, peak_memory() - before


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def import_row_by_row(ward: Area, content: bytes) -> float:
    """Rows a second of the common way: look up, validate and save each row by itself."""
    started = time.perf_counter()
    opened = open_workbook(content, "ds.xlsx")
    sheet = opened.sheets[0]
    found = read_rows(sheet, recognise(sheet), reader_of(ward).for_workbook(opened))
    with history.writing(by=None, act="bench", source="bench"):
        for rows in found.households():
            home = None
            for row in rows:
                home = save_row(ward, row, home)
    return len(found.rows) / (time.perf_counter() - started)


def save_row(ward: Area, row, home: Household | None) -> Household:
    with transaction.atomic():
        if home is None:
            home = save_household(ward, row)
        name = row.value(SheetField.MEMBER_NAME)
        known = Person.objects.filter(citizen_id=row.value(SheetField.CITIZEN_ID)).first()
        person = known or Person(ward=ward)
        person.full_name = name
        person.search_key, person.sort_key = search_key(name), sort_key(name)
        person.sex = row.value(SheetField.SEX)
        person.birth_date = date.fromisoformat(row.value(SheetField.BIRTH_DATE))
        person.citizen_id = row.value(SheetField.CITIZEN_ID)
        person.ethnic_group = EthnicGroup.objects.get(name=row.value(SheetField.ETHNIC_GROUP))
        person.full_clean()
        person.save()
        relation = row.value(SheetField.RELATION)
        membership = Membership(
            ward=ward,
            household=home,
            person=person,
            relation=relation,
            is_head=relation == "head",
            joined_on=home.opened_on,
        )
        membership.full_clean()
        membership.save()
    return home


def save_household(ward: Area, row) -> Household:
    home = Household(
        ward=ward,
        village=Area.objects.get(parent=ward, name=row.value(SheetField.VILLAGE)),
        code=f"B{row.number}",
        opened_on=clock.today(),
    )
    home.full_clean()
    home.save()
    open_first_spell(household=home, starts_on=home.opened_on, poverty_class=PovertyClass.POOR)
    return home


def export(ward: Area, people: int) -> None:
    visible = Household.objects.filter(ward=ward)
    query = HouseholdQuery(on=clock.today(), year=clock.today().year)
    ids = list(visible.order_by("pk").values_list("pk", flat=True))
    started = time.perf_counter()
    found = official_list(visible, ward, query, ids)
    read = time.perf_counter()
    official_workbook(found, ward, "", query.on)
    seconds = time.perf_counter() - started
    assert len(found.poor) == people
    bare = write_bare(found)
    say(
        "export, official list",
        seconds,
        "s",
        bare,
        seconds / bare,
        "<= 2",
        seconds <= 2 * bare,
        people,
    )
    say("export, reading the register", read - started, "s", None, None, "", None, people)


def write_bare(found: ExportedList) -> float:
    """Seconds in which the writer alone puts down the same rows."""
    started = time.perf_counter()
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(found.poor):
        for position, value in enumerate(row):
            if value not in (None, ""):
                sheet.write(number, position, str(value) if isinstance(value, date) else value)
    book.close()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
