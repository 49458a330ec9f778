"""A whole night, and what a thief finds in the morning."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from conftest import MELBOURNE, it_is_over
from peerwork.ground.retention import holdings
from peerwork.people.members import persons
from peerwork.people.vault import shelf
from peerwork.people.vault.tests.rings import given
from peerwork.site import journal, night
from peerwork.support.care import debriefs
from peerwork.support.gatherings import agenda, counts, seats
from peerwork.support.gatherings.models import AgendaItem, Gathering, Host, Seat


@pytest.fixture(autouse=True)
def _on_the_network_clock(network):
    with timezone.override(MELBOURNE):
        yield


def test_the_whole_night_forgets_hosts_agendas_and_seats_and_can_be_run_again(friday_group, rosa, ash):
    seats.take(friday_group, by=ash)
    agenda.suggest(friday_group, says="test strips")
    it_is_over(friday_group)
    counts.count(friday_group, heads=6, minutes=90)
    night.tidy_up.func()
    night.tidy_up.func()
    assert not Seat.objects.exists()
    assert not Host.objects.filter(gathering=friday_group).exists()
    assert not AgendaItem.objects.exists()
    assert Gathering.objects.get(pk=friday_group.pk).heads == 6


def test_after_it_all_the_database_file_holds_no_register(network, friday_group, rosa, ash, kas):
    """Read every value of every table, as a thief would: nothing joins Ash or Kas to the Friday group."""
    for person in (ash, kas):
        given(person)
        seats.take(friday_group, by=person)
    it_is_over(friday_group)
    assert beside(friday_group, ash)  # there was something to find
    counts.count(friday_group, heads=2, minutes=90)
    night.tidy_up.func()
    assert not beside(friday_group, ash)
    assert not beside(friday_group, kas)
    assert holdings.times_beside_people() == []


@pytest.mark.django_db(transaction=True)
def test_not_even_the_journal_remembers_a_seat(network, friday_group, rosa, ash):
    """As bytes, wherever they stand: SQLite keeps old pages in its journal until that is cut to nothing."""
    seat = seats.take(friday_group, by=ash)
    assert found_on_disk(seat)
    it_is_over(friday_group)
    counts.count(friday_group, heads=2, minutes=90)
    night.tidy_up.func()
    assert not Seat.objects.exists()
    assert not found_on_disk(seat)


@pytest.mark.django_db(transaction=True)
def test_a_journal_somebody_still_reads_is_told_and_tried_again_later(network, ash, monkeypatch, caplog):
    monkeypatch.setattr(night.journal, "empty", partial(night.journal.empty, patience=0.1))
    with closing(sqlite3.connect(database(), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people_network").fetchall()
        persons.pause(ash)
        night.tidy_up.func()
    assert "The journal could not be emptied" in caplog.text
    caplog.clear()
    night.tidy_up.func()
    assert caplog.text == ""
    assert Path(f"{database()}-wal").stat().st_size == 0


@pytest.mark.django_db(transaction=True)
def test_until_the_hour_an_ask_for_a_debrief_stands_nowhere_on_disk(network, settings, tmp_path):
    """Not even in the journal, where it would stand beside what the same person wrote on their shelf."""
    settings.OPTIONS = replace(settings.OPTIONS, memory=tmp_path)
    files = [database(), Path(f"{database()}-wal")]
    before = [path.read_bytes() for path in files]
    word = debriefs.word(debriefs.today(MELBOURNE))
    assert Client().post("/a/debrief/", {"word": word, "about": "needlestick"}).status_code == 204
    assert [path.read_bytes() for path in files] == before
    assert [path.read_text() for path in tmp_path.glob("ask-*")] == ["needlestick"]
    night.tidy_up.func()
    assert [ask.about for ask in debriefs.waiting()] == ["needlestick"]
    assert not list(tmp_path.glob("ask-*"))
    assert files[1].stat().st_size == 0  # and the journal was emptied after it, not before


def database():
    return Path(connection.settings_dict["NAME"])


def found_on_disk(seat):
    """The files in which a seat, or who sat where, can still be read."""
    clues = (seat.pk.hex, seat.gathering_id.hex + seat.person_id.hex)
    files = [database(), Path(f"{database()}-wal")]
    return [path.name for path in files if any(clue.encode() in path.read_bytes() for clue in clues)]


def beside(gathering, person):
    """Tables in which one row names both."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [{str(value) for value in row} for row in cursor.fetchall()]
            found += [table for row in rows if {gathering.pk.hex, person.pk.hex} <= row]
    return found


@pytest.mark.django_db(transaction=True)
def test_the_file_does_not_show_which_pages_were_written_on(network, ash):
    """SQLite moves a row that is written over. After the night, all pages lie by their keys."""
    made = given(ash)
    written = {place.place: bytes(place.sealed) for place in ash.shelf.all() if place.place in {3, 9, 17}}
    for place, blank in written.items():
        page = pyrage.encrypt(b"x".ljust(2048), [pyrage.x25519.Recipient.from_str(made.recipient)])
        shelf.write(ash, place, page, over=shelf.mark_of(blank))
    assert out_of_order(ash)
    night.tidy_up.func()
    assert out_of_order(ash) == []


def out_of_order(person):
    """The places whose ciphertext stands in the file before that of a smaller key."""
    journal.empty(database())
    content = database().read_bytes()
    pages = sorted(
        (page.pk.hex, page.place, content.find(bytes(page.sealed)[-400:-40])) for page in person.shelf.all()
    )
    assert all(at > 0 for _key, _place, at in pages)
    return [place for (_k, _p, before), (_key, place, at) in pairwise(pages) if at < before]
