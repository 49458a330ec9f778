"""What in a text could give somebody away. It points; it never changes a word.

A name in a group of thirty people is not anonymous, and neither is "the only one at the Elm Street van".
"""

import calendar
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Hint(NamedTuple):
    """`words` as they stand in the text, and why they may point at somebody."""

    words: str
    why: str | Promise


PATTERNS: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), _("This looks like a mail address.")),
    (re.compile(r"(?<!\w)@\w{3,}"), _("This looks like somebody's handle.")),
    (re.compile(r"(?<![\w.])\+?\d[\d ()-]{6,}\d(?![\w.])"), _("This looks like a phone number.")),
    (
        re.compile(
            r"\b\d+[a-z]? +(?:[A-Z]\w+ +){1,3}(?:St|Street|Rd|Road|Ave|Avenue|Lane|Drive|Parade|Square)\b"
        ),
        _("This looks like an address."),
    ),
    (re.compile(r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b"), _("A date can point at one event.")),
    (
        re.compile(
            r"\b(?:my|our) (?:boss|manager|partner|ex|kid|son|daughter|wife|husband|team leader)\b",
            re.IGNORECASE,
        ),
        _("Others may know whose this is."),
    ),
    (
        re.compile(r"\b(?:the|an?) only (?:\w+ ){0,2}(?:one|peer|woman|man|person|worker)\b", re.IGNORECASE),
        _("There may be only one such person."),
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
    found: dict[int, Hint] = {}
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            found.setdefault(match.start(), Hint(match[0], _("Somebody or some place here has this name.")))
    for pattern, why in PATTERNS:
        for match in pattern.finditer(text):
            found.setdefault(match.start(), Hint(match[0].strip(), why))
    for match in CAPITAL.finditer(text):
        if match[0] not in NOBODY:
            found.setdefault(match.start(), Hint(match[0], _("This may be a name.")))
    return [found[at] for at in sorted(found)]
