"""Kim has a calendar already. She wants to see what becomes of it before anything is saved.

She fears two things: that half of it lands in the calendar, and that her guests' names land on the server.
"""

import re
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from conftest import MELBOURNE
from peerwork.ground import intake
from peerwork.ground.intake.entries import dates_of
from peerwork.ground.intake.readings import CannotRead
from peerwork.support.gatherings import bringing_in, seats
from peerwork.support.gatherings.bringing_in import Fate
from peerwork.support.gatherings.models import Gathering, Series

FILES = Path(intake.__file__).parent / "tests" / "files"
REAL = sorted(path for path in FILES.glob("real/**/*") if path.suffix in {".ics", ".csv", ".xlsx"})
DAMAGED = sorted(
    path
    for path in FILES.glob("damaged/**/*")
    if path.is_file() and not path.name.startswith((".", "README"))
)
ZONE = ZoneInfo(MELBOURNE)
TODAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _the_first_of_september(network):
    with time_machine.travel("2026-09-01T02:00:00Z", tick=True), timezone.override(MELBOURNE):
        yield


def read(path):
    return bringing_in.read(path.name, path.read_bytes(), zone=ZONE)


def bring_in(path, **more):
    return bringing_in.bring_in(read(path).entries, company="peers_alone", today=TODAY, **more)


def test_there_are_enough_files_to_mean_something():
    assert len([path for path in REAL if path.suffix == ".ics"]) >= 10
    assert len(DAMAGED) >= 20


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_calendar_becomes_gatherings_at_the_times_it_says(path):
    """What stands in the tables is compared with what another reader of the same file expands."""
    reading = read(path)
    rows = bringing_in.bring_in(reading.entries, company="peers_alone", today=TODAY)
    for row in rows:
        if row.fate is not Fate.NEW:
            continue
        until = TODAY + timedelta(weeks=26)
        expected = [when.astimezone(ZONE) for when in dates_of(row.entry, between=(TODAY, until))]
        series = Series.objects.get(source=bringing_in._source(row.entry))
        stand = [
            g.starts_at.astimezone(ZONE) for g in series.gatherings.filter(is_off=False).order_by("starts_at")
        ]
        assert [when for when in stand if when.date() <= until] == expected, row.entry.title


def test_the_real_files_cross_a_change_of_clocks():
    for path in REAL:
        bring_in(path)
    walls = set(
        Gathering.objects.filter(series__rrule__startswith="FREQ=WEEKLY").values_list("series", "starts_at")
    )
    by_series = {}
    for series, starts in walls:
        by_series.setdefault(series, set()).add(starts.time())
    assert any(len(times) > 1 for times in by_series.values())


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_the_same_file_twice_changes_nothing(path):
    bring_in(path)
    before = everything()
    rows = bring_in(path)
    assert {row.fate for row in rows} <= {Fate.SAME, Fate.PAST, Fate.TOO_MUCH}
    assert everything() == before


def everything():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM support_series ORDER BY id")
        series = cursor.fetchall()
        cursor.execute("SELECT * FROM support_gathering ORDER BY id")
        return series, cursor.fetchall()


def what_is_said_of(path):
    """Why the whole file is refused, or what stops a line of it."""
    try:
        return [str(problem) for problem in read(path).problems if problem.stops]
    except CannotRead as trouble:
        return [str(trouble)]


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.name)
def test_a_damaged_file_says_what_is_wrong_and_nothing_is_half_written(path):
    said = what_is_said_of(path)
    assert said
    assert all(len(words) > 10 for words in said)


def test_when_one_row_breaks_on_the_way_in_none_is_kept(monkeypatch):
    path = next(path for path in REAL if path.suffix == ".ics")
    entries = [entry for path in REAL if path.suffix == ".ics" for entry in read(path).entries]
    assert len(entries) > 3
    calls = []

    def break_at_the_third(thing, entry):
        calls.append(entry)
        if len(calls) == 3:
            raise RuntimeError

    monkeypatch.setattr(bringing_in, "_change_single_dates", break_at_the_third)
    with pytest.raises(RuntimeError):
        bringing_in.bring_in(entries, company="peers_alone", today=TODAY)
    assert path
    assert not Series.objects.exists()
    assert not Gathering.objects.exists()


def an_ics(*lines, uid="table@corner.example", start="20260915T183000", summary="Table", extra=()):
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT", f"UID:{uid}",
            "DTSTAMP:20260101T000000Z", f"DTSTART;TZID={MELBOURNE}:{start}", "DURATION:PT1H30M",
            f"SUMMARY:{summary}", *lines, "END:VEVENT", *extra, "END:VCALENDAR", "",
        ]
    ).encode()  # fmt: skip


def take_in(content, **more):
    reading = bringing_in.read("x.ics", content, zone=ZONE)
    return bringing_in.bring_in(reading.entries, **{"company": "peers_alone", "today": TODAY} | more)


def test_a_look_changes_nothing_and_says_what_would_happen():
    reading = bringing_in.read("x.ics", an_ics("RRULE:FREQ=WEEKLY"), zone=ZONE)
    (row,) = bringing_in.look(reading.entries, today=TODAY)
    assert (row.fate, row.entry.line) == (Fate.NEW, 4)
    assert [f"{when:%d %b %H:%M}" for when in row.next_dates] == [
        "15 Sep 18:30",
        "22 Sep 18:30",
        "29 Sep 18:30",
    ]
    assert not Series.objects.exists()


def test_an_event_that_changed_over_there_changes_here_and_keeps_its_seats(ash, rosa):
    take_in(an_ics("RRULE:FREQ=WEEKLY"), hosts=[rosa])
    first = Gathering.objects.earliest("starts_at")
    seats.take(first, by=ash)
    (row,) = take_in(an_ics("RRULE:FREQ=WEEKLY", start="20260915T190000", summary="Long table"))
    assert row.fate is Fate.CHANGED
    first.refresh_from_db()
    assert (f"{first.starts_at.astimezone(ZONE):%H:%M}", first.title) == ("19:00", "Long table")
    assert first.seats.count() == 1
    assert [host.person for host in first.hosts.all()] == [rosa]


def test_what_kim_decided_here_is_not_undone_by_the_next_file():
    """Company and kind are decided here: the file does not know them."""
    take_in(an_ics("RRULE:FREQ=WEEKLY"))
    Series.objects.update(company="managers_welcome", kind="practice")
    take_in(an_ics("RRULE:FREQ=WEEKLY", summary="Other"))
    assert set(Gathering.objects.values_list("company", "kind")) == {("managers_welcome", "practice")}


def test_a_single_date_moved_or_called_off_over_there_is_so_here():
    moved = (
        "BEGIN:VEVENT", "UID:table@corner.example", "DTSTAMP:20260101T000000Z",
        f"RECURRENCE-ID;TZID={MELBOURNE}:20260922T183000", f"DTSTART;TZID={MELBOURNE}:20260923T170000",
        "DURATION:PT1H", "SUMMARY:Table", "LOCATION:The library", "END:VEVENT",
        "BEGIN:VEVENT", "UID:table@corner.example", "DTSTAMP:20260101T000000Z",
        f"RECURRENCE-ID;TZID={MELBOURNE}:20260929T183000", f"DTSTART;TZID={MELBOURNE}:20260929T183000",
        "DURATION:PT1H30M", "SUMMARY:Table", "STATUS:CANCELLED", "END:VEVENT",
    )  # fmt: skip
    take_in(an_ics("RRULE:FREQ=WEEKLY", extra=moved))
    second, third = Gathering.objects.order_by("on")[1:3]
    assert f"{second.starts_at.astimezone(ZONE):%a %d %b %H:%M}" == "Wed 23 Sep 17:00"
    assert (second.place, second.minutes) == ("The library", 60)
    assert third.is_off


def test_what_is_cancelled_over_there_is_taken_out_here():
    take_in(an_ics("RRULE:FREQ=WEEKLY"))
    (row,) = take_in(an_ics("RRULE:FREQ=WEEKLY", "STATUS:CANCELLED"))
    assert row.fate is Fate.ENDED
    assert not Gathering.objects.exists()


def test_what_is_all_in_the_past_is_left_out():
    (row,) = take_in(an_ics(start="20200915T183000"))
    assert row.fate is Fate.PAST
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Advisory group", "advisory"), ("Naloxone training", "training"), ("CoP meeting", "practice"),
        ("Picnic in the park", "social"), ("Thursday", "support"), ("Practice makes perfect", "practice"),
    ],
)  # fmt: skip
def test_the_kind_is_guessed_from_the_title(title, kind):
    (row,) = take_in(an_ics(summary=title))
    assert row.kind == kind


def test_no_guest_gets_into_the_tables():
    guests = (
        "ATTENDEE;CN=Bernadette Smith:mailto:bernadette@corner.example",
        "ORGANIZER;CN=Kim Long:mailto:kim.long@corner.example",
        "DESCRIPTION:write to bernadette@corner.example before",
    )
    content = an_ics(*guests)
    assert b"Bernadette" in content  # there was something to leak
    (row,) = take_in(content)
    assert row.entry.left_behind
    told = str(everything())
    assert not any(name in told for name in ("Bernadette", "Smith", "Kim Long", "corner.example"))


def test_kim_looks_first_and_then_says_yes(sign_in, kim, ash):
    client = sign_in(kim)
    file = SimpleUploadedFile("team.ics", an_ics("RRULE:FREQ=WEEKLY", summary="Long table"))
    look = client.post("/run/calendar-file/", {"file": file, "company": "peers_alone"}, follow=True)
    page = look.content.decode()
    assert "Nothing is saved yet" in page
    assert "Long table" in page
    assert not Series.objects.exists()
    address = look.redirect_chain[-1][0]
    assert sign_in(ash).get(address).status_code == 404  # somebody else's upload
    done = sign_in_again(client, sign_in, kim, address)
    assert "in the calendar" in done
    assert Gathering.objects.filter(hosts__person=kim).count() == 25


def sign_in_again(_client, sign_in, kim, address):
    client = sign_in(kim)
    file = SimpleUploadedFile("team.ics", an_ics("RRULE:FREQ=WEEKLY", summary="Long table"))
    look = client.post("/run/calendar-file/", {"file": file, "company": "peers_alone"}, follow=True)
    return client.post(look.redirect_chain[-1][0], follow=True).content.decode()


def test_a_broken_upload_is_said_beside_the_field(sign_in, kim):
    file = SimpleUploadedFile("team.ics", b"<!doctype html><title>Sign in</title>")
    page = sign_in(kim).post("/run/calendar-file/", {"file": file, "company": "peers_alone"}).content.decode()
    assert "This is a web page" in page
    assert not Series.objects.exists()


# What Kim sees before she says yes


def looked_at(client, content, name="team.ics"):
    """The page with what each row becomes, and its address."""
    file = SimpleUploadedFile(name, content)
    look = client.post("/run/calendar-file/", {"file": file, "company": "peers_alone"}, follow=True)
    return look.content.decode(), look.redirect_chain[-1][0]


def test_a_time_somewhere_else_is_said_on_our_own_clock_first(sign_in, kim):
    abroad = an_ics().replace(MELBOURNE.encode(), b"Europe/Berlin")
    page, address = looked_at(sign_in(kim), abroad)
    assert "Wednesday 16 September, 2:30 a.m." in page
    assert "(Tuesday 6:30 p.m. in Berlin)" in page
    page, address = looked_at(sign_in(kim), an_ics())
    assert "Tuesday 15 September, 6:30 p.m." in page
    assert "in Melbourne" not in page
    assert address


def test_kim_changes_the_guessed_kind_and_it_stays_so_through_the_yes(sign_in, kim):
    client = sign_in(kim)
    page, address = looked_at(client, an_ics(summary="Thursday"))
    assert '<select name="kind-4" aria-label="Kind of “Thursday”">' in page
    assert '<option value="support" selected>' in page
    client.post(address, {"kind-4": "practice"})
    assert set(Gathering.objects.values_list("kind", flat=True)) == {"practice"}
    page, address = looked_at(client, an_ics(summary="Thursdays"))
    assert "kind-4" not in page  # it is here already, and what Kim decided is said
    assert "Community of practice" in page
    client.post(address, {"kind-4": "social"})
    assert set(Gathering.objects.values_list("kind", flat=True)) == {"practice"}


@pytest.mark.parametrize("said", [{}, {"kind-4": "nonsense"}, {"kind-99": "social"}])
def test_without_an_answer_the_guess_stays(sign_in, kim, said):
    client = sign_in(kim)
    _page, address = looked_at(client, an_ics(summary="Naloxone training"))
    client.post(address, said)
    assert Series.objects.get().kind == "training"


def test_the_list_shown_as_an_example_works(sign_in, kim):
    client = sign_in(kim)
    page = client.get("/run/calendar-file/").content.decode()
    (shown,) = re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert len(shown.splitlines()) == 3
    page, address = looked_at(client, shown.encode(), "list.csv")
    assert "left out" not in page
    client.post(address)
    assert list(Series.objects.order_by("title").values_list("title", "kind", "place")) == [
        ("Picnic", "social", ""),
        ("Support group", "support", "Elm Street"),
    ]
    assert Gathering.objects.filter(title="Support group").count() == 26


# More than one network's calendar


def many(how_many, *lines, start="20260915T183000"):
    """A calendar of so many events."""
    events = [
        "\r\n".join(
            ["BEGIN:VEVENT", f"UID:{at}@corner.example", "DTSTAMP:20260101T000000Z",
             f"DTSTART;TZID={MELBOURNE}:{start}", "DURATION:PT1H", f"SUMMARY:Number {at}", *lines, "END:VEVENT"]
        )
        for at in range(how_many)
    ]  # fmt: skip
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    "content",
    [
        many(301),
        many(1_500, "RRULE:FREQ=DAILY"),
        many(18, "RRULE:FREQ=DAILY"),
        many(1_500, "RRULE:FREQ=DAILY", start="20270915T183000"),
        many(1_500, "RRULE:FREQ=DAILY;COUNT=2000", start="20000915T183000"),
    ],
    ids=["events", "daily", "dates", "later", "long ago"],
)
def test_more_than_one_networks_calendar_is_refused_as_a_whole_and_soon(content):
    started = thread_time()
    entries = bringing_in.read("x.ics", content, zone=ZONE).entries
    for take in (bringing_in.look, partial(bringing_in.bring_in, company="peers_alone")):
        with pytest.raises(CannotRead, match="At most 300 events come in at once, with 3000 dates"):
            take(entries, today=TODAY)
    assert not Series.objects.exists()
    assert thread_time() - started < 10


def test_what_is_refused_is_said_beside_the_field(sign_in, kim):
    file = SimpleUploadedFile("team.ics", many(301))
    page = sign_in(kim).post("/run/calendar-file/", {"file": file, "company": "peers_alone"}).content.decode()
    assert "This is more than one network&#x27;s calendar" in page


def test_years_of_what_is_over_do_not_count(sign_in, kim):
    """People export everything they have. Only what is to come is taken in."""
    started = thread_time()
    past = many(400, "RRULE:FREQ=DAILY;UNTIL=20250101T000000Z", start="20150915T183000")
    rows = take_in(past.replace(b"END:VCALENDAR\r\n", b"") + an_ics().partition(b"VERSION:2.0\r\n")[2])
    assert [row.fate for row in rows].count(Fate.PAST) == 400
    assert Series.objects.get().title == "Table"
    assert thread_time() - started < 5


def test_when_each_takes_place_is_worked_out_before_anybody_has_to_wait(monkeypatch):
    """While it is written nobody else can save anything, so nothing slow is asked then."""
    inside = []
    real = bringing_in.dates_of

    def noticed(entry, *, between):
        inside.append(connection.in_atomic_block and len(connection.savepoint_ids) > 0)
        return real(entry, between=between)

    monkeypatch.setattr(bringing_in, "dates_of", noticed)
    take_in(an_ics("RRULE:FREQ=WEEKLY"))
    assert inside == [False]


def test_two_who_bring_the_same_at_once_bring_it_once(monkeypatch):
    """The other was first, between the look and the writing."""
    reading = bringing_in.read("x.ics", an_ics("RRULE:FREQ=WEEKLY"), zone=ZONE)
    real, first = bringing_in._rows, []

    def somebody_else_is_faster(*asked):
        rows = real(*asked)
        if not first:
            first.append(True)
            bringing_in.bring_in(reading.entries, company="peers_alone", today=TODAY)
        return rows

    monkeypatch.setattr(bringing_in, "_rows", somebody_else_is_faster)
    (row,) = bringing_in.bring_in(reading.entries, company="peers_alone", today=TODAY)
    assert row.fate is Fate.SAME
    assert Series.objects.count() == 1
