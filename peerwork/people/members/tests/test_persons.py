"""People join, rename themselves, are paused, and go. Somebody can always open the door."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils.timezone import localdate

from conftest import MELBOURNE, someone
from peerwork.ground.retention import holdings
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import invitations, often, persons, queries
from peerwork.people.members import network as networks
from peerwork.people.members.models import HandOver, Network, Person, Removal, Role, Vouch
from peerwork.people.members.persons import LastCoordinator, NeedsAnotherWord
from peerwork.people.rules import Hat
from peerwork.people.vault import keys, log
from peerwork.people.vault.tests.a_device import Device, added
from peerwork.people.vault.tests.rings import as_kept, given, locks, ring
from peerwork.people.workplaces import workplaces


class TestComingBack:
    def test_a_second_paper_keeps_name_roles_and_seats_and_replaces_the_keys(
        self, ash, rosa, kim, friday_group
    ):
        old, new = given(ash), ring("Ash again")
        friday_group.seats.create(person=ash)
        log.seal_day(localdate(), {})
        persons.work_at(ash, [workplaces.put_on_the_list("Elm Street")])
        persons.vouch("Ash", by=rosa)
        paper = invitations.write_again(Vouch.objects.get(), somebody=ash, by=kim)

        back = persons.join(
            paper.invitation,
            name="x",
            language="ar",
            **as_kept(new),
        )

        assert (back, back.name, back.language) == (ash, "Ash", "")
        assert back.hats == {"peer"}
        assert back.posts.get().workplace.name == "Elm Street"
        assert friday_group.seats.get().person == ash
        assert keys.at_the_door(old.phrase.door) is None
        assert keys.at_the_door(new.phrase.door).person == ash
        assert log.pages_of(ash) == []


class TestPhrases:
    """A screen left open is not enough to take somebody's keys away."""

    def test_whoever_shows_the_old_phrase_gets_a_new_one_and_every_session_ends(self, ash):
        old, new, before = given(ash), ring("Ash again"), ash.door_round
        persons.change_phrase(ash, lock=new.phrase, shown=old.phrase.door)
        assert keys.at_the_door(new.phrase.door).person == ash
        assert keys.at_the_door(old.phrase.door) is None
        assert Person.objects.get().door_round != before

    @pytest.mark.parametrize("change", [persons.change_phrase, persons.change_code])
    def test_nobody_else_changes_anything(self, ash, kas, change):
        old, new, his = given(ash), ring("Ash again"), given(kas)
        before = locks()
        for shown in ("", "0" * 64, old.code.door, his.phrase.door):
            with pytest.raises(keys.NotThePhrase):
                change(ash, lock=new.phrase, shown=shown)
        assert locks() == before

    def test_a_new_code_leaves_the_sessions_open(self, ash):
        old, new, before = given(ash), ring("Ash again"), ash.door_round
        persons.change_code(ash, lock=new.code, shown=old.phrase.door)
        assert keys.at_the_door(new.code.door).by == "code"
        assert keys.at_the_door(old.code.door) is None
        assert Person.objects.get().door_round == before

    def test_recovery_changes_both_and_loses_nothing(self, ash):
        old, new = given(ash), ring("Ash again")
        log.seal_day(localdate(), {})
        persons.recover(ash, phrase=new.phrase, code=new.code)
        assert [keys.at_the_door(lock.door) for lock in (old.phrase, old.code)] == [None, None]
        assert [keys.at_the_door(lock.door).person for lock in (new.phrase, new.code)] == [ash, ash]
        assert keys.recipients([ash]) == {ash.pk: old.recipient}
        assert len(log.pages_of(ash)) == 1

    @pytest.mark.parametrize("way", ["a new phrase", "recovery", "a new paper", "a new code"])
    def test_a_new_phrase_ends_every_passkey_however_it_came(self, ash, kas, way):
        """Whoever had the screen or the phrase for a moment may have added a device of their own."""
        old, new = given(ash), ring("Ash again")
        added(ash, Device()), added(ash, Device()), added(kas, Device())
        if way == "a new phrase":
            persons.change_phrase(ash, lock=new.phrase, shown=old.phrase.door)
        elif way == "recovery":
            persons.recover(ash, phrase=new.phrase, code=new.code)
        elif way == "a new paper":
            keys.keep(ash, **as_kept(new))
        else:
            persons.change_code(ash, lock=new.code, shown=old.phrase.door)
        assert ash.passkeys.count() == (2 if way == "a new code" else 0)
        assert kas.passkeys.count() == 1

    def test_a_recovery_that_goes_wrong_halfway_changes_nothing(self, ash):
        old, new = given(ash), ring("Ash again")
        with pytest.raises(keys.KeysUnclear):
            persons.recover(ash, phrase=new.phrase, code=keys.Lock("0" * 64, "plain"))
        assert keys.at_the_door(new.phrase.door) is None
        assert keys.at_the_door(old.phrase.door).person == ash


class TestNames:
    def test_a_new_name_and_nothing_else(self, ash):
        persons.rename(ash, name="Ashley")
        assert Person.objects.get(pk=ash.pk).name == "Ashley"

    def test_two_people_may_have_the_same_name(self, ash, kas):
        persons.rename(kas, name="Ash")
        assert Person.objects.filter(name="Ash").count() == 2

    def test_the_database_itself_wants_a_name(self, ash):
        with pytest.raises(IntegrityError):
            persons.rename(ash, name="")


def _asked_for(person):
    persons.ask_removal(person, by=someone("Asking", "peer"))
    return Removal.objects.get(person=person)


class TestSomebodyCanAlwaysOpenTheDoor:
    """Kim is the only coordinator, until Jude comes."""

    WAYS_OUT = {
        "paused": persons.pause,
        "leaves": persons.leave,
        "takes the hat off": lambda person: persons.wear(person, {Hat.PEER}),
        "is removed": lambda person: persons.agree_removal(_asked_for(person), by=someone("Another", "peer")),
    }

    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_the_last_one_cannot_go(self, kim, ash, way):
        with pytest.raises(LastCoordinator):
            self.WAYS_OUT[way](kim)
        kim = Person.objects.get(pk=kim.pk)
        assert not kim.paused
        assert Hat.COORDINATOR in kim.hats

    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_with_a_second_one_each_way_is_open(self, kim, jude, way):
        self.WAYS_OUT[way](kim)
        assert queries.who_holds_the_keys() == ["Jude"]

    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_one_who_is_paused_does_not_count(self, kim, jude, way):
        persons.pause(jude)
        with pytest.raises(LastCoordinator):
            self.WAYS_OUT[way](kim)

    @pytest.mark.parametrize("way", WAYS_OUT)
    def test_everybody_else_is_free_to_go(self, kim, ash, way):
        self.WAYS_OUT[way](ash)
        assert queries.who_holds_the_keys() == ["Kim"]

    def test_one_who_is_paused_may_go(self, kim, jude):
        persons.pause(jude)
        persons.leave(jude)
        assert queries.who_holds_the_keys() == ["Kim"]


class TestPausing:
    def test_it_ends_every_session_at_once_and_loses_nothing(self, sign_in, ash, kim, friday_group):
        given(ash)
        friday_group.seats.create(person=ash)
        client = sign_in(ash)
        assert client.get("/mine/").status_code == 200
        persons.pause(ash)
        assert client.get("/mine/").status_code == 302
        persons.let_back_in(ash)
        assert client.get("/mine/").status_code == 302  # the old session does not come back to life
        assert sign_in(Person.objects.get(pk=ash.pk)).get("/mine/").status_code == 200
        assert friday_group.seats.get().person == ash
        assert keys.recipients([ash]) == {ash.pk: ring("Ash").recipient}


class TestHats:
    def test_hats_are_put_on_and_taken_off(self, ash):
        persons.wear(ash, {Hat.PEER, Hat.MENTOR})
        assert ash.hats == {"peer", "mentor"}
        persons.wear(ash, {Hat.MENTOR})
        assert Person.objects.get().hats == {"mentor"}

    def test_the_database_itself_knows_every_hat(self, ash):
        with pytest.raises(IntegrityError):
            Role.objects.create(person=ash, kind="boss")

    def test_one_hat_once(self, ash):
        with pytest.raises(IntegrityError):
            Role.objects.create(person=ash, kind="peer")


class TestWhereTheyWork:
    def test_somebody_may_work_in_several_places_or_say_none(self, ash, kas):
        elm, oak = workplaces.put_on_the_list("Elm Street"), workplaces.put_on_the_list("Oak House")
        persons.work_at(kas, [elm])
        persons.work_at(ash, [elm, oak])
        persons.work_at(ash, [oak])
        assert [post.workplace for post in ash.posts.all()] == [oak]
        persons.work_at(ash, [])
        assert not ash.posts.exists()
        assert kas.posts.get().workplace == elm

    def test_the_database_itself_keeps_one_post_for_a_person_in_a_place(self, ash):
        elm = workplaces.put_on_the_list("Elm Street")
        persons.work_at(ash, [elm])
        with pytest.raises(IntegrityError):
            ash.posts.create(workplace=elm)


class TestRemoving:
    def test_it_takes_two(self, ash, kim, jude):
        persons.ask_removal(ash, by=kim)
        persons.ask_removal(ash, by=jude)  # a second request is not a second word
        removal = Removal.objects.get()
        assert removal.by == kim
        with pytest.raises(NeedsAnotherWord):
            persons.agree_removal(removal, by=kim)
        assert Person.objects.filter(pk=ash.pk).exists()
        persons.agree_removal(removal, by=jude)
        assert not Person.objects.filter(pk=ash.pk).exists()

    def test_taken_back_it_never_was(self, ash, kim, jude):
        persons.ask_removal(ash, by=kim)
        persons.take_back_removal(Removal.objects.get())
        assert not Removal.objects.exists()
        assert Person.objects.filter(pk=ash.pk).exists()

    def test_a_yes_to_what_was_taken_back_a_moment_ago_removes_nobody(self, ash, kim, jude):
        """Jude's page still shows the request. Kim has taken it back since."""
        persons.ask_removal(ash, by=kim)
        seen_by_jude = Removal.objects.get()
        persons.take_back_removal(Removal.objects.get())
        with pytest.raises(persons.NobodyAsks):
            persons.agree_removal(seen_by_jude, by=jude)
        assert Person.objects.filter(pk=ash.pk).exists()

    def test_past_its_day_a_request_counts_no_more_even_before_the_night(self, ash, kim, jude, time_machine):
        time_machine.move_to("2026-11-20T02:00:00Z")
        persons.ask_removal(ash, by=kim)
        old = Removal.objects.get()
        time_machine.shift(timedelta(days=persons.GOOD_FOR_DAYS + 1))
        with pytest.raises(persons.NobodyAsks):
            persons.agree_removal(old, by=jude)
        assert getattr(queries.known_to(jude).get(pk=ash.pk), "removal", None) is None
        persons.ask_removal(ash, by=jude)  # and does not stand in the way of a new one
        assert Removal.objects.get().by == jude
        persons.agree_removal(Removal.objects.get(), by=kim)
        assert not Person.objects.filter(pk=ash.pk).exists()

    def test_everything_beside_the_name_goes_with_it(self, ash, kas, kim, jude, friday_group):
        given(ash), given(kas)
        log.seal_day(localdate(), {})
        friday_group.seats.create(person=ash)
        persons.work_at(ash, [workplaces.put_on_the_list("Elm Street")])
        persons.vouch("Kas", by=ash)
        persons.offer_hand_over(by=kim, to=ash)
        assert len(list(holdings.about(ash.pk))) >= 8  # there is something to delete,
        key = ash.pk
        persons.ask_removal(ash, by=kim)
        persons.agree_removal(Removal.objects.get(), by=jude)
        assert list(holdings.about(key)) == []  # and nothing is left of it
        assert len(log.pages_of(kas)) == 1


class TestVouching:
    """A word for a name. Nobody learns from it who is here: not from the answer, nor from what is held."""

    def test_a_coordinator_sees_the_word_beside_the_person(self, ash, rosa, kim):
        persons.vouch("  aSh ", by=rosa)
        (word,) = queries.words_given(queries.known_to(kim))
        assert (word.somebody, word.vouch.by) == (ash, rosa)

    def test_a_word_for_a_name_nobody_has_is_shown_to_nobody(self, ash, rosa, kim):
        persons.vouch("Bernadette", by=rosa)
        assert queries.words_given(queries.known_to(kim)) == []

    def test_what_rosa_can_see_afterwards_is_the_same_for_any_name(self, sign_in, rosa, ash):
        """The page of what is held about her, the file of it, and the counts on the open page."""
        client, seen = sign_in(rosa), {}
        for name in ("Ash", "Bernadette"):
            sent = client.post("/mine/vouch/", {"name": name, "sure": "on"})
            pages = [
                client.get(at).content.decode()
                for at in ("/mine/", "/mine/held/", "/mine/held/notes.json", "/held/")
            ]
            assert name in pages[1]  # it is told what she said herself
            seen[name] = [
                sent.status_code,
                sent.headers["Location"],
                *(page.replace(name, "…") for page in pages),
            ]
            Vouch.objects.all().delete()
        assert [_plain(one) for one in seen["Ash"]] == [_plain(one) for one in seen["Bernadette"]]

    def test_two_people_of_one_name_are_two_lines(self, ash, kas, rosa, kim):
        persons.rename(kas, name="Ash")
        persons.vouch("Ash", by=rosa)
        assert {word.somebody for word in queries.words_given(queries.known_to(kim))} == {ash, kas}

    def test_nobody_vouches_for_themselves_or_for_somebody_paused(self, ash, rosa, kim):
        persons.vouch("Ash", by=ash)
        assert queries.words_given(queries.known_to(kim)) == []
        persons.vouch("Ash", by=rosa)
        assert len(queries.words_given(queries.known_to(kim))) == 1
        persons.pause(ash)
        assert queries.words_given(queries.known_to(kim)) == []

    def test_the_same_word_twice_is_one_word_that_lasts_longer(self, rosa, ash, time_machine):
        time_machine.move_to("2026-11-20T02:00:00Z")
        persons.vouch("Ash", by=rosa)
        first = Vouch.objects.get().expires_on
        time_machine.shift(timedelta(days=3))
        persons.vouch("Ash", by=rosa)
        assert Vouch.objects.get().expires_on == first + timedelta(days=3)

    def test_past_its_day_it_counts_no_more_even_before_the_night(self, ash, rosa, kim, time_machine):
        time_machine.move_to("2026-11-20T02:00:00Z")
        persons.vouch("Ash", by=rosa)
        time_machine.shift(timedelta(days=persons.GOOD_FOR_DAYS + 1))
        assert queries.words_given(queries.known_to(kim)) == []


def _plain(page):
    """Without what differs on every page: nonces and tokens."""
    import re

    return re.sub(r'(nonce|value|content)="[^"]*"', "", str(page))


class TestHandingOver:
    def test_yes_moves_the_hat_and_leaves_the_others_on(self, jude, ash):
        persons.offer_hand_over(by=jude, to=ash)
        persons.take_over(queries.offer_to(ash))
        assert Person.objects.get(pk=ash.pk).hats == {"peer", "coordinator"}
        assert Person.objects.get(pk=jude.pk).hats == {"peer"}
        assert queries.offer_to(ash) is None

    def test_no_changes_nothing(self, kim, ash):
        persons.offer_hand_over(by=kim, to=ash)
        persons.decline(queries.offer_to(ash))
        assert queries.who_holds_the_keys() == ["Kim"]
        assert queries.offer_to(ash) is None

    def test_asking_somebody_else_takes_the_first_question_back(self, kim, ash, kas):
        persons.offer_hand_over(by=kim, to=ash)
        persons.offer_hand_over(by=kim, to=kas)
        assert queries.offer_to(ash) is None
        assert queries.offer_to(kas).by == kim

    @pytest.mark.parametrize("what", ["lost the hat", "is paused", "is past its day"])
    def test_nobody_gives_what_they_do_not_have_any_more(self, kim, jude, ash, what, time_machine):
        time_machine.move_to("2026-11-20T02:00:00Z")
        persons.offer_hand_over(by=kim, to=ash)
        offer = HandOver.objects.get()
        assert queries.offer_to(ash) == offer
        if what == "lost the hat":
            persons.wear(kim, {Hat.MENTOR})
            persons.take_over(offer)
            assert Person.objects.get(pk=ash.pk).hats == {"peer"}
        elif what == "is paused":
            persons.pause(kim)
        else:
            time_machine.shift(timedelta(days=persons.GOOD_FOR_DAYS + 1))
        assert queries.offer_to(ash) is None
        assert often.offer_to(ash.pk) is None  # the first page says the same

    def test_the_first_page_and_the_page_of_the_offer_agree(self, kim, ash, kas):
        persons.offer_hand_over(by=kim, to=ash)
        assert often.offer_to(ash.pk) == {"by__name": "Kim"}
        assert often.offer_to(kas.pk) is None

    def test_the_database_itself_wants_another_hand(self, kim):
        with pytest.raises(IntegrityError):
            persons.offer_hand_over(by=kim, to=kim)


class TestWhoKnowsWhom:
    def test_a_coordinator_sees_everybody_and_nobody_else_sees_anybody(
        self, ash, kas, kim, fran, priya, rene
    ):
        persons.pause(kas)
        assert list(queries.known_to(kim)) == sorted(
            (ash, kas, kim, fran, priya, rene), key=lambda one: one.name
        )
        for other in (ash, fran, priya, rene):
            assert list(queries.known_to(other)) == []

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_more_people_cost_no_more_questions(self, kim, how_many, django_assert_num_queries):
        elm = workplaces.put_on_the_list("Elm Street")
        for n in range(how_many - 1):
            persons.work_at(someone(f"P{n}", "peer", "mentor"), [elm])
        with django_assert_num_queries(6):  # who asks, people, roles, posts, removals, vouches
            known = queries.known_to(kim)
            assert len([(p.roles_worn, p.works_at, getattr(p, "removal", None)) for p in known]) == how_many
            queries.words_given(known)

    def test_everybody_may_know_who_opens_the_door_but_not_who_is_paused(self, kim, jude, ash):
        assert queries.who_holds_the_keys() == ["Jude", "Kim"]
        persons.pause(jude)
        assert queries.who_holds_the_keys() == ["Kim"]

    def test_a_coordinator_puts_anybody_down_and_others_only_themselves(self, kim, ash, kas, fran):
        persons.pause(kas)
        assert [one.name for one in queries.to_choose_from(kim)] == ["Ash", "Kim"]
        assert list(queries.to_choose_from(ash)) == [ash]
        assert list(queries.to_choose_from(fran)) == []  # a funder holds no room


class TestTheNetwork:
    def test_one_server_one_network(self, network):
        with pytest.raises(networks.AlreadyFounded):
            networks.found(name="Another", public_name="x", time_zone=MELBOURNE)
        with pytest.raises(IntegrityError):
            Network.objects.create(id=2, name="Another", public_name="x", time_zone=MELBOURNE)

    @pytest.mark.parametrize("clock", ["", "Kerbside", "../etc/passwd", "/etc/passwd", "\x00"])
    def test_a_clock_nobody_knows_founds_nothing(self, db, clock):
        with pytest.raises(ValueError, match=r".*"):
            networks.found(name="Kerbside", public_name="Corner", time_zone=clock)
        assert not Network.objects.exists()

    def test_its_words_change_and_its_salt_does_not(self, network):
        before = network.salt
        networks.change(network, name="Elsewhere", talk_number="1800 000 000")
        after = Network.objects.get()
        assert (after.name, after.public_name, after.talk_number) == ("Elsewhere", "Corner", "1800 000 000")
        assert after.salt == before
        assert len(bytes.fromhex(before)) == 16


class TestTheNight:
    """What has had its day is forgotten, and what has not is not."""

    def test_words_requests_and_offers_last_fourteen_days(self, ash, rosa, kim, jude):
        persons.vouch("Ash", by=rosa)
        persons.ask_removal(ash, by=kim)
        persons.offer_hand_over(by=kim, to=jude)
        last = localdate() + timedelta(days=14)
        forget(last)
        assert [table.objects.count() for table in (Vouch, Removal, HandOver)] == [1, 1, 1]
        gone = forget(last + timedelta(days=1))
        assert [table.objects.count() for table in (Vouch, Removal, HandOver)] == [0, 0, 0]
        assert {"people.Vouch": 1, "people.Removal": 1, "people.HandOver": 1}.items() <= gone.items()
        assert Person.objects.count() == 4  # nobody went with them


class TestSeveralHandsAtOnce:
    """On a database file, at the same moment."""

    @pytest.fixture
    def founded(self, on_disk):
        return networks.found(name="Kerbside", public_name="Corner", time_zone=MELBOURNE)

    @pytest.mark.parametrize("way", ["leave", "pause", "take the hat off"])
    def test_two_last_coordinators_cannot_go_together(self, founded, at_once, way):
        go = {
            "leave": persons.leave, "pause": persons.pause, "take the hat off": lambda p: persons.wear(p, {Hat.PEER}),
        }[way]  # fmt: skip
        for _round in range(5):
            Person.objects.all().delete()
            kim, jude = someone("Kim", "coordinator"), someone("Jude", "peer", "coordinator")
            came = at_once(lambda: go(kim), lambda: go(jude))  # noqa: B023
            assert sum(isinstance(one, LastCoordinator) for one in came) == 1, came
            assert len(queries.who_holds_the_keys()) == 1

    def test_two_yeses_to_one_offer_are_one(self, founded, at_once):
        kim, ash = someone("Kim", "coordinator"), someone("Ash", "peer")
        persons.offer_hand_over(by=kim, to=ash)
        offers = [queries.offer_to(ash) for _hand in range(2)]
        at_once(*(lambda offer=offer: persons.take_over(offer) for offer in offers))
        assert queries.who_holds_the_keys() == ["Ash"]
