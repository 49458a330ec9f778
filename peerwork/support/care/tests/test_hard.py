"""What the page after something hard says before any key is typed, and that the pack is fit for a hard night."""

import re

import pytest
from django.urls import reverse

from peerwork.ground.packs import packs
from peerwork.ground.ui import language, reading
from peerwork.support.care import hard

# For ever: a path sealed today is read with them in ten years.
EVENTS = {
    "death_known_person", "death_on_shift", "overdose_reversed", "overdose_witnessed", "violence", "needlestick",
    "child_removal", "police_raid", "colleague_death", "media_storm", "service_closing", "other_hard",
}  # fmt: skip
STEPS = ("now", "next_day", "next_week", "anniversary")
OFFERS = {
    "relief", "basics", "home", "one_to_one", "together", "time_away", "agreed_check_in", "sooner", "counsellor",
    "remembering", "learning", "hard_date",
}  # fmt: skip


def test_the_codes_are_for_ever():
    assert set(hard.events()) >= EVENTS
    assert tuple(step["code"] for step in hard.path()) == STEPS
    assert {code for step in hard.path() for code in step["offers"]} >= OFFERS
    assert {code for part in packs.load("debrief")["timeline"] for code in part["offers"]} >= OFFERS


def test_no_offer_stands_in_two_steps_so_that_keeping_one_keeps_one():
    offers = [code for step in hard.path() for code in step["offers"]]
    assert len(offers) == len(set(offers))


def test_a_code_fits_where_an_ask_keeps_it():
    assert max(map(len, hard.events())) <= 30


def test_every_event_has_a_sentence_of_its_own_for_whoever_plans():
    said = [hard.asked_after(code) for code in hard.events()]
    assert len(set(said)) == len(said)
    assert all(re.fullmatch(r"A debrief was asked for, after [\w\s]+\.", words) for words in said)
    assert hard.asked_after("") == hard.asked_after("of another pack") == ""


def test_every_step_but_now_has_a_day_of_its_own():
    assert [(step.get("after_days"), step.get("yearly")) for step in hard.path()] == [
        (None, None), (1, None), (7, None), (None, True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", list(packs.texts(packs.load("debrief"))), ids=lambda text: text.place)
def test_every_sentence_can_be_read_with_shaking_hands(text):
    assert reading.longest_sentence(text.words) <= 20
    assert language.hints(text.words) == []


def test_the_path_reads_easily():
    words = [words for step in hard.path() for words in (step["says"], *step["offers"].values())]
    assert reading.grade("\n".join([*words, *hard.before_all_else()])) <= 5


def test_without_a_key_and_without_a_script_the_help_is_there(seen_by, network, ash):
    network.talk_number = "1800 555 010"
    network.save()
    page = seen_by(ash, reverse("care:hard"))
    shown = page.partition("data-opened")[0]  # what only an open vault shows comes after
    for words in (*hard.first_hours()["offers"].values(), *hard.before_all_else()):
        assert words in shown
    for address in (
        "tel:1800 555 010",
        reverse("care:now"),
        reverse("gatherings:calendar"),
        reverse("site:who_may"),
    ):
        assert address in shown
    (without_a_script,) = (part for part in re.findall(r"<noscript>.*?</noscript>", page) if "name" in part)
    assert "Asking without a name needs JavaScript" in without_a_script
    assert re.search(r'<form[^>]* id="ask" hidden', page)  # no button there that would carry the cookie


def test_the_title_of_the_page_says_nothing(seen_by, ash, kim):
    for person, address in ((ash, "/mine/hard/"), (kim, "/run/debriefs/")):
        assert re.search(r"<title>(Mine|Run) · Corner</title>", seen_by(person, address))


def test_everybody_is_shown_the_same_page(sign_in, ash, kas):
    """Whatever somebody keeps behind the key, the page itself is one for all."""
    ours = [
        re.sub(r'(nonce|value)="[\w-]+"', "", sign_in(one).get("/mine/hard/").content.decode())
        for one in (ash, kas)
    ]
    assert ours[0] == ours[1]


def test_it_asks_the_database_for_nothing_of_its_own(sign_in, ash, django_assert_num_queries):
    client = sign_in(ash)
    with django_assert_num_queries(2):  # the network, and who is here
        client.get(reverse("care:hard"))
