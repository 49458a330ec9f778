"""The people every test knows. Names are short so that sentences stay short.

Ash is a peer. Rosa and Sam answer the line, and Rosa facilitates. Morgan is a peer who also manages
staff: most rules are about Morgan. Kim coordinates, and so does Jude. Priya manages staff. Fran funds.
"""

import re
from datetime import datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.timezone import get_current_timezone, localdate, localtime, now

MELBOURNE = "Australia/Melbourne"
A_DOZEN = 12


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Stories on a real server first, and of those the longest file: so every core is busy to the end."""
    size = {path: path.stat().st_size for path in {item.path for item in items}}
    items.sort(key=lambda item: (not item.get_closest_marker("journey"), -size[item.path], item.path))


@pytest.fixture(autouse=True)
def _plain_static_files():
    """Names of static files as they are on disk: tests need no collected copies."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


@pytest.fixture(scope="session", autouse=True)
def _keys_go_round():
    """To make a key takes longer than most tests do. A dozen are made as ever; no two rounds in a row share one."""
    from peerwork.ground.postbox import signing

    make, made = signing.new_key, []

    def next_key():
        made.append(made.pop(0) if len(made) == A_DOZEN else make())
        return made[-1]

    signing.new_key = next_key
    yield
    signing.new_key = make


@pytest.fixture
def network(db):
    from peerwork.people.members import network

    return network.found(
        name="Kerbside Peer Network", public_name="Corner", time_zone=MELBOURNE, meeting_word="Catch-up"
    )


def someone(name, *hats):
    from peerwork.people.members import persons
    from peerwork.people.members.models import Person

    person = Person.objects.create(name=name, door_round=persons.new_round())
    persons.wear(person, set(hats))
    return person


def _one_of_the_cast(name, *hats, says):
    def person(network):
        return someone(name, *hats)

    person.__doc__ = says
    return pytest.fixture(person, name=name.lower())


ash = _one_of_the_cast("Ash", "peer", says="A peer worker.")
kas = _one_of_the_cast("Kas", "peer", says="Another peer worker.")
rosa = _one_of_the_cast("Rosa", "peer", "supporter", "facilitator", says="A peer who facilitates.")
sam = _one_of_the_cast("Sam", "peer", "supporter", says="Another who answers the line.")
morgan = _one_of_the_cast("Morgan", "peer", "manager", says="A peer who also manages staff.")
kim = _one_of_the_cast("Kim", "coordinator", says="A coordinator who is no peer.")
jude = _one_of_the_cast("Jude", "peer", "coordinator", says="A second coordinator.")
priya = _one_of_the_cast("Priya", "manager", says="A manager.")
fran = _one_of_the_cast("Fran", "funder", says="A funder.")
rene = _one_of_the_cast("Rene", "peer", "co_chair", says="A co-chair.")


@pytest.fixture
def sign_in(client):
    """Sign somebody in to the test client. Returns the client."""

    def come_in(person, rest=10):
        from peerwork.people.door.sessions import SessionStore

        session = SessionStore()
        session["person"], session["round"], session["rest"] = str(person.pk), person.door_round, rest
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return come_in


@pytest.fixture
def seen_by(sign_in):
    """What a person sees at an address, as text."""
    return lambda person, address: sign_in(person).get(address).content.decode()


def is_named(what, page):
    """Whether it stands there as a word. As letters in a row, a short one turns up in a token now and then."""
    return bool(re.search(rf"\b{re.escape(what)}\b", page))


def a_gathering(title, *, in_days=3, hosts=(), hour=18, **what):
    """One gathering in the calendar, some days from now, on the network's clock."""
    from peerwork.support.gatherings import series

    first = (localtime(now()) + timedelta(days=in_days)).replace(
        hour=hour, minute=30, second=0, microsecond=0, tzinfo=None
    )
    plain = {"kind": "support", "company": "peers_alone", "minutes": 90, "zone": MELBOURNE}
    return series.plan(first=first, hosts=hosts, title=title, **plain | what).gatherings.get()


def it_is_over(gathering, *, days_ago=1):
    """Move a gathering into the past, as if the days had gone by: it ended at noon then, or, today, a minute ago."""
    noon = datetime.combine(localdate() - timedelta(days=days_ago), time(12), tzinfo=get_current_timezone())
    gathering.ends_at = noon if days_ago else now() - timedelta(minutes=1)
    gathering.starts_at = gathering.ends_at - timedelta(minutes=gathering.minutes)
    gathering.save()
    return gathering


@pytest.fixture
def friday_group(network, rosa):
    """A support group for peers alone, with Rosa holding the room."""
    return a_gathering("Friday group", hosts=[rosa])


@pytest.fixture
def open_evening(network):
    """Managers are welcome here."""
    return a_gathering("Open evening", company="managers_welcome", kind="practice")
