"""Repeats as people say them, “weekly” or “first Tuesday of the month”, as rules (RFC 5545, 3.3.10)."""

import re

from django.utils.translation import gettext as _

from peerwork.ground.intake.days import WEEKDAYS
from peerwork.ground.intake.readings import LeftOut

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONCE = {"", "no", "none", "once", "never", "one off", "one time", "does not repeat", "nee", "eenmalig"}
TWO_MEANINGS = re.compile(
    r"bi ?(weekly|monthly|yearly|annual)|(every|each) (second|2nd) (?!week|month|day|year)\w+", re.ASCII
)
WHOLE = {
    "daily": "FREQ=DAILY",
    "dagelijks": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "wekelijks": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "every fortnight": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "maandelijks": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "yearly": "FREQ=YEARLY",
    "annually": "FREQ=YEARLY",
    "jaarlijks": "FREQ=YEARLY",
    "om de week": "FREQ=WEEKLY;INTERVAL=2",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "every weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}
UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
ORDINALS = {
    "first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3",
    "fourth": "4", "4th": "4", "fifth": "5", "5th": "5", "last": "-1",
    "eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5", "laatste": "-1",
}  # fmt: skip
APART = {
    "": 1, "other": 2, "second": 2, "2nd": 2, "two": 2, "third": 3, "3rd": 3, "three": 3,
    "fourth": 4, "4th": 4, "four": 4, "six": 6, **{str(number): number for number in range(1, 100)},
}  # fmt: skip
EVERY = re.compile(r"(?:every|each) ?(\w*) (day|week|month|year)s?")
ON_DAYS = re.compile(r"(?:weekly on |every |each |elke |iedere |on )?(other )?([a-z ]+)")
OF_MONTH = re.compile(
    r"(?:monthly on the |every |each |elke |on the |the )?([a-z0-9 ]+?)"
    r"(?: (?:of|in) (?:the|each|every) month| van (?:de|elke) maand)?"
)
SPAN = re.compile(r"\b([a-z]+) ?(?:[-\u2013]|to|through) ?([a-z]+)\b")
TIMES = re.compile(r"(.+?) (?:x ?(\d{1,3})|(\d{1,3}) ?(?:x|times))")
FOR_WEEKS = re.compile(r"(.+?) for (\d{1,2}) weeks")


def rule_of(text: str) -> str:
    """A rule, or nothing for what happens once. Raises LeftOut for what we do not know or could misread."""
    said = plain(text)
    if said in ONCE:
        return ""
    if TWO_MEANINGS.search(said):
        says = _("“%(text)s” can mean two things. Write “every 2 weeks” or “second Tuesday of the month”.")
        raise LeftOut(says % {"text": text[:40]})
    rule = counted(said) or endless(said)
    if not rule:
        raise LeftOut(
            _("we do not know the repeat “%(text)s”. Try “weekly” or “first Tuesday”.") % {"text": text[:40]}
        )
    return rule


def plain(text: str) -> str:
    """Only words and numbers; “Mon to Fri” as its five days."""
    listed = SPAN.sub(days_between, text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\band\b", " ", listed)))


def days_between(span: re.Match[str]) -> str:
    first, last = code_of(span[1]), code_of(span[2])
    if not first or not last:
        return span[0]
    return " ".join(CODES[CODES.index(first) : CODES.index(last) + 1]).casefold()


def counted(said: str) -> str:
    """“weekly, 6 times”, “every Tuesday x6”, “weekly for 6 weeks”."""
    if found := TIMES.fullmatch(said):
        rule, count = endless(found[1]), found[2] or found[3]
    elif found := FOR_WEEKS.fullmatch(said):
        rule, count = once_a_week(endless(found[1])), found[2]
    else:
        return ""
    return f"{rule};COUNT={int(count)}" if rule and int(count) else ""


def once_a_week(rule: str) -> str:
    """Only then do weeks count times."""
    return rule if re.fullmatch(r"FREQ=WEEKLY(;BYDAY=[A-Z]{2})?", rule) else ""


def endless(said: str) -> str:
    return WHOLE.get(said) or every(said) or of_the_month(said) or on_days(said)


def every(said: str) -> str:
    """“every 2 weeks”, “every third month”."""
    found = EVERY.fullmatch(said)
    apart = APART.get(found[1], 0) if found else 0
    if not found or not apart:
        return ""
    return f"FREQ={UNITS[found[2]]}" + (f";INTERVAL={apart}" if apart > 1 else "")


def on_days(said: str) -> str:
    """“Tuesdays and Thursdays”, “every other Tue”."""
    found = ON_DAYS.fullmatch(said)
    words = found[2].split() if found else []
    if not found or not words or not all(map(code_of, words)):
        return ""
    return f"FREQ=WEEKLY{';INTERVAL=2' if found[1] else ''};BYDAY={','.join(map(code_of, words))}"


def of_the_month(said: str) -> str:
    """“first Tuesday”, “1st and 3rd Wed of the month”."""
    found = OF_MONTH.fullmatch(said)
    *numbers, day = found[1].split() if found else [""]
    if not numbers or not code_of(day) or not all(word in ORDINALS for word in numbers):
        return ""
    return "FREQ=MONTHLY;BYDAY=" + ",".join(ORDINALS[word] + code_of(day) for word in numbers)


def code_of(word: str) -> str:
    """“Tuesdays” as TU; nothing for what is no weekday."""
    number = WEEKDAYS.get(word, WEEKDAYS.get(word.removesuffix("s")))
    return "" if number is None else CODES[number]
