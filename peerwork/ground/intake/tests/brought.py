"""Files as people bring them, and short ways to write one."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from peerwork.ground.intake import calendar_rows, calendars
from peerwork.ground.intake.entries import Entry
from peerwork.ground.intake.readings import CannotRead, Reading

FILES = Path(__file__).parent / "files"
REAL = sorted((FILES / "real").glob("*.ics"))
PUBLISHED = sorted((FILES / "published").glob("*.ics"))
SHEETS = sorted(path for path in (FILES / "real").iterdir() if path.suffix in {".csv", ".txt", ".xlsx"})

MELBOURNE, AMSTERDAM, NEW_YORK = map(
    ZoneInfo, ("Australia/Melbourne", "Europe/Amsterdam", "America/New_York")
)
HOMES = {"melbourne": MELBOURNE, "amsterdam": AMSTERDAM, "york": NEW_YORK}
NOON = "DTSTART;TZID=Europe/Amsterdam:20261103T120000\nDURATION:PT1H\n"


def home_of(path: Path) -> ZoneInfo:
    """Files are named after the place they come from."""
    return HOMES.get(path.stem.rpartition("-")[2], MELBOURNE)


def read(path: Path) -> Reading[Entry]:
    zone = home_of(path)
    if path.suffix == ".ics":
        return calendars.read(path.name, path.read_bytes(), zone=zone)
    return calendar_rows.read(path.name, path.read_bytes(), zone=zone, day_first=zone is not NEW_YORK)


def calendar(*events: str, head: str = "") -> bytes:
    """A whole calendar around events, each given by its lines."""
    begun = [
        f"BEGIN:VEVENT\nUID:{number}\n{lines.strip()}\nEND:VEVENT" for number, lines in enumerate(events)
    ]
    lines = "\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [head.strip()]), *begun, "END:VCALENDAR", ""]
    )
    return lines.replace("\n", "\r\n").encode()


def read_lines(*events: str, head: str = "", zone: ZoneInfo = MELBOURNE) -> Reading[Entry]:
    return calendars.read("by-hand.ics", calendar(*events, head=head), zone=zone)


def one(*events: str, head: str = "", zone: ZoneInfo = MELBOURNE) -> Entry:
    (entry,) = read_lines(*events, head=head, zone=zone).entries
    return entry


def problems_of(*events: str, head: str = "", zone: ZoneInfo = MELBOURNE) -> list[str]:
    return [problem.says for problem in read_lines(*events, head=head, zone=zone).problems]


def sheet(text: str, *, zone: ZoneInfo = MELBOURNE, day_first: bool = True) -> Reading[Entry]:
    return calendar_rows.read("by-hand.csv", text.encode(), zone=zone, day_first=day_first)


def between(entry: Entry, first: str, last: str) -> list[str]:
    """The dates of an entry from one day to another, as `2026-10-06 18:00 +1100`."""
    days = (date.fromisoformat(first), date.fromisoformat(last))
    return [told(start) for start in calendars.dates_of(entry, between=days)]


def told(start: datetime) -> str:
    return f"{start:%Y-%m-%d %H:%M %z}"


def outcome(path: Path) -> Reading[Entry] | str:
    """What came of a file: a reading, or the sentence with which it was refused."""
    try:
        return read(path)
    except CannotRead as refusal:
        return str(refusal)
