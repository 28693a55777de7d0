"""What the log says: time, level, the number of the request; never what is in a row or a form.

The texts of errors carry values ("Key (citizen_id)=(…) already exists"), so a traceback names
where an error came from and of which kind it is; of a text only what no value can be part of.
"""

import logging
import re
import secrets
import traceback
from contextvars import ContextVar

from povertyplan.core.platform.bad_days.outages import chain_of

NO_NUMBER = "-"
# No letter or digit that is read wrongly over the telephone.
LETTERS = "ABCDEFGHKMNPRTUVWXY346789"
NUMBER_LENGTH = 6
# Long runs of digits are personal numbers or those of telephones.
LONG_NUMBER = re.compile(r"\d{9,}")
# Errors of code, whose texts name identifiers and types alone.
TELLING = (AttributeError, NameError, ImportError, TypeError)

_number: ContextVar[str] = ContextVar("request_number", default=NO_NUMBER)


def request_number() -> str:
    """The number of the request that is being answered; "-" outside of one."""
    return _number.get()


class RequestNumberMiddleware:
    """Give each request a number, which the page of a fault shows and each log line carries."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        number = "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LENGTH))
        given, request.number = _number.set(number), number
        try:
            return self.get_response(request)
        finally:
            _number.reset(given)


class PrivateFormatter(logging.Formatter):
    """One line a record, with the request's number, and tracebacks without values."""

    def format(self, record: logging.LogRecord) -> str:
        # Django logs a refusal when the request has left the middleware already.
        request = getattr(record, "request", None)
        record.request_number = getattr(request, "number", None) or request_number()
        record.exc_text = None  # another handler may have kept its own text of the traceback
        return LONG_NUMBER.sub("…", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name of logging)
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, ei) -> str:  # noqa: N802 (the name of logging)
        """Where each error of the chain was raised, and what may be said of it."""
        errors = reversed([*chain_of(ei[1])])
        return "\n".join(
            "".join([*traceback.format_tb(each.__traceback__), describe(each)]) for each in errors
        )


def describe(error: BaseException) -> str:
    """The kind of an error, and of its text what holds no value of a row or a form."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    facts = [str(error)] if isinstance(error, TELLING) else []
    facts += [getattr(error, name, None) or "" for name in ("sqlstate", "sqlite_errorname")]
    diagnosis = getattr(error, "diag", None)
    facts += [
        getattr(diagnosis, name, None) or ""
        for name in ("table_name", "column_name", "constraint_name")
    ]
    said = ", ".join(fact for fact in facts if fact)
    return f"{kind}: {said}" if said else kind
