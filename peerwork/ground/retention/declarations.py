"""What a table says of itself. A table that says nothing does not get past the tests.

There are four kinds, and every table is one of them:

known      the server can read it, for as little time as possible; each row has a day it is forgotten
sealed     only the people it was sealed to can read it; the server keeps ciphertext of padded size
unlinked   the server can read it, but not whose it is: no person, no time, no order
published  meant to be read by whoever it is released to
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise
type ForgetRule = Callable[[date], Q]


class Kind(StrEnum):
    KNOWN = "known"
    SEALED = "sealed"
    UNLINKED = "unlinked"
    PUBLISHED = "published"


KINDS_IN_WORDS: dict[Kind, Words] = {
    Kind.KNOWN: _("The server can read this, for as short a time as possible."),
    Kind.SEALED: _("Only the people it was sealed to can read this. The server cannot."),
    Kind.UNLINKED: _("The server can read this, but not whose it is."),
    Kind.PUBLISHED: _("This is meant to be read."),
}


@dataclass(frozen=True)
class Declaration:
    """What one table holds, in words a member can read.

    `columns` has one sentence for each column. `forget` takes today's date and answers which rows
    are forgotten tonight; it is None only where `until` names an act of a person instead of a day.
    """

    kind: Kind
    says: Words
    until: Words
    forget: ForgetRule | None = None
    keeps_no_order: bool = False
    columns: dict[str, Words] = field(default_factory=dict)


DECLARED: dict[type[Model], Declaration] = {}

# Tables that come with the tools we stand on. None of them knows a person.
OF_THE_TOOLS: dict[str, Words] = {
    "django_migrations": _("Which changes to the tables have been made on this server."),
    "django_ox_oxtask": _("Jobs the server gives itself, with the numbers of things, never names."),
    "django_ox_oxscheduletick": _("When each nightly job was last due."),
    "django_ox_oxschedule": _("Extra schedules. Always empty here."),
    "django_ox_oxschedulechange": _("Changes to extra schedules. Always empty here."),
    "sqlite_sequence": _("How far the numbers of the tools' own rows have counted."),
}


def declare[M: type[Model]](declaration: Declaration) -> Callable[[M], M]:
    def keep(model: M) -> M:
        DECLARED[model] = declaration
        return model

    return keep


def known[M: type[Model]](
    *,
    says: Words,
    until: Words,
    forget: ForgetRule | None = None,
    keeps_no_order: bool = False,
    **columns: Words,
) -> Callable[[M], M]:
    return declare(Declaration(Kind.KNOWN, says, until, forget, keeps_no_order, columns))


def sealed[M: type[Model]](
    *,
    says: Words,
    until: Words,
    forget: ForgetRule | None = None,
    keeps_no_order: bool = False,
    **columns: Words,
) -> Callable[[M], M]:
    return declare(Declaration(Kind.SEALED, says, until, forget, keeps_no_order, columns))


def unlinked[M: type[Model]](
    *, says: Words, until: Words, forget: ForgetRule | None = None, **columns: Words
) -> Callable[[M], M]:
    return declare(Declaration(Kind.UNLINKED, says, until, forget, keeps_no_order=True, columns=columns))


def published[M: type[Model]](
    *,
    says: Words,
    until: Words,
    forget: ForgetRule | None = None,
    keeps_no_order: bool = False,
    **columns: Words,
) -> Callable[[M], M]:
    return declare(Declaration(Kind.PUBLISHED, says, until, forget, keeps_no_order, columns))
