"""A paper is used once, by whoever holds it, and the server never keeps its words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from conftest import MELBOURNE, someone
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import invitations, persons, queries
from peerwork.people.members import network as networks
from peerwork.people.members.models import Invitation, Person, Vouch
from peerwork.people.rules import Hat
from peerwork.people.vault import keys, phrases
from peerwork.people.vault.tests.rings import as_kept, ring
from peerwork.people.workplaces import workplaces


def comes_in(invitation, name="Bo", whose="Ash"):
    return persons.join(invitation, name=name, language="", **as_kept(ring(whose)))


def test_a_paper_is_found_by_its_words_however_they_are_typed(network):
    paper = invitations.write(roles=["peer"])
    assert invitations.find(paper.words) == paper.invitation
    assert invitations.find("  " + paper.words.upper().replace(" ", ", ") + ".") == paper.invitation
    assert invitations.find(paper.words.rpartition(" ")[0]) is None
    assert invitations.find("") is None


def test_it_lets_one_person_in_one_time(network):
    paper = invitations.write(roles=["peer", "supporter"], workplace=workplaces.put_on_the_list("Elm Street"))
    bo = comes_in(paper.invitation)
    assert bo.hats == {"peer", "supporter"}
    assert [post.workplace.name for post in bo.posts.all()] == ["Elm Street"]
    assert invitations.find(paper.words) is None
    with pytest.raises(invitations.AlreadyUsed):
        comes_in(paper.invitation, name="Bo too", whose="Kas")
    assert not Person.objects.filter(name="Bo too").exists()


def test_keys_that_are_none_leave_the_paper_good(network):
    paper, made = invitations.write(roles=["peer"]), ring()
    with pytest.raises(keys.KeysUnclear):
        persons.join(paper.invitation, name="Bo", language="", **as_kept(made) | {"recipient": "age1"})
    assert invitations.find(paper.words)
    assert not Person.objects.exists()
    assert comes_in(invitations.find(paper.words)).name == "Bo"


def test_it_is_good_until_the_end_of_its_day(network, time_machine):
    time_machine.move_to("2026-11-20T02:00:00Z")
    paper = invitations.write(roles=["peer"], days=2)
    last = paper.invitation.expires_on
    assert last == localdate() + timedelta(days=2)
    time_machine.shift(timedelta(days=2))
    assert invitations.find(paper.words)
    assert invitations.still_good(str(paper.invitation.pk))
    time_machine.shift(timedelta(days=1))
    assert invitations.find(paper.words) is None
    assert invitations.still_good(str(paper.invitation.pk)) is None


def test_past_its_day_it_is_forgotten_the_same_night(network):
    paper = invitations.write(roles=["peer"], days=2)
    forget(paper.invitation.expires_on)
    assert Invitation.objects.exists()
    forget(paper.invitation.expires_on + timedelta(days=1))
    assert not Invitation.objects.exists()


def test_torn_up_it_opens_nothing(network):
    paper = invitations.write(roles=["peer"])
    invitations.tear_up(paper.invitation)
    assert invitations.find(paper.words) is None


@pytest.mark.parametrize("roles", [[], ["boss"], ["peer", "boss"], [""], ["PEER"]])
def test_a_role_nobody_knows_is_on_no_paper(network, roles):
    with pytest.raises(ValueError, match=r"no role|boss|''|PEER"):
        invitations.write(roles=roles)
    assert not Invitation.objects.exists()


def test_a_role_said_twice_is_one_role(network):
    paper = invitations.write(roles=["peer", Hat.PEER, "mentor"])
    assert comes_in(paper.invitation).hats == {"peer", "mentor"}


def test_a_workplace_off_the_list_does_not_take_the_paper_with_it(network):
    paper = invitations.write(roles=["peer"], workplace=workplaces.put_on_the_list("Elm Street"))
    workplaces.take_off_the_list(paper.invitation.workplace)
    assert comes_in(invitations.find(paper.words)).posts.count() == 0


class TestASecondPaper:
    """Ash lost the phrase and the code. A peer vouched, and a coordinator prints another paper."""

    @pytest.fixture
    def paper(self, ash, rosa):
        return _second_paper(ash, by=rosa)

    def test_it_lets_the_same_person_back_in_with_name_and_roles(self, paper, ash):
        before = ash.door_round
        again = comes_in(invitations.find(paper.words), name="Somebody else", whose="Ash again")
        assert (again.pk, again.name, again.hats) == (ash.pk, "Ash", {"peer"})
        assert again.door_round != before
        assert keys.at_the_door(ring("Ash again").phrase.door).person == ash

    def test_an_older_one_for_the_same_person_stops_working(self, paper, ash, kas):
        second = _second_paper(ash, by=kas)
        assert invitations.find(paper.words) is None
        assert invitations.find(second.words).for_person == ash

    def test_nobody_comes_back_in_on_paper_while_they_are_paused(self, paper, ash):
        assert invitations.find(paper.words)
        persons.pause(ash)
        assert invitations.find(paper.words) is None
        assert invitations.still_good(str(paper.invitation.pk)) is None
        persons.let_back_in(ash)
        assert invitations.find(paper.words)

    def test_whoever_gave_their_word_does_not_print_the_paper_on_it(self, ash, rosa, jude):
        """Jude could vouch for anybody, print the paper, and come in as them."""
        persons.vouch("Ash", by=jude)
        with pytest.raises(invitations.TheirOwnWord):
            invitations.write_again(Vouch.objects.get(), somebody=ash, by=jude)
        assert not Invitation.objects.exists()
        assert Vouch.objects.exists()  # it still counts for somebody else
        persons.vouch("Ash", by=rosa)
        assert invitations.write_again(Vouch.objects.get(by=rosa), somebody=ash, by=jude)

    def test_it_goes_when_the_person_goes(self, paper, ash):
        persons.leave(ash)
        assert invitations.find(paper.words) is None


def _second_paper(person, *, by):
    persons.vouch(person.name, by=by)
    (word,) = queries.words_given(Person.objects.filter(pk=person.pk))
    return invitations.write_again(word.vouch, somebody=word.somebody, by=someone("Kim", "coordinator"))


class TestOnDisk:
    """The same in a file, with several hands at once."""

    @pytest.fixture
    def founded(self, on_disk):
        return networks.found(name="Kerbside", public_name="Corner", time_zone=MELBOURNE)

    def test_two_hands_with_one_paper_are_one_person(self, founded, at_once):
        for _round in range(5):
            Person.objects.all().delete()
            paper = invitations.write(roles=["peer"])
            ring("Ash"), ring("Kas")
            found = [invitations.find(paper.words) for _hand in range(2)]
            came = at_once(
                lambda: comes_in(found[0], name="First", whose="Ash"),  # noqa: B023
                lambda: comes_in(found[1], name="Second", whose="Kas"),  # noqa: B023
            )
            assert sorted(type(one).__name__ for one in came) == ["AlreadyUsed", "Person"]
            assert Person.objects.count() == 1

    def test_the_words_are_nowhere_in_the_file(self, founded, on_disk):
        """Every value in every table, and every byte of the file, as a thief would read them."""
        papers = [invitations.write(roles=["peer"]) for _paper in range(3)]
        someone("Zephyrine", "peer")
        values, raw = _every_value(), _every_byte(on_disk)
        assert "Zephyrine" in values  # there is something to read,
        assert b"Zephyrine" in raw
        for words, _invitation in papers:
            for seen in (words, words.replace(" ", "-"), words.replace(" ", "")):
                assert seen not in values
                assert seen.encode() not in raw
                assert seen.encode("utf-16-le") not in raw
            assert phrases.fingerprint(words) in values  # and only this is kept


def _every_value():
    values = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            values += [str(value) for row in cursor for value in row]
    return "\n".join(values)


def _every_byte(path):
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
