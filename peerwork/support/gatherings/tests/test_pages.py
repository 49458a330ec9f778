"""Together and Run, as the cast would use them."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from conftest import a_gathering, is_named, it_is_over
from peerwork.support.gatherings import agenda, dates, notes, seats
from peerwork.support.gatherings.models import AgendaItem, Feed, Gathering, Note, Seat

TOGETHER = "/together/"


def at(gathering, *more):
    return "/".join(["/together", str(gathering.pk), *more, ""])


def test_peers_only_groups_are_invisible_to_people_who_manage_staff(
    seen_by, friday_group, open_evening, ash, morgan
):
    assert "Friday group" in seen_by(ash, TOGETHER)  # there is something to leak,
    assert "Friday group" not in seen_by(morgan, TOGETHER)  # and it does not,
    assert "Open evening" in seen_by(morgan, TOGETHER)  # though the page does work.


def test_a_seat_is_taken_and_given_up(sign_in, friday_group, ash):
    page = sign_in(ash).post(at(friday_group, "seat"), {"seat": "mine"}, follow=True).content.decode()
    assert "a seat with your name on it" in page
    assert "<html" in page


def test_a_coordinator_who_is_no_peer_keeps_no_seat_among_peers(sign_in, friday_group, kim):
    assert sign_in(kim).post(at(friday_group, "seat"), {"seat": "mine"}).status_code == 404
    assert not Seat.objects.exists()


def test_rosa_sees_who_is_coming_and_nobody_else_does(seen_by, friday_group, rosa, ash, kim, kas):
    seats.take(friday_group, by=ash)
    assert is_named("Ash", seen_by(rosa, at(friday_group)))
    for other in (kim, kas):
        page = seen_by(other, at(friday_group))
        assert not is_named("Ash", page)
        assert "Friday group" in page


def test_a_suggestion_has_no_name_anywhere(sign_in, friday_group, ash):
    page = (
        sign_in(ash)
        .post(at(friday_group, "agenda"), {"says": "New test strips"}, follow=True)
        .content.decode()
    )
    assert "New test strips" in page
    assert set(AgendaItem.objects.values().get()) == {"id", "gathering_id", "says_what"}


def test_what_could_give_somebody_away_is_pointed_out_before_saving_and_nothing_is_lost(
    sign_in, friday_group, ash, kas
):
    client, words = sign_in(ash), "what Kas said about my boss"
    page = client.post(at(friday_group, "agenda"), {"says": words}).content.decode()
    assert "Could this give somebody away" in page
    assert words in page
    assert not AgendaItem.objects.exists()
    client.post(at(friday_group, "agenda"), {"says": words, "anyway": "yes"})
    assert AgendaItem.objects.get().says_what == words


def test_only_whoever_runs_it_takes_something_off_the_list(sign_in, friday_group, rosa, ash):
    agenda.suggest(friday_group, says="strips")
    address = at(friday_group, "agenda", str(AgendaItem.objects.get().pk))
    assert sign_in(ash).post(address).status_code == 404
    assert sign_in(rosa).post(address).status_code == 302
    assert not AgendaItem.objects.exists()


def test_an_item_of_one_gathering_cannot_be_reached_through_another(sign_in, friday_group, rosa):
    other = a_gathering("Other", hosts=[])
    agenda.suggest(other, says="strips")
    assert sign_in(rosa).post(at(friday_group, "agenda", str(AgendaItem.objects.get().pk))).status_code == 404
    assert AgendaItem.objects.exists()


def test_soup_has_no_agenda_and_no_note(sign_in, network, ash, jude):
    soup = a_gathering("Soup", kind="social", counted=False, hosts=[jude])
    assert "talk about" not in sign_in(ash).get(at(soup)).content.decode()
    assert sign_in(ash).post(at(soup, "agenda"), {"says": "x"}).status_code == 404
    it_is_over(soup)
    sign_in(jude).post(at(soup, "count"), {"new": "it was loud", "heads": "9", "minutes": "60"})
    assert not Note.objects.exists()
    assert Gathering.objects.get().heads is None


def test_rosa_counts_and_answers_three_questions_in_one_go(sign_in, friday_group, rosa):
    it_is_over(friday_group)
    client = sign_in(rosa)
    assert "Waiting for a head count" in client.get("/run/").content.decode()
    answers = {"heads": "6", "minutes": "80", "employers": "3", "new": "strips are scarce"}
    page = client.post(at(friday_group, "count"), answers, follow=True).content.decode()
    assert "strips are scarce" in page
    held = Gathering.objects.get()
    assert (held.heads, held.minutes, held.employers) == (6, 80, 3)
    assert "Waiting for a head count" not in client.get("/run/").content.decode()


def test_a_note_with_a_name_in_it_waits_for_a_second_press(sign_in, friday_group, rosa, ash):
    it_is_over(friday_group)
    answers = {"heads": "6", "minutes": "80", "new": "Ash was wonderful"}
    page = sign_in(rosa).post(at(friday_group, "count"), answers).content.decode()
    assert "Could this give somebody away" in page
    assert "Ash was wonderful" in page
    assert Gathering.objects.get().heads is None  # nothing half-written
    sign_in(rosa).post(at(friday_group, "count"), answers | {"anyway": "yes"})
    assert Gathering.objects.get().heads == 6


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"heads": "", "minutes": "60"}, "This field is required"),
        ({"heads": "-1", "minutes": "60"}, "greater than or equal to 0"),
        ({"heads": "5", "minutes": "99999"}, "less than or equal to"),
        ({"heads": "5", "minutes": "60", "new": "word " * 41}, "more than forty words"),
    ],
)
def test_a_count_that_cannot_be_is_said_beside_the_field(sign_in, friday_group, rosa, said, beside):
    it_is_over(friday_group)
    page = sign_in(rosa).post(at(friday_group, "count"), said).content.decode()
    assert beside in page
    assert Gathering.objects.get().heads is None


def test_before_it_is_over_there_is_nothing_to_count(sign_in, friday_group, rosa):
    assert sign_in(rosa).get(at(friday_group, "count")).status_code == 404


def test_kim_plans_and_it_is_in_the_calendar(sign_in, kim, rosa, ash):
    day = localdate() + timedelta(days=4)
    said = {
        "title": "Breakfast", "kind": "social", "company": "peers_alone", "day": day.isoformat(), "starts": "08:00",
        "minutes": "60", "zone": "Australia/Melbourne", "repeats": "weekly", "hours": "after", "way": "in_person",
        "hosts": [str(rosa.pk)],
    }  # fmt: skip
    page = sign_in(kim).post("/run/plan/", said, follow=True).content.decode()
    assert "It is in the calendar" in page
    assert Gathering.objects.count() == 26
    assert Gathering.objects.filter(hosts__person=rosa, counted=False).count() == 26
    assert "Breakfast" in sign_in(ash).get(TOGETHER).content.decode()


@pytest.mark.parametrize(
    ("changed", "beside"),
    [
        ({"day": "2020-01-01"}, "in the past"),
        ({"is_public": "on"}, "where managers are welcome"),
        ({"until": "2020-01-01"}, "before the first day"),
        ({"title": ""}, "required"),
        ({"zone": "Nowhere/Land"}, "valid choice"),
        ({"minutes": "0"}, "greater than or equal"),
    ],
)
def test_a_plan_that_cannot_be_keeps_what_was_typed(sign_in, kim, changed, beside):
    said = {
        "title": "Breakfast club", "kind": "social", "company": "peers_alone", "day": "2027-05-05", "starts": "08:00",
        "minutes": "60", "zone": "Australia/Melbourne", "repeats": "once", "hours": "after", "way": "in_person",
        "about": "bring a cup",
    }  # fmt: skip
    page = sign_in(kim).post("/run/plan/", said | changed).content.decode()
    assert beside in page
    assert "bring a cup" in page
    assert not Gathering.objects.exists()


def test_nobody_who_manages_staff_facilitates_what_is_for_peers_alone(sign_in, kim, morgan):
    said = {
        "title": "Breakfast", "kind": "social", "company": "peers_alone", "day": "2027-05-05", "starts": "08:00",
        "minutes": "60", "zone": "Australia/Melbourne", "repeats": "once", "hours": "after", "way": "in_person",
        "hosts": [str(morgan.pk)],
    }  # fmt: skip
    assert "manages staff" in sign_in(kim).post("/run/plan/", said).content.decode()
    assert not Gathering.objects.exists()


def test_a_facilitator_puts_down_only_themselves(seen_by, rosa, ash):
    page = seen_by(rosa, "/run/plan/")
    assert "<span>Rosa</span>" in page
    assert "<span>Ash</span>" not in page


def test_one_date_is_moved_and_the_others_stay(sign_in, friday_group, rosa):
    day = (localdate() + timedelta(days=5)).isoformat()
    said = {"day": day, "starts": "19:15", "minutes": "45", "way": "link", "place": "https://meet.example/x"}
    page = sign_in(rosa).post(at(friday_group, "date"), said, follow=True).content.decode()
    assert "for this date only" in page
    assert "7:15" in page


def test_a_date_is_called_off_and_brought_back(sign_in, seen_by, friday_group, rosa, ash):
    sign_in(rosa).post(at(friday_group, "off"), {"off": "yes"})
    assert "Called off" in seen_by(ash, at(friday_group))
    sign_in(rosa).post(at(friday_group, "off"), {"off": "no"})
    assert "Called off" not in seen_by(ash, at(friday_group))


def test_somebody_else_covers_this_once(sign_in, seen_by, friday_group, jude, ash):
    sign_in(jude).post(at(friday_group, "cover"))
    assert "(covers)" in seen_by(ash, at(friday_group))
    assert sign_in(ash).post(at(friday_group, "cover")).status_code == 404
    sign_in(jude).post(at(friday_group, "cover"), {"cover": "no"})
    assert "(covers)" not in seen_by(ash, at(friday_group))


def test_words_kind_and_time_find_a_gathering(seen_by, friday_group, open_evening, ash):
    assert "Friday group" not in seen_by(ash, f"{TOGETHER}?words=evening")
    assert "Open evening" in seen_by(ash, f"{TOGETHER}?words=EVENING+open")
    assert "Friday group" in seen_by(ash, f"{TOGETHER}?kind=support")
    assert "Nothing matches" in seen_by(ash, f"{TOGETHER}?hours=during")
    assert "Friday group" in seen_by(ash, f"{TOGETHER}?kind=nonsense&hours=nonsense")


def test_an_address_for_a_calendar_is_made_shown_once_and_taken_away(sign_in, ash, kas):
    client = sign_in(ash)
    page = client.post("/mine/calendar/", {"everything": "yes"}).content.decode()
    assert "/a/calendar/" in page
    feed = Feed.objects.get()
    assert feed.everything
    assert "/a/calendar/" not in client.get("/mine/calendar/").content.decode()
    assert sign_in(kas).post(f"/mine/calendar/{feed.pk}/").status_code == 404
    sign_in(ash).post(f"/mine/calendar/{feed.pk}/")
    assert not Feed.objects.exists()


def test_neither_title_nor_file_name_says_what_it_is(sign_in, friday_group, ash):
    page = sign_in(ash).get(at(friday_group)).content.decode()
    assert "<title>Together · Corner</title>" in page
    answer = sign_in(ash).get(f"{at(friday_group)}event.ics")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert b"Friday" not in answer.content


def test_night_workers_can_see_that_the_times_are_not_for_them(seen_by, network, rosa, ash):
    for week in range(1, 4):
        it_is_over(a_gathering(f"Held {week}", hour=10, kind="practice"), days_ago=7 * week)
    assert "Who could the times fit" in seen_by(rosa, "/run/")
    assert "of the last 3" in seen_by(rosa, "/run/")


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/", 7), ("/together/", 3), ("/run/", 9), ("/mine/calendar/", 3)]
)
def test_a_longer_calendar_costs_no_more_questions(
    sign_in, rosa, how_many, address, queries, django_assert_num_queries
):
    for n in range(how_many):
        thing = a_gathering(f"Group {n}", hosts=[rosa], capacity=5, in_days=n + 1)
        seats.take(thing, by=rosa)
        Feed.objects.create(person=rosa, token=str(n))
    client = sign_in(rosa)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_fuller_gathering_costs_no_more_questions(
    sign_in, rosa, ash, kas, sam, friday_group, how_many, django_assert_num_queries
):
    for n, person in enumerate([ash, kas, sam][:how_many]):
        seats.take(friday_group, by=person)
        agenda.suggest(friday_group, says=f"item {n}")
        dates.cover(friday_group, by=person)
    notes.write(friday_group, new="a", surprising="", to_share="")
    client = sign_in(rosa)
    with django_assert_num_queries(11):
        client.get(at(friday_group))


def test_two_lists_of_the_same_day_stand_in_the_order_of_the_clock(seen_by, network, ash):
    a_gathering("Late", hour=20)
    a_gathering("Early", hour=9)
    page = seen_by(ash, TOGETHER)
    assert page.index("Early") < page.index("Late")


def test_a_slip_of_the_finger_is_asked_about_before_it_is_a_number(sign_in, network, rosa):
    small = it_is_over(a_gathering("Small", hosts=[rosa], capacity=8))
    client, said = sign_in(rosa), {"heads": "70", "minutes": "90"}
    page = client.post(at(small, "count"), said).content.decode()
    assert "far more than there is room for" in page
    assert Gathering.objects.get().heads is None
    page = client.post(at(small, "count"), said | {"anyway": "yes"}, follow=True).content.decode()
    assert "Counted: 70 people, 90 minutes." in page


def test_a_count_never_opens_a_gathering_that_is_over(sign_in, network, rosa, ash):
    held = it_is_over(a_gathering("Friday group", hosts=[rosa]), days_ago=0)
    sign_in(rosa).post(at(held, "count"), {"heads": "5", "minutes": "720"})
    held.refresh_from_db()
    assert (held.heads, held.minutes) == (5, 720)
    assert held.ends_at <= now()


def test_to_those_who_manage_staff_no_name_is_pointed_at(sign_in, open_evening, ash, kas, priya, jude):
    """Otherwise a list of names, typed in, would come back as the list of who is here."""
    words = {"says": "what kas and zorro said"}
    assert "kas" in str(sign_in(ash).post(at(open_evening, "agenda"), words).context["hints"])
    sign_in(priya).post(at(open_evening, "agenda"), words)
    assert AgendaItem.objects.get().says_what == words["says"]


@pytest.mark.parametrize(
    "said",
    [
        {"day": "9999-12-31"}, {"day": "0001-01-01"}, {"day": "0002-01-01", "repeats": "weekly"},
        {"until": "9999-12-31", "zone": "Pacific/Honolulu", "repeats": "weekly"},
    ],
)  # fmt: skip
def test_a_day_at_the_end_of_the_world_is_refused_beside_the_field(sign_in, kim, said):
    day = localdate() + timedelta(days=4)
    plan = {
        "title": "Breakfast", "kind": "social", "company": "peers_alone", "day": day.isoformat(), "starts": "08:00",
        "minutes": "60", "zone": "Australia/Melbourne", "repeats": "once", "hours": "after", "way": "in_person",
    }  # fmt: skip
    page = sign_in(kim).post("/run/plan/", plan | said)
    assert "too far away" in page.content.decode()
    assert not Gathering.objects.exists()


def test_whoever_holds_the_room_is_not_asked_to_stand_in_line(seen_by, network, rosa, ash):
    full = a_gathering("Small", hosts=[rosa], capacity=1)
    seats.take(full, by=ash)
    page = seen_by(rosa, at(full))
    assert "there is a place for you" in page
    assert "Stand in line" not in page


def test_whoever_stands_in_line_knows_how_many_stand_before_them(seen_by, network, ash, kas, sam):
    full = a_gathering("Small", capacity=1)
    for person in (ash, kas, sam):
        seats.take(full, by=person)
    assert "0 people are before you" in seen_by(kas, at(full))
    assert "1 person is before you" in seen_by(sam, at(full))
    assert "before you" not in seen_by(ash, at(full))
