"""Every role × every address × every method. The list of addresses is the house's own, so none is forgotten."""

import re
from base64 import urlsafe_b64encode
from datetime import date

import pyrage
import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from fido2 import cbor

from conftest import a_gathering, it_is_over
from peerwork.ground.intake import waiting
from peerwork.people.members import invitations, persons
from peerwork.people.members.models import Vouch
from peerwork.people.rules import anyone
from peerwork.people.vault import cards, log
from peerwork.people.vault.models import Passkey
from peerwork.people.vault.tests.rings import given
from peerwork.people.workplaces import workplaces
from peerwork.support.care.models import DebriefAsk
from peerwork.support.gatherings import agenda, feeds
from tests.matrix import BY_SIGNATURE, EVERYBODY, MATRIX, OF_A_DRAFT, OF_THE_CIRCLE
from tests.voices import THE_SECRET, a_call, a_roster, one_of_each

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# CBOR of a COSE key (RFC 9053), as a passkey would leave it here.
A_PUBLIC_KEY = urlsafe_b64encode(cbor.encode({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})).decode()
AN_ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART:20300101T100000Z\r\nDTEND:20300101T110000Z\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def addresses(patterns=None, prefix=""):
    """Every named address of the house, as namespace:name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback
        else:
            yield from addresses(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix
            )


PAGES = dict(addresses())


def test_every_address_is_in_the_matrix_and_the_matrix_has_no_other():
    assert set(PAGES) == set(MATRIX)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_says_who_may_open_it_and_how(name):
    takes, _who = MATRIX[name]
    assert PAGES[name].takes - {"HEAD"} == set(takes.split())
    assert PAGES[name].may is anyone or MATRIX[name][1] < EVERYBODY


@pytest.fixture
def things(network, ash, kas, rosa, morgan, kim, jude, priya, rene, fran):
    """One of everything an address can point at."""
    group = a_gathering("Friday group", hosts=[rosa])
    held = it_is_over(a_gathering("Held", hosts=[rosa]))
    open_table = a_gathering("Open table", company="managers_welcome", is_public=True)
    agenda.suggest(group, says="strips")
    made = given(ash)
    log.seal_day(date(2026, 1, 2), {})
    persons.offer_hand_over(by=kim, to=jude)
    persons.vouch("Kas", by=ash)
    cards.hand_out(ash, words="ab" * 32, listed=True)
    return {
        "gathering_id": group.pk, "held_id": held.pk, "series_id": group.series_id, "item_id": group.agenda.get().pk,
        "person_id": kas.pk, "vouch_id": Vouch.objects.get().pk, "quarter": "2026-Q1", "day": "2026-01-02",
        "invitation_id": invitations.write(roles=["peer"]).invitation.pk,
        "workplace_id": workplaces.put_on_the_list("Elm Street").pk,
        "passkey_id": Passkey.objects.create(person=ash, credential="YWJj", public_key=A_PUBLIC_KEY, label="x").pk,
        "feed_id": feeds.make(ash, everything=False, with_place=False).feed.pk,
        "secret": feeds.make(ash, everything=False, with_place=False).secret,
        "open_series_id": open_table.series_id,
        "key": waiting.keep(settings.OPTIONS.memory, AN_ICS),
        "list_key": waiting.keep(settings.OPTIONS.memory, b"Name,Role\nKim,peer\n"),
        "ash_id": ash.pk, "place": 0, "parcel_id": "cd" * 32, "word": "ef" * 32, "words": "ab" * 32,
        "what": "shelf", "where": "0", "ask_id": DebriefAsk.objects.create(quarter="2026-Q4").pk,
        "sealed": pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(made.recipient)]),
        **one_of_each(), **a_roster(rosa), **a_call(rosa),
    }  # fmt: skip


def address_of(name, things):
    pattern = next(
        str(p.pattern) for p in _patterns() if p.name == name.split(":")[1] and p.callback is PAGES[name]
    )
    wanted = dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", pattern))
    wanted = {key: things[key] for key in wanted}
    if name in OF_A_DRAFT:
        wanted["consultation_id"] = things["written_id"]
    if name in OF_THE_CIRCLE:
        wanted["consultation_id"] = things["over_id"]
    if name == "consultation:question":
        wanted["code"] = "paid"
    if name == "themes:change":
        wanted["what"] = "add"
    if name == "gatherings:count":
        wanted["gathering_id"] = things["held_id"]
    if name == "welcome:bring_in_look":
        wanted["key"] = things["list_key"]
    if name == "a:open_dates":
        wanted["series_id"] = things["open_series_id"]
    if name in {"v:person", "v:give"}:
        wanted["person_id"] = things["ash_id"]
    return reverse(name, kwargs=wanted)


def _patterns(patterns=None):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern.url_patterns)


def brought(name, things):
    """What Kim has waiting: a list of people where that page is asked for, else a calendar."""
    if name == "welcome:bring_in_look":
        return {"key": things["list_key"], "at": "people", "name": "x.csv", "said": {}}
    return {"key": things["key"], "at": "calendar", "name": "x.ics", "said": {"company": "peers_alone"}}


def signed_in(request, who, name, things):
    client = Client()
    if who == "nobody":
        return client
    from peerwork.people.door.sessions import SessionStore

    person = request.getfixturevalue(who)
    session = SessionStore()
    session["person"], session["round"], session["rest"] = str(person.pk), person.door_round, 10
    if who == "kim":
        session[waiting.SESSION] = brought(name, things)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def ask(client, method, address, name, things):
    if name.startswith("a:"):
        client.cookies.clear()
    body = things["sealed"] if name.startswith("v:") and method not in {"GET", "HEAD", "DELETE"} else b""
    kind = "application/octet-stream" if name.startswith("v:") else "application/x-www-form-urlencoded"
    more = {"HTTP_AUTHORIZATION": f"Bearer {THE_SECRET}"} if name == "a:ask" else {}
    return client.generic(method, address, body, content_type=kind, **more)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_it_opens_to_those_who_may_and_is_a_wall_to_the_rest(request, things, name):
    takes, who_may = MATRIX[name]
    methods = set(takes.split()) | ({"HEAD"} if "GET" in takes else set())
    address = address_of(name, things)
    wrong = []
    # Those who may not come first: what the others do may change what is there.
    for who in sorted(EVERYBODY, key=lambda who: (who in who_may, who)):
        for method in sorted(METHODS, key=lambda m: m in methods):
            if who in who_may and method in methods and method not in {"GET", "HEAD"}:
                continue
            client = signed_in(request, who, name, things)
            status = ask(client, method, address, name, things).status_code
            role_may_ask = who != "nobody" and PAGES[name].may(request.getfixturevalue(who), None)
            if status not in expected(who, who_may, method, methods, role_may_ask=role_may_ask):
                wrong.append((who, method, status))
    assert wrong == []


def expected(who, who_may, method, methods, *, role_may_ask):
    """The statuses that are right. A closed door is a wall: 404, or the way to sign in for a stranger."""
    if who in who_may:
        return {200, 302} if method in methods else {405}
    if who == "nobody":
        return {302}
    # A role that may ask, of a thing that is not theirs: a wall, or no such method, whichever comes first.
    return {404} if method in methods or not role_may_ask else {405}


@pytest.mark.parametrize(
    "name",
    sorted(name for name, (takes, _who) in MATRIX.items() if {"POST", "PUT", "DELETE"} & set(takes.split())),
)
def test_what_changes_something_changes_it_only_for_those_who_may(request, things, name):
    """Each of those who may, in a fresh house: the answer is a page, a redirect or a sentence, never a wall."""
    takes, who_may = MATRIX[name]
    address = address_of(name, things)
    who = min(who_may)
    method = next(method for method in ("POST", "PUT", "DELETE") if method in takes.split())
    answer = ask(signed_in(request, who, name, things), method, address, name, things)
    fine = {404} if name in BY_SIGNATURE else {200, 204, 302, 400}
    assert answer.status_code in fine, (who, answer.status_code)


def test_a_thing_that_is_hidden_and_a_thing_that_is_not_there_answer_the_same(request, things, morgan):
    """Morgan tries every address of the Friday group, and the same addresses of a group that never was."""
    from uuid import uuid4

    client = signed_in(request, "morgan", "", things)
    for name in sorted(PAGES):
        if not {"gathering_id", "series_id"} & set(
            re.findall(r":(\w+)>", str(next(p.pattern for p in _patterns() if p.callback is PAGES[name])))
        ):
            continue
        if name.startswith("a:"):
            continue
        for method in ("GET", "POST"):
            hidden = client.generic(method, address_of(name, things))
            ghost = dict(things) | {
                "gathering_id": uuid4(),
                "series_id": uuid4(),
                "held_id": uuid4(),
                "item_id": uuid4(),
            }
            never = client.generic(method, address_of(name, ghost))
            assert hidden.status_code == never.status_code, (name, method)
            assert _without_chance(hidden.content) == _without_chance(never.content), (name, method)
            assert set(hidden.headers) == set(never.headers)


def _without_chance(content):
    """What differs by chance between two pages: the CSRF token and the nonce."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", content)
    return re.sub(rb'nonce="[\w-]+"', b"", content)


def test_the_page_about_who_may_do_what_agrees_with_the_doors(request, things):
    from peerwork.site import doors

    lines = {str(line.says): [str(name) for name in line.opens_to] for line in doors.table()}
    assert "Peer worker" in lines["Keep a seat at a gathering for peers alone"]
    assert "Manages staff" not in lines["Keep a seat at a gathering for peers alone"]
    assert "Peer who manages staff" not in lines["Know of a gathering for peers alone"]
    assert lines["Invite, pause, and see the list of people"] == ["Coordinator"]
    assert lines["Open your plan, your log, or anything sealed to you"] == []
