"""Guests stay behind: whoever stands in a calendar or a sheet, no name and no address is read out of it."""

import re

import pytest

from peerwork.ground.intake.calendars import read as read_calendar
from peerwork.ground.intake.tests.brought import (
    MELBOURNE,
    NOON,
    REAL,
    SHEETS,
    calendar,
    one,
    problems_of,
    read,
)

PEOPLE = (
    "Wilhelmina", "Plantagenet", "Bartholomew", "Quill", "Octavia", "Winterbourne", "Philippa", "Ravenscroft",
    "Lodewijk", "Bredero", "Annelotte", "Zuiderwijk",
)  # fmt: skip
ROSA = "ATTENDEE;CN=Rosa Diaz:mailto:rosa@example.org\n"


def said(path):
    reading = read(path)
    return repr(reading.entries) + "".join(problem.says for problem in reading.problems)


def test_there_are_guests_in_the_files_to_begin_with():
    written = b"".join(path.read_bytes() for path in REAL + SHEETS if path.suffix != ".xlsx")
    written += b"".join(path.read_bytes().replace(b"\0", b"") for path in SHEETS if path.suffix == ".txt")
    folded = re.sub(rb"\r\n[ \t]", b"", written)
    assert all(name.encode() in folded for name in PEOPLE)
    assert len(re.findall(rb"[\w.]+@[\w.]+", folded)) > 30


@pytest.mark.parametrize("path", REAL + SHEETS, ids=lambda path: path.name)
def test_no_guest_of_a_real_file_is_read_out_of_it(path):
    assert not [name for name in PEOPLE if name.casefold() in said(path).casefold()]


@pytest.mark.parametrize("path", REAL + SHEETS, ids=lambda path: path.name)
def test_no_mail_address_of_a_real_file_is_read_out_of_it(path):
    assert "@" not in said(path)


def test_everybody_and_everything_left_behind_is_counted():
    entry = one(
        f"{NOON}SUMMARY:Supper\nORGANIZER;CN=Kim Lee:mailto:kim@example.org\n{ROSA}{ROSA}"
        "ATTENDEE;CN=Sam Obi:mailto:sam@example.org\nCONTACT:Ash\\, 0400 000 000\nATTACH:https://x.example.org/list.pdf\n"
        "COMMENT:Rosa is in hospital\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:VALARM"
    )
    assert entry.left_behind == (
        "2 guests", "1 organiser", "1 contact", "1 attachment", "1 alarm", "private notes",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["SUMMARY", "LOCATION", "DESCRIPTION", "X-ALT-DESC;FMTTYPE=text/html"])
def test_a_guest_named_in_full_is_taken_out_of_every_text(name):
    event = f"{NOON}{ROSA}{name}:With ROSA DIAZ and Kim\nSUMMARY:Supper"
    assert "rosa" not in repr(one(event)).casefold()
    assert any("The name of a guest was taken out." in says for says in problems_of(event))


def test_a_guest_written_last_name_first_is_found_first_name_first():
    event = f'{NOON}SUMMARY:Mentoring Rosa Diaz\nATTENDEE;CN="Diaz, Rosa (she/her)":mailto:rosa@example.org'
    assert one(event).title == "Mentoring …"


def test_a_room_on_the_guest_list_keeps_its_name():
    event = f"{NOON}SUMMARY:Supper\nLOCATION:Blue Room\nATTENDEE;CUTYPE=RESOURCE;CN=Blue Room:mailto:blue@example.org"
    assert one(event).place == "Blue Room"


def test_a_calendar_that_invites_keeps_its_name():
    event = f"{NOON}SUMMARY:Kerbside Peers picnic\nORGANIZER;CN=Kerbside Peers:mailto:c1@group.calendar.google.com"
    assert one(event).title == "Kerbside Peers picnic"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Ask kim@example.org\\, please", "Ask , please"),
        ("Ask Kim <kim.lee+peers@mail.example.org>", "Ask Kim"),
        ("Ask Kim (mailto:kim@example.org)", "Ask Kim"),
        ("@kim knows", "@kim knows"),
    ],
)
def test_mail_addresses_are_taken_out_of_titles(written, read_as):
    assert one(f"{NOON}SUMMARY:{written}").title == read_as


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/calendar/event?eid=NHJvc2FAZXhhbXBsZS5vcmc&ctz=Australia/Melbourne",
        "https://rsvp.example.org/?who=rosa%40example.org",
        "https://rsvp.example.org/?who=rosa@example.org",
        "https://rsvp.example.org/?who=rosa%2540example.org",
    ],
)
def test_a_link_that_carries_somebodys_address_is_not_taken(link):
    entry = one(f"{NOON}SUMMARY:Supper\nURL:{link}\nDESCRIPTION:See {link} or else")
    assert (entry.link, entry.about) == ("", "See or else")


def test_the_title_of_a_private_event_is_not_said():
    assert problems_of(f"{NOON}SUMMARY:Clinic\nCLASS:PRIVATE") == [
        "This event was left out: it is marked as private."
    ]


def test_the_identity_of_an_event_does_not_say_where_it_was_made():
    content = calendar(f"{NOON}SUMMARY:Supper").replace(b"UID:0", b"UID:20261103-rosa@laptop.example.org")
    (entry,) = read_calendar("x.ics", content, zone=MELBOURNE).entries
    assert re.fullmatch(r"event-[0-9a-f]{40}", entry.uid)
