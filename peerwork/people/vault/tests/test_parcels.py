"""A parcel has a reader and no sender. Who gave it is inside, for its reader, and nowhere else."""

import secrets
from base64 import b64decode
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import DateTimeField, TimeField
from django.utils import timezone

from conftest import MELBOURNE
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import persons
from peerwork.people.vault import parcels
from peerwork.people.vault.models import Parcel, Resealed
from peerwork.people.vault.tests.rings import given
from peerwork.people.vault.tests.sealing import SEALED, a_parcel, odd_ones, opened, signed_in

WORD, OTHER = "1a" * 32, "2b" * 32
# In the past: a session's file is written on the real clock, and would have rested out in the future.
MONDAY_LATE = datetime(2026, 1, 19, 23, 50, tzinfo=ZoneInfo(MELBOURNE))


@pytest.fixture
def with_keys(ash, kas, rosa):
    given(ash), given(kas), given(rosa)


@pytest.fixture
def give(sign_in):
    """Somebody gives somebody a parcel. Returns the answer."""

    def give(by, to, parcel, word=WORD, more=""):
        under = parcels.fingerprint(word)
        return sign_in(by).put(f"/v/people/{to}/parcels/{under}/{more}", parcel, SEALED)

    return give


def box(client):
    """What somebody finds in their box: each parcel by its number."""
    ids = client.get("/v/box/").json()["ids"]
    found = client.get("/v/box/", {"only": ",".join(ids)}).json()["parcels"]
    return {one["id"]: b64decode(one["parcel"]) for one in found}


def kept():
    return set(Parcel.objects.values_list("pk", flat=True))


def everything_in_the_database():
    connection.ensure_connection()
    return list(connection.connection.iterdump())


def at(reader, word=WORD):
    """The number in that reader's box of what this word takes back."""
    return parcels.lies_under(reader.pk, parcels.fingerprint(word))


class TestGiving:
    def test_what_ash_gives_kas_opens_and_nobody_else_finds(self, sign_in, give, with_keys, ash, kas, rosa):
        answer = give(ash, kas.pk, a_parcel("Kas", "I am here"))
        assert (answer.status_code, answer.content) == (204, b"")
        ((number, parcel),) = box(sign_in(kas)).items()
        assert number == at(kas)
        assert opened(parcel, "Kas").strip() == b"I am here"
        for other in (ash, rosa):
            client = sign_in(other)
            assert client.get("/v/box/").json() == {"ids": []}
            assert client.get("/v/box/", {"only": number}).json() == {"parcels": []}

    @pytest.mark.parametrize("size", [4096, 8192])
    def test_there_are_two_sizes(self, give, with_keys, ash, kas, size):
        assert give(ash, kas.pk, a_parcel(size=size)).status_code == 204

    def test_a_parcel_that_stands_out_is_not_kept(self, give, with_keys, ash, kas):
        odd = odd_ones("Kas", 4096) | {str(size): a_parcel(size=size) for size in (2048, 6144, 8191, 12288)}
        answers = {what: give(ash, kas.pk, parcel).status_code for what, parcel in odd.items()}
        assert answers == dict.fromkeys(odd, 400)
        assert kept() == set()

    def test_the_same_number_is_given_once(self, give, with_keys, ash, kas, rosa):
        assert give(ash, kas.pk, first := a_parcel()).status_code == 204
        assert give(ash, kas.pk, a_parcel()).status_code == 204
        assert bytes(Parcel.objects.get().sealed) == first

    def test_what_fits_into_one_box_does_not_tell_what_lies_in_another(self, give, with_keys, ash, kas, rosa):
        """Ash could give the same number to Rosa, and find it missing where Kas still has theirs."""
        for to in (kas, rosa):
            assert give(ash, to.pk, a_parcel(to.name)).status_code == 204
        assert kept() == {at(kas), at(rosa)}
        parcels.take_back(WORD)
        assert kept() == set()

    def test_giving_it_again_does_not_tell_ash_whether_kas_has_put_it_away(
        self, sign_in, give, with_keys, ash, kas
    ):
        give(ash, kas.pk, parcel := a_parcel())
        while_there = outside(give(ash, kas.pk, parcel))
        sign_in(kas).delete(f"/v/box/{at(kas)}/")
        assert kept() == set()
        assert outside(give(ash, kas.pk, parcel)) == while_there

    def test_nor_does_a_full_box(self, sign_in, give, with_keys, ash, kas):
        """It has room again for anybody, or for nobody: also for what lies in it."""
        give(ash, kas.pk, parcel := a_parcel())
        filled(kas, 499)
        assert give(ash, kas.pk, parcel).status_code == 507
        assert give(ash, kas.pk, parcel, OTHER).status_code == 507

    def test_nobody_is_given_anything_who_is_not_here(self, give, with_keys, ash, kas, sam):
        persons.pause(kas)
        for nobody in (kas.pk, sam.pk, "0f" * 16):
            assert give(ash, nobody, a_parcel()).status_code == 404
        assert kept() == set()

    @pytest.mark.parametrize("odd", ["ab" * 31, "ab" * 33, "AB" * 32, "zz" * 32, "ab" * 31 + "٣٣"])
    def test_a_number_is_64_small_digits(self, sign_in, with_keys, ash, kas, odd):
        for address in (f"/v/people/{kas.pk}/parcels/{odd}/", f"/v/given/{odd}/", f"/v/box/{odd}/"):
            method = "PUT" if "people" in address else "DELETE"
            body = a_parcel() if method == "PUT" else b""
            assert sign_in(ash).generic(method, address, body, SEALED).status_code == 404
        assert kept() == set()

    def test_a_full_box_takes_no_more_until_something_is_put_away(self, sign_in, give, with_keys, ash, kas):
        numbers = filled(kas, 500)
        answer = give(ash, kas.pk, a_parcel(), more="?week=1")
        assert answer.status_code == 507
        assert answer.content.decode() == "Their box is full. They have to put something away first.\n"
        assert kept() == set(numbers)
        sign_in(kas).delete(f"/v/box/{numbers[0]}/")
        assert give(ash, kas.pk, a_parcel(), more="?week=1").status_code == 204
        assert len(kept()) == 500

    def test_two_hundred_stay_without_a_last_day_and_letters_still_come(
        self, sign_in, give, with_keys, ash, kas
    ):
        numbers = filled(kas, 200, gone_on=None)
        assert give(ash, kas.pk, a_parcel()).status_code == 507
        assert give(ash, kas.pk, a_parcel(), more="?week=1").status_code == 204
        sign_in(kas).delete(f"/v/box/{numbers[0]}/")
        assert give(ash, kas.pk, a_parcel(), OTHER).status_code == 204

    def test_no_flood_closes_a_box_for_longer_than_two_weeks(self, give, with_keys, ash, kas):
        today = timezone.localdate()
        filled(kas, 200, gone_on=None), filled(kas, 300, gone_on=parcels.a_week_from(today))
        assert give(ash, kas.pk, a_parcel(), more="?week=1").status_code == 507
        forget(today + timedelta(days=14))
        assert give(ash, kas.pk, a_parcel(), more="?week=1").status_code == 204


def filled(person, many, gone_on=date(2099, 1, 5)):
    """So many lie in this person's box already. Returns their numbers."""
    numbers = [secrets.token_hex(32) for _parcel in range(many)]
    Parcel.objects.bulk_create(
        Parcel(pk=number, to=person, sealed=b"x", gone_on=gone_on) for number in numbers
    )
    return numbers


def outside(answer):
    """All of an answer that its reader sees."""
    return answer.status_code, answer.content, sorted(answer.cookies), sorted(answer.headers)


class TestNobodyIsNamedAsGiver:
    def world(self, by, to, parcel, at, more=""):
        """Everything in the database after this person gave this parcel at this moment. It is undone."""
        with transaction.atomic(), time_machine.travel(at, tick=False):
            address = f"/v/people/{to.pk}/parcels/{parcels.fingerprint(WORD)}/{more}"
            assert signed_in(by).put(address, parcel, SEALED).status_code == 204
            told = everything_in_the_database()
            transaction.set_rollback(True)
        return told

    @pytest.mark.parametrize("more", ["", "?week=1"])
    def test_the_same_parcel_from_ash_and_from_rosa_leaves_the_same_database(
        self, with_keys, ash, kas, rosa, more
    ):
        """To the byte, the whole of it, and at another hour of another day. Rosa's own clock is elsewhere."""
        persons.settle_in(rosa, language="", time_zone="Pacific/Kiritimati")
        before, parcel = everything_in_the_database(), a_parcel()
        from_ash = self.world(ash, kas, parcel, MONDAY_LATE - timedelta(days=3, hours=5, minutes=11), more)
        from_rosa = self.world(rosa, kas, parcel, MONDAY_LATE, more)
        assert from_ash == from_rosa
        assert len(from_ash) == len(before) + 1  # one row more than before, and nothing else changed
        assert set(before) <= set(from_ash)

    def test_two_parcels_differ_by_their_number_and_their_content(self, give, with_keys, ash, kas, rosa):
        give(ash, kas.pk, a_parcel(), WORD, "?week=1")
        give(rosa, kas.pk, a_parcel(), OTHER, "?week=1")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people_parcel")
            names = [column[0] for column in cursor.description]
            one, other = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        assert {name for name in names if one[name] != other[name]} == {"id", "sealed"}
        assert set(names) == {"id", "to_id", "gone_on", "sealed"}

    def test_there_is_no_column_for_a_sender_or_a_time(self):
        arrows = [field.name for field in Parcel._meta.concrete_fields if field.is_relation]
        assert arrows == ["to"]
        assert not any(isinstance(f, DateTimeField | TimeField) for f in Parcel._meta.concrete_fields)

    def test_the_box_is_told_in_an_order_that_says_nothing(self, sign_in, give, with_keys, ash, kas):
        words = [secrets.token_hex(32) for _parcel in range(6)]
        for word in words:
            give(ash, kas.pk, a_parcel(), word)
        said = sign_in(kas).get("/v/box/").json()["ids"]
        assert said == sorted(at(kas, word) for word in words)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM people_parcel")
            assert [number for (number,) in cursor.fetchall()] == said


class TestTakingBackAndPuttingAway:
    def test_only_the_word_takes_it_back(self, sign_in, give, with_keys, ash, kas, rosa):
        number = at(kas)
        give(ash, kas.pk, a_parcel())
        for person in (ash, kas, rosa):
            for not_the_word in (number, OTHER, parcels.fingerprint(WORD)):
                assert sign_in(person).delete(f"/v/given/{not_the_word}/").status_code == 204
        assert kept() == {number}
        answer = sign_in(rosa).delete(f"/v/given/{WORD}/")  # the word is all: nobody is asked who they are
        assert (answer.status_code, answer.content) == (204, b"")
        assert kept() == set()
        assert sign_in(ash).delete(f"/v/given/{WORD}/").status_code == 204

    def test_only_its_reader_puts_it_away(self, sign_in, give, with_keys, ash, kas, rosa):
        give(ash, kas.pk, a_parcel())
        give(ash, kas.pk, a_parcel(), OTHER)
        address = f"/v/box/{at(kas)}/"
        for other in (ash, rosa):
            assert sign_in(other).delete(address).status_code == 204
        assert len(kept()) == 2
        for _time in range(2):
            assert sign_in(kas).delete(address).status_code == 204
        assert kept() == {at(kas, OTHER)}

    def test_a_copy_for_a_new_key_goes_with_it(self, sign_in, give, with_keys, ash, kas):
        for word in (WORD, OTHER):
            give(ash, kas.pk, a_parcel(), word)
            Resealed.objects.create(person=kas, what="box", where=at(kas, word), sealed=b"x")
        Resealed.objects.create(person=kas, what="shelf", where="1", sealed=b"x")
        sign_in(ash).delete(f"/v/given/{WORD}/")
        assert set(Resealed.objects.values_list("where", flat=True)) == {at(kas, OTHER), "1"}
        sign_in(kas).delete(f"/v/box/{at(kas, OTHER)}/")
        assert set(Resealed.objects.values_list("where", flat=True)) == {"1"}

    def test_a_week_is_over_on_a_monday_on_the_networks_clock(self, give, with_keys, ash, kas, rosa):
        persons.settle_in(ash, language="", time_zone="Pacific/Honolulu")
        for minutes, word, day in ((0, WORD, date(2026, 1, 26)), (20, OTHER, date(2026, 2, 2))):
            with time_machine.travel(MONDAY_LATE + timedelta(minutes=minutes), tick=False):
                give(ash, kas.pk, a_parcel(), word, "?week=1")
            assert Parcel.objects.get(pk=at(kas, word)).gone_on == day
        give(ash, kas.pk, a_parcel(), "3c" * 32)
        for today, left in ((date(2026, 1, 25), 3), (date(2026, 1, 26), 2), (date(2026, 2, 2), 1)):
            forget(today)
            assert len(kept()) == left
        assert kept() == {at(kas, "3c" * 32)}

    @pytest.mark.parametrize("day", range(1, 15))
    def test_it_is_a_monday_and_never_sooner_than_a_week(self, day):
        today = date(2027, 2, day)
        gone_on = parcels.a_week_from(today)
        assert gone_on.weekday() == 0
        assert 7 <= (gone_on - today).days <= 13


@pytest.mark.parametrize("how_many", [1, 3])
class TestWhatItCosts:
    """The network and who is here, and then as many questions for three as for one."""

    @pytest.fixture
    def numbers(self, give, with_keys, ash, kas, how_many):
        words = [secrets.token_hex(32) for _parcel in range(how_many)]
        assert {give(ash, kas.pk, a_parcel(), word).status_code for word in words} == {204}
        return [at(kas, word) for word in words]

    def test_the_list(self, sign_in, numbers, kas, how_many, django_assert_num_queries):
        client = sign_in(kas)
        with django_assert_num_queries(3):
            assert len(client.get("/v/box/").json()["ids"]) == how_many

    def test_the_parcels(self, sign_in, numbers, kas, how_many, django_assert_num_queries):
        client = sign_in(kas)
        with django_assert_num_queries(3):
            said = client.get("/v/box/", {"only": ",".join(numbers)}).json()
        assert len(said["parcels"]) == how_many

    def test_giving_one_more(self, give, numbers, sign_in, kas, ash, how_many, django_assert_num_queries):
        sign_in(ash)
        with django_assert_num_queries(7):  # and a transaction, the reader, how many there are, the parcel
            assert give(ash, kas.pk, a_parcel(), OTHER).status_code == 204
