"""Links in what people bring: made plain, so that nobody's address travels inside, and which is the room."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

LONGEST = 600
MOST = 30
LINK = re.compile(r"https?://[^\s<>\"'\\]{3,4000}", re.IGNORECASE)
MAIL = re.compile(r"(?:\bmailto:)?[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
WRAPPERS = {"safelinks.protection.outlook.com": "url", "www.google.com": "q"}
"""Hosts that wrap a link to see who opens it, and where in their address the real link stands."""

THREAD = re.compile(r"[\w:+=-]+@thread\.\w+")
"""The name of a Teams room looks like a mail address and is none."""

ROOM = re.compile(
    r"https://([^/]*\.)?("
    r"zoom\.us|zoomgov\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com|whereby\.com|"
    r"jit\.si|gotomeet\.me|goto\.com|skype\.com|bluejeans\.com|ringcentral\.com|chime\.aws|8x8\.vc|senfcall\.de|"
    r"framatalk\.org|signal\.group|signal\.link|discord\.gg|kmeet\.infomaniak\.com)/"
    r"|https://(meet|bbb|jitsi|talk|call|conference|video)[.\w-]*/"
    r"|https://[^/]+/(?:index\.php/)?(b|call|rooms?|bigbluebutton|jitsi|meet)/",
    re.IGNORECASE,
)


def links_in(text: str) -> list[str]:
    return list(filter(None, map(plain, LINK.findall(text)[:MOST])))


def plain(link: str) -> str:
    """The link itself, out of its wrapper; nothing if somebody's mail address travels in it."""
    link = link.rstrip(".,;:!?)]}>*_")
    return "" if carries_somebody(unwrapped(link)) else unwrapped(link)


def unwrapped(link: str) -> str:
    try:
        address = urlsplit(link)
        inside = parse_qs(address.query, max_num_fields=50)
    except ValueError:
        return link
    key = next((WRAPPERS[host] for host in WRAPPERS if (address.hostname or "").endswith(host)), "")
    return inside.get(key, [link])[0] if LINK.fullmatch(inside.get(key, [""])[0]) else link


def carries_somebody(link: str) -> bool:
    """A mail address in plain sight, or the coded one in the link to an event of Google Calendar."""
    seen = THREAD.sub("", unquote(unquote(link)))
    return bool(MAIL.search(seen)) or bool(re.search(r"google\.com/calendar/.*[?&]eid=", seen))


def room_in(text: str) -> str:
    """The first link that leads to a meeting, or nothing."""
    return next((link for link in links_in(text) if ROOM.match(link) and len(link) <= LONGEST), "")


def secure_in(text: str) -> str:
    """The first https link of any kind, or nothing."""
    found = (link for link in links_in(text) if link.lower().startswith("https://"))
    return next((link for link in found if len(link) <= LONGEST), "")
