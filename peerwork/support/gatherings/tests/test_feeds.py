"""A calendar on somebody's phone, called the same neutral word whatever is in it."""

from datetime import timedelta

import vobject

from conftest import a_gathering
from peerwork.people.members import persons
from peerwork.support.gatherings import dates, feeds, queries, seats
from peerwork.support.gatherings.models import Feed


def read(client, secret):
    client.cookies.clear()
    return client.get(f"/a/calendar/{secret}.ics")


def events(response):
    """Read back by another library than the one that wrote it."""
    calendar = vobject.readOne(response.content.decode())
    return list(calendar.contents.get("vevent", []))


def test_only_the_fingerprint_of_the_address_is_kept(network, ash):
    secret, feed = feeds.make(ash, everything=False, with_place=False)
    assert len(secret) >= 43
    assert secret not in {str(value) for value in Feed.objects.values_list().get()}
    assert feeds.find(secret) == feed


def test_my_seats_are_in_it_and_nothing_says_what_they_are(client, friday_group, open_evening, ash):
    seats.take(friday_group, by=ash)
    secret, _feed = feeds.make(ash, everything=False, with_place=False)
    response = read(client, secret)
    (event,) = events(response)
    assert event.summary.value == "Catch-up"
    assert event.dtstart.value == friday_group.starts_at
    assert event.dtend.value == friday_group.ends_at
    body = response.content.decode()
    assert not any(word in body for word in ("Friday", "group", "upport", "eer", "Rosa", "Ash"))


def test_a_whole_calendar_shows_what_this_person_may_come_to(client, friday_group, open_evening, ash, morgan):
    for person, dates_shown in ((ash, 2), (morgan, 1)):
        secret, _feed = feeds.make(person, everything=True, with_place=False)
        assert len(events(read(client, secret))) == dates_shown


def test_what_is_called_off_says_so_and_a_place_in_line_is_tentative(client, network, ash, kas):
    small = a_gathering("Small", capacity=1)
    seats.take(small, by=kas)
    seats.take(small, by=ash)
    secret, _feed = feeds.make(ash, everything=False, with_place=False)
    assert events(read(client, secret))[0].status.value == "TENTATIVE"
    dates.call_off(small)
    assert events(read(client, secret))[0].status.value == "CANCELLED"


def test_the_place_stands_in_it_only_when_asked_for(client, network, ash):
    gathering = a_gathering("Table", place="Upstairs; room 2, Elm Street")
    seats.take(gathering, by=ash)
    plain, _feed = feeds.make(ash, everything=False, with_place=False)
    told, _feed = feeds.make(ash, everything=False, with_place=True)
    assert not hasattr(events(read(client, plain))[0], "location")
    assert events(read(client, told))[0].location.value == "Upstairs; room 2, Elm Street"


def test_a_feed_that_was_taken_away_or_whose_owner_is_paused_is_a_wall(client, network, ash, kas):
    gone, feed = feeds.make(ash, everything=True, with_place=False)
    feeds.take_away(feed)
    paused, _feed = feeds.make(kas, everything=True, with_place=False)
    assert read(client, paused).status_code == 200
    persons.pause(kas)
    walls = [read(client, secret) for secret in (gone, paused, "never-was")]
    assert [wall.status_code for wall in walls] == [404, 404, 404]
    assert len({wall.content for wall in walls}) == 1


def test_somebody_who_starts_to_manage_staff_loses_what_is_for_peers_alone_at_once(client, friday_group, ash):
    seats.take(friday_group, by=ash)
    secret, _feed = feeds.make(ash, everything=False, with_place=False)
    assert len(events(read(client, secret))) == 1
    persons.wear(ash, {"peer", "manager"})
    assert events(read(client, secret)) == []


def test_the_minute_somebody_looked_is_not_in_it(client, network, ash):
    seats.take(a_gathering("Table"), by=ash)
    secret, _feed = feeds.make(ash, everything=False, with_place=False)
    (event,) = events(read(client, secret))
    assert f"{event.dtstamp.value:%H:%M:%S}" == "00:00:00"


def test_a_public_series_has_an_address_of_its_own(client, network):
    shown = a_gathering("Open table", company="managers_welcome", is_public=True)
    response = client.get(f"/a/open/{shown.series_id}.ics")
    assert [event.summary.value for event in events(response)] == ["Open table"]


def test_a_series_that_is_not_public_looks_as_if_it_were_not_there(client, friday_group, open_evening):
    from uuid import uuid4

    never = client.get(f"/a/open/{uuid4()}.ics")
    for hidden in (friday_group, open_evening):
        answer = client.get(f"/a/open/{hidden.series_id}.ics")
        assert (
            (answer.status_code, answer.content) == (never.status_code, never.content) == (404, never.content)
        )


def test_the_nameless_zone_refuses_a_cookie(client, network, sign_in, ash):
    secret, _feed = feeds.make(ash, everything=True, with_place=False)
    assert sign_in(ash).get(f"/a/calendar/{secret}.ics").status_code == 400


def test_it_looks_a_month_back_and_as_far_ahead_as_is_planned(client, network, ash):
    near, far = a_gathering("Near"), a_gathering("Far", in_days=170)
    old = a_gathering("Old")
    old.starts_at -= timedelta(days=60)
    old.ends_at -= timedelta(days=60)
    old.save()
    for gathering in (near, far):
        seats.take(gathering, by=ash)
    _secret, feed = feeds.make(ash, everything=True, with_place=False)
    assert [gathering.title for gathering in queries.in_feed(feed)] == ["Near", "Far"]
