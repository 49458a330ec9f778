"""A debrief is asked for. Who it was stands nowhere, when it was stands nowhere, and Morgan cannot tell that it was."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from conftest import MELBOURNE, someone
from peerwork.ground.tallies import quarters
from peerwork.people.door.sessions import SessionStore
from peerwork.people.members import persons
from peerwork.support.care import debriefs
from peerwork.support.care.models import DebriefAsk

SAID = "A debrief was asked for, after an overdose."


@pytest.fixture
def clock():
    """It stands still while two worlds are compared, and sessions rest by the same clock."""
    with time_machine.travel(now(), tick=False) as stands:
        yield stands


@pytest.fixture
def today(network):
    return debriefs.today(network.time_zone)


@pytest.fixture(autouse=True)
def memory(settings, tmp_path):
    """A folder of its own for what is on its way."""
    settings.OPTIONS = replace(settings.OPTIONS, memory=tmp_path)
    return tmp_path


def waits(about, *, on):
    """Somebody asked, and the hour is over."""
    debriefs.ask(about=about)
    debriefs.put_up(on=on)


def on_the_way(memory):
    return sorted(path.read_text() for path in memory.glob("ask-*"))


def sends(word, about="overdose_witnessed", **more):
    """As the page asks: a plain post, and nothing else."""
    return Client(enforce_csrf_checks=True).post("/a/debrief/", {"word": word, "about": about}, **more)


def word_on(page):
    found = re.search(r'data-word="([0-9a-f]{64})"', page)
    return found and found[1]


def abouts():
    return Counter(DebriefAsk.objects.values_list("about", flat=True))


# The word of the day


def test_every_member_shows_the_same_word_wherever_their_clock_stands(
    seen_by, network, ash, kas, kim, morgan
):
    persons.settle_in(kas, language="ar", time_zone="Pacific/Kiritimati")
    persons.settle_in(kim, language="en", time_zone="Pacific/Pago_Pago")
    words = {word_on(seen_by(person, reverse("care:hard"))) for person in (ash, kas, kim, morgan)}
    assert len(words) == 1
    assert None not in words


def test_a_funder_finds_the_help_and_no_word(seen_by, fran):
    page = seen_by(fran, reverse("care:hard"))
    assert "Ask one person to stay near" in page
    assert word_on(page) is None
    assert "a/debrief" not in page


def test_tomorrow_it_is_another_word_and_yesterdays_is_still_good(today):
    days = [today - timedelta(days=n) for n in range(-1, 3)]
    tomorrow, now, yesterday, before = (debriefs.word(day) for day in days)
    assert len({tomorrow, now, yesterday, before}) == 4
    assert [sends(word).status_code for word in (now, yesterday)] == [204, 204]
    assert [sends(word).status_code for word in (tomorrow, before, "", "x" * 64, "ñ")] == [400] * 5
    debriefs.put_up(on=today)
    assert DebriefAsk.objects.count() == 2


def test_nobody_can_make_the_word_without_the_servers_secret(today, monkeypatch):
    here = debriefs.word(today)
    monkeypatch.setattr(settings, "SECRET_KEY", "another house")
    assert debriefs.word(today) != here


# What is kept


def test_all_that_is_kept_is_what_it_was_about_and_the_quarter(today):
    answer = sends(debriefs.word(today))
    assert (answer.status_code, answer.content) == (204, b"")
    debriefs.put_up(on=today)
    (row,) = DebriefAsk.objects.values()
    assert row == {"id": row["id"], "about": "overdose_witnessed", "quarter": quarters.of(today)}
    assert row["id"].version == 4  # random: no clock and no machine in it


@pytest.mark.parametrize("about", ["", "Kas, at Elm Street", "overdose_witnessed\0", "x" * 5000])
def test_what_the_pack_does_not_know_counts_as_nothing_said(today, about):
    assert sends(debriefs.word(today), about).status_code == 204
    debriefs.put_up(on=today)
    assert abouts() == {"": 1}


def test_the_nameless_zone_takes_nothing_from_somebody_it_could_know(sign_in, ash, today, memory):
    answer = sign_in(ash).post("/a/debrief/", {"word": debriefs.word(today)})
    assert answer.status_code == 400
    assert on_the_way(memory) == []


def test_the_answer_is_kept_by_nobody_and_sets_nothing(today):
    answer = sends(debriefs.word(today))
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


# Thirty, and no more


def test_whoever_asks_often_cannot_tell_how_many_wait(clock, today, memory):
    answers = [sends(debriefs.word(today), "other_hard") for _ in range(debriefs.MOST + 3)]
    assert len(on_the_way(memory)) == debriefs.MOST
    assert len({(a.status_code, a.content, tuple(sorted(a.headers.items()))) for a in answers}) == 1


def test_a_flood_washes_no_rarer_ask_away(today):
    waits("colleague_death", on=today)
    for _ in range(100):
        waits("other_hard", on=today)
    waits("needlestick", on=today)
    assert abouts() == {"colleague_death": 1, "needlestick": 1, "other_hard": debriefs.MOST - 2}


def test_a_flood_on_the_way_washes_no_rarer_ask_away(today, memory):
    for about in ("colleague_death", *["other_hard"] * 100, "needlestick"):
        debriefs.ask(about=about)
    assert Counter(on_the_way(memory)) == {"colleague_death": 1, "needlestick": 1, "other_hard": 28}
    for about in ["violence"] * 30:
        waits(about, on=today)
    assert abouts().keys() == {"colleague_death", "needlestick", "other_hard", "violence"}
    assert DebriefAsk.objects.count() == debriefs.MOST


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_are_thirty_while_the_hour_strikes(network, memory):
    day, ready = date(2026, 11, 24), Barrier(9)

    def hand(work, times):
        ready.wait()
        for _ in range(times):
            work()
        connection.close()

    hands = [Thread(target=hand, args=(lambda: debriefs.ask(about="violence"), 5)) for _ in range(8)]
    hands.append(Thread(target=hand, args=(lambda: debriefs.put_up(on=day), 3)))
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    debriefs.put_up(on=day)
    assert abouts() == {"violence": debriefs.MOST}
    assert on_the_way(memory) == []


# Who sees it


def test_whoever_plans_for_peers_reads_what_it_was_after_and_no_time(sign_in, clock, today, rosa, kim, jude):
    pages = []
    for asked_on in (today, today - timedelta(days=9)):
        DebriefAsk.objects.all().delete()
        waits("overdose_witnessed", on=asked_on)
        DebriefAsk.objects.update(quarter=quarters.of(today))  # nine days ago may have been another one
        pages += [
            without_chance(sign_in(who).get("/run/debriefs/").content.decode()) for who in (rosa, kim, jude)
        ]
    assert all(SAID in page for page in pages)
    assert pages[:3] == pages[3:]


def test_where_nothing_was_said_nothing_is_made_up(seen_by, kim, today):
    waits("", on=today)
    assert "A debrief was asked for." in seen_by(kim, "/run/debriefs/")


def test_one_is_planned_and_the_ask_is_let_go(sign_in, rosa, today):
    for _ in range(2):
        waits("overdose_witnessed", on=today)
    client = sign_in(rosa)
    page = client.get("/run/debriefs/").content.decode()
    address, _other = re.findall(r'action="(/run/debriefs/[0-9a-f-]{36}/)"', page)
    answer = client.post(address)
    assert answer.headers["Location"] == reverse("gatherings:plan")
    assert client.get("/run/debriefs/").content.decode().count(SAID) == 1
    assert client.post(address).status_code == 404


def test_three_asks_take_as_many_questions_as_one(sign_in, kim, today, django_assert_num_queries):
    client = sign_in(kim)
    for _asks in (1, 3):
        waits("violence", on=today)
        with django_assert_num_queries(3):  # the network, who is here, and what waits
            client.get("/run/debriefs/")
        waits("violence", on=today)


def test_the_words_for_the_group_stand_on_the_page_of_whoever_plans_it(seen_by, rosa):
    page = seen_by(rosa, "/run/debriefs/")
    for words in (
        "Nobody has to talk. You may leave and come back.",
        "Sorry Business comes first.",
        "At most 15 people, for 60 to 90 minutes.",
        "A group for those who were there",
        reverse("gatherings:plan"),
    ):
        assert words in page


# Morgan


ADDRESSES = (
    "/", "/together/", "/mine/", "/mine/hard/", "/mine/held/", "/held/", "/who-may/", "/run/", "/run/plan/",
    "/run/debriefs/", "/run/debriefs/{ask}/", "/run/quarters/", "/a/debrief/",
)  # fmt: skip


def without_chance(text):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[\w-]+"', "", text)
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "ID", text)


def all_that(person, ask):
    """Status, headers and body of every address, each way of asking, and of thirty asks of one's own."""
    session = SessionStore()
    session["person"], session["round"], session["rest"] = str(person.pk), person.door_round, 10
    session.save()
    seen = {}
    for address in ADDRESSES:
        for method in ("GET", "POST", "PUT", "DELETE"):
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
            answer = client.generic(method, address.format(ask=ask))
            headers = {
                k: v for k, v in answer.headers.items() if k not in {"Content-Security-Policy", "Expires"}
            }
            seen[method, address] = answer.status_code, without_chance(answer.content.decode()), headers
    good = debriefs.word(debriefs.today(MELBOURNE))
    seen["asks"] = [
        (a.status_code, a.content, dict(a.headers) | {"Expires": ""}) for a in map(sends, [good] * 31)
    ]
    debriefs.put_up(on=debriefs.today(MELBOURNE))
    DebriefAsk.objects.all().delete()
    return seen


def waiting_now(today):
    for about in ("overdose_witnessed", "colleague_death", ""):
        waits(about, on=today)
    return DebriefAsk.objects.first().pk


@pytest.mark.parametrize(
    "hats",
    [
        ("peer", "manager"), ("manager",), ("funder",), ("coordinator", "manager"), ("peer", "facilitator", "manager"),
        ("peer", "coordinator", "co_chair", "manager"),
    ],
    ids="+".join,
)  # fmt: skip
def test_nobody_who_manages_staff_can_tell_that_somebody_asked(network, clock, today, hats):
    morgan = someone("Morgan", *hats)
    never = all_that(morgan, uuid4())
    asked = all_that(morgan, waiting_now(today))
    assert [address for address in never if never[address] != asked[address]] == []


def test_the_comparison_has_teeth(clock, today, kim):
    never = all_that(kim, uuid4())
    asked = all_that(kim, waiting_now(today))
    different = {address for address in never if never[address] != asked[address]}
    assert different >= {("GET", "/run/debriefs/"), ("POST", "/run/debriefs/{ask}/")}


def test_the_doors_open_to_those_who_plan_for_peers_and_to_nobody_else(
    sign_in, network, ash, rosa, morgan, kim, jude, priya, rene, fran
):
    opened = {
        person.name
        for person in (ash, rosa, morgan, kim, jude, priya, rene, fran)
        if sign_in(person).get("/run/debriefs/").status_code == 200
    }
    assert opened == {"Rosa", "Kim", "Jude"}
