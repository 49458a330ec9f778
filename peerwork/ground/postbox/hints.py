"""What in a text could give somebody away. It points; it never changes a word.

A name in a group of thirty people is not anonymous, and neither is "the only one at the Elm Street van".
"""

import calendar
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Why something may point at somebody. The code goes where no language is known, to be said there.
REASONS: dict[str, str | Promise] = {
    "known": _("Somebody or some place here has this name."),
    "mail": _("This looks like a mail address."),
    "handle": _("This looks like somebody's handle."),
    "phone": _("This looks like a phone number."),
    "address": _("This looks like an address."),
    "date": _("A date can point at one event."),
    "whose": _("Others may know whose this is."),
    "only": _("There may be only one such person."),
    "place": _("This may be a place that people know."),
    "name": _("This may be a name."),
}


class Hint(NamedTuple):
    """`words` as they stand in the text, and why they may point at somebody. `kind` is a code of REASONS."""

    words: str
    why: str | Promise
    kind: str = "name"


STREETS = "St|Street|Rd|Road|Ave|Avenue|Lane|Drive|Parade|Square"
# Where people work. A capital before it, or somebody's "our", and it is one that others can find.
WORKPLACES = (
    "van|clinic|hospital|shelter|hostel|refuge|ward|pharmacy|service|office|outreach|drop-in|needle exchange"
    "|NSP|rehab|detox|prison|school|church"
)
WORD = r"[A-Z][\w'’-]+"
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), "mail"),
    (re.compile(r"(?<!\w)@\w{3,}"), "handle"),
    # A made-up name for a screen: letters with a digit, an underscore or a dot among them.
    (
        re.compile(r"(?<![\w@./-])(?=[a-z_.]*\d|[a-z\d]*_|[a-z]+\.[a-z]+_)[a-z][a-z\d_.]{3,}[a-z\d](?!\w)"),
        "handle",
    ),
    (
        re.compile(
            r"\b(?:insta(?:gram)?|telegram|signal|snap(?:chat)?|discord|tiktok)(?: ?(?:is|name|handle|:))+ ?@?[\w.]+",
            re.IGNORECASE,
        ),
        "handle",
    ),
    (re.compile(r"(?<![\w.])\+?\d[\d ()-]{6,}\d(?![\w.])"), "phone"),
    (re.compile(rf"\b\d+[a-z]? +(?:[A-Z]\w+ +){{1,3}}(?:{STREETS})\b"), "address"),
    (re.compile(rf"\b(?:{WORD} ){{1,2}}(?:{STREETS})\b"), "address"),
    (re.compile(r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b"), "date"),
    (
        re.compile(
            r"\b(?:my|our) (?:boss|manager|partner|ex|kid|son|daughter|wife|husband|team leader)\b",
            re.IGNORECASE,
        ),
        "whose",
    ),
    (
        re.compile(rf"\b(?:[Tt]he|[Aa]t|[Ii]n|[Ff]rom) (?:the )?(?:{WORD} ){{1,3}}(?:(?i:{WORKPLACES}))s?\b"),
        "place",
    ),
    (re.compile(rf"\b(?:our|my) (?:\w+ )?(?:{WORKPLACES})s?\b", re.IGNORECASE), "place"),
    (
        re.compile(r"\b(?:the|an?) only (?:\w+ ){0,2}(?:one|peer|woman|man|person|worker)\b", re.IGNORECASE),
        "only",
    ),
)
# A capital in the middle of a sentence is most often somebody's name.
CAPITAL = re.compile(r"(?<=[\w,;:)] )(?!I\b|I'|I’)[A-Z][a-zà-ÿ]{2,}\b")
# These have capitals and point at nobody.
NOBODY = frozenset(
    (*calendar.day_name, *calendar.month_name, "Easter", "Christmas", "Zoom", "Google", "Covid")
)


def find(text: str, *, names: Iterable[str] = ()) -> list[Hint]:
    """What could point at somebody, in the order it stands. `names` are those the network knows."""
    found: dict[int, tuple[str, str]] = {}
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            found.setdefault(match.start(), (match[0], "known"))
    for pattern, kind in PATTERNS:
        for match in pattern.finditer(text):
            if not _is_within(match.start(), found):
                found.setdefault(match.start(), (match[0].strip(), kind))
    for match in CAPITAL.finditer(text):
        if match[0] not in NOBODY and not _is_within(match.start(), found):
            found.setdefault(match.start(), (match[0], "name"))
    return [Hint(words, REASONS[kind], kind) for _at, (words, kind) in sorted(found.items())]


def _is_within(at: int, found: dict[int, tuple[str, str]]) -> bool:
    """What stands inside something that was pointed out already is not pointed out twice."""
    return any(start <= at < start + len(words) for start, (words, _kind) in found.items())
