"""One key, and several ways to open it: a code a friend keeps, and a passkey. Neither opens the door by itself."""

import pyrage
import pytest
from django.db import IntegrityError

from peerwork.people.vault import by_hand, keys, phrases, queries
from peerwork.people.vault.keys import KeysUnclear, Lock
from peerwork.people.vault.models import AccountKey, Passkey, Wrap
from peerwork.people.vault.tests.a_device import Device, added
from peerwork.people.vault.tests.rings import SALT, as_kept, friends_lock, given, ring


class TestWhatASignatureIsCheckedWith:
    def test_it_is_kept_beside_the_key(self, ash):
        made = given(ash)
        assert AccountKey.objects.get().signer == made.signer
        assert len(bytes.fromhex(made.signer)) == 32

    @pytest.mark.parametrize(
        "signer",
        ["", "00", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "é" * 64, "\x00" * 64, "0" * 64 + "\n", "٣" * 64],
    )
    def test_what_is_none_is_not_kept(self, ash, signer):
        with pytest.raises(KeysUnclear):
            keys.keep(ash, **as_kept(ring("Ash")) | {"signer": signer})
        assert not AccountKey.objects.exists()

    def test_another_key_has_another(self):
        assert ring("Ash").signer != ring("Kas").signer

    def test_what_ash_signed_holds_against_it_and_against_no_other(self):
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        signed = by_hand.signing_key(ring("Ash").identity).sign(b"words")
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(ring("Ash").signer)).verify(signed, b"words")
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(ring("Kas").signer)).verify(signed, b"words")


class TestACodeAFriendKeeps:
    @pytest.fixture
    def left(self, ash):
        """Ash left a code with a friend. Returns what was made of it."""
        lock = friends_lock(given(ash))
        keys.wrap_anew(ash, by=keys.By.FRIEND, lock=lock)
        return lock

    def test_it_opens_the_same_key(self, left, ash):
        opener = pyrage.x25519.Identity.from_str(phrases.derive("friend 2345", salt=SALT).identity)
        locked = keys.kept_by_a_friend(ash, left.door).locked
        assert pyrage.decrypt(keys.from_armor(locked), [opener]).decode().strip() == ring("Ash").identity

    def test_it_is_for_this_person_and_no_other_code_is(self, left, ash, kas):
        his = given(kas)
        assert keys.kept_by_a_friend(ash, left.door)
        assert keys.kept_by_a_friend(kas, left.door) is None
        for door in (ring("Ash").phrase.door, ring("Ash").code.door, his.code.door, "0" * 64, "", "x"):
            assert keys.kept_by_a_friend(ash, door) is None

    def test_nobody_can_tell_who_keeps_it(self, left, ash):
        kept = Wrap.objects.filter(by="friend").values().get()
        assert set(kept) == {"id", "person_id", "by", "door", "passkey_id", "locked"}
        assert left.door not in str(kept)

    def test_another_code_replaces_it(self, left, ash):
        keys.wrap_anew(ash, by=keys.By.FRIEND, lock=friends_lock(ring("Ash"), "another 2345"))
        assert keys.kept_by_a_friend(ash, left.door) is None
        assert queries.has_left_a_code(ash)

    def test_taken_back_it_opens_nothing(self, left, ash):
        keys.end_friends_code(ash)
        assert keys.kept_by_a_friend(ash, left.door) is None
        assert not queries.has_left_a_code(ash)
        assert Wrap.objects.filter(person=ash).count() == 2  # the phrase and the code on paper

    @pytest.mark.parametrize("way", ["recovery", "a new key", "a new phrase", "a new code"])
    def test_it_ends_when_everything_is_made_anew_and_stays_otherwise(self, left, ash, way):
        new = ring("Ash again")
        if way == "recovery":
            keys.wrap_all_anew(ash, phrase=new.phrase, code=new.code)
        elif way == "a new key":
            keys.change(ash, **as_kept(new))
        elif way == "a new phrase":
            keys.wrap_anew(ash, by=keys.By.PHRASE, lock=new.phrase)
        else:
            keys.wrap_anew(ash, by=keys.By.CODE, lock=new.code)
        assert queries.has_left_a_code(ash) == (way in {"a new phrase", "a new code"})

    @pytest.mark.parametrize("lock", [Lock("x", "y"), Lock("0" * 64, "plain"), Lock("", "")])
    def test_what_is_none_is_not_kept(self, ash, lock):
        given(ash)
        with pytest.raises(KeysUnclear):
            keys.wrap_anew(ash, by=keys.By.FRIEND, lock=lock)
        assert not queries.has_left_a_code(ash)


class TestAPasskeyThatOpens:
    LOCKED = ring("Kas").phrase.locked  # locked with something: the server cannot tell with what

    @pytest.fixture
    def passkey(self, ash):
        given(ash)
        return added(ash, Device())

    def test_it_is_kept_with_its_passkey_and_shows_nothing_at_the_door(self, passkey, ash):
        keys.open_by(passkey, locked=self.LOCKED)
        assert queries.passkey_wraps_of(ash) == [{"credential": passkey.credential, "locked": self.LOCKED}]
        assert Wrap.objects.get(by="passkey").door is None

    def test_one_that_only_signs_in_is_not_among_them(self, passkey, ash, kas):
        other = added(ash, Device())
        keys.open_by(other, locked=self.LOCKED)
        assert [wrap["credential"] for wrap in queries.passkey_wraps_of(ash)] == [other.credential]
        assert queries.passkey_wraps_of(kas) == []

    def test_done_twice_it_is_there_once(self, passkey, ash):
        keys.open_by(passkey, locked=ring("Rosa").phrase.locked)
        keys.open_by(passkey, locked=self.LOCKED)
        assert [wrap["locked"] for wrap in queries.passkey_wraps_of(ash)] == [self.LOCKED]

    @pytest.mark.parametrize("way", ["taken away", "a new phrase", "a new key"])
    def test_it_goes_with_its_passkey(self, passkey, ash, way):
        keys.open_by(passkey, locked=self.LOCKED)
        if way == "taken away":
            passkey.delete()
        elif way == "a new phrase":
            keys.wrap_anew(ash, by=keys.By.PHRASE, lock=ring("Ash again").phrase)
        else:
            keys.change(ash, **as_kept(ring("Ash again")))
        assert queries.passkey_wraps_of(ash) == []
        assert not Passkey.objects.exists()
        assert Wrap.objects.filter(person=ash).count() == 2

    @pytest.mark.parametrize("locked", ["", "plain", "\x00", "AGE-SECRET-KEY-1QQQ"])
    def test_what_is_no_lock_is_not_kept(self, passkey, ash, locked):
        with pytest.raises(KeysUnclear):
            keys.open_by(passkey, locked=locked)
        assert queries.passkey_wraps_of(ash) == []

    def test_the_database_itself_wants_a_passkey_for_it(self, ash):
        with pytest.raises(IntegrityError):
            Wrap.objects.create(person=ash, by="passkey", locked="x")

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_more_of_them_cost_no_more_questions(self, ash, how_many, django_assert_num_queries):
        given(ash)
        for _n in range(how_many):
            keys.open_by(added(ash, Device()), locked=self.LOCKED)
        with django_assert_num_queries(1):
            assert len(queries.passkey_wraps_of(ash)) == how_many
