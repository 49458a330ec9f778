"""Mine: the pages where a person looks after what is theirs, as the cast would use them."""

import json
from datetime import date

import pytest
from django.utils.timezone import localdate

from conftest import is_named, someone
from peerwork.people.members import persons, queries
from peerwork.people.members.forms import NameForm
from peerwork.people.members.models import Person, Vouch
from peerwork.people.vault import log
from peerwork.people.vault.tests.a_device import Device, added
from peerwork.people.vault.tests.rings import given, ring

MINE = "/mine/"


def text(response):
    return response.content.decode()


class TestMyName:
    def test_ash_is_called_something_else_from_now_on(self, sign_in, ash):
        client = sign_in(ash)
        page = text(client.post("/mine/name/", {"name": " Ashley  Q. "}, follow=True))
        assert "From now on you are Ashley Q. here." in page
        assert Person.objects.get().name == "Ashley Q."

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("علي", "علي"), ("Nguyễn", "Nguyễn"), ("می‌خواهم", "می‌خواهم"), ("👩‍🔧 Ash", "👩‍🔧 Ash"), ("x\ny", "x y"),
            ("A\u202esh", "Ash"), ("Ash\u200b", "Ash"), ("\u2066Kim\u2069", "Kim"), ("A\x07sh", "Ash"),
            ("<b>Ash</b>", "<b>Ash</b>"), ("7", "7"), ("🦔", "🦔"), ("♥️", "♥️"),
            ("Ash\u3164", "Ash"), ("A\u2800B", "A B"),
        ],
    )  # fmt: skip
    def test_any_name_in_any_script_without_marks_that_turn_or_hide_letters(self, typed, kept):
        form = NameForm({"name": typed})
        assert form.is_valid()
        assert form.cleaned_data["name"] == kept

    @pytest.mark.parametrize(
        "typed",
        [
            "", "   ", "\u200b", "\u200d\u200c", "\u202e", "\x00", "\u3000", "x" * 41, "\u3164", "\u2800", "\u115f",
            "\u1160", "\uffa0", "\u3164 \u2800\uffa0", "\ufe0f", "\u034f", "\u17b4", "\u0301", "\ufffc",
            "...", "\U000e0041",
        ],
    )  # fmt: skip
    def test_a_name_has_something_to_see_in_it_and_an_end(self, sign_in, ash, typed):
        client = sign_in(ash)
        page = text(client.post("/mine/name/", {"name": typed}))
        assert "Something needs another look" in page
        assert Person.objects.get().name == "Ash"

    def test_what_was_typed_wrong_is_still_there_to_mend(self, sign_in, ash):
        assert f'value="{"x" * 41}"' in text(sign_in(ash).post("/mine/name/", {"name": "x" * 41}))

    def test_a_name_is_words_and_never_markup(self, sign_in, ash):
        page = text(sign_in(ash).post("/mine/name/", {"name": "<script>x</script>"}, follow=True))
        assert "&lt;script&gt;" in page
        assert "<script>x" not in page


class TestLanguageAndClock:
    def test_pages_come_in_the_language_and_on_the_clock_chosen(self, sign_in, ash):
        client = sign_in(ash)
        client.post("/mine/settings/", {"language": "ar", "time_zone": "Asia/Ho_Chi_Minh"})
        person = Person.objects.get()
        assert (person.language, person.time_zone) == ("ar", "Asia/Ho_Chi_Minh")
        page = client.get(MINE)
        assert page.headers["Content-Language"] == "ar"
        assert '<html lang="ar" dir="rtl">' in text(page)

    def test_neither_has_to_be_said(self, sign_in, ash):
        persons.settle_in(ash, language="ar", time_zone="Europe/Amsterdam")
        sign_in(ash).post("/mine/settings/", {"language": "", "time_zone": ""})
        assert Person.objects.values_list("language", "time_zone").get() == ("", "")

    @pytest.mark.parametrize(
        "said",
        [
            {"language": "xx"},
            {"time_zone": "Moon/Base"},
            {"time_zone": "../../etc/passwd"},
            {"language": "\x00"},
        ],
    )
    def test_what_nobody_offers_is_not_taken(self, sign_in, ash, said):
        assert "Something needs another look" in text(sign_in(ash).post("/mine/settings/", said))
        assert Person.objects.values_list("language", "time_zone").get() == ("", "")


class TestWhatIsHeld:
    def test_ash_reads_all_of_it_and_nothing_of_kas(self, seen_by, ash, kas, friday_group):
        given(ash), given(kas)
        log.seal_day(localdate(), {})
        friday_group.seats.create(person=ash)
        persons.rename(kas, name="Kasimira")
        page = seen_by(ash, "/mine/held/")
        for there in ("Ash", ring("Ash").recipient, "peer", "Friday group"):
            assert there.lower() in page.lower()
        assert "Kasimira" in seen_by(kas, "/mine/held/")  # there is something to leak,
        assert "Kasimira" not in page  # and it does not
        assert ring("Kas").recipient not in page

    def test_each_table_is_one_line_to_open_and_many_sealed_pages_are_one_sentence(self, seen_by, ash):
        given(ash)
        for days in range(3):
            log.seal_day(date(2026, 11, 20 + days), {})
        page = seen_by(ash, "/mine/held/")
        assert page.count("<details") == page.count("<summary")
        assert "<details open" not in page
        assert "3 pages, the newest for Sunday 22 November." in page
        assert not is_named("512", page)  # none of them stands there by itself
        assert "1 row<" in page
        assert "2 rows<" in page  # the phrase and the code

    def test_it_is_told_in_words_and_not_in_numbers_for_machines(self, seen_by, ash):
        made, device = given(ash), Device()
        passkey = added(ash, device)
        page = seen_by(ash, "/mine/held/")
        assert "False" not in page
        assert '<dd translate="no">no</dd>' in page
        assert "Sealed. Only you can open it." in page
        for long in (made.phrase.locked[:60], "BEGIN AGE", passkey.public_key, passkey.credential):
            assert long not in page

    def test_the_same_to_take_away_in_a_file_whose_name_says_nothing(self, sign_in, ash):
        answer = sign_in(ash).get("/mine/held/notes.json")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.json"'
        assert any(row.get("The name they chose. Two people may choose the same one.") == "Ash"
                   for table in json.loads(text(answer)) for row in table["rows"])  # fmt: skip


class TestLeaving:
    def test_it_is_said_twice_and_then_everything_is_gone(self, sign_in, ash, kim, friday_group):
        given(ash)
        friday_group.seats.create(person=ash)
        client = sign_in(ash)
        assert "Something needs another look" in text(client.post("/mine/leave/", {"x": ""}))
        assert Person.objects.filter(pk=ash.pk).exists()

        gone = client.post("/mine/leave/", {"sure": "on"})

        assert gone.status_code == 200
        assert "You are gone from here, and so is everything beside your name." in text(gone)
        assert "Leave fast" not in text(gone)  # it is nobody's page now
        assert "/run/" not in text(gone)
        assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert not Person.objects.filter(pk=ash.pk).exists()
        assert not friday_group.seats.exists()
        assert client.get(MINE).status_code == 302

    def test_the_only_coordinator_is_told_why_not(self, sign_in, kim):
        page = text(sign_in(kim).post("/mine/leave/", {"sure": "on"}))
        assert "You are the only coordinator" in page
        assert Person.objects.get() == kim


class TestVouching:
    def test_rosa_gives_her_word_and_hears_the_same_whoever_it_is_for(self, sign_in, rosa, ash):
        client, heard = sign_in(rosa), set()
        for name in ("Ash", "Nobody at all"):
            page = text(client.post("/mine/vouch/", {"name": name, "sure": "on"}, follow=True))
            assert "If somebody here has that name" in page
            heard.add("Something needs another look" in page)
        assert heard == {False}
        assert Vouch.objects.count() == 2

    def test_a_word_is_given_by_somebody_who_is_sure(self, sign_in, rosa):
        page = text(sign_in(rosa).post("/mine/vouch/", {"name": "Ash"}))
        assert "Something needs another look" in page
        assert 'value="Ash"' in page
        assert not Vouch.objects.exists()

    def test_those_who_are_no_peers_find_no_such_page(self, sign_in, seen_by, kim, rosa):
        assert "Vouch for somebody" in seen_by(rosa, MINE)
        assert "Vouch for somebody" not in seen_by(kim, MINE)
        assert sign_in(kim).post("/mine/vouch/", {"name": "Rosa", "sure": "on"}).status_code == 404


class TestTheOffer:
    @pytest.fixture
    def asked(self, kim, ash):
        persons.offer_hand_over(by=kim, to=ash)
        return ash

    def test_whoever_is_asked_reads_it_and_says_yes(self, sign_in, asked, kim):
        client = sign_in(asked)
        assert "Kim asks you to take over" in text(client.get(MINE))
        assert "Kim would like to hand" in text(client.get("/mine/hand-over/"))
        client.post("/mine/hand-over/", {"answer": "yes"})
        assert queries.who_holds_the_keys() == ["Ash"]

    @pytest.mark.parametrize("answer", ["no", "", "YES", "\x00"])
    def test_anything_but_yes_is_no(self, sign_in, asked, answer):
        sign_in(asked).post("/mine/hand-over/", {"answer": answer})
        assert queries.who_holds_the_keys() == ["Kim"]
        assert queries.offer_to(asked) is None

    def test_nobody_else_finds_such_a_page(self, sign_in, asked, kas):
        client = sign_in(kas)
        assert client.get("/mine/hand-over/").status_code == 404
        assert client.post("/mine/hand-over/", {"answer": "yes"}).status_code == 404


class TestTheFirstPageAfterJoining:
    def test_it_says_who_opens_the_door(self, seen_by, ash, kim):
        page = seen_by(ash, "/mine/welcome/")
        assert "Good to have you here, Ash" in page
        assert "These people open the door for others: Kim." in page

    def test_a_name_of_somebody_else_is_not_on_it(self, seen_by, ash, kas):
        assert is_named("Kas", seen_by(kas, "/mine/welcome/"))
        assert not is_named("Kas", seen_by(ash, "/mine/welcome/"))


def test_somebody_whose_last_hat_was_taken_stands_outside(sign_in, ash):
    """No form does this: a person here always does something here."""
    client = sign_in(ash)
    persons.wear(ash, set())
    assert client.get(MINE).status_code == 302


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_page_asks_who_is_here_in_one_question(sign_in, network, how_many, django_assert_num_queries):
    """However many hats: the network, the person with all hats, and what the page itself asks."""
    client = sign_in(someone("Ash", *["peer", "mentor", "trainer"][:how_many]))
    with django_assert_num_queries(3):
        client.get(MINE)
