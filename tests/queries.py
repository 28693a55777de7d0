"""What a page asks of the database, and what it asks twice."""

from collections import Counter
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Once in a while a session notes when it was last used: by the time, not by the page.
SEEN = 'UPDATE "django_session"'
# What is no question about facts.
NOT_ASKED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", SEEN)


def questions(send: Callable[[], object]) -> tuple[object, Counter[str]]:
    """An answer, and how often each statement was sent for it."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = send()
    statements = (each["sql"] for each in asked.captured_queries)
    return answer, Counter(each for each in statements if not each.startswith(NOT_ASKED))


def repeated(asked: Counter[str]) -> dict[str, int]:
    """The statements that were sent more than once."""
    return {sql: times for sql, times in asked.items() if times > 1}
