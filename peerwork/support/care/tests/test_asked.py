"""An ask on its way: a file in memory with a random name. The hour puts all of them up, whole or not at all."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peerwork.support.care import debriefs
from peerwork.support.care.models import DebriefAsk


@pytest.fixture
def today(network):
    return debriefs.today(network.time_zone)


@pytest.fixture(autouse=True)
def memory(settings, tmp_path):
    """A folder of its own for what is on its way."""
    settings.OPTIONS = replace(settings.OPTIONS, memory=tmp_path)
    return tmp_path


def on_the_way(memory):
    return sorted(path.read_text() for path in memory.glob("ask-*"))


def abouts():
    return Counter(DebriefAsk.objects.values_list("about", flat=True))


def sends(word):
    return Client().post("/a/debrief/", {"word": word, "about": "overdose_witnessed"})


def test_a_file_on_the_way_has_a_random_name_no_time_and_one_reader(today, memory):
    for _ in range(2):
        sends(debriefs.word(today))
    names = [UUID(path.name.removeprefix("ask-")) for path in memory.glob("ask-*")]
    assert [name.version for name in names] == [4, 4]
    for path in memory.glob("ask-*"):
        told = path.stat()
        assert (told.st_mode & 0o777, told.st_mtime) == (0o600, 0)
        assert path.read_text() == "overdose_witnessed"


@pytest.mark.django_db(transaction=True)
def test_what_goes_up_goes_up_whole_or_not_at_all(network, today, memory, monkeypatch):
    for _ in range(3):
        debriefs.ask(about="violence")
    made, create = [], DebriefAsk.objects.create

    def breaks_at_the_third(**said):
        made.append(said)
        assert len(made) < 3
        return create(**said)

    with monkeypatch.context() as patched:
        patched.setattr(DebriefAsk.objects, "create", breaks_at_the_third)
        with pytest.raises(AssertionError):
            debriefs.put_up(on=today)
    assert not DebriefAsk.objects.exists()
    assert len(on_the_way(memory)) == 3
    debriefs.put_up(on=today)
    assert abouts() == {"violence": 3}


@pytest.mark.django_db(transaction=True)
def test_killed_before_the_files_are_gone_nothing_waits_twice(network, today, memory, monkeypatch):
    for _ in range(3):
        debriefs.ask(about="violence")

    class Killed(BaseException):
        pass

    def killed(*_where):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(debriefs.asked, "drop", killed)
        with pytest.raises(Killed):
            debriefs.put_up(on=today)
    assert (abouts(), len(on_the_way(memory))) == ({"violence": 3}, 3)
    debriefs.put_up(on=today)
    assert (abouts(), on_the_way(memory)) == ({"violence": 3}, [])


def test_they_go_up_in_an_order_drawn_by_lot(today, memory, monkeypatch):
    for _ in range(12):
        debriefs.ask(about="violence")
    listed, orders = list(debriefs.asked.all_of_them(memory)), []
    for _hour in range(2):
        with (
            CaptureQueriesContext(connection) as asked,
            transaction.atomic(),
            monkeypatch.context() as patched,
        ):
            patched.setattr(debriefs.asked, "drop", lambda *_where: None)
            debriefs.put_up(on=today)
            transaction.set_rollback(True)
        said = [query["sql"] for query in asked if query["sql"].startswith("INSERT")]
        orders.append([next(n for n in listed if n.hex in one) for one in said])
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(listed)


def test_a_full_memory_says_so_and_leaves_nothing(today, memory, monkeypatch):
    def full(*_which):
        raise OSError("full")

    monkeypatch.setattr(debriefs.asked.os, "utime", full)
    with pytest.raises(OSError, match="full"):
        debriefs.ask(about="violence")
    assert on_the_way(memory) == []
