"""What every page of the map asks of PostgreSQL: statements, blocks read, CPU of the process.

    DATABASE_URL=postgres://… python -m bench.pages [USERNAME [VIEW …]]

The value is the CPU of a page, the peer its SQL alone. Prints one JSON object a page, the one that
reads the most blocks first. The database is that of `manage.py make_province`; the same user of the
same ward before and after it has grown tells what another ward costs. Blocks are those of EXPLAIN
(ANALYZE, BUFFERS): they are the same on a busy machine and on a quiet one.
"""

import json
import os
import sys
from time import process_time

from django.db import connection, transaction

from bench.shared.measuring import OFFICER, signed_in, size_of_bench
from povertyplan.core.models import User
from tests.journeys.every_page import pages_for
from tests.queries import questions, repeated

TIMES = 3
# What a page may cost in milliseconds of CPU, its process and PostgreSQL together.
SHOW = int(os.environ.get("SHOW", "0"))  # also print statements that read more blocks
GOALS = {"households:household_list": 150, "reports:dashboard": 100}


def plans(statements):
    """The blocks each statement reads, and the large tables it walks from end to end."""
    for sql in statements:
        if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
                (plan,) = cursor.fetchone()[0]
            yield sql, plan


def blocks(node):
    return node["Shared Hit Blocks"] + node["Shared Read Blocks"]


def walked(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"], node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    for child in node.get("Plans", ()):
        yield from walked(child)


def measure(client, view, address):
    try:
        client.get(address)
    except Exception as failed:
        return {"name": view, "fault": repr(failed)[:200]}
    spent = []
    for _ in range(TIMES):
        begun = process_time()
        answer, asked = questions(lambda: client.get(address))
        spent.append(process_time() - begun)
    found = list(plans(asked))
    costs = [(blocks(plan["Plan"]), sql) for sql, plan in found]
    worst = max((each[0] for each in costs), default=0)
    sql = sum(plan["Execution Time"] for _sql, plan in found)
    value, goal = 1000 * min(spent) + sql, GOALS.get(view)
    return {
        "name": view,
        "value": round(value, 1),
        "unit": "ms",
        "peer": round(sql, 1),
        "ratio": round(value / sql, 1) if sql else None,
        "goal": goal,
        "holds": value <= goal if goal else None,
        "size": size_of_bench(),
        "status": answer.status_code,
        "queries": sum(asked.values()),
        "repeated": sum(times - 1 for times in repeated(asked).values()),
        "python_ms": round(1000 * min(spent), 1),
        "database_ms": round(sql, 1),
        "blocks": sum(each[0] for each in costs),
        "walks": sorted(
            {name for _sql, plan in found for name, rows in walked(plan["Plan"]) if rows > 1000}
        ),
        "worst_blocks": worst,
        "dear": [each for each in costs if SHOW and each[0] > SHOW],
    }


def main():
    name, *wanted = sys.argv[1:] or [OFFICER]
    client, pages = signed_in(name), pages_for(User.objects.get(username=name))
    found = [
        measure(client, view, address)
        for view, address in pages.items()
        if not wanted or view in wanted
    ]
    for line in sorted(found, key=lambda each: -each.get("blocks", 0)):
        print(json.dumps(line, ensure_ascii=False))


main()
