"""How an event comes round: its RRULE, checked and written in one way (RFC 5545, 3.8.5.3)."""

from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from peerwork.ground.intake import rules
from peerwork.ground.intake.readings import CannotRead, LeftOut

MOST_TIMES = 10_000
DEFAULTS = {"INTERVAL": "1", "WKST": "MO"}


class Patience:
    """A rule that misses its own start is slow to check. A file may ask fifty such questions."""

    def __init__(self) -> None:
        self.left = 50

    def spend(self, line: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise CannotRead(_("Too many events here do not start on a day of their own repeat."), line)


class Repeat(NamedTuple):
    """A rule in its usual order, and the first date it brings about from the start on."""

    rule: str
    first: datetime


def repeat_of(text: str, *, starts: datetime, zone: str, line: int, patience: Patience) -> Repeat:
    """Check an RRULE for an event that starts at that wall time in that zone. Raises LeftOut, CannotRead.

    UNTIL comes out in UTC, as RFC 5545, 3.3.10 wants it beside a start with a zone.
    """
    rule = usual(parts_of(text, line), starts, line)
    if "UNTIL" in rule:
        rule["UNTIL"] = until(rule["UNTIL"], starts, zone, line)
    return Repeat(rules.joined(rule), first_of(rule, starts, line, patience))


def parts_of(text: str, line: int) -> dict[str, str]:
    try:
        return rules.parts(text)
    except ValueError:
        raise LeftOut(_("we do not understand how it repeats."), line) from None


def usual(rule: dict[str, str], starts: datetime, line: int) -> dict[str, str]:
    """Without what goes without saying. Refuses what no gathering does."""
    at_start = {"BYHOUR": starts.hour, "BYMINUTE": starts.minute, "BYSECOND": starts.second}
    for name in at_start.keys() & rule.keys():
        if not rule[name].isdecimal() or int(rule.pop(name)) != at_start[name]:
            raise LeftOut(_("it repeats more than once a day."), line)
    if rule["FREQ"] in {"SECONDLY", "MINUTELY", "HOURLY"}:
        raise LeftOut(_("it repeats more than once a day."), line)
    check(rule, line)
    return {name: value for name, value in rule.items() if DEFAULTS.get(name) != value}


def check(rule: dict[str, str], line: int) -> None:
    if int(rule.get("COUNT", "1")) > MOST_TIMES:
        raise LeftOut(_("it repeats more than 10,000 times."), line)
    if "COUNT" in rule and "UNTIL" in rule:
        raise LeftOut(_("its repeat has two ends, a number of times and a last day."), line)
    if is_out_of_place(rule):
        raise LeftOut(_("we do not understand how it repeats."), line)


def is_out_of_place(rule: dict[str, str]) -> bool:
    """Parts that RFC 5545 allows only beside others."""
    often = rule["FREQ"] in {"DAILY", "WEEKLY"}
    numbered = any(character.isdigit() for character in rule.get("BYDAY", ""))
    return (
        (often and numbered)
        or (rule["FREQ"] == "WEEKLY" and "BYMONTHDAY" in rule)
        or (rule["FREQ"] != "YEARLY" and bool(rule.keys() & {"BYWEEKNO", "BYYEARDAY"}))
        or ("BYSETPOS" in rule and not rule.keys() & (rules.LISTS.keys() - {"BYSETPOS"}))
    )


def until(text: str, starts: datetime, zone: str, line: int) -> str:
    """The last moment, in UTC. A day alone lasts until its end; a time without Z is a local time."""
    try:
        last = moment_of(text, zone)
        over = last < starts.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OverflowError):
        raise LeftOut(_("its repeat ends on a day that does not exist."), line) from None
    if over:
        raise LeftOut(_("its repeat ends before it starts."), line)
    return f"{last:%Y%m%dT%H%M%SZ}"


def moment_of(text: str, zone: str) -> datetime:
    written = datetime.strptime(text[:15], "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")  # noqa: DTZ007
    if text.endswith("Z"):
        return written.replace(tzinfo=UTC)
    if "T" not in text:
        written = datetime.combine(written, time(23, 59, 59))
    return written.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def first_of(rule: dict[str, str], starts: datetime, line: int, patience: Patience) -> datetime:
    endless = {name: value for name, value in rule.items() if name not in {"COUNT", "UNTIL"}}
    try:
        first = rules.first_date(rules.joined(endless), starts)
    except (ValueError, OverflowError):
        raise LeftOut(_("we do not understand how it repeats."), line) from None
    if first != starts:
        patience.spend(line)
    if first is None:
        raise LeftOut(_("its repeat never comes round."), line)
    return first
