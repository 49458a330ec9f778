"""Coming back with a second paper and a friend's code, and changing a key: nothing is lost, or nothing changes."""

import pytest
from django.utils.timezone import localdate

from conftest import MELBOURNE, someone
from peerwork.people.members import invitations, persons
from peerwork.people.members import network as networks
from peerwork.people.members.models import Person, Vouch
from peerwork.people.vault import keys, log, queries, resealing, shelf
from peerwork.people.vault.tests.a_device import Device, added
from peerwork.people.vault.tests.rings import as_kept, friends_lock, given, locks, opened, ring, sealed_to


def second_paper(person, by, vouched):
    persons.vouch(person.name, by=vouched)
    return invitations.write_again(Vouch.objects.get(), somebody=person, by=by).invitation


@pytest.fixture
def hers(ash):
    """Ash has keys, something sealed, a passkey, and left a code with a friend."""
    made = given(ash)
    log.seal_day(localdate(), {ash.pk: [("Support group", 90)]})
    page = shelf.read(ash)[3]
    shelf.write(ash, 3, sealed_to(made, b"my plan".ljust(2048)), over=page.mark)
    added(ash, Device())
    persons.leave_a_code(ash, lock=friends_lock(made), shown=made.phrase.door)
    return made


@pytest.fixture
def paper(hers, ash, rosa, kim):
    return second_paper(ash, by=kim, vouched=rosa)


def same_key_anew(made, **other):
    """What a browser sends that opened the old key with the friend's code: that key, behind a new phrase and code."""
    new = ring("Ash again")
    return as_kept(made) | {"phrase": new.phrase, "code": new.code} | other


def comes_back(paper, friend="", **sent):
    return persons.join(paper, name="x", language="", friend=friend, **sent)


class TestWithAFriendsCode:
    def test_the_key_stays_and_so_does_everything_sealed_to_it(self, hers, paper, ash):
        before = ash.door_round
        back = comes_back(paper, friends_lock(hers).door, **same_key_anew(hers))
        assert back == ash
        assert keys.recipients([ash]) == {ash.pk: hers.recipient}
        assert Person.objects.get(pk=ash.pk).key.signer == hers.signer
        assert opened(shelf.read(ash)[3].sealed, hers).strip() == b"my plan"
        assert len(log.pages_of(ash)) == 1
        assert Person.objects.get(pk=ash.pk).door_round != before

    def test_the_new_phrase_and_code_open_and_every_older_way_ends(self, hers, paper, ash):
        comes_back(paper, friends_lock(hers).door, **same_key_anew(hers))
        new = ring("Ash again")
        assert keys.at_the_door(new.phrase.door).person == ash
        assert keys.at_the_door(new.code.door).person == ash
        for lock in (hers.phrase, hers.code, friends_lock(hers)):
            assert keys.at_the_door(lock.door) is None
        assert not ash.passkeys.exists()
        assert not queries.has_left_a_code(ash)

    @pytest.mark.parametrize("shown", ["phrase", "code", "a stranger's", "another friend's"])
    def test_any_other_code_changes_nothing_and_leaves_the_paper_good(self, hers, paper, ash, kas, shown):
        """Never a new key in place of the old one: whoever typed a code wants to keep what is sealed."""
        his = given(kas)
        persons.leave_a_code(kas, lock=friends_lock(his, "his 2345"), shown=his.phrase.door)
        door = {
            "phrase": hers.phrase.door, "code": hers.code.door, "a stranger's": "0" * 64,
            "another friend's": friends_lock(his, "his 2345").door,
        }[shown]  # fmt: skip
        before = locks()
        with pytest.raises(keys.NotTheFriendsCode):
            comes_back(paper, door, **same_key_anew(hers))
        assert locks() == before
        assert invitations.still_good(paper.pk)
        assert opened(shelf.read(ash)[3].sealed, hers)

    def test_another_key_behind_it_is_not_taken(self, hers, paper, ash):
        """A browser that sent another key's public half has locked another key: nobody could open the rest."""
        before = locks()
        with pytest.raises(keys.KeysUnclear):
            comes_back(paper, friends_lock(hers).door, **as_kept(ring("Ash again")))
        assert locks() == before

    def test_it_is_of_no_use_to_somebody_new(self, hers, network):
        paper = invitations.write(roles=["peer"]).invitation
        with pytest.raises(keys.NotTheFriendsCode):
            comes_back(paper, friends_lock(hers).door, **same_key_anew(hers))
        assert not Person.objects.filter(name="x").exists()


class TestWithThePaperAlone:
    def test_nothing_that_was_sealed_is_left_to_open(self, hers, paper, ash):
        assert opened(shelf.read(ash)[3].sealed, hers).strip() == b"my plan"  # there is something,
        comes_back(paper, **as_kept(ring("Ash again")))
        assert log.pages_of(ash) == []  # and it is gone,
        for page in shelf.read(ash):
            assert opened(page.sealed, ring("Ash again")).strip() == b""  # and the shelf is a new one
        assert not queries.has_left_a_code(ash)


class TestLeavingACode:
    def test_nobody_leaves_one_who_does_not_know_the_phrase(self, ash, kas):
        made, his = given(ash), given(kas)
        for shown in ("", "0" * 64, made.code.door, his.phrase.door):
            with pytest.raises(keys.NotThePhrase):
                persons.leave_a_code(ash, lock=friends_lock(made), shown=shown)
        assert not queries.has_left_a_code(ash)

    def test_it_is_taken_back(self, hers, ash):
        persons.take_back_the_code(ash)
        assert not queries.has_left_a_code(ash)
        assert ash.wraps.count() == 2


class TestAPasskeyThatOpens:
    def test_nobody_lets_it_who_does_not_know_the_phrase(self, hers, ash):
        passkey = ash.passkeys.get()
        for shown in ("", "0" * 64, hers.code.door):
            with pytest.raises(keys.NotThePhrase):
                persons.let_open(passkey, locked=ring("Kas").phrase.locked, shown=shown)
        assert queries.passkey_wraps_of(ash) == []
        persons.let_open(passkey, locked=ring("Kas").phrase.locked, shown=hers.phrase.door)
        assert len(queries.passkey_wraps_of(ash)) == 1


class TestANewKey:
    def change(self, person, made, new, **other):
        carried = resealed(person, made, new)
        sent = as_kept(new) | {"shown": made.phrase.door, "carried": carried} | other
        persons.change_key(person, **sent)

    def test_the_old_key_opens_nothing_and_the_new_one_everything(self, hers, ash):
        new, before = ring("Ash again"), ash.door_round
        self.change(ash, hers, new)
        assert keys.recipients([ash]) == {ash.pk: new.recipient}
        assert Person.objects.get(pk=ash.pk).key.signer == new.signer
        assert opened(shelf.read(ash)[3].sealed, new).strip() == b"my plan"
        pages = [page.sealed for page in shelf.read(ash)] + [page for _day, page in log.pages_of(ash)]
        for page in pages:
            assert opened(page, new)
            with pytest.raises(Exception, match="No matching keys"):
                opened(page, hers)
        assert Person.objects.get(pk=ash.pk).door_round != before

    def test_every_way_to_open_the_old_key_ends(self, hers, ash):
        self.change(ash, hers, ring("Ash again"))
        for lock in (hers.phrase, hers.code, friends_lock(hers)):
            assert keys.at_the_door(lock.door) is None
        assert not ash.passkeys.exists()
        assert ash.wraps.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"shown": "0" * 64}, keys.NotThePhrase),
            ({"carried": "0" * 64}, resealing.NotAllOfIt),
            ({"recipient": "age1"}, keys.KeysUnclear),
            ({"signer": "x"}, keys.KeysUnclear),
            ({"code": keys.Lock("0" * 64, "plain")}, keys.KeysUnclear),
        ],
        ids=str,
    )
    def test_or_nothing_changes_at_all(self, hers, ash, wrong, why):
        wraps, pages = locks(), [page.sealed for page in shelf.read(ash)]
        with pytest.raises(why):
            self.change(ash, hers, ring("Ash again"), **wrong)
        assert locks() == wraps
        assert [page.sealed for page in shelf.read(ash)] == pages
        assert keys.recipients([ash]) == {ash.pk: hers.recipient}
        assert ash.passkeys.exists()
        assert queries.has_left_a_code(ash)


class TestManyHandsAtOnce:
    @pytest.fixture
    def ash(self, on_disk):
        networks.found(name="Kerbside", public_name="Corner", time_zone=MELBOURNE, meeting_word="Catch-up")
        return someone("Ash", "peer")

    def test_of_two_the_key_is_changed_once(self, hers, ash, at_once):
        """The slower one finds a phrase that is no longer theirs, and changes nothing."""
        new = ring("Ash again")
        carried = resealed(ash, hers, new)

        def change():
            persons.change_key(ash, **as_kept(new), shown=hers.phrase.door, carried=carried)

        came = at_once(change, change)
        assert sorted(type(one).__name__ for one in came) == ["NoneType", "NotThePhrase"]
        assert opened(shelf.read(ash)[3].sealed, new).strip() == b"my plan"

    def test_a_page_written_in_that_very_moment_is_not_lost(self, hers, ash, at_once):
        """Either the page was first and the key stays as it is, or it came too late and was told so."""
        new, page = ring("Ash again"), shelf.read(ash)[3]
        carried = resealed(ash, hers, new)

        def change():
            persons.change_key(ash, **as_kept(new), shown=hers.phrase.door, carried=carried)

        def write():
            shelf.write(ash, 3, sealed_to(hers, b"another plan".ljust(2048)), over=page.mark)

        came = [type(one).__name__ for one in at_once(change, write)]
        there = shelf.read(ash)[3].sealed
        if came == ["NotAllOfIt", "NoneType"]:
            assert opened(there, hers).strip() == b"another plan"
        else:
            assert came == ["NoneType", "WrittenMeanwhile"]
            assert opened(there, new).strip() == b"my plan"


def resealed(person, old, new):
    """Everything sealed again, as a browser does it. Returns its fingerprint."""
    lines = []
    for one in resealing.everything(person):
        before = resealing._bytes_of(person, one["what"], _key(one))
        after = sealed_to(new, opened(before, old))
        resealing.keep(person, **one, sealed=after)
        lines.append((one["what"], one["where"], before, after))
    return resealing.fingerprint(lines)


def _key(one):
    return int(one["where"]) if one["what"] == "shelf" else one["where"]
