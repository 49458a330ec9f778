"""A day is sealed for everyone alike. Only its owner can tell a page with hours from one without."""

import json
import re
from base64 import b64decode
from datetime import date, timedelta

import pyrage
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import someone
from peerwork.ground.retention.forgetting import forget
from peerwork.people.vault import log, outside
from peerwork.people.vault.envelope import look_at
from peerwork.people.vault.models import AccountKey, LogPage
from peerwork.people.vault.tests.rings import given, ring

FRIDAY = date(2026, 11, 20)
SEALED = "application/octet-stream"


def opened(page, made):
    content = pyrage.decrypt(page, [pyrage.x25519.Identity.from_str(made.identity)])
    assert len(content) == log.PAGE_SIZE
    return json.loads(content)


def without_grease(page):
    """Age adds a stanza that means nothing, of a length drawn by lot. This takes it out again."""
    return re.sub(
        rb"\n-> \S{1,8}-grease[ !-~]*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}(?=\n--- )", b"", page
    )


def of_the_same_size(lines=()):
    return json.dumps({"v": 1, "day": FRIDAY.isoformat(), "lines": list(lines)}).encode().ljust(log.PAGE_SIZE)


def sealed_to(made, content):
    return pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(made.recipient)])


@pytest.fixture
def sealed_day(ash, kas, rosa):
    """Ash was there, Kas was not. Rosa has made no keys yet."""
    given(ash), given(kas)
    assert log.seal_day(FRIDAY, {ash.pk: [("Support group", 90), ("Just being together", 60)]}) == 2
    return FRIDAY


def test_everyone_with_a_key_gets_a_page_whether_they_came_or_not(sealed_day, ash, kas, rosa):
    hers, his = log.pages_of(ash)[0][1], log.pages_of(kas)[0][1]
    assert opened(hers, ring("Ash"))["lines"] == [
        {"what": "Support group", "minutes": 90},
        {"what": "Just being together", "minutes": 60},
    ]
    assert opened(his, ring("Kas")) == {"v": 1, "day": "2026-11-20", "lines": []}
    assert log.pages_of(rosa) == []


def test_nobody_but_its_owner_opens_a_page(sealed_day, ash, kas):
    for person, other in ((ash, "Kas"), (kas, "Ash")):
        with pytest.raises(pyrage.DecryptError):
            opened(log.pages_of(person)[0][1], ring(other))


def test_a_page_with_hours_and_one_without_look_the_same_from_outside(ash, kas):
    """Age's own grease makes lengths differ by lot. Everything else has one length, on every page."""
    given(ash), given(kas)
    days = [FRIDAY + timedelta(days=n) for n in range(60)]
    for day in days:
        log.seal_day(day, {ash.pk: [("Support group", 90)] * 3})
    pages = [page for person in (ash, kas) for _day, page in log.pages_of(person)]
    assert len(pages) == 120
    assert len({len(page) for page in pages}) > 20  # the lengths do differ,
    assert {len(without_grease(page)) for page in pages} == {712}  # by nothing but the lot
    assert {look_at(page).size for page in pages} == {log.PAGE_SIZE}
    for page in pages:
        outside.check(page, sizes=(log.PAGE_SIZE,))  # raises StandsOut


def test_more_hours_than_fit_still_make_a_page_of_the_same_size(ash):
    made = given(ash)
    log.seal_day(FRIDAY, {ash.pk: [("Training session", 45)] * 40})
    (_day, page) = log.pages_of(ash)[0]
    assert 5 < len(opened(page, made)["lines"]) < 40


def test_words_of_any_script_fit_in_a_page_of_the_same_size(ash):
    made = given(ash)
    log.seal_day(FRIDAY, {ash.pk: [("مجموعة الدعم", 90)]})
    assert opened(log.pages_of(ash)[0][1], made)["lines"][0]["what"] == "مجموعة الدعم"


def test_a_day_that_was_sealed_is_left_as_it_is(sealed_day, ash, kas):
    before = {page.pk: bytes(page.page) for page in LogPage.objects.all()}
    assert log.seal_day(FRIDAY, {kas.pk: [("Support group", 90)]}) == 0
    assert {page.pk: bytes(page.page) for page in LogPage.objects.all()} == before


def test_a_day_on_which_nobody_has_a_key_is_no_trouble(ash):
    assert log.seal_day(FRIDAY, {ash.pk: [("Support group", 90)]}) == 0


def test_the_table_keeps_no_order(sealed_day):
    for day in range(1, 4):
        log.seal_day(FRIDAY + timedelta(days=day), {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'people_logpage'")
        assert cursor.fetchone()[0].rstrip().endswith("WITHOUT ROWID")
        cursor.execute("SELECT * FROM people_logpage")
        keys = [column[0] for column in cursor.description].index("id")
        found = [row[keys] for row in cursor.fetchall()]
    assert len(found) == 8
    assert found == sorted(found)


def test_pages_are_written_in_an_order_drawn_by_lot(network):
    people = [someone(f"P{n}", "peer") for n in range(8)]
    AccountKey.objects.bulk_create(AccountKey(person=one, recipient=ring().recipient) for one in people)
    orders = {tuple(_order_of_writing(FRIDAY + timedelta(days=day), people)) for day in range(4)}
    assert all(sorted(order) == list(range(8)) for order in orders)
    assert len(orders) == 4  # eight people: the odds of two alike are 1 in 6,720


def _order_of_writing(day, people):
    with CaptureQueriesContext(connection) as written:
        log.seal_day(day, {})
    (insert,) = [query["sql"] for query in written if query["sql"].startswith("INSERT INTO")]
    return sorted(range(len(people)), key=lambda n: insert.index(people[n].pk.hex))


def test_no_time_stands_beside_a_page_only_a_day(sealed_day):
    assert {field.name for field in LogPage._meta.concrete_fields} == {"id", "person", "day", "page"}
    assert isinstance(LogPage.objects.first().day, date)


@pytest.mark.parametrize("how_many", [1, 3])
def test_sealing_for_more_people_costs_no_more_questions(ash, kas, rosa, how_many, django_assert_num_queries):
    for person in (ash, kas, rosa)[:how_many]:
        given(person)
    with django_assert_num_queries(5):  # the transaction, is it sealed, the keys, the pages, and done
        log.seal_day(FRIDAY, {})


def test_a_log_is_forgotten_after_a_year_and_a_month(sealed_day, ash):
    forget(date(2027, 11, 30))
    assert len(log.pages_of(ash)) == 1
    forget(date(2027, 12, 1))
    assert log.pages_of(ash) == []


def test_the_night_of_a_leap_day_forgets_too(sealed_day, ash):
    forget(date(2028, 2, 29))
    assert log.pages_of(ash) == []


class TestCorrectingAPage:
    """“I was not there.” Whoever takes the disk must not see that Ash said so."""

    def test_the_owner_puts_another_page_in_its_place(self, sealed_day, ash, kas):
        his = log.pages_of(kas)
        assert log.replace(ash, FRIDAY, sealed_to(ring("Ash"), of_the_same_size()))
        assert opened(log.pages_of(ash)[0][1], ring("Ash"))["lines"] == []
        assert log.pages_of(kas) == his
        assert LogPage.objects.count() == 2

    def test_there_is_no_page_to_correct_on_another_day(self, sealed_day, ash, rosa):
        page = sealed_to(ring("Ash"), of_the_same_size())
        assert not log.replace(ash, FRIDAY + timedelta(days=1), page)
        assert not log.replace(rosa, FRIDAY, page)

    @pytest.mark.parametrize(
        "odd",
        [
            lambda: sealed_to(ring("Ash"), b"short"),
            lambda: sealed_to(ring("Ash"), b"x" * (log.PAGE_SIZE + 1)),
            lambda: without_grease(sealed_to(ring("Ash"), of_the_same_size())),
            lambda: pyrage.encrypt(
                of_the_same_size(),
                [pyrage.x25519.Recipient.from_str(ring(who).recipient) for who in ("Ash", "Kas")],
            ),
        ],
        ids=["shorter", "longer", "no grease", "for two"],
    )
    def test_a_page_that_could_be_told_from_the_others_is_not_kept(self, sealed_day, ash, odd):
        before = log.pages_of(ash)
        with pytest.raises(log.StandsOut):
            log.replace(ash, FRIDAY, odd())
        assert log.pages_of(ash) == before


class TestTheVaultsAddresses:
    """/v/: ciphertext in, ciphertext out, and only one's own."""

    def test_the_locked_key_goes_to_its_owner_and_to_nobody_else(self, sign_in, sealed_day, ash, rosa):
        said, made = sign_in(ash).get("/v/key/").json(), ring("Ash")
        assert said == {
            "person": str(ash.pk), "recipient": made.recipient, "signer": made.signer,
            "locked": made.phrase.locked, "passkeys": [],
        }  # fmt: skip
        assert sign_in(rosa).get("/v/key/").status_code == 404

    def test_the_pages_go_to_their_owner_and_to_nobody_else(self, sign_in, sealed_day, ash, kas):
        (page,) = sign_in(ash).get("/v/hours/").json()["pages"]
        assert page["day"] == "2026-11-20"
        assert len(opened(b64decode(page["page"]), ring("Ash"))["lines"]) == 2
        (his,) = sign_in(kas).get("/v/hours/").json()["pages"]
        assert opened(b64decode(his["page"]), ring("Kas"))["lines"] == []

    def test_a_page_comes_in_sealed_or_not_at_all(self, sign_in, sealed_day, ash):
        put = sign_in(ash).put
        page = sealed_to(ring("Ash"), of_the_same_size())
        before = log.pages_of(ash)
        assert put("/v/hours/2026-11-20/", of_the_same_size(), SEALED).status_code == 415
        assert put("/v/hours/2026-11-20/", sealed_to(ring("Ash"), b"odd"), SEALED).status_code == 400
        for nothing_there in ("2026-11-21", "yesterday", "2026-13-45", "٢٠٢٦-١١-٢٠"):
            assert put(f"/v/hours/{nothing_there}/", page, SEALED).status_code == 404
        assert log.pages_of(ash) == before
        assert put("/v/hours/2026-11-20/", page, SEALED).status_code == 204
        assert opened(log.pages_of(ash)[0][1], ring("Ash"))["lines"] == []

    def test_nobody_corrects_somebody_elses_page(self, sign_in, sealed_day, ash, rosa):
        before = log.pages_of(ash)
        assert sign_in(rosa).put("/v/hours/2026-11-20/", before[0][1], SEALED).status_code == 404
        assert log.pages_of(ash) == before

    def test_nothing_of_it_stays_in_a_cache(self, sign_in, sealed_day, ash):
        for address in ("/v/key/", "/v/hours/", "/mine/hours/"):
            assert "no-store" in sign_in(ash).get(address).headers["Cache-Control"]

    def test_the_page_around_it_holds_nothing(self, seen_by, sealed_day, ash):
        page = seen_by(ash, "/mine/hours/")
        assert "My hours" in page
        assert "Support group" not in page
        assert "2026-11-20" not in page

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_a_longer_log_costs_no_more_questions(self, sign_in, ash, how_many, django_assert_num_queries):
        given(ash)
        for day in range(how_many):
            log.seal_day(FRIDAY + timedelta(days=day), {})
        client = sign_in(ash)
        with django_assert_num_queries(3):  # the network, who is here, the pages
            assert len(client.get("/v/hours/").json()["pages"]) == how_many
