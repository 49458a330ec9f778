"""The pages of the line: asking, talking, being on call.

Who uses them, and what they fear. Ash, at four in the morning: that asking stands somewhere, and that "somebody is
here" is not true. Tran, on a shared phone: that whoever picks it up sees a talk. Morgan, who manages staff: that asking
as a peer shows at work; and the others, that Morgan sees who is on duty. Rosa and Sam, who answer: that a page says who
rings, or keeps what was said. Here is what keeps the pages; what keeps a talk is told in tests/journeys/test_asking.py.
"""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from peerwork.ground.ui.reading import grade, longest_sentence
from peerwork.people.vault.tests.rings import given as with_a_key
from peerwork.support import line
from peerwork.support.line.engine.words import Turn
from peerwork.support.line.roster.models import Duty, Shift, ShiftSeries

MINE = (
    "talk*.html", "asking.html", "limits.html", "the_number.html", "sentences.html", "on_call*.html", "ring.html",
    "pieces.html", "bell.html",
)  # fmt: skip
TEMPLATES = sorted(
    path for name in MINE for path in (Path(line.__file__).parent / "templates" / "line").glob(name)
)
SENTENCES = [
    said
    for template in TEMPLATES
    for said in re.findall(r'{% translate "((?:[^"]|"(?=[^%]*"))*?)" %}', template.read_text())
]


def without_chance(page):
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r'nonce="[\w-]+"', "", page)


def without_the_promise(page):
    """As a browser with JavaScript shows it."""
    return re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)


def on_duty(person, *, hours=3):
    series = ShiftSeries.objects.create(first="2026-01-01T00:00", minutes=240, zone="Australia/Melbourne")
    begins = now() - timedelta(hours=1)
    shift = Shift.objects.create(
        series=series, on="2026-01-01", starts_at=begins, ends_at=now() + timedelta(hours=hours)
    )
    return Duty.objects.create(shift=shift, person=person, turn=Turn.FIRST.value)


class TestAsking:
    @pytest.mark.parametrize("who", ["ash", "rosa", "morgan", "jude", "rene"])
    def test_every_peer_may_ask_morgan_too(self, request, seen_by, who):
        page = seen_by(request.getfixturevalue(who), "/talk/")
        assert "Talk to a peer" in page
        assert "What stays between us" in page

    @pytest.mark.parametrize("who", ["kim", "priya", "fran"])
    def test_to_whoever_is_no_peer_it_is_a_wall(self, request, sign_in, who):
        assert sign_in(request.getfixturevalue(who)).get("/talk/").status_code == 404

    def test_a_copy_on_a_phone_promises_nothing(self, seen_by, ash, sam):
        before = seen_by(ash, "/talk/")
        on_duty(sam)
        after = seen_by(ash, "/talk/")
        assert "A person is here now." in after  # for a browser without JavaScript it stands there,
        assert "A person is here now." not in before
        assert without_the_promise(without_chance(after)) == without_the_promise(without_chance(before))

    def test_to_ring_back_is_promised_only_where_a_number_can_be_left(
        self, seen_by, sign_in, ash, morgan, sam
    ):
        """Morgan may not know who is on, so no number of his could be sealed; and without JavaScript nobody's could."""
        with_a_key(sam)
        Shift.objects.filter(pk=on_duty(sam).shift_id).update(starts_at=now() + timedelta(hours=2))

        def told(person):
            return sign_in(person).get("/talk/now/").json()["promise"]["says"]

        assert told(ash).startswith("Leave a number, and by ")  # there was something to promise
        assert told(morgan) == "Nobody is on now."
        for page in (seen_by(ash, "/talk/"), Client().get("/a/line/").content.decode()):
            assert "Nobody is on now." in page
            assert "ring you back" not in page

    def test_nobody_who_answers_is_named_on_it(self, seen_by, morgan, ash, sam):
        on_duty(sam)
        assert "Sam" in seen_by(sam, "/mine/")
        for person in (morgan, ash):
            assert "Sam" not in seen_by(person, "/talk/")

    def test_the_microphone_is_open_on_two_pages_and_on_no_other(self, sign_in, rosa):
        client = sign_in(rosa)
        pages = ("/talk/", "/line/on/", "/", "/talk/letters/", "/now/")
        hears = {
            page: "microphone=(self)" in client.get(page).headers["Permissions-Policy"] for page in pages
        }
        assert [page for page, may in hears.items() if may] == ["/talk/", "/line/on/"]
        assert all("camera=()" in client.get(page).headers["Permissions-Policy"] for page in pages)

    def test_an_own_phone_may_keep_it(self, sign_in, ash):
        assert sign_in(ash).get("/talk/").headers["X-Keep"] == "talk"

    @pytest.mark.parametrize("many", [1, 3])
    def test_it_asks_as_much_for_one_on_duty_as_for_three(
        self, sign_in, ash, sam, rosa, kas, django_assert_num_queries, many
    ):
        for person in (sam, rosa, kas)[:many]:
            on_duty(person)
        client = sign_in(ash)
        client.get("/talk/")
        with django_assert_num_queries(9):
            client.get("/talk/")


class TestWithoutAName:
    def test_the_page_of_nobody_says_the_promise_the_number_and_the_limits(self, client, network, sam):
        network.talk_number = "1800 555 010"
        network.save()
        on_duty(sam)
        page = client.get("/a/line/").content.decode()
        assert "A person is here now." in page
        assert 'href="tel:1800 555 010"' in page
        assert "A court can order records." in page
        assert "Sam" not in page

    def test_it_says_when_nobody_is_on(self, client, network, sam):
        duty = on_duty(sam)
        with time_machine.travel(duty.shift.ends_at + timedelta(minutes=1)):
            assert "Nobody is on now" in client.get("/a/line/").content.decode()

    def test_it_sets_no_cookie_and_takes_none(self, client, network):
        answer = client.get("/a/line/")
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.get("/a/line/", headers={"cookie": "s=1"}).status_code == 400

    def test_before_there_is_a_network_it_still_answers(self, client, db):
        assert client.get("/a/line/").status_code == 200


class TestBeingOnCall:
    @pytest.mark.parametrize("who", ["ash", "morgan", "kim", "priya", "fran", "jude"])
    def test_it_is_there_for_those_who_answer_alone(self, request, sign_in, who):
        assert sign_in(request.getfixturevalue(who)).get("/line/on/").status_code == 404

    def test_the_frame_is_the_same_for_everybody_on_duty_or_not(self, seen_by, sam):
        before = without_chance(seen_by(sam, "/line/on/"))
        assert "I’m here" in before
        on_duty(sam)
        assert without_chance(seen_by(sam, "/line/on/")) == before

    def test_what_helps_in_the_worst_moment_is_on_the_page_already(self, seen_by, sam):
        page = seen_by(sam, "/line/on/")
        assert "Stay with the person." in page
        assert "You may hand over any call" in page

    def test_a_house_without_a_number_asks_nobody_where_to_ring_them(self, seen_by, sam, settings, tmp_path):
        settings.OPTIONS = replace(settings.OPTIONS, data=tmp_path)
        assert "Where do we ring you?" not in seen_by(sam, "/line/on/")
        (tmp_path / "number.toml").write_text('[twilio]\ntoken = "x"')
        (tmp_path / "number.toml").chmod(0o600)
        assert "Where do we ring you?" in seen_by(sam, "/line/on/")
        (tmp_path / "number.toml").chmod(0o644)  # cannot be used as it is
        assert "Where do we ring you?" not in seen_by(sam, "/line/on/")

    def test_words_may_be_played_from_memory_here_and_nowhere_else(self, sign_in, sam):
        plays = {
            page: "media-src blob:" in sign_in(sam).get(page).headers["Content-Security-Policy"]
            for page in ("/line/on/", "/talk/", "/", "/line/")
        }
        assert [page for page, may in plays.items() if may] == ["/line/on/"]

    def test_a_device_can_be_chosen_where_they_are_on_and_where_they_say_things_of_themselves(
        self, seen_by, sam
    ):
        for page in ("/line/on/", "/line/me/"):
            assert "Ring this device even when the page is closed" in seen_by(sam, page)


class TestTalkingAloud:
    def test_it_is_offered_where_there_is_a_relay(self, sign_in, ash, settings):
        assert sign_in(ash).get("/talk/now/").json()["aloud"] is False
        settings.OPTIONS = replace(settings.OPTIONS, relay="127.0.0.1:3478", relay_secret="s")
        assert sign_in(ash).get("/talk/now/").json()["aloud"] is True


@pytest.mark.parametrize("said", SENTENCES)
def test_a_sentence_is_for_somebody_who_is_tired(said):
    assert longest_sentence(said) <= 20


def test_and_all_of_them_together_read_easily():
    assert len(SENTENCES) > 100
    assert grade("\n".join(said if said.endswith((".", "?")) else f"{said}." for said in SENTENCES)) <= 7


FORMS = [
    (template.name, form)
    for template in TEMPLATES
    for form in re.findall(r"<form\b.*?</form>", template.read_text(), re.DOTALL)
]
TYPED = r'<(?:textarea|select|input(?![^>]*type="(?:hidden|radio|checkbox)"))\b[^>]* name='


@pytest.mark.parametrize(("template", "form"), FORMS)
def test_what_is_typed_cannot_end_in_an_address(template, form):
    """Where our script is slow or fails, a form of the script's own sends nothing anywhere."""
    assert re.match(r'<form[^>]* method="dialog"', form), template
    assert not re.search(TYPED, form)
    assert not re.search(r"<button(?![^>]*(?:type=\"button\"|disabled))", form)  # off until something listens


# Pieces of other rooms, which have tests of their own.
ELSEWHERE = (
    r"<template.*?</template>", r'<form method="dialog" class="flow" id="unlock">.*?id="vault-bar".*?</div>',
    r"<section[^>]* data-next-step.*?</section>", r"^.*?<main",
)  # fmt: skip


@pytest.mark.parametrize("page", ["/talk/", "/line/on/"])
def test_what_needs_a_script_is_off_until_it_is_there(seen_by, sam, page):
    shown = without_the_promise(seen_by(sam, page))
    for piece in ELSEWHERE:
        shown = re.sub(piece, "", shown, flags=re.DOTALL)
    buttons = re.findall(r"<button[^>]*>", shown)
    assert len(buttons) > 4
    assert [button for button in buttons if "disabled" not in button] == []
