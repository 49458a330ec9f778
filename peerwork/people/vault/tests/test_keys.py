"""Keys are kept, found at the door, and wrapped anew. What the browser sends is never taken on trust."""

from datetime import date

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import IntegrityError

from peerwork.people.vault import keys, log, phrases
from peerwork.people.vault.keys import KeysUnclear, Lock, NotThePhrase
from peerwork.people.vault.models import AccountKey, LogPage, Passkey, Wrap
from peerwork.people.vault.tests.rings import SALT, as_kept, given, ring

FRIDAY = date(2026, 11, 20)


def everything_kept():
    """Every value in the tables of the vault, as text."""
    tables = (AccountKey, Wrap, Passkey, LogPage)
    return " ".join(str(value) for table in tables for row in table.objects.values_list() for value in row)


def test_ash_is_found_at_the_door_by_phrase_and_by_code(ash):
    made = given(ash)
    assert (keys.at_the_door(made.phrase.door).person, keys.at_the_door(made.phrase.door).by) == (
        ash,
        "phrase",
    )
    assert (keys.at_the_door(made.code.door).person, keys.at_the_door(made.code.door).by) == (ash, "code")


def test_what_is_shown_at_the_door_is_not_what_is_kept(ash):
    made = given(ash)
    kept = everything_kept()
    assert made.recipient in kept  # there is something to read,
    for secret in (made.phrase.door, made.code.door, made.identity):
        assert secret not in kept  # and none of it opens a door


def test_what_is_kept_opens_with_the_phrase_and_gives_the_key(ash):
    made = given(ash)
    opener = pyrage.x25519.Identity.from_str(phrases.derive("Ash lantern teapot", salt=SALT).identity)
    locked = Wrap.objects.get(person=ash, by="phrase").locked
    assert pyrage.decrypt(keys.from_armor(locked), [opener]).decode().strip() == made.identity


@pytest.mark.parametrize(
    "shown", ["", "x", "00", "0" * 63, "0" * 66, "g" * 64, "é" * 64, "\x00" * 64, "0" * 64, "0x" + "0" * 62]
)
def test_a_stranger_finds_nothing_at_the_door(ash, shown):
    given(ash)
    assert keys.at_the_door(shown) is None


def test_a_new_phrase_opens_and_the_old_one_opens_nothing(ash):
    old, new = given(ash), ring("Ash again")
    keys.wrap_anew(ash, by=Wrap.By.PHRASE, lock=new.phrase)
    assert keys.at_the_door(new.phrase.door).person == ash
    assert keys.at_the_door(old.phrase.door) is None
    assert keys.at_the_door(old.code.door).person == ash  # the code on paper was not touched
    assert Wrap.objects.filter(person=ash).count() == 2


def test_a_new_code_opens_and_the_old_one_opens_nothing(ash):
    old, new = given(ash), ring("Ash again")
    keys.wrap_anew(ash, by=Wrap.By.CODE, lock=new.code)
    assert keys.at_the_door(new.code.door).by == "code"
    assert keys.at_the_door(old.code.door) is None
    assert keys.at_the_door(old.phrase.door).person == ash


def test_with_a_new_key_everything_of_the_old_one_goes_and_nobody_elses(ash, kas):
    old, _kas_keys = given(ash), given(kas)
    log.seal_day(FRIDAY, {})
    for person in (ash, kas):
        Passkey.objects.create(person=person, credential=person.name, public_key="x", label="phone")
    assert (len(log.pages_of(ash)), ash.passkeys.count()) == (1, 1)

    new = given(ash, "Ash again")

    assert keys.recipients([ash]) == {ash.pk: new.recipient}
    assert keys.at_the_door(old.phrase.door) is None
    assert keys.at_the_door(old.code.door) is None
    assert log.pages_of(ash) == []
    assert not ash.passkeys.exists()  # a lost phone signs nobody in
    assert (len(log.pages_of(kas)), kas.passkeys.count()) == (1, 1)


def test_the_same_key_again_keeps_its_pages(ash):
    given(ash)
    log.seal_day(FRIDAY, {})
    given(ash)
    assert len(log.pages_of(ash)) == 1


def test_the_key_is_kept_as_age_writes_it(ash):
    made = ring()
    keys.keep(ash, **as_kept(made) | {"recipient": made.recipient.upper()})
    assert AccountKey.objects.get().recipient == made.recipient


GARBAGE = ["", "x", "age1", "\x00", "é" * 20, "age1" + "q" * 58, "age1" + "q" * 600]


@pytest.mark.parametrize("recipient", GARBAGE)
def test_a_key_that_is_none_is_not_kept(ash, recipient):
    made = ring()
    with pytest.raises(KeysUnclear):
        keys.keep(ash, **as_kept(made) | {"recipient": recipient})
    assert not AccountKey.objects.exists()


@pytest.mark.parametrize("which", range(len(keys.WEAK_POINTS)))
@pytest.mark.parametrize("written", ["as it is", "with the top bit", "one round higher"])
def test_a_key_that_seals_nothing_is_not_kept(ash, which, written):
    """Nobody can seal to these points: age gives up, and took the night of everybody else with it."""
    number = sorted(keys.WEAK_POINTS)[which]
    point = {
        "as it is": number, "with the top bit": number + 2**255,
        "one round higher": number + keys.P if number + keys.P < 2**255 else number,
    }[written].to_bytes(32, "little")  # fmt: skip
    with pytest.raises(ValueError, match="shared key"):
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(point))
    recipient = phrases._bech32("age", point)
    pyrage.x25519.Recipient.from_str(recipient)  # age itself takes it for a key

    made = ring()
    with pytest.raises(KeysUnclear):
        keys.keep(ash, **as_kept(made) | {"recipient": recipient})


LOCKED = "what a browser locked"


@pytest.mark.parametrize(
    ("door", "locked"),
    [
        ("", ""),
        ("0" * 64, "my key, in plain words"),
        ("0" * 63, LOCKED),
        ("zz" * 32, LOCKED),
        ("0" * 64, "cut short"),
        ("0" * 64, "\x00"),
        ("0" * 64, "AGE-SECRET-KEY-1QQQ"),
    ],
)
def test_a_lock_that_is_none_changes_nothing(ash, door, locked):
    real = {LOCKED: ring().phrase.locked, "cut short": ring().phrase.locked[:-60]}
    lock = Lock(door, real.get(locked, locked))
    old = given(ash)
    before = everything_kept()
    with pytest.raises(KeysUnclear):
        keys.wrap_anew(ash, by=Wrap.By.PHRASE, lock=lock)
    with pytest.raises(KeysUnclear):
        keys.keep(ash, **as_kept(ring("Ash again")) | {"code": lock})
    assert everything_kept() == before
    assert keys.at_the_door(old.phrase.door).person == ash


def test_one_phrase_opens_one_door(ash, kas):
    """The same words for phrase and code, or somebody else's words: refused in a sentence, not with a crash."""
    hers, his = given(ash), given(kas)
    with pytest.raises(KeysUnclear):
        keys.wrap_anew(kas, by=Wrap.By.PHRASE, lock=hers.phrase)
    with pytest.raises(KeysUnclear):
        keys.wrap_anew(kas, by=Wrap.By.CODE, lock=his.phrase)
    assert keys.at_the_door(hers.phrase.door).person == ash
    assert keys.at_the_door(his.code.door).by == "code"


def test_the_database_itself_keeps_one_wrap_for_each_way_in(ash):
    given(ash)
    with pytest.raises(IntegrityError):
        Wrap.objects.create(person=ash, by="phrase", door="0" * 64, locked="x")


def test_the_database_itself_knows_two_ways_in(ash):
    with pytest.raises(IntegrityError):
        Wrap.objects.create(person=ash, by="fingers", door="0" * 64, locked="x")


def test_only_the_owners_phrase_is_the_owners_phrase(ash, kas):
    hers, his = given(ash), given(kas)
    keys.check_phrase(ash, hers.phrase.door)
    for shown in (hers.code.door, his.phrase.door, "0" * 64, ""):
        with pytest.raises(NotThePhrase):
            keys.check_phrase(ash, shown)


@pytest.mark.parametrize("how_many", [1, 3])
def test_asking_for_many_keys_is_one_question(ash, kas, rosa, how_many, django_assert_num_queries):
    given(ash)
    with django_assert_num_queries(1):
        assert list(keys.recipients([ash, kas, rosa][:how_many])) == [ash.pk]
