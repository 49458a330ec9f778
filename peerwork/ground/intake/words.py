"""The words of an entry: title, place and text, made plain and short, without anybody's mail address."""

import html
import re

from django.utils.translation import gettext as _

from peerwork.ground.intake.links import LINK, MAIL, plain

TITLE, PLACE, ABOUT = 80, 200, 600
LONGEST_READ, LONGEST_TIDIED = 20_000, 5_000

IS_HTML = re.compile(
    r"</?(p|br|a|b|i|u|ul|ol|li|div|span|html|body|font|strong|em|h[1-6])\b[^<>]*>", re.IGNORECASE
)
UNSEEN = re.compile(
    r"<(script|style|head|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
ANCHOR = re.compile(
    r"<a\b[^<>]*\bhref=[\"']?(https?://[^\"'\s<>]+)[^<>]*>((?:[^<]|<(?!/?a\b))*)</a\s*>", re.IGNORECASE
)
ENDS_LINE = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|tr|h[1-6])\s*>|<(?:ul|ol)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-z!?][^<>]*>", re.IGNORECASE)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
DIAL_IN = re.compile(r"-::~:~::[~:]+-.*?(?:-::~:~::[~:]+-|\Z)|_{20,}(?:.*_{20,}|.*)", re.DOTALL)
"""What programs write under an invitation: dial-in numbers and advice."""

PROGRAMS = ("-::~", "teams", "zoom", "webex", "skype")

EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|<\s*>")


def one_line(text: str, longest: int, notes: list[str]) -> str:
    """A title or a place. What was changed is added to `notes`, in words."""
    return cut(" ".join(tidy(text[:LONGEST_TIDIED], notes).split()), longest, notes)


def paragraphs(text: str, longest: int, notes: list[str]) -> str:
    """A longer text, with its line breaks and its links."""
    tidied = tidy(without_dial_in(without_html(text[:LONGEST_READ]))[:LONGEST_TIDIED], notes)
    lines = [" ".join(line.split()) for line in tidied.splitlines()]
    return cut(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), longest, notes)


def without_dial_in(text: str) -> str:
    """Lines that somebody drew by hand stay."""
    return DIAL_IN.sub(
        lambda found: "\n" if any(map(found[0].lower().__contains__, PROGRAMS)) else found[0], text
    )


def tidy(text: str, notes: list[str]) -> str:
    """No letters that cannot be seen, no links that say who opens them, no mail addresses."""
    seen = CONTROL.sub("", text)
    clean, how_many = MAIL.subn("", LINK.sub(lambda found: plain_again(found[0]), seen))
    if not how_many and all(map(plain, LINK.findall(seen))):
        return clean
    notes.append(_("A mail address was taken out."))
    return EMPTY_BRACKETS.sub("", clean)


def plain_again(link: str) -> str:
    """The plain link, with the full stop or bracket that stood after it."""
    bare = link.rstrip(".,;:!?)]}>*_")
    return plain(link) + link[len(bare) :]


def cut(text: str, longest: int, notes: list[str]) -> str:
    if len(text) <= longest:
        return text
    notes.append(_("Its text was longer than %(longest)d letters and was cut.") % {"longest": longest})
    return text[: longest - 1].rstrip() + "…"


def without_html(text: str) -> str:
    """The words of a text with tags in it; a link becomes its words and its address."""
    if not IS_HTML.search(text):
        return text
    shown = ANCHOR.sub(words_and_address, UNSEEN.sub("", text))
    return html.unescape(TAG.sub("", ENDS_LINE.sub("\n", shown)))


def words_and_address(anchor: re.Match[str]) -> str:
    address, words = anchor.groups()
    return words if address in words else f"{words} ({address})"
