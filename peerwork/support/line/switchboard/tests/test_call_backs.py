"""A number that somebody left. Ash fears to be forgotten with it; Rosa, that it is hers for ever; Sam, that it comes to
him and he does not know."""

import json

import pytest

from peerwork.people.vault.tests.rings import given as with_a_key
from peerwork.support.line.engine.words import End, State, Way
from peerwork.support.line.switchboard import bells, calls, counts, rings, store
from peerwork.support.line.switchboard.tests.stories import rings_at, takes

HOUR = 3600


@pytest.fixture
def left(rosa, sam, ask, watch):
    """A number that Ash left, while nobody took it. The call, and who owes it."""
    ash = ask(back_by=watch.at + 20 * HOUR)
    for _half_a_minute in range(10):
        watch.goes(30)
        calls.tick()
    ((person, (owed,)),) = ((one, owed) for one in (rosa, sam) if (owed := rings.rings(str(one.pk)).owed))
    assert owed.sealed == "sealed"
    return ash, person


def test_a_number_left_waits_for_whoever_owns_it_and_is_wiped_when_they_talked(on_call, left, watch):
    ash, person = left
    takes(person, ash)
    watch.goes(20 * 60)  # on the telephone, with every page asleep
    calls.tick()
    calls.over(ash.call, str(person.pk))
    assert ash.state is State.ENDED
    assert store.opened().execute("SELECT sealed FROM call").fetchone()["sealed"] == ""


def test_rosa_rings_back_and_closes_the_laptop_and_it_is_not_hers_for_ever(on_call, rosa, left, ask, watch):
    """Nobody would ring at her again, and Ash would be told “somebody rings you now” to the end of days."""
    ash, person = left
    takes(person, ash)
    assert ash.state is State.TAKEN  # Ash's page is open, and it is no talk: the telephone is
    for _minute in range(91):
        watch.goes(60)
        calls.tick()
    assert ash.state is State.BACK
    for _hour in range(19):
        watch.goes(HOUR)
        calls.tick()
    assert (ash.state, ash.look().call.end) == (State.ENDED, End.EXPIRED)
    assert counts.take_all()["promise.broken"] == 1


def test_whom_a_call_back_comes_to_is_knocked_at_and_whoever_did_it_is_not(
    on_call, rosa, sam, ask, watch, monkeypatch
):
    """Sam's page is closed. Without a knock he would learn of it when the promise is over."""
    told = []
    monkeypatch.setattr(bells, "knock", lambda people: told.append(set(people)))
    ash = ask()
    takes(rosa, ash)
    calls.back(ash.box, ash.secret, "sealed", back_by=watch.at + 3 * HOUR)
    calls.decline(ash.call, str(rosa.pk))
    calls.take(ash.call, str(sam.pk))
    calls.unreached(ash.call, str(sam.pk))
    assert [people for people in told if people] == [{str(rosa.pk)}, {str(rosa.pk)}, {str(sam.pk)}]


def test_what_an_older_house_wrote_of_a_call_can_still_be_read(on_call, ask):
    """Renewed in the middle of a night, with calls waiting."""
    ash = ask()
    with store.alone() as database:
        text = database.execute("SELECT board FROM call").fetchone()["board"]
        older = {name: value for name, value in json.loads(text).items() if name != "taken_at"}
        database.execute("UPDATE call SET board = ?", (json.dumps(older | {"something": "else"}),))
    assert ash.state is State.OFFERED


def test_a_page_in_between_does_not_keep_rosa_from_saying_that_nobody_was_there(on_call, left):
    ash, person = left
    takes(person, ash)
    ash.look()
    calls.unreached(ash.call, str(person.pk))
    assert ash.state is State.BACK


def test_a_number_is_never_given_to_whoever_cannot_open_it(on_call, rosa, sam, ask, watch):
    """Sam has no key. Rosa, to whom the number was sealed, cannot do it: it waits for her, or for somebody who can."""
    with_a_key(rosa)
    ash = ask(Way.PHONE, back_by=watch.at + 3 * HOUR)
    assert rings_at(rosa) == [ash.call]
    calls.decline(ash.call, str(rosa.pk))
    assert (rings_at(sam), ash.state, ash.look().call.by) == ([], State.BACK, str(rosa.pk))
    calls.decline(ash.call, str(rosa.pk))
    assert ash.look().call.by is None


def test_a_number_left_while_waiting_is_given_to_whoever_can_open_it_too(on_call, rosa, sam, ask, watch):
    with_a_key(sam)
    ash = ask()
    calls.back(ash.box, ash.secret, "sealed", back_by=watch.at + 3 * HOUR)
    assert ash.look().call.by == str(sam.pk)
