"""A shelf for everybody with a key. Whoever takes the disk cannot tell who wrote on theirs."""

import json
import secrets
from base64 import b64decode
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peerwork.people.vault import keys, log, outside, shelf
from peerwork.people.vault.envelope import look_at
from peerwork.people.vault.models import Parcel, Resealed, ShelfPage
from peerwork.people.vault.tests.rings import as_kept, given, ring
from peerwork.people.vault.tests.sealing import (
    SEALED,
    a_page,
    a_parcel,
    odd_ones,
    opened,
    signed_in,
    without_grease,
)

FIRST, GROWN = shelf.FIRST, shelf.FIRST + shelf.MORE


def on(person):
    """What lies on somebody's shelf, place by place."""
    return {one.place: one.sealed for one in shelf.read(person)}


def mark(person, place=0):
    return shelf.mark_of(on(person)[place])


@pytest.fixture
def laid_out(ash, kas, rosa):
    """Ash and Kas have keys. Rosa has none yet."""
    given(ash), given(kas)


@pytest.fixture
def put(sign_in):
    """Somebody writes a page. Returns the answer."""

    def write(person, place, page, **headers):
        return sign_in(person).put(f"/v/shelf/{place}/", page, SEALED, headers=headers)

    return write


class TestLayingOut:
    def test_everybody_with_a_key_has_as_many_blank_places(self, laid_out, ash, kas, rosa):
        for person in (ash, kas):
            assert list(on(person)) == list(range(FIRST))
            assert {opened(page, person.name) for page in on(person).values()} == {b" " * 2048}
        assert on(rosa) == {}

    def test_a_blank_page_and_a_written_one_look_the_same_from_outside(self, laid_out, ash, kas):
        for place in range(FIRST):
            shelf.write(ash, place, a_page(says=f"strips {place}"), over=mark(ash, place))
        hers, his = on(ash), on(kas)
        assert all(b"strips" in opened(page) for page in hers.values())  # there is something to tell,
        for look in (list, lambda shelf: sorted({len(without_grease(page)) for page in shelf.values()})):
            assert look(hers) == look(his)
        for page in (*hers.values(), *his.values()):  # and this is all there is to see
            outside.check(page, sizes=(2048,))
            assert look_at(page).stanzas[0] == "X25519"
            assert len(without_grease(page)) == 2048 + 200

    def test_what_ages_writer_draws_is_let_in_every_time(self):
        for _page in range(2000):
            outside.check(a_page(), sizes=shelf.SIZES)

    def test_the_same_key_kept_again_leaves_what_was_written(self, laid_out, ash):
        shelf.write(ash, 3, a_page(), over=mark(ash, 3))
        before = on(ash)
        given(ash)
        assert on(ash) == before

    def test_another_key_finds_a_blank_shelf_and_an_empty_box(self, laid_out, ash, kas):
        shelf.write(ash, 3, a_page(), over=mark(ash, 3))
        Parcel.objects.create(pk="ab" * 32, to=ash, sealed=a_parcel("Ash"))
        his = on(kas)
        keys.keep(ash, **as_kept(ring("Ash again")))
        assert {opened(page, "Ash again") for page in on(ash).values()} == {b" " * 2048}
        assert not Parcel.objects.exists()
        assert on(kas) == his

    def test_places_are_written_in_an_order_drawn_by_lot(self, ash, kas, rosa):
        orders = []
        for person in (ash, kas, rosa):
            given(person)
            ShelfPage.objects.filter(person=person).delete()
            with CaptureQueriesContext(connection) as written:
                shelf.lay_out(person)
            (insert,) = [query["sql"] for query in written if query["sql"].startswith("INSERT INTO")]
            numbers = ShelfPage.objects.filter(person=person).order_by("place").values_list("pk", flat=True)
            orders.append(
                sorted(range(FIRST), key=[insert.index(number.hex) for number in numbers].__getitem__)
            )
        assert all(sorted(order) == list(range(FIRST)) for order in orders)
        assert list(range(FIRST)) not in orders

    def test_who_leaves_takes_the_shelf_with_them(self, laid_out, ash, kas):
        ash.delete()
        assert ShelfPage.objects.count() == FIRST
        assert set(ShelfPage.objects.values_list("person", flat=True)) == {kas.pk}


class TestReadingAndWriting:
    """/v/shelf/: only one's own, only over what one has read."""

    def test_what_was_written_is_read_again(self, sign_in, put, laid_out, ash):
        page, (one,) = a_page(), shelf.read(ash, [3])
        answer = put(ash, 3, page, **{"If-Match": one.mark})
        assert (answer.status_code, answer.content) == (204, b"")
        said = sign_in(ash).get("/v/shelf/?only=3").json()
        assert said["many"] == FIRST
        (read,) = said["pages"]
        assert read["place"] == 3
        assert answer.headers["ETag"].strip('"') == read["mark"] == shelf.mark_of(page) != one.mark
        assert json.loads(opened(b64decode(read["page"])))["body"] == "strips"

    def test_a_mark_may_come_in_quotation_marks(self, put, laid_out, ash):
        assert put(ash, 0, a_page(), **{"If-Match": f'"{mark(ash)}"'}).status_code == 204

    def test_a_written_page_may_be_up_to_eight_buckets_long(self, put, laid_out, ash):
        for buckets in range(1, 9):
            answer = put(ash, 1, a_page(size=2048 * buckets), **{"If-Match": mark(ash, 1)})
            assert answer.status_code == 204
        assert put(ash, 1, a_page(size=2048 * 9), **{"If-Match": mark(ash, 1)}).status_code == 400

    def test_all_places_or_only_some(self, sign_in, laid_out, ash):
        get = sign_in(ash).get
        places = [page["place"] for page in get("/v/shelf/").json()["pages"]]
        assert places == list(range(FIRST))
        for only, found in {
            "5,0,5": [0, 5],
            f"0,{FIRST},400": [0],
            "": [],
            "-1,x,٣,1e1, 2,99999999999": [],
        }.items():
            assert [page["place"] for page in get("/v/shelf/", {"only": only}).json()["pages"]] == found

    def test_over_an_older_page_nothing_is_written(self, put, laid_out, ash):
        read = mark(ash)
        assert put(ash, 0, newer := a_page(says="newer"), **{"If-Match": read}).status_code == 204
        for wrong in (read, "", "*", "ab" * 16, mark(ash).upper(), mark(ash, 1)):
            assert put(ash, 0, a_page(says="late"), **{"If-Match": wrong}).status_code == 412
        assert on(ash)[0] == newer

    def test_who_does_not_say_what_they_read_writes_nothing(self, put, laid_out, ash):
        before = on(ash)
        assert put(ash, 0, a_page()).status_code == 428
        assert put(ash, 0, a_page(), **{"If-None-Match": mark(ash)}).status_code == 428
        assert on(ash) == before

    def test_a_page_that_stands_out_is_not_kept(self, put, laid_out, ash):
        before, odd = on(ash), odd_ones("Ash", 2048)
        over = {what: put(ash, 0, page, **{"If-Match": mark(ash)}) for what, page in odd.items()}
        new = {what: put(ash, FIRST, page, **{"If-None-Match": "*"}) for what, page in odd.items()}
        assert all(look_at(page) for page in odd.values())  # each has the shape of an age file
        for answers in (over, new):
            assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(odd, 400)
        assert on(ash) == before

    def test_nobody_reaches_a_shelf_that_is_not_theirs(self, sign_in, put, laid_out, ash, kas, rosa):
        hers = on(ash)
        assert put(kas, 0, a_page("Kas"), **{"If-Match": mark(ash)}).status_code == 412
        assert put(rosa, 0, a_page(), **{"If-Match": mark(ash)}).status_code == 404
        assert put(rosa, 0, a_page(), **{"If-None-Match": "*"}).status_code == 404
        his = {b64decode(page["page"]) for page in sign_in(kas).get("/v/shelf/").json()["pages"]}
        assert his.isdisjoint(hers.values())
        assert sign_in(rosa).get("/v/shelf/").json() == {"pages": [], "many": 0}
        assert on(ash) == hers

    def test_a_page_written_while_a_key_changes_has_to_be_sealed_again(self, put, laid_out, ash, kas):
        for person in (ash, kas):
            for where in ("3", "13"):
                Resealed.objects.create(person=person, what="shelf", where=where, sealed=b"x")
        Resealed.objects.create(person=ash, what="box", where="3", sealed=b"x")
        put(ash, 3, a_page(), **{"If-Match": "an older one"})
        assert Resealed.objects.count() == 5
        put(ash, 3, a_page(), **{"If-Match": mark(ash, 3)})
        assert set(Resealed.objects.values_list("person__name", "what", "where")) == {
            ("Kas", "shelf", "3"), ("Kas", "shelf", "13"), ("Ash", "shelf", "13"), ("Ash", "box", "3"),
        }  # fmt: skip

    def test_nothing_of_it_stays_in_a_cache_and_no_form_elsewhere_writes(self, laid_out, ash, sign_in):
        assert "no-store" in sign_in(ash).get("/v/shelf/").headers["Cache-Control"]
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = sign_in(ash).cookies
        before = on(ash)
        answer = careful.put("/v/shelf/0/", a_page(), SEALED, headers={"If-Match": mark(ash)})
        assert answer.status_code == 403
        assert on(ash) == before

    @pytest.mark.parametrize("only", ["0", "0,1,2"])
    def test_more_pages_cost_no_more_questions(self, sign_in, laid_out, ash, only, django_assert_num_queries):
        client = sign_in(ash)
        with django_assert_num_queries(4):  # the network, who is here, the pages, how many there are
            client.get(f"/v/shelf/?only={only}")

    def test_a_page_costs_as_much_in_any_place(self, put, sign_in, laid_out, ash, django_assert_num_queries):
        for place in (0, FIRST - 1):
            read = mark(ash, place)
            sign_in(ash)
            # the network, who is here; the transaction, the page, the new page, what was sealed again, and done
            with django_assert_num_queries(7):
                assert put(ash, place, a_page(), **{"If-Match": read}).status_code == 204


class TestGrowing:
    def test_past_the_end_places_are_added(self, put, laid_out, ash, kas):
        before, page = on(ash), a_page()
        assert put(ash, FIRST, page, **{"If-None-Match": "*"}).status_code == 204
        after = on(ash)
        assert list(after) == list(range(GROWN))
        assert {place: after[place] for place in before} == before
        assert after[FIRST] == page
        assert {opened(after[place]) for place in range(FIRST + 1, GROWN)} == {b" " * 2048}
        assert len(on(kas)) == FIRST

    def test_a_place_beside_the_end_is_there_after_growing_and_none_further_off(self, put, laid_out, ash):
        assert put(ash, GROWN, a_page(), **{"If-None-Match": "*"}).status_code == 404
        assert put(ash, FIRST, a_page(), **{"If-Match": "*"}).status_code == 404
        assert put(ash, 10**30, a_page(), **{"If-Match": "*"}).status_code == 404
        assert len(on(ash)) == FIRST
        assert put(ash, GROWN - 1, page := a_page(), **{"If-None-Match": "*"}).status_code == 204
        assert on(ash)[GROWN - 1] == page

    def test_a_place_that_is_there_is_not_added_again(self, put, laid_out, ash):
        before = on(ash)
        assert put(ash, FIRST - 1, a_page(), **{"If-None-Match": "*"}).status_code == 412
        assert on(ash) == before

    def test_a_shelf_has_its_end(self, put, laid_out, ash):
        for place in range(FIRST, 512, shelf.MORE):
            shelf.write_on_a_new_place(ash, place, a_page())
        assert put(ash, 512, a_page(), **{"If-None-Match": "*"}).status_code == 400
        assert shelf.how_many(ash) == 512


@pytest.mark.django_db(transaction=True)
class TestManyHandsAtOnce:
    """Threads and a database file, through the whole house."""

    def at_once(self, person, place, pages, **headers):
        """Everybody writes in this place, at the same moment. Returns the answers."""
        together, answers = Barrier(len(pages)), {}

        def write(number, client, page):
            together.wait()
            answers[number] = client.put(f"/v/shelf/{place}/", page, SEALED, headers=headers).status_code
            connection.close()

        hands = [Thread(target=write, args=[n, signed_in(person), page]) for n, page in enumerate(pages)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return answers

    def test_of_six_writers_exactly_one_wins(self, network, ash):
        given(ash)
        for _round in range(5):
            pages = [a_page(says=secrets.token_hex(4)) for _hand in range(6)]
            answers = self.at_once(ash, 0, pages, **{"If-Match": mark(ash)})
            assert sorted(answers.values()) == [204, 412, 412, 412, 412, 412]
            (winner,) = [number for number, status in answers.items() if status == 204]
            assert on(ash)[0] == pages[winner]

    def test_of_six_who_lengthen_the_shelf_exactly_one_does(self, network, ash):
        given(ash)
        pages = [a_page(says=secrets.token_hex(4)) for _hand in range(6)]
        answers = self.at_once(ash, FIRST, pages, **{"If-None-Match": "*"})
        assert sorted(answers.values()) == [204, 412, 412, 412, 412, 412]
        assert shelf.how_many(ash) == GROWN
        (winner,) = [number for number, status in answers.items() if status == 204]
        assert on(ash)[FIRST] == pages[winner]


def test_the_outside_of_a_page_is_checked_before_anything_is_said_about_marks(laid_out, ash):
    with pytest.raises(log.StandsOut):
        shelf.write(ash, 0, odd_ones("Ash", 2048)["no grease"], over=None)
    with pytest.raises(shelf.NoSuchPlace):
        shelf.write(ash, FIRST, odd_ones("Ash", 2048)["no grease"], over=None)
