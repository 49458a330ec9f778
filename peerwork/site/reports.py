"""What is said on stderr when something of ours breaks: what broke and where in the code, not who asked for what.

No access log, no time, no address, no path of a request, no value of a variable, no text of an exception:
any of them may hold what somebody typed.
"""

import logging
import traceback
from collections.abc import Iterator
from itertools import islice
from typing import Any

LONGEST_CHAIN = 10


class WithoutAddresses(logging.Filter):
    """Lets through what broke. Of a request that is a page that could not be made, without its address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):  # somebody sent nonsense: nothing of ours broke
            return False
        if record.name.startswith("django.request"):
            record.msg, record.args = "A page could not be made.", ()
            return bool(record.exc_info) and getattr(record, "status_code", 500) == 500  # noqa: PLR2004
        return True


class WithoutWords(logging.Formatter):
    """The trace, and the kinds of the exceptions, without what they say."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 — logging's own name
        told = ["".join([*traceback.format_tb(error.__traceback__), _kind(error)]) for error in chain(ei[1])]
        return "\nand then:\n".join(reversed(told))


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """This exception, what it came of, what that came of. The last first."""

    def all_of_them(error: BaseException | None) -> Iterator[BaseException]:
        while error is not None:
            yield error
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)

    return islice(all_of_them(error), LONGEST_CHAIN)


def _kind(error: BaseException) -> str:
    """Its name, and what the machine calls the trouble: a full disk is worth knowing, and tells on nobody."""
    machine = getattr(error, "sqlite_errorname", None) or getattr(error, "strerror", None)
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f": {machine}" if machine else "")
