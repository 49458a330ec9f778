"""Rosa's phone lies on the table with the page closed: it is knocked at when it begins to ring, and never otherwise."""

import dataclasses
import threading
import time
from http.client import HTTPConnection  # noqa: TID251 — our own service
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from peerwork.ground.notify import push
from peerwork.support.line.roster.models import Bell
from peerwork.support.line.roster.terms import terms
from peerwork.support.line.switchboard import bells, calls, clock

PLACE = "https://updates.push.services.mozilla.com/wpush/v2/"


def wait_until(true):
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


@pytest.fixture
def service(monkeypatch):
    """A service on this machine, in place of the makers'. Gives what was knocked at and how long it was worth it.

    `gone`: what is no more. `tired`: where it only says no. `slow`: where it answers once `go_on` is set.
    """

    class Service(BaseHTTPRequestHandler):
        knocked, worth, gone, tired, slow, go_on = [], [], set(), set(), set(), threading.Event()

        def do_POST(self):
            place = self.path.rpartition("/")[2]
            if place in self.slow:
                self.go_on.wait(30)
            self.knocked.append(place)
            self.worth.append(int(self.headers["TTL"]))
            self.send_response(410 if place in self.gone else 503 if place in self.tired else 201)
            self.end_headers()

        def log_message(self, *_said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setattr(
        push, "_safely", lambda _host, _port: HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    )
    yield Service
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.OPTIONS = dataclasses.replace(settings.OPTIONS, data=tmp_path)


@pytest.fixture
def at_once(monkeypatch):
    """In place of the hands: what they are given is done in this thread."""
    monkeypatch.setattr(bells, "_by_a_hand", lambda work, *said: work(*said))
    monkeypatch.setattr(bells, "_in_vain", bells._InVain())


@pytest.fixture
def told(monkeypatch):
    """At whom a verb would have knocked, once it was confirmed."""
    found = []
    monkeypatch.setattr(bells, "knock", lambda people: found.append(set(people)))
    return found


def test_whoever_it_begins_to_ring_at_is_knocked_at_and_nobody_else(on_call, rosa, sam, ask, told):
    ash = ask()
    calls.decline(ash.call, str(rosa.pk))
    ash.look()
    assert told == [{str(rosa.pk)}, {str(sam.pk)}, set()]


def test_a_talk_that_a_telephone_ended_knocks_at_whoever_it_made_free(on_call, rosa, sam, ask, told):
    """Rosa has no page open: the gateway said “over” for her, and Kim waits."""
    ash, jude = ask(), ask()
    for person, one in ((rosa, ash), (sam, jude)):
        calls.take(one.call, str(person.pk))
    ask()
    told.clear()
    calls.over(ash.call, str(rosa.pk))
    assert told == [{str(rosa.pk)}]


def test_every_device_is_knocked_at_and_one_that_is_gone_is_forgotten(on_call, rosa, sam, service, at_once):
    for name in ("phone", "laptop"):
        bells.choose(rosa, PLACE + name, on=True)
    bells.choose(sam, PLACE + "sams", on=True)
    service.gone.add("laptop")
    bells.knock([str(rosa.pk)])
    assert sorted(service.knocked) == ["laptop", "phone"]
    assert set(Bell.objects.filter(person=rosa).values_list("endpoint", flat=True)) == {PLACE + "phone"}


def test_nobody_hangs_more_than_five(on_call, rosa):
    for n in range(bells.MOST):
        bells.choose(rosa, f"{PLACE}{n}", on=True)
    with pytest.raises(bells.NoBell):
        bells.choose(rosa, f"{PLACE}more", on=True)


def test_a_knock_is_worth_as_long_as_it_rings_and_comes_not_after_it(on_call, rosa, service, at_once, watch):
    bells.choose(rosa, PLACE + "phone", on=True)
    ring, began = terms().ring, clock.now()
    watch.goes(5)
    bells.knock_at_all([str(rosa.pk)], began)
    watch.goes(ring)
    bells.knock_at_all([str(rosa.pk)], began)
    assert service.worth == [ring - 5]


def test_a_slow_service_holds_up_nobody_elses_bell(on_call, rosa, sam, service, monkeypatch):
    places = [f"slow{n}" for n in range(bells.HANDS - 1)]
    service.slow.update(places)
    monkeypatch.setattr(bells, "_hands", [])
    bells.begin()
    for place in [*places, "sams"]:
        bells._by_a_hand(bells.knock_at, Bell(person=sam, endpoint=PLACE + place), clock.now() + 25)
    assert wait_until(lambda: service.knocked == ["sams"])
    service.go_on.set()
    bells._hands[0].shutdown()
    assert len(service.knocked) == bells.HANDS


def test_what_waits_has_an_end(on_call, monkeypatch):
    given = []
    monkeypatch.setattr(bells, "_room", threading.BoundedSemaphore(2))
    monkeypatch.setattr(bells, "_hands", [SimpleNamespace(submit=lambda *said: given.append(said))])
    for _time in range(5):
        bells._by_a_hand(given.clear)
    assert len(given) == 2


def test_a_bell_that_never_rings_while_others_do_is_let_go(on_call, rosa, sam, service, at_once):
    for name in ("phone", "dead"):
        bells.choose(rosa, PLACE + name, on=True)
    service.tired.add("dead")
    for _time in range(bells.OFTEN + 1):
        bells.knock([str(rosa.pk)])
    assert list(Bell.objects.values_list("endpoint", flat=True)) == [PLACE + "phone"]


def test_where_no_bell_rings_it_is_not_the_bells(on_call, rosa, service, at_once):
    bells.choose(rosa, PLACE + "phone", on=True)
    service.tired.add("phone")
    for _time in range(bells.OFTEN + 1):
        bells.knock([str(rosa.pk)])
    assert Bell.objects.count() == 1


def test_where_nothing_serves_nobody_is_knocked_at(on_call, rosa, service, ask):
    bells.choose(rosa, PLACE + "phone", on=True)
    ask()
    assert service.knocked == []
