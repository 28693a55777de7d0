"""Measure 9: the movement tables of a ward over five years: statements, and their time."""

from bench.shared.measuring import OFFICER, cost_of, print_line, time_of_sql
from households.ledger.selectors.known import known_periods
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from reports.tables.catalogue import TABLES
from reports.tables.facts import TableFacts
from reports.tables.forms import period_of_year
from tests.queries import questions, repeated

YEARS, NUMBERS = 5, (2, 3)
MOST_STATEMENTS, MOST_TIME = 20, 200


def main():
    ward = Area.objects.visible_to(User.objects.get(username=OFFICER)).get(kind="ward")
    this_year = clock.today().year

    def build():
        known = known_periods(ward)
        for year in range(this_year - YEARS + 1, this_year + 1):
            period = period_of_year(year, known)
            facts = TableFacts(ward=ward, after=period.after, until=period.until, known=known)
            for number in NUMBERS:
                TABLES[number].build(facts)

    own = cost_of(build, times=3)
    _built, asked = questions(build)
    sql, statements = time_of_sql(asked), sum(asked.values())
    print_line(
        "movement",
        value=own.total,
        unit="ms of processor",
        peer=sql,
        goal=f"<= {MOST_STATEMENTS} statements and {MOST_TIME} ms",
        holds=statements <= MOST_STATEMENTS and own.total <= MOST_TIME,
        statements=statements,
        repeated=sum(repeated(asked).values()),
        python=round(own.python, 1),
        sql=round(sql, 1),
    )


main()
